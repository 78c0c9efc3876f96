"""How often a customer who comes within the horizon comes in it."""

from __future__ import annotations

from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np
import pandas as pd

ENOUGH_RETURNERS = 30


@dataclass(frozen=True)
class Back:
    """Mean visits within the window of those who came in it (each at least 1), by whether they
    were silent for `lapse_days` at the origin: the active come oftener than the lapsed.

    Of either side all who came where fewer than 30 of it did (our rule).
    """

    lapse_days: int
    active: float = 1.0
    lapsed: float = 1.0

    def visits(self, features: pd.DataFrame) -> np.ndarray:
        """The mean of each customer's side, one per row of features (recency_days)."""
        silent = features["recency_days"].to_numpy() >= self.lapse_days
        return np.where(silent, self.lapsed, self.active)

    def visits_expression(self, features: ir.Table) -> ir.FloatingValue:
        """The same as an expression over a feature table."""
        return (features.recency_days >= self.lapse_days).ifelse(self.lapsed, self.active)


def visits_if_back(features: pd.DataFrame, lapse_days: int) -> Back:
    """`Back` of an origin. `features` carry recency_days, came and came_visits."""
    came = features[features.came == 1]
    if not len(came):
        return Back(lapse_days)
    silent = came.recency_days >= lapse_days
    means = [
        float((side if len(side) >= ENOUGH_RETURNERS else came).came_visits.mean())
        for side in (came[~silent], came[silent])
    ]
    return Back(lapse_days, *means)
