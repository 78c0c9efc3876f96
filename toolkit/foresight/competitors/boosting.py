"""Gradient boosting: trees over everything known of a customer, for returning and for visits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from threadpoolctl import threadpool_limits

NAMES = (
    *("n_visits", "recency_days", "age_days", "total_amount", "mean_amount", "first_amount"),
    *("last_amount", "gap_mean", "gap_sd", "gap_last", "gap_max", "silence_in_gaps"),
    *("visits_30", "visits_60", "recent_visits", "visits_180"),
)
# Small steps, shallow trees and leaves of a hundred customers: files of a thousand customers
# with a hundred returners have to be learnt without being learnt by heart (our rule).
SHAPE = {"max_iter": 100, "learning_rate": 0.05, "max_leaf_nodes": 8, "l2_regularization": 1.0}
SMALLEST_LEAF = 100
# Threads that wait for each other spin: where another programme has the cores, sixty times as long
# as one thread alone, which takes half a second for 30,000 customers. threadpoolctl is not in the
# project's own list: scikit-learn cannot be without it.
ONE_THREAD = {"limits": 1, "user_api": "openmp"}


@dataclass(frozen=True, eq=False)
class Boosting:
    """Boosted trees over `names` (those of NAMES the file has)."""

    names: tuple[str, ...]
    trees: HistGradientBoostingClassifier

    def chance(self, features: pd.DataFrame) -> np.ndarray:
        """Chance of a visit within the horizon (0..1), one per row of features."""
        with threadpool_limits(**ONE_THREAD):
            return self.trees.predict_proba(_matrix(features, self.names))[:, 1]

    def order(self, features: pd.DataFrame) -> np.ndarray:
        """The chance, as the order of customers (higher comes first)."""
        return self.chance(features)


@dataclass(frozen=True, eq=False)
class BoostedVisits:
    """Boosted trees for the number of visits within the horizon (Poisson loss)."""

    names: tuple[str, ...]
    trees: HistGradientBoostingRegressor

    def expected_visits(self, features: pd.DataFrame) -> np.ndarray:
        """Expected visits within the horizon, one per row of features."""
        with threadpool_limits(**ONE_THREAD):
            return self.trees.predict(_matrix(features, self.names))


def fit_boosting(features: pd.DataFrame) -> Boosting:
    """Trees fitted to features with their outcome `came` (both values must occur)."""
    names = _there(features)
    trees = HistGradientBoostingClassifier(**SHAPE, **_leaf(features), early_stopping=False)
    with threadpool_limits(**ONE_THREAD):
        return Boosting(names, trees.fit(_matrix(features, names), features["came"]))


def fit_boosted_visits(features: pd.DataFrame) -> BoostedVisits:
    """Trees fitted to features with their outcome `came_visits` (somebody must have come)."""
    names = _there(features)
    trees = HistGradientBoostingRegressor(
        loss="poisson", **SHAPE, **_leaf(features), early_stopping=False
    )
    with threadpool_limits(**ONE_THREAD):
        return BoostedVisits(names, trees.fit(_matrix(features, names), features["came_visits"]))


def _leaf(features: pd.DataFrame) -> dict:
    return {"min_samples_leaf": max(20, min(SMALLEST_LEAF, len(features) // 20))}


def _there(features: pd.DataFrame) -> tuple[str, ...]:
    return tuple(name for name in NAMES if features[name].notna().any())


def _matrix(features: pd.DataFrame, names: tuple[str, ...]) -> np.ndarray:
    return features[list(names)].to_numpy(float)
