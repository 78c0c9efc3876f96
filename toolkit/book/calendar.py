"""Days, months and years as the definitions count them."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import ibis.expr.types as ir
import pandas as pd


def year_before(day: dt.date) -> dt.date:
    """The same calendar day one year earlier; 29 February gives 28 February (definitions, Time)."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def year_after(day: dt.date) -> dt.date:
    """The first day whose `year_before` is not before `day`: 29 February gives 1 March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return dt.date(day.year + 1, 3, 1)


def add_days(day: ir.DateValue, days: int) -> ir.DateValue:
    """A date column moved by whole days, as a date on every engine.

    The detour over timestamp is needed: some engines answer date + interval with a timestamp
    although the expression is typed as a date, and a plain cast would be left out as needless.
    """
    import ibis

    return (day.cast("timestamp") + ibis.interval(days=days)).cast("date")


def month_number(day: ir.DateValue) -> ir.IntegerValue:
    """A number for the calendar month of a day, one higher for each month.

    Reading year and month off a date costs the engine a quarter of truncating it.
    """
    return day.year().cast("int64") * 12 + day.month().cast("int64") - 1


def month_ends(first: dt.date, closing: dt.date) -> list[dt.date]:
    """Last day of every calendar month from `first` to `closing`; the last one is `closing`."""
    starts = [p.start_time.date() for p in pd.period_range(first, closing, freq="M")]
    ends = [later - dt.timedelta(days=1) for _, later in pairwise(starts)]
    return [*ends, closing]


def is_month_end(day: dt.date) -> bool:
    """Whether the day after is the first of a month."""
    return (day + dt.timedelta(days=1)).day == 1
