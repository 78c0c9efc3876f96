"""The competitors for how often customers come and what they bring, judged."""

from __future__ import annotations

import numpy as np
import pandas as pd

from toolkit.foresight.referee.metrics import TENTHS, deviance


def judged(happened: np.ndarray, predicted: pd.DataFrame) -> pd.DataFrame:
    """One row per competitor, a column of `predicted` (columns: `Verdict.counts`, without who is
    behind and used)."""
    rows = []
    for name in predicted:
        told = predicted[name].to_numpy(float)
        off = told - happened
        rows.append(
            {
                "method": name,
                "mae": float(np.abs(off).mean()),
                "rmse": float(np.sqrt((off**2).mean())),
                "bias": float(told.sum() / happened.sum() - 1),
                "deviance": float(deviance(happened, told).mean() / happened.mean()),
                "calibration_error": tenths_off(happened, told),
                "predicted": float(told.mean()),
                "happened": float(happened.mean()),
            }
        )
    return pd.DataFrame(rows)


def tenths_off(happened: np.ndarray, predicted: np.ndarray) -> float:
    """Mean over ten equal groups of rising prediction of |mean predicted - mean happened|."""
    groups = np.array_split(np.argsort(predicted, kind="stable"), TENTHS)
    off = [abs(predicted[g].mean() - happened[g].mean()) for g in groups if len(g)]
    return float(np.mean(off))


def parts_of(happened: np.ndarray, predicted: pd.DataFrame) -> np.ndarray:
    """What every customer adds to the competitors' merit, which is -deviance / mean happened:
    customers x competitors."""
    merits = [-deviance(happened, predicted[name].to_numpy(float)) for name in predicted]
    return np.column_stack(merits) / happened.mean()
