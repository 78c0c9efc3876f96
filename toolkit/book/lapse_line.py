"""How often the lapse line is wrong: customers called lost who came back."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir

from toolkit.book.calendar import add_days
from toolkit.frames import row

WATCH_DAYS = 365


def lapse_error(visits: ir.Table, closing: dt.date, lapse_days: int) -> tuple[int, int] | None:
    """The lapse line's error as (lapses followed by a visit within 365 days, lapses).

    Only lapses at least 365 days before the closing date count, so each was watched in full.
    None without any. Source: definitions, `lapse.error_rate`.
    """
    due = visits.mutate(lapse_date=add_days(visits.date, lapse_days))
    silent = due.next_date.isnull() | (due.next_date > due.lapse_date)
    old = due.lapse_date <= ibis.literal(closing - dt.timedelta(days=WATCH_DAYS))
    lapses = due.filter(silent & old)
    gap = lapses.next_date.delta(lapses.lapse_date, unit="day")
    back = (lapses.next_date.notnull() & (gap <= WATCH_DAYS)).cast("int64")
    n = row(lapses.agg(back=back.sum(), total=lapses.count()))
    return (n["back"], n["total"]) if n["total"] else None
