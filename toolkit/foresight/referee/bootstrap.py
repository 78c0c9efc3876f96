"""How much of a difference between competitors is chance: a paired bootstrap of customers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from toolkit.foresight.referee.metrics import places

DRAWS = 500
AT_ONCE = 100


def auc_parts(came: np.ndarray, order: np.ndarray) -> np.ndarray | None:
    """What every customer adds to the AUC: mean over the customers is 0, and the mean over a
    resample is, to first order, how far its AUC lies from the AUC of all. None when all or none
    came.

    (place - AUC) x customers / customers on the same side: DeLong, DeLong & Clarke-Pearson 1988.
    """
    placed = places(came, order)
    if placed is None:
        return None
    yes = np.asarray(came, bool)
    middle = placed[yes].mean()
    return (placed - middle) * np.where(yes, 1 / yes.mean(), 1 / (~yes).mean())


def joined(parts: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """One row per customer out of several origins, one column per competitor.

    `parts` hold per origin the customer numbers and their parts (customers x competitors). A
    customer seen at two origins is drawn with both or not at all.
    """
    rows = [
        pd.DataFrame(part / len(part) / len(parts), index=customers) for customers, part in parts
    ]
    together = pd.concat(rows)
    return together.groupby(level=0).sum().to_numpy() * together.index.nunique()


def resampled(parts: np.ndarray, seed: int, draws: int = DRAWS) -> np.ndarray:
    """How far the mean of each column lies from its own over resamples of the rows.

    Result: draws x columns. The same customers are drawn for all columns (paired), with
    replacement, as many as there are (Efron & Tibshirani 1993).
    """
    chance, n = np.random.default_rng(seed), len(parts)
    centred = parts - parts.mean(axis=0)
    found = []
    for start in range(0, draws, AT_ONCE):
        size = min(AT_ONCE, draws - start)
        drawn = chance.integers(0, n, (size, n))
        flat = (drawn + n * np.arange(size)[:, None]).ravel()
        times = np.bincount(flat, minlength=size * n).reshape(size, n)
        found.append(times @ centred / n)
    return np.concatenate(found)
