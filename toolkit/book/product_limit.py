"""The product-limit curve: what is left of a group, day by day, with those still waited for."""

from __future__ import annotations

import numpy as np
import pandas as pd

from toolkit.book.intervals import wilson

Z95 = 1.959963984540054  # 97.5 % point of the normal distribution


def product_limit(came: pd.Series, waiting: pd.Series) -> pd.DataFrame:
    """The share who have come, day by day.

    `came` on each day, out of those `waiting` at its start: who had not come, and was still seen
    that day. One row per day, as given. Columns: share (came by then, 0..1), spread (Greenwood's
    sum of came / (waiting x left)), effective (how many the share is as sure as: a plain share of
    so many would spread like Greenwood's formula says). Source: Kaplan & Meier 1958; Rothman 1978.
    """
    left = waiting - came
    staying = (left / waiting.where(waiting > 0, 1)).where(waiting > 0, 1.0).cumprod()
    spread = (came / (waiting * left).where((came > 0) & (left > 0), 1)).cumsum()
    known = came.cumsum() + left  # nobody or everybody came: as many as it is known of
    inside = (staying > 0) & (staying < 1)
    effective = ((1 - staying) / (staying * spread).where(inside, 1)).where(inside, known)
    return pd.DataFrame({"share": 1 - staying, "spread": spread, "effective": effective})


def log_log(curve: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The 95 % interval (low, high) of the share not yet come, out of `product_limit`.

    On the scale log(-log S) with Greenwood's variance, so that it stays between 0 and 1; where
    nobody or everybody has come, which that scale cannot bear, Wilson's on those it is known of.
    Source: Kalbfleisch & Prentice 1980; Wilson 1927.
    """
    stay = 1 - curve["share"].to_numpy(float)
    inside = (stay > 0) & (stay < 1)
    safe = np.where(inside, stay, 0.5)
    half = Z95 * np.sqrt(curve["spread"].to_numpy(float)) / np.abs(np.log(safe))
    low, high = wilson(stay, curve["effective"])
    return np.where(inside, safe ** np.exp(half), low), np.where(
        inside, safe ** np.exp(-half), high
    )
