"""Who comes back within the horizon: logistic regression learnt at an earlier day of the file."""

from __future__ import annotations

from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from toolkit.foresight.competitors.odds import chance_of, log_odds, log_odds_expression

NAMES = ("n_visits", "recency_days", "age_days", "mean_amount", "recent_visits", "overdue")


@dataclass(frozen=True)
class Regression:
    """log-odds of coming = intercept + sum of weights x log(1 + feature) + sum of odds weights x
    log-odds of another rule's chance; no weight is in units."""

    intercept: float
    weights: dict[str, float]
    odds_weights: dict[str, float] = field(default_factory=dict)

    def chance(self, features: pd.DataFrame) -> np.ndarray:
        """Chance of a visit within the horizon (0..1), one per row of features."""
        told = np.full(len(features), self.intercept)
        for name, weight in self.weights.items():
            told += weight * np.log1p(features[name].to_numpy(float))
        for name, weight in self.odds_weights.items():
            told += weight * log_odds(features[name].to_numpy(float))
        return chance_of(told)

    def order(self, features: pd.DataFrame) -> np.ndarray:
        """The chance, as the order of customers (higher comes first)."""
        return self.chance(features)

    def chance_expression(self, features: ir.Table) -> ir.FloatingValue:
        """The same chance as an expression over a feature table, evaluated in the engine."""
        told = ibis.literal(self.intercept)
        for name, weight in self.weights.items():
            told = told + (features[name].cast("float64") + 1).ln() * weight
        for name, weight in self.odds_weights.items():
            told = told + log_odds_expression(features[name]) * weight
        return 1 / (1 + (-told).exp())


def fit_regression(features: pd.DataFrame, odds: tuple[str, ...] = ()) -> Regression:
    """The regression fitted to features with their outcome `came` (both values must occur).

    Features enter as log(1 + x), the chances named in `odds` as their log-odds, with
    scikit-learn's ridge penalty (C = 1). Without amounts the amount is left out.
    """
    names = [name for name in NAMES if features[name].notna().all()]
    x = np.column_stack(
        [np.log1p(features[names].to_numpy(float))]
        + [log_odds(features[name].to_numpy(float)) for name in odds]
    )
    # Centred, not divided by the spread: a feature seen in a sliver of its range (silence just
    # past the bend) would be free of the penalty and run away where it is applied beyond it.
    centre = x.mean(axis=0)
    logit = LogisticRegression(max_iter=1000).fit(x - centre, features["came"])
    weights = logit.coef_[0]
    intercept = float(logit.intercept_[0] - float(weights @ centre))
    found = dict(zip([*names, *odds], weights.tolist(), strict=True))
    return Regression(
        intercept, {n: found[n] for n in names}, {n: found[n] for n in odds if n in found}
    )
