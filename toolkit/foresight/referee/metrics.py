"""How far a prediction was from what happened."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from toolkit.book import wilson

TENTHS = 10


def places(came: np.ndarray, order: np.ndarray) -> np.ndarray | None:
    """The share of the other side every customer is on the right side of, ties as half.

    Of one who came, the share of those who stayed away ranked below; of one who stayed away, the
    share of those who came ranked above. The mean over either side is the AUC. None when all or
    none came. Source: DeLong, DeLong & Clarke-Pearson 1988 (Biometrics 44(3)).
    """
    yes = np.asarray(came, bool)
    n, n_yes = len(yes), int(yes.sum())
    if n_yes in (0, n):
        return None
    among_all, among = rankdata(order), np.empty(n)
    among[yes], among[~yes] = rankdata(order[yes]), rankdata(order[~yes])
    below = among_all - among  # of the other side, ties as half
    return np.where(yes, below / (n - n_yes), 1 - below / n_yes)


def auc(came: np.ndarray, order: np.ndarray) -> float | None:
    """Area under the ROC curve: how often one who came is ranked above one who did not (0.5 is a
    coin); None when all or none came."""
    placed = places(came, order)
    return None if placed is None else float(placed[np.asarray(came, bool)].mean())


def lift(came: np.ndarray, order: np.ndarray, share: float) -> float | None:
    """Rate of those who came in the top `share` of an order over the rate of all; None when
    nobody came. Customers of equal order count in proportion, so no hidden order decides."""
    yes = np.asarray(came, float)
    if not yes.sum():
        return None
    top = share * len(yes)
    value = pd.DataFrame({"order": order, "came": yes})
    by = value.groupby("order").came.agg(["sum", "size"]).sort_index(ascending=False)
    taken = np.clip(top - (by["size"].cumsum() - by["size"]), 0, by["size"])
    return float((by["sum"] * taken / by["size"]).sum() / top / yes.mean())


def calibration(features: pd.DataFrame, chance: np.ndarray, groups: int = TENTHS) -> pd.DataFrame:
    """Predicted against happened, by equal-sized groups of rising chance.

    One row per group. Columns: tenth (1 = least likely), customers, predicted (mean chance),
    came (customers), happened (share, 0..1), low and high (95 % Wilson interval of happened;
    Wilson 1927).
    """
    order = np.argsort(chance, kind="stable")
    came = features["came"].to_numpy()
    rows = []
    for tenth, part in enumerate(np.array_split(order, groups), start=1):
        if len(part):
            n, k = len(part), int(came[part].sum())
            low, high = wilson(k / n, n)
            rows.append(
                {
                    "tenth": tenth,
                    "customers": n,
                    "predicted": float(chance[part].mean()),
                    "came": k,
                    "happened": k / n,
                    "low": float(low),
                    "high": float(high),
                }
            )
    return pd.DataFrame(rows)


def spread(table: pd.DataFrame) -> float:
    """Mean over the groups of |predicted - happened| (0..1): the calibration error."""
    return float((table.predicted - table.happened).abs().mean())


def noise_floor(table: pd.DataFrame) -> float:
    """The calibration error that chances right to the last digit would show all the same.

    Mean over the groups of the expected |share - chance| of so many draws, normal approximation:
    sqrt(2 p (1 - p) / (pi n)), p = predicted (0..1).
    """
    p = table.predicted.clip(0, 1)
    return float(np.sqrt(2 * p * (1 - p) / (np.pi * table.customers)).mean())
