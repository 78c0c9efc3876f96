"""The leaky bucket by the lapse line: opening + new + returned - lost = closing."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.book.calendar import is_month_end, month_ends, year_before
from toolkit.book.moves import flow
from toolkit.frames import frame, row, scalar

FLOWS = ("new", "returned", "lost")


def filled_from(first: dt.date, lapse_days: int) -> dt.date:
    """The first day the bucket can be trusted: until a lapse line after the file's first order
    nobody could have been lost. Source: definitions, "Left edge".
    """
    return first + dt.timedelta(days=lapse_days)


def bucket_months(
    moves: ir.Table, first: dt.date, closing: dt.date, lapse_days: int
) -> pd.DataFrame:
    """The monthly bucket statement.

    One row per calendar month. Columns: month (YYYY-MM), opening, new, returned, lost, closing
    (customers), complete (False for a last month cut by the closing date), trusted (False while
    the opening is still filling: the month begins before first date + lapse_days, when nobody
    could have been lost yet; never used in rates). Source: definitions, "Bucket".
    """
    flows = moves.mutate(month=moves.date.truncate("M"), flow=flow(moves))
    flows = flows.filter(flows.flow.notnull()).group_by(["month", "flow"]).agg(n=ibis._.count())
    counts = frame(flows)
    ends = month_ends(first, closing)
    counts["month"] = pd.to_datetime(counts["month"]).dt.strftime("%Y-%m")
    wide = counts.pivot_table(index="month", columns="flow", values="n", fill_value=0)
    months = pd.Index([f"{day:%Y-%m}" for day in ends], name="month")
    table = wide.reindex(index=months, columns=FLOWS, fill_value=0).astype("int64")
    table["closing"] = (table["new"] + table["returned"] - table["lost"]).cumsum()
    table["opening"] = table["closing"].shift(fill_value=0)
    table["complete"] = [is_month_end(day) for day in ends]
    trusted_from = filled_from(first, lapse_days)
    table["trusted"] = [day.replace(day=1) >= trusted_from for day in ends]
    columns = ["month", "opening", *FLOWS, "closing", "complete", "trusted"]
    return table.reset_index().rename_axis(None, axis=1)[columns]


def bucket_of(moves: ir.Table, after: dt.date, until: dt.date) -> dict[str, int]:
    """The bucket statement of the days after `after` up to `until`.

    Keys: opening, new, returned, lost, closing (customers; every move is counted, so one customer
    can be lost and returned) and came_back (of the losses, those followed by a return
    within the period). Source: definitions, "Bucket".
    """
    known = moves.filter(moves.date <= ibis.literal(until))
    known = known.mutate(flow=flow(known), inside=known.date > ibis.literal(after))
    counts = frame(known.group_by(["inside", "flow"]).agg(n=known.count()))
    n = counts.set_index(["inside", "flow"])["n"]
    past, now = ({k: int(n.get((side, k), 0)) for k in FLOWS} for side in (False, True))
    opening = past["new"] + past["returned"] - past["lost"]
    closing = opening + now["new"] + now["returned"] - now["lost"]
    back = _came_back(known.filter(known.inside))
    return {"opening": opening, **now, "closing": closing, "came_back": back}


def _came_back(moves: ir.Table) -> int:
    """Losses followed by a return: losses and returns take turns, so all returns but a first one
    of somebody who was lapsed to begin with."""
    leaks = moves.filter(moves.flow.isin(["lost", "returned"]))
    returned = leaks.flow == "returned"
    per = leaks.group_by("customer_id").agg(
        returns=returned.cast("int64").sum(),
        first_return=returned.ifelse(leaks.date, ibis.null("date")).min(),
        first_loss=returned.ifelse(ibis.null("date"), leaks.date).min(),
    )
    per = per.filter(per.returns > 0)
    lapsed_before = per.first_loss.isnull() | (per.first_return < per.first_loss)
    return int(scalar((per.returns - lapsed_before.cast("int64")).sum()) or 0)


def hole(
    moves: ir.Table, closing: dt.date, first: dt.date, lapse_days: int
) -> tuple[int, int] | None:
    """The hole of the year to the closing date as (lost customers, customers to begin with).

    Of the customers active one year before the closing date, those who are lapsed at it. None
    when the year began before first date + lapse_days, or with nobody active. In and out take
    turns, so whoever has one more in than out up to a day is active then.
    Source: definitions, "Bucket" (`hole.year`).
    """
    start = year_before(closing)
    if start < filled_from(first, lapse_days):
        return None
    known = moves.filter(moves.date <= ibis.literal(closing))
    known = known.mutate(flow=flow(known), inside=known.date > ibis.literal(start))
    leaks = known.filter(known.flow.notnull())
    step = (leaks.flow == "lost").ifelse(-1, 1)
    per = leaks.group_by("customer_id").agg(
        before=leaks.inside.ifelse(0, step).sum(), after=leaks.inside.ifelse(step, 0).sum()
    )
    gone = (per.before + per.after == 0).cast("int64")
    there = per.filter(per.before == 1).aggregate(lapsed=gone.sum(), total=gone.count())
    n = row(there)
    return (int(n["lapsed"]), n["total"]) if n["total"] else None
