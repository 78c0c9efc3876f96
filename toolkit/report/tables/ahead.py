"""Rows for `tables/` out of the outlook; None where the client's file gives none."""

from __future__ import annotations

import pandas as pd

from toolkit.foresight import look_ahead
from toolkit.report.tables.table import Diagnosis


def months(of: Diagnosis) -> pd.DataFrame | None:
    """`Ahead.fan`."""
    found = look_ahead(of.book).fan
    return None if found is None else found.rename(columns={"month": "months_ahead"})


def five_years(of: Diagnosis) -> pd.DataFrame | None:
    """`Ahead.five_years`."""
    found = look_ahead(of.book).five_years
    return None if found is None else found.rename(columns={"year": "years_ahead"})


def levers(of: Diagnosis) -> pd.DataFrame | None:
    """`Ahead.levers`."""
    return look_ahead(of.book).levers
