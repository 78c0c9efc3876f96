"""The sum of the RFM quintiles: how recent, how often, how much, each from 1 to 5."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from toolkit.foresight.competitors.odds import chance_of
from toolkit.foresight.competitors.ranks import Standing, standing

LETTERS = {"recency_days": -1, "n_visits": 1, "total_amount": 1}  # and which way is better


@dataclass(frozen=True, eq=False)
class RfmSum:
    """log-odds of coming = intercept + slope x sum of the quintiles of `standings`."""

    intercept: float
    slope: float
    standings: dict[str, Standing]

    def settled(self, population: pd.DataFrame) -> RfmSum:
        """The same rule with the quintiles of the customers it is applied to."""
        return replace(self, standings=_standings(population))

    def order(self, features: pd.DataFrame) -> np.ndarray:
        """The sum of the quintiles (1 to 5 each), higher comes first."""
        return _total(features, self.standings)

    def chance(self, features: pd.DataFrame) -> np.ndarray:
        """Chance of a visit within the horizon (0..1), one per row of features."""
        return chance_of(self.intercept + self.slope * self.order(features))


def fit_rfm(features: pd.DataFrame) -> RfmSum:
    """The rule from features with their outcome `came`; without amounts of the first two letters.

    Customers with one value have one quintile, that of the middle of their ranks (our rule: files
    in which most bought once cannot be cut into five equal parts). Source of the score: Hughes
    1994, Strategic Database Marketing; of the sum with equal weights: common practice.
    """
    standings = _standings(features)
    total = _total(features, standings)
    logit = LogisticRegression(max_iter=1000).fit(total[:, None], features["came"])
    return RfmSum(float(logit.intercept_[0]), float(logit.coef_[0, 0]), standings)


def _standings(features: pd.DataFrame) -> dict[str, Standing]:
    there = [name for name in LETTERS if features[name].notna().all()]
    return {name: standing(LETTERS[name] * features[name].to_numpy(float)) for name in there}


def _total(features: pd.DataFrame, standings: dict[str, Standing]) -> np.ndarray:
    places = [
        known.of(LETTERS[name] * features[name].to_numpy(float))
        for name, known in standings.items()
    ]
    return sum(np.clip(np.ceil(5 * place), 1, 5) for place in places)
