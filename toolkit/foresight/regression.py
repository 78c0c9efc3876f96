"""Who comes back within the horizon: logistic regression learnt at an earlier day of the file."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

NAMES = ("n_visits", "recency_days", "age_days", "mean_amount", "recent_visits", "overdue")


@dataclass(frozen=True)
class Regression:
    """log-odds of coming = intercept + sum of weights x log(1 + feature); no weight is in units."""

    intercept: float
    weights: dict[str, float]

    def chance(self, features: pd.DataFrame) -> np.ndarray:
        """Chance of a visit within the horizon (0..1), one per row of features."""
        log_odds = self.intercept + sum(
            w * np.log1p(features[name].to_numpy(float)) for name, w in self.weights.items()
        )
        return 1 / (1 + np.exp(-log_odds))

    def chance_expression(self, features: ir.Table) -> ir.FloatingValue:
        """The same chance as an expression over a feature table, evaluated in the engine."""
        log_odds = ibis.literal(self.intercept)
        for name, weight in self.weights.items():
            log_odds = log_odds + (features[name].cast("float64") + 1).ln() * weight
        return 1 / (1 + (-log_odds).exp())


def fit_regression(features: pd.DataFrame) -> Regression:
    """The regression fitted to features with their outcome `came` (both values must occur).

    Features enter as log(1 + x), with scikit-learn's ridge penalty (C = 1). Without amounts the
    amount is left out.
    """
    names = [name for name in NAMES if features[name].notna().all()]
    x = np.log1p(features[names].to_numpy(float))
    # Centred, not divided by the spread: a feature seen in a sliver of its range (silence just
    # past the bend) would be free of the penalty and run away where it is applied beyond it.
    centre = x.mean(axis=0)
    logit = LogisticRegression(max_iter=1000).fit(x - centre, features["came"])
    weights = logit.coef_[0]
    intercept = logit.intercept_[0] - float(weights @ centre)
    return Regression(float(intercept), dict(zip(names, weights.tolist(), strict=True)))
