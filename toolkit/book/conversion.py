"""From the first visit to the second and the Nth, and when."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
from scipy.stats import CensoredData, ecdf

from toolkit.book.calendar import year_before
from toolkit.frames import frame, row

MATURE_DAYS = 365  # an Nth visit counts once the next one had a year to happen
HIGHEST_N = 8


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


def days_to_second(visits: ir.Table, closing: dt.date) -> pd.DataFrame:
    """Share of first-time customers who have come again, by days since the first visit.

    One row per day up to 365 on which somebody came again. Columns: days, share
    (0..1; Kaplan-Meier, so customers still within their first year count only for the days they
    have had; Kaplan & Meier 1958), customers (came again on that day). Empty if nobody did.
    """
    first = visits.filter(visits.nth == 1)
    again = first.next_date.notnull()
    end = first.next_date.fill_null(ibis.literal(closing))
    seen = first.select(days=end.delta(first.date, unit="day"), again=again)
    counts = frame(seen.group_by(["days", "again"]).agg(n=seen.count()))
    if counts.empty:
        return pd.DataFrame({"days": [], "share": [], "customers": []})
    spans = {
        state: np.repeat(part.days.to_numpy(), part.n.to_numpy())
        for state, part in counts.groupby("again")
    }
    none = np.array([], dtype=int)
    curve = ecdf(CensoredData(spans.get(True, none), right=spans.get(False, none))).sf
    days, staying = curve.quantiles, curve.probabilities
    came = counts[counts.again].set_index("days")["n"].reindex(days, fill_value=0).to_numpy()
    table = pd.DataFrame({"days": days.astype(int), "share": 1 - staying, "customers": came})
    return table[(table.days <= MATURE_DAYS) & (table.customers > 0)].reset_index(drop=True)


def day_reached(curve: pd.DataFrame, part: float) -> int | None:
    """The day by which `part` (0..1) of those who come again within a year have done so.

    None when nobody comes again. Our rule: a follow-up belongs before this day of the curve.
    """
    if curve.empty:
        return None
    return int(curve.loc[curve.share >= part * curve.share.iloc[-1] - 1e-12, "days"].iloc[0])
