"""From the first visit to the second and the Nth, and when."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.book.calendar import year_before
from toolkit.book.intervals import wilson
from toolkit.book.product_limit import product_limit
from toolkit.book.shares import FEW
from toolkit.frames import frame, row

MATURE_DAYS = 365  # an Nth visit counts once the next one had a year to happen
HIGHEST_N = 8
CURVE_DAYS = (30, 60, 90, 180, 365)


def f2(visits: ir.Table, closing: dt.date, window_days: int) -> tuple[int, int] | None:
    """F2 conversion as (customers with a second visit within the window, first-time customers).

    Of the customers whose first visit is in (D - 1 year - window, D - window]: every one of them
    has had the whole window. None without such customers. Source: definitions, `f2.rate`; F2転換率.
    """
    window = dt.timedelta(days=window_days)
    known = visits.filter(visits.date <= ibis.literal(closing))
    first = known.filter(
        (known.nth == 1)
        & (known.date > ibis.literal(year_before(closing) - window))
        & (known.date <= ibis.literal(closing - window))
    )
    gap = first.next_date.delta(first.date, unit="day")
    within = (first.next_date.notnull() & (gap <= window_days)).cast("int64")
    n = row(first.agg(again=within.sum(), total=first.count()))
    return (n["again"], n["total"]) if n["total"] else None


def nth_conversion(visits: ir.Table, closing: dt.date) -> pd.DataFrame:
    """How many customers go on from each visit to the next within a year.

    One row per N from 1 up to 8. Columns: nth, customers (reached N, at any time), mature (reached
    N at least 365 days before the closing date), went_on (of those, came again within 365 days),
    share (went_on / mature, 0..1, null below 5 mature customers). Source: N回目転換率 with
    immature customers left out.
    """
    due = visits.filter(visits.nth <= HIGHEST_N)
    mature = due.date <= ibis.literal(closing - dt.timedelta(days=MATURE_DAYS))
    gap = due.next_date.delta(due.date, unit="day")
    went = mature & due.next_date.notnull() & (gap <= MATURE_DAYS)
    table = due.group_by("nth").agg(
        customers=due.count(),
        mature=mature.cast("int64").sum(),
        went_on=went.cast("int64").sum(),
    )
    table = frame(table.order_by("nth")).astype("int64")
    share = table.went_on / table.mature
    return table.assign(share=share.where(table.mature >= 5))


def nth_curve(visits: ir.Table, closing: dt.date) -> pd.DataFrame:
    """How many come again within 30, 60, 90, 180 and 365 days of their Nth visit.

    One row per nth (1 to 8) and days. Columns: nth, days, customers (reached their Nth visit),
    share (came again within so many days, 0..1; Kaplan-Meier, so whoever is still waited for
    counts only for the days passed since), low, high (95 %). Null below 5 customers, and where
    those still waited for had all had fewer days; once the last one waited for has come the share
    is 1 and stays so. Source: Kaplan & Meier 1958; the interval is Wilson's on the
    effective number of customers (Rothman 1978), with nobody censored the plain Wilson interval.
    """
    gaps = _gaps(visits.filter(visits.nth <= HIGHEST_N), closing)
    at = list(CURVE_DAYS)
    rows = []
    for nth in range(1, HIGHEST_N + 1):
        part = gaps[gaps.nth == nth]
        curve = _came_again(part).loc[at]
        n = int(part.n.sum())
        share = curve.share.where(((curve.waiting > 0) | (curve.share == 1)) & (n >= FEW))
        low, high = wilson(share, curve.effective)
        rows.append(
            pd.DataFrame(
                {"nth": nth, "days": at, "customers": n, "share": share, "low": low, "high": high}
            )
        )
    return pd.concat(rows, ignore_index=True)


def days_to_second(visits: ir.Table, closing: dt.date) -> pd.DataFrame:
    """Share of first-time customers who have come again, by days since the first visit.

    One row per day up to 365 on which somebody came again. Columns: days, share
    (0..1; Kaplan-Meier, so customers still within their first year count only for the days they
    have had), customers (came again on that day). Empty if nobody did. Source: Kaplan & Meier 1958.
    """
    curve = _came_again(_gaps(visits.filter(visits.nth == 1), closing))
    curve = curve[curve.customers > 0].rename_axis("days").reset_index()
    return curve[["days", "share", "customers"]]


def _gaps(visits: ir.Table, closing: dt.date) -> pd.DataFrame:
    """Customers (n) by nth, days to the next visit or to the closing date, and which of the two
    (again). All that lies beyond a year is one day, 366, and not again."""
    end = visits.next_date.fill_null(ibis.literal(closing))
    waited = visits.select("nth", "next_date", days=end.delta(visits.date, unit="day"))
    seen = waited.select(
        "nth",
        days=ibis.least(waited.days, MATURE_DAYS + 1),
        again=waited.next_date.notnull() & (waited.days <= MATURE_DAYS),
    )
    return frame(seen.group_by(["nth", "days", "again"]).agg(n=seen.count()))


def _came_again(gaps: pd.DataFrame) -> pd.DataFrame:
    """The product-limit curve by day 0 to 365 out of `_gaps` of one nth.

    Columns: customers (came again that day), waiting (had not come and were still seen that day),
    share (come again by then), effective (customers the share is as sure as; `product_limit`).
    """
    by_day = gaps.pivot_table(index="days", columns="again", values="n", aggfunc="sum")
    by_day = by_day.reindex(index=range(MATURE_DAYS + 2), columns=[True, False]).fillna(0)
    came = by_day[True]
    waiting = gaps.n.sum() - by_day.sum(axis=1).cumsum().shift(fill_value=0)
    curve = product_limit(came, waiting)[["share", "effective"]]
    table = pd.DataFrame({"customers": came.astype("int64"), "waiting": waiting.astype("int64")})
    return table.join(curve).loc[:MATURE_DAYS]


def day_reached(curve: pd.DataFrame, part: float) -> int | None:
    """The day by which `part` (0..1) of those who come again within a year have done so.

    None when nobody comes again. Our rule: a follow-up is to arrive by the day of the half, an
    offer, if any, not before that of three quarters; after that of nine tenths a customer is late.
    """
    if curve.empty:
        return None
    return int(curve.loc[curve.share >= part * curve.share.iloc[-1] - 1e-12, "days"].iloc[0])
