"""The periods a statement is made for: calendar months and quarters, and years to the closing."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.book.bucket import filled_from
from toolkit.book.calendar import year_before

CALENDAR = {"month": "M", "quarter": "Q"}
PERIODS = (*CALENDAR, "year")


def periods(first: dt.date, closing: dt.date, lapse_days: int, period: str) -> pd.DataFrame:
    """The periods of a file, one row each, oldest first, without a gap.

    `period` is month or quarter (calendar) or year (counted back from the closing date). Columns:
    period (2026-03, 2026-Q1, for a year its last day 2026-03-31), start, end (dates, both
    included; the last end is the closing date), complete (the whole period lies in the file: the
    calendar period of the first order counts as whole, a year that begins before it does not),
    trusted (it begins on first date + lapse_days or later). Source: definitions, "Time" and
    "Left edge"; which period is whole is our rule.
    """
    if period not in PERIODS:
        raise ValueError(f"no period {period!r}: one of {', '.join(PERIODS)}")
    rows = _years(first, closing) if period == "year" else _calendar(first, closing, period)
    table = pd.DataFrame(rows, columns=["period", "start", "end", "complete"])
    trusted_from = filled_from(first, lapse_days)
    return table.assign(trusted=[start >= trusted_from for start in table.start])


def _calendar(first: dt.date, closing: dt.date, period: str) -> list[tuple]:
    spans = pd.period_range(first, closing, freq=CALENDAR[period])
    return [
        (
            f"{s.year}-{s.month:02}" if period == "month" else f"{s.year}-Q{s.quarter}",
            s.start_time.date(),
            min(s.end_time.date(), closing),
            s.end_time.date() <= closing,
        )
        for s in spans
    ]


def _years(first: dt.date, closing: dt.date) -> list[tuple]:
    day = dt.timedelta(days=1)
    return [
        (f"{end}", before + day, end, before + day >= first)
        for before, end in pairwise(year_ends(first, closing))
    ]


def year_ends(first: dt.date, closing: dt.date) -> list[dt.date]:
    """The closing date and its anniversaries back to the last one before `first`, oldest first."""
    ends = [closing]
    while ends[-1] >= first:
        ends.append(year_before(ends[-1]))
    return ends[::-1]


def year_of(day: ir.DateValue, closing: dt.date) -> ir.IntegerValue:
    """The calendar year in which the year to the closing date's anniversary that holds the day
    ends: with the closing date 2026-03-31, 2026 for days from 2025-04-01 on.

    Null for null. In step with `year_ends`, where 29 February falls back to 28 February.
    """
    anchor = closing.month * 100 + closing.day
    after = (day.month() * 100 + day.day()) > ibis.literal(228 if anchor == 229 else anchor)
    number = day.year().cast("int64") + after.cast("int64")
    return (number > closing.year).ifelse(closing.year, number)
