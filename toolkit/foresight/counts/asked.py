"""What a count model is asked: once for each history, and answered with numbers that can be."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from toolkit.foresight.counts.model import CountModel

FitCounts = Callable[[pd.DataFrame], CountModel]  # unique histories (`compressed`) -> the model


def visits_foreseen(model: CountModel, histories: pd.DataFrame, days: int) -> np.ndarray:
    """Expected visits within so many days, one per row of histories: 0 to one a day.

    A model at its edge may have no number for a history: then nothing is promised.
    """
    told = np.asarray(model.expected_visits(histories, days), dtype=float)
    return np.nan_to_num(told, nan=0.0, posinf=days, neginf=0.0).clip(0, days)
