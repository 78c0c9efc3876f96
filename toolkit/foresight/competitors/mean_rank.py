"""The mean of two ranks: the regression's and that of P(any) of the count model."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from toolkit.foresight.competitors.odds import chance_of, log_odds
from toolkit.foresight.competitors.ranks import Standing, standing
from toolkit.foresight.competitors.regression import Regression, fit_regression


@dataclass(frozen=True, eq=False)
class MeanRank:
    """log-odds of coming = intercept + slope x log-odds of the mean place in the two orders."""

    intercept: float
    slope: float
    regression: Regression
    by_regression: Standing
    by_counts: Standing

    def settled(self, population: pd.DataFrame) -> MeanRank:
        """The same rule with the places among the customers it is applied to."""
        by_regression, by_counts = _standings(self.regression, population)
        return replace(self, by_regression=by_regression, by_counts=by_counts)

    def order(self, features: pd.DataFrame) -> np.ndarray:
        """The mean of the two places (0..1), higher comes first."""
        told = self.by_regression.of(self.regression.chance(features))
        return (told + self.by_counts.of(features["chance_any"].to_numpy(float))) / 2

    def chance(self, features: pd.DataFrame) -> np.ndarray:
        """Chance of a visit within the horizon (0..1), one per row of features."""
        return chance_of(self.intercept + self.slope * log_odds(self.order(features)))


def fit_mean_rank(features: pd.DataFrame) -> MeanRank:
    """The rule from features with their outcome `came` (both values must occur)."""
    regression = fit_regression(features)
    rule = MeanRank(0.0, 1.0, regression, *_standings(regression, features))
    told = log_odds(rule.order(features))[:, None]
    logit = LogisticRegression(max_iter=1000).fit(told, features["came"])
    return replace(rule, intercept=float(logit.intercept_[0]), slope=float(logit.coef_[0, 0]))


def _standings(regression: Regression, features: pd.DataFrame) -> tuple[Standing, Standing]:
    return (
        standing(regression.chance(features)),
        standing(features["chance_any"].to_numpy(float)),
    )
