"""Shares of customers, left out where too few stand below the line."""

from __future__ import annotations

import pandas as pd

FEW = 5  # a share of fewer customers than this is not given (our rule)


def share(part: pd.Series, whole: pd.Series) -> pd.Series:
    """part / whole row by row, 0..1 as floats; null where the whole is unknown or below five."""
    known = whole.fillna(0) >= FEW
    return (part.astype("Float64") / whole.where(known)).astype("Float64").astype("float64")
