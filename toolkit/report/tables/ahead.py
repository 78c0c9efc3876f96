"""Rows for `tables/` out of the outlook; None where the client's file gives none."""

from __future__ import annotations

import pandas as pd

from toolkit.report.ahead_kept import ahead_of
from toolkit.report.tables.table import Diagnosis


def months(of: Diagnosis) -> pd.DataFrame | None:
    """`Ahead.fan`."""
    found = ahead_of(of.book).fan
    return None if found is None else found.rename(columns={"month": "months_ahead"})


def five_years(of: Diagnosis) -> pd.DataFrame | None:
    """`Ahead.five_years`."""
    found = ahead_of(of.book).five_years
    return None if found is None else found.rename(columns={"year": "years_ahead"})


def levers(of: Diagnosis) -> pd.DataFrame | None:
    """`Ahead.levers`."""
    return ahead_of(of.book).levers
