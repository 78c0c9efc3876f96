"""How often a customer who returns comes within the horizon."""

from __future__ import annotations

import pandas as pd

ENOUGH_RETURNERS = 30


def visits_if_back(features: pd.DataFrame, lapse_days: int) -> float:
    """Mean visits within the horizon of a customer who comes back in it (at least 1).

    Among those lapsed at the origin who came; among all who came when fewer than 30 did (our
    rule). `features` carry recency_days, came and came_visits.
    """
    came = features[features.came == 1]
    lapsed = came[came.recency_days >= lapse_days]
    chosen = lapsed if len(lapsed) >= ENOUGH_RETURNERS else came
    return float(chosen.came_visits.mean()) if len(chosen) else 1.0
