"""What happened on each day from the file's first to its last."""

from __future__ import annotations

import datetime as dt

import ibis.expr.types as ir
import pandas as pd

from toolkit.frames import frame


def daily(days: ir.Table, first: dt.date, closing: dt.date) -> pd.DataFrame:
    """One row per calendar day from the first order to the closing date, silent days included.

    Columns: date, customers (with an order or return), visits, new (of these, first visits),
    sales (net, minor units; 0 without amounts), largest (the most one customer brought, minor
    units, not below 0). `days` is `visits.keep_days`. Source: definitions, "Visit" and "Time".
    """
    seen = days.group_by("date").agg(
        customers=days.count(),
        visits=days.is_visit.cast("int64").sum(),
        new=(days.is_visit & (days.n == 1)).cast("int64").sum(),
        sales=days.amount.sum().fill_null(0).cast("int64"),
        largest=days.amount.max().fill_null(0).cast("int64"),
    )
    every = pd.Index([day.date() for day in pd.date_range(first, closing)], name="date")
    table = frame(seen).set_index("date").reindex(every, fill_value=0).astype("int64")
    return table.assign(largest=table.largest.clip(lower=0)).reset_index()


def weeks(by_day: pd.DataFrame) -> pd.DataFrame:
    """Visits of every week: one row per week, its first day a Monday.

    Columns: week (date), visits, days (1 to 7: how many of its days the file has). `by_day` is
    `daily`. Source: definitions, "Visit"; weeks begin as in ISO 8601.
    """
    mondays = [day - dt.timedelta(days=day.weekday()) for day in by_day.date]
    grouped = by_day.assign(week=mondays).groupby("week")
    return grouped.agg(visits=("visits", "sum"), days=("date", "size")).reset_index()
