"""Rows for `tables/` out of what the customers are worth."""

from __future__ import annotations

import pandas as pd

from toolkit.foresight import equity_of
from toolkit.report.tables.table import Diagnosis


def equity(of: Diagnosis) -> pd.DataFrame | None:
    """`Equity.groups`; None without amounts or where nothing can be said."""
    return equity_of(of.book, of.outlook).groups if of.book.has_money else None
