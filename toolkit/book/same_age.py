"""Cohorts compared at the same age: are new customers coming again more, or less?"""

from __future__ import annotations

import datetime as dt

import ibis.expr.types as ir
import numpy as np
import pandas as pd

from toolkit.book.calendar import month_number
from toolkit.book.intervals import wilson
from toolkit.book.shares import FEW, share
from toolkit.frames import frame

WITHIN_DAYS = (90, 180, 365)
BEFORE_1970 = 1970 * 12  # the number of the month from which pandas counts


def same_age(visits: ir.Table, closing: dt.date) -> pd.DataFrame:
    """Cohorts compared at the same age: who came again within 90, 180 and 365 days.

    One row per cohort and within_days, of cohorts all of whose members had the days (end of the
    cohort's month + within_days <= closing date). Columns: cohort (YYYY-MM), within_days,
    customers, again (second visit within so many days), share (again / customers, 0..1), low, high
    (95 %; all three null below 5 customers). Source: definitions, "Cohorts"; the interval is
    Wilson's (1927).
    """
    first = visits.filter(visits.nth == 1)
    gap = first.next_date.delta(first.date, unit="day")
    came = {f"d{d}": (gap <= d).fill_null(False).cast("int64") for d in WITHIN_DAYS}
    seen = first.select(cohort=month_number(first.date), **came)
    sums = {name: seen[name].sum() for name in came}
    wide = frame(seen.group_by("cohort").agg(customers=seen.count(), **sums).order_by("cohort"))
    parts = [
        wide[["cohort", "customers"]].assign(within_days=d, again=wide[f"d{d}"].astype("int64"))
        for d in WITHIN_DAYS
    ]
    table = pd.concat(parts, ignore_index=True)
    months = pd.PeriodIndex.from_ordinals(table.cohort - BEFORE_1970, freq="M")
    over = months.end_time.normalize() + pd.to_timedelta(table.within_days, unit="D")
    table = table.assign(cohort=months.astype(str))[over <= pd.Timestamp(closing)]
    found = share(table.again, table.customers)
    low, high = wilson(found, table.customers)
    table = table.assign(share=found, low=low, high=high)
    columns = ["cohort", "within_days", "customers", "again", "share", "low", "high"]
    return table.sort_values(["cohort", "within_days"], ignore_index=True)[columns]


def latest_against_before(table: pd.DataFrame, within_days: int, since: dt.date) -> dict | None:
    """Whether the cohorts of the latest 12 months come again more than those of the 12 before.

    `table`: rows of `same_age`; months that begin before `since` are not to be used. Keys:
    within_days, start, end (first and last cohort of the latest 12 months), customers, share
    and customers_before, share_before (0..1), change (share - share_before), low, high (95 % of
    the change), verdict (better, worse, or same where the interval holds zero). None with fewer
    than 24 months to be used, or 5 customers in either year. Source: Agresti & Caffo 2000,
    widened by the root of Pearson's chi-square per degree of freedom where months scatter more
    than chance would have them (our rule).
    """
    rows = table[table.within_days == within_days]
    if rows.empty:
        return None
    last = pd.Period(rows.cohort.max(), "M")
    start, before = str(last - 11), str(last - 23)
    now, ago = rows[rows.cohort >= start], rows[(rows.cohort >= before) & (rows.cohort < start)]
    n, m = int(now.customers.sum()), int(ago.customers.sum())
    if f"{before}-01" < since.isoformat() or min(n, m) < FEW:
        return None
    (new, middle, spread), (old, middle_ago, spread_ago) = map(_share_of, (now, ago))
    half = 1.96 * np.sqrt((spread + spread_ago) * _scatter(now, ago))
    low, high = middle - middle_ago - half, middle - middle_ago + half
    return {
        "within_days": within_days,
        "start": start,
        "end": str(last),
        "customers": n,
        "share": new,
        "customers_before": m,
        "share_before": old,
        "change": new - old,
        "low": float(low),
        "high": float(high),
        "verdict": "better" if low > 0 else "worse" if high < 0 else "same",
    }


def _share_of(rows: pd.DataFrame) -> tuple[float, float, float]:
    """The share, the share with one more of either kind, and the variance of that."""
    k, n = int(rows.again.sum()), int(rows.customers.sum())
    middle = (k + 1) / (n + 2)
    return k / n, middle, middle * (1 - middle) / (n + 2)


def _scatter(*years: pd.DataFrame) -> float:
    """How much more the months of each year scatter than chance would have them; at least 1."""
    chi, free = 0.0, 0
    for rows in years:
        part = rows.again.sum() / rows.customers.sum()
        if 0 < part < 1:
            off = (rows.again - part * rows.customers) ** 2
            chi += float((off / (rows.customers * part * (1 - part))).sum())
            free += len(rows) - 1
    return max(1.0, chi / free) if free else 1.0
