"""Days from a visit to the next, counted: what every curve of the rhythm stands on."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.frames import frame

HIGHEST = 5  # visits from the fifth on are one ordinal, "5+"
ORDINALS = ("1", "2", "3", "4", "5+")
ALL = "all"
LONGEST_LINE = 730  # days of silence looked at, the most an automatic lapse line can have
YEAR = 365


def visits_until(visits: ir.Table, closing: dt.date) -> ir.Table:
    """The visits as they were known on a day: none after it, and no next visit beyond it."""
    day = ibis.literal(closing)
    known = visits.filter(visits.date <= day)
    seen = (known.next_date <= day).ifelse(known.next_date, ibis.null("date"))
    return known.mutate(next_date=seen)


def gap_counts(
    visits: ir.Table, closing: dt.date, since: dt.date | None = None, longest: int = 1095
) -> pd.DataFrame:
    """Visits by ordinal, days to the next visit or to the closing date, and which of the two.

    One row per ordinal, sure, days and came. Columns: ordinal (1 to 5; 5 is the fifth or later),
    sure (the customer's first visit in the file is on `since` or later, so the ordinal is the true
    one; all are when `since` is None), days, came (the next visit ended them), visits. Silences
    of more than `longest` days are one day, `longest` + 1, and did not come. What is known of a
    visit ends with the closing date.
    """
    known = visits_until(visits, closing)
    end = known.next_date.fill_null(ibis.literal(closing))
    days = end.delta(known.date, unit="day").cast("int64")
    sure = ibis.literal(True) if since is None else known.first_date >= ibis.literal(since)
    seen = known.select(
        ordinal=ibis.least(known.nth, HIGHEST).cast("int64"),
        sure=sure,
        days=ibis.least(days, longest + 1),
        came=known.next_date.notnull() & (days <= longest),
    )
    keys = ["ordinal", "sure", "days", "came"]
    return frame(seen.group_by(keys).agg(visits=seen.count()).order_by(keys))


def by_day(counts: pd.DataFrame, ordinal: str, longest: int) -> pd.DataFrame:
    """came and waiting (at risk at the start of the day) by day 0 to `longest`, of one ordinal.

    Of a numbered ordinal only visits whose number is sure; `all` has every visit, since a silence
    is one whatever the number of the visit before it.
    """
    part = counts
    if ordinal != ALL:
        part = counts[counts.sure & (counts.ordinal == ORDINALS.index(ordinal) + 1)]
    days, there = range(longest + 2), part.days.clip(upper=longest + 1)
    every = part.visits.groupby(there).sum().reindex(days, fill_value=0)
    came = part.visits[part.came].groupby(there).sum().reindex(days, fill_value=0)
    waiting = every.sum() - every.cumsum().shift(fill_value=0)
    return pd.DataFrame({"came": came, "waiting": waiting}).astype("int64").loc[:longest]
