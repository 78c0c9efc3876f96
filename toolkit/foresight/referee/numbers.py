"""The competitors for how often customers come and what they bring, judged."""

from __future__ import annotations

import numpy as np
import pandas as pd

from toolkit.foresight.referee.metrics import TENTHS


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


def squares(happened: np.ndarray, predicted: pd.DataFrame) -> np.ndarray:
    """What every customer adds to the competitors' merit: -(predicted - happened)^2 over the square
    of the mean that happened; customers x competitors.

    What decides between predicted numbers: its mean is best at the true expectation, which is what
    is multiplied by money, while the mean absolute error is best at the median, which is no visit
    at all where most stay away (Gneiting 2011, J. American Statistical Association 106(494)).
    """
    off = predicted.to_numpy(float) - happened[:, None]
    return -(off**2) / happened.mean() ** 2


def biases(happened: np.ndarray, predicted: pd.DataFrame) -> np.ndarray:
    """The same of predicted - happened over the mean that happened: its mean is the bias."""
    return (predicted.to_numpy(float) - happened[:, None]) / happened.mean()


def distances(happened: np.ndarray, predicted: pd.DataFrame) -> np.ndarray:
    """The same of -|predicted - happened| over the mean that happened."""
    return -np.abs(predicted.to_numpy(float) - happened[:, None]) / happened.mean()
