"""The leaky bucket by the lapse line: opening + new + returned - lost = closing."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.book.course import OUTSIDE, RANKS
from toolkit.book.moves import change
from toolkit.frames import scalar

FLOWS = ("new", "returned", "lost")


def filled_from(first: dt.date, lapse_days: int) -> dt.date:
    """The first day the bucket can be trusted: until a lapse line after the file's first order
    nobody could have been lost. Source: definitions, "Left edge".
    """
    return first + dt.timedelta(days=lapse_days)


def bucket_of(
    daily: pd.DataFrame, moves: ir.Table, after: dt.date, until: dt.date
) -> dict[str, int]:
    """The bucket statement of the days after `after` up to `until`.

    Keys: opening, new, returned, lost, closing (customers; every move is counted, so one customer
    can be lost and returned) and came_back (of the losses, those followed by a return
    within the period). `daily` are the `moves` by day (`moves.moves_by_day`).
    Source: definitions, "Bucket".
    """
    known = daily[daily.date <= until]
    sums = known.groupby([known.date > after, "flow"]).customers.sum()
    past, now = ({k: int(sums.get((side, k), 0)) for k in FLOWS} for side in (False, True))
    opening = past["new"] + past["returned"] - past["lost"]
    closing = opening + now["new"] + now["returned"] - now["lost"]
    inside = (moves.date > ibis.literal(after)) & (moves.date <= ibis.literal(until))
    return {
        "opening": opening,
        **now,
        "closing": closing,
        "came_back": _came_back(moves.filter(inside)),
    }


def _came_back(moves: ir.Table) -> int:
    """Losses followed by a return: losses and returns take turns, so all returns but a first one
    of somebody who was lapsed to begin with."""
    leaks = moves.filter((change(moves) != 0) & (moves.from_rank != RANKS.index(OUTSIDE)))
    returned = leaks.to_active
    per = leaks.group_by("customer_id").agg(
        returns=returned.cast("int64").sum(),
        first_return=returned.ifelse(leaks.date, ibis.null("date")).min(),
        first_loss=returned.ifelse(ibis.null("date"), leaks.date).min(),
    )
    per = per.filter(per.returns > 0)
    lapsed_before = per.first_loss.isnull() | (per.first_return < per.first_loss)
    return int(scalar((per.returns - lapsed_before.cast("int64")).sum()) or 0)


def hole(moved: pd.DataFrame) -> tuple[int, int] | None:
    """The hole between two days as (lost customers, customers to begin with).

    `moved` has the rows of `balances.movement` between the day a year before and the closing
    date. Of the customers active on the first day, those who are lapsed on the second; None with
    nobody active. Source: definitions, "Bucket" (`hole.year`).
    """
    there = moved[moved.from_state == "active"]
    total = int(there.customers.sum())
    return (int(there.customers[there.to_state == "lapsed"].sum()), total) if total else None
