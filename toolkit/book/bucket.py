"""The leaky bucket by the lapse line: opening + new + returned - lost = closing."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.book.calendar import is_month_end, month_ends, year_before
from toolkit.book.moves import flow, places_at
from toolkit.frames import frame, scalar

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
    opening = places_at(moves, after)
    inside = moves.filter((moves.date > ibis.literal(after)) & (moves.date <= ibis.literal(until)))
    inside = inside.mutate(flow=flow(inside))
    counts = frame(inside.group_by("flow").agg(n=inside.count())).set_index("flow")["n"]
    leaks = inside.filter(inside.flow.isin(["lost", "returned"]))
    following = leaks.flow.lead().over(ibis.window(group_by="customer_id", order_by="date"))
    back = leaks.mutate(following=following).filter(
        (ibis._.flow == "lost") & (ibis._.following == "returned")
    )
    n_open = scalar(opening.active.cast("int64").sum()) or 0
    n = {name: int(counts.get(name, 0)) for name in FLOWS}
    closing = n_open + n["new"] + n["returned"] - n["lost"]
    return {"opening": n_open, **n, "closing": closing, "came_back": scalar(back.count())}


def hole(
    moves: ir.Table, closing: dt.date, first: dt.date, lapse_days: int
) -> tuple[int, int] | None:
    """The hole of the year to the closing date as (lost customers, customers to begin with).

    Of the customers active one year before the closing date, those who are lapsed at it. None
    when the year began before first date + lapse_days, or with nobody active.
    Source: definitions, "Bucket" (`hole.year`).
    """
    start = year_before(closing)
    if start < filled_from(first, lapse_days):
        return None
    before, now = places_at(moves, start), places_at(moves, closing)
    there = before.filter(before.active).select("customer_id")
    since = now.semi_join(there, "customer_id")
    total = scalar(since.count())
    return (scalar(since.filter(~since.active).count()), total) if total else None
