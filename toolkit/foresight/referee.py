"""How the prediction would have done on this client's own past."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.metrics import brier_score_loss, roc_auc_score

from toolkit.book import wilson


def judge(
    features: pd.DataFrame,
    chances: dict[str, np.ndarray],
    lapse_days: int,
    ranks: dict[str, np.ndarray] | None = None,
) -> pd.DataFrame:
    """How well each method named who came, on an origin it was not fitted to.

    `ranks` replaces the chance as a method's order of customers, for one whose chances come in
    bands but whose order is finer (the recency rule: the shorter the silence, the higher).

    One row per method. Columns: method, auc and auc_lapsed (area under the ROC curve over all
    customers and over those lapsed at the origin; 0.5 is a coin, null when all or none came),
    brier (mean squared error of the chance, lower is better), predicted and happened (mean
    chance and share who came, 0..1).
    """
    came = features["came"].to_numpy()
    lapsed = features["recency_days"].to_numpy() >= lapse_days
    order = chances | (ranks or {})
    rows = [
        {
            "method": method,
            "auc": _auc(came, order[method]),
            "auc_lapsed": _auc(came[lapsed], order[method][lapsed]),
            "brier": brier_score_loss(came, chance),
            "predicted": float(chance.mean()),
            "happened": float(came.mean()),
        }
        for method, chance in chances.items()
    ]
    return pd.DataFrame(rows)


def _auc(came: np.ndarray, order: np.ndarray) -> float | None:
    both = 0 < came.sum() < len(came)
    return float(roc_auc_score(came, order)) if both else None


def calibration(features: pd.DataFrame, chance: np.ndarray, groups: int = 10) -> pd.DataFrame:
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
