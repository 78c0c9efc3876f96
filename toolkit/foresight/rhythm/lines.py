"""Every lapse line tried on the past: who would have been called lost, and who came back."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from toolkit.book import CLASSIC_LAPSE, wilson
from toolkit.foresight.rhythm.gaps import LONGEST_LINE, YEAR, visits_until
from toolkit.foresight.rhythm.survival import FEW
from toolkit.frames import frame, scalar

CANDIDATES = (60, 90, 120, 180, CLASSIC_LAPSE, 365)


def called_lost(visits: ir.Table, closing: dt.date, longest: int = LONGEST_LINE) -> pd.DataFrame:
    """For every lapse line in days, who would have been called lost, and came back within a year.

    One row per line_days, 1 to `longest`. Columns: line_days, called_lost (silences that reached
    the line at least 365 days before the closing date, so that each was watched in full),
    came_back (of these, followed by a visit within 365 days of the line). At the book's own line
    it is `Book.lapse_error`. Source: definitions, "Error of the lapse line"; all lines are
    counted in one pass: a silence of s days so far with the next visit after g is called lost by
    the lines up to min(g - 1, s - 365), and came back for those from g - 365 on.
    """
    known = visits_until(visits, closing)
    gap = known.next_date.delta(known.date, unit="day").cast("int64")
    watched = ibis.literal(closing).delta(known.date, unit="day").cast("int64") - YEAR
    last = ibis.least(ibis.least((gap - 1).fill_null(longest), watched), longest)
    start = ibis.greatest(gap.fill_null(0) - YEAR, 1)  # not of a null: engines differ on that
    back = known.next_date.notnull() & (start <= last)
    lost = known.select(last=last, start=start, back=back.cast("int64"))
    lost = lost.filter(lost["last"] >= 1)
    ends = frame(lost.group_by("last").agg(visits=lost.count(), back=lost.back.sum()))
    begun = lost.filter(lost.back == 1)
    starts = frame(begun.group_by("start").agg(back=begun.count()))
    ended = _spread(ends["last"], ends.visits, longest)
    came = _spread(starts.start, starts.back, longest).cumsum()
    came[1:] -= _spread(ends["last"], ends.back, longest).cumsum()[:-1]
    called = ended[::-1].cumsum()[::-1]
    days = np.arange(longest + 1)
    return pd.DataFrame({"line_days": days, "called_lost": called, "came_back": came})[1:]


def stood_lost(
    visits: ir.Table, day: dt.date, until: dt.date, longest: int = LONGEST_LINE
) -> pd.DataFrame:
    """For every lapse line, who stood as lost on one day, and has come again up to another.

    One row per line_days, 1 to `longest`. Columns: line_days, stood_lost (customers silent for so
    many days or more on `day`), came_since (of these, with a visit after it up to `until`). Other
    than in `called_lost` the long silent count as well, so the share is smaller; it is what the
    number of lost customers of that day was worth.
    """
    known = visits_until(visits, until)
    at = ibis.literal(day)
    standing = (known.date <= at) & (known.next_date.isnull() | (known.next_date > at))
    rows = known.filter(standing)
    silent = at.delta(rows.date, unit="day").cast("int64")
    rows = rows.select(
        silent=ibis.least(silent, longest), came=rows.next_date.notnull().cast("int64")
    )
    counts = frame(rows.group_by("silent").agg(n=rows.count(), came=rows.came.sum()))
    found = {
        "line_days": np.arange(longest + 1),
        "stood_lost": _spread(counts.silent, counts.n, longest)[::-1].cumsum()[::-1],
        "came_since": _spread(counts.silent, counts.came, longest)[::-1].cumsum()[::-1],
    }
    return pd.DataFrame(found)[1:]


def _spread(at: pd.Series, counts: pd.Series, longest: int) -> np.ndarray:
    """Counts as an array by day 0 to `longest`."""
    days = np.zeros(longest + 1, dtype="int64")
    days[at.to_numpy("int64")] = counts.to_numpy("int64")
    return days


def rated(called: pd.DataFrame) -> pd.DataFrame:
    """`called_lost` with its error: further columns error (came_back / called_lost, 0..1), low,
    high (95 %, Wilson 1927; all three null below 5 called lost)."""
    error = (called.came_back / called.called_lost).where(called.called_lost >= FEW)
    low, high = wilson(error, called.called_lost)
    return called.assign(error=error, low=low, high=high)


def line_errors(visits: ir.Table, closing: dt.date, longest: int = LONGEST_LINE) -> pd.DataFrame:
    """Every lapse line with its error and what waiting for it costs.

    One row per line_days. Columns: line_days, called_lost, came_back, error, low, high (`rated`),
    gone (called_lost - came_back), later_days (than by the 240-day line a customer who left for
    good is known as lost; below zero: earlier), unseen (customers who have left for good and are
    not yet known as lost, on an average day: gone a year x line_days / 365, Little 1961; null where
    the file has no year to count them in), stood_lost, came_since (`stood_lost`: a year before the
    closing date, and since then), since_share (came_since / stood_lost, null below 5).
    """
    table = rated(called_lost(visits, closing, longest))
    stood = stood_lost(visits, closing - dt.timedelta(days=YEAR), closing, longest)
    table = table.merge(stood, on="line_days")
    table["gone"] = table.called_lost - table.came_back
    table["later_days"] = table.line_days - CLASSIC_LAPSE
    first = scalar(visits.date.min())
    reached = (closing - first).days - YEAR - table.line_days + 1  # days on which a line was passed
    yearly = (table.gone * YEAR / reached.where(reached >= YEAR)).where(table.called_lost >= FEW)
    table["unseen"] = (yearly * table.line_days / YEAR).round().astype("Int64")
    table["since_share"] = (table.came_since / table.stood_lost).where(table.stood_lost >= FEW)
    columns = ["line_days", "called_lost", "came_back", "error", "low", "high", "gone"]
    return table[[*columns, "later_days", "unseen", "stood_lost", "came_since", "since_share"]]
