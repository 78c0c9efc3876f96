"""The yearly view (New CPM): who bought this year, last year, both or neither, and their money."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.book.calendar import year_before
from toolkit.frames import frame

GROUPS = ("kept", "new", "revived", "lost", "none")


def covers_two_years(first: dt.date, closing: dt.date) -> bool:
    """Whether the file covers both years: its first order is no later than their first day."""
    start = year_before(year_before(closing))
    return first <= start + dt.timedelta(days=1)


def groups_of(recent: ir.Table, ever: int, closing: dt.date) -> pd.DataFrame:
    """Customers, visits and money of the year to the closing date and the one before, by group.

    One row per group: kept (visits in both years), new (first visit this year), revived (this
    year, not last, first visit before), lost (last year, not this), none (a visit before both
    years, or none at all). Columns: group, customers (with a visit ever), visits, sales,
    previous_visits, previous_sales (minor units, net, returns included). `recent` is from
    `recent.recent_years`, `ever` the number of customers with a visit to date. Source:
    definitions, "Yearly view"; 維持率 and 復活率 as published for 通販理論2.0.
    """
    table = frame(_group_sums(recent, closing)).set_index("group")
    table = table.reindex(list(GROUPS), fill_value=0)
    table.loc["none", "customers"] = ever - table.customers.drop("none").sum()
    return table.reset_index()


def _group_sums(per: ir.Table, closing: dt.date) -> ir.Table:
    """Customers, visits and money of both years by group, of those with a day in either."""
    group = ibis.cases(
        ((per.visits > 0) & (per.previous_visits > 0), "kept"),
        ((per.visits > 0) & (per.first_date > ibis.literal(year_before(closing))), "new"),
        (per.visits > 0, "revived"),
        (per.previous_visits > 0, "lost"),
        else_="none",
    )
    columns = ["visits", "sales", "previous_visits", "previous_sales"]
    sums = {name: per[name].sum().fill_null(0).cast("int64") for name in columns}
    return per.group_by(group.name("group")).agg(customers=per.count(), **sums)


def year_counts(groups: pd.DataFrame, two_years: bool) -> dict[str, int | None]:
    """The yearly view in customers: |A(D)| = kept + new + revived.

    Keys: active, previous, kept, lost, new, revived and dormant (a visit on or before D - 1 year,
    none in the year to it: those who can be revived). Without two years of file only `active` is
    known, the others are None. Source: definitions, "Yearly view".
    """
    n = groups.set_index("group")["customers"]
    active = int(n["kept"] + n["new"] + n["revived"])
    known = {
        "previous": int(n["kept"] + n["lost"]),
        "kept": int(n["kept"]),
        "lost": int(n["lost"]),
        "new": int(n["new"]),
        "revived": int(n["revived"]),
        "dormant": int(n["none"] + n["revived"]),
    }
    return {"active": active} | (known if two_years else dict.fromkeys(known))


def money_bridge(groups: pd.DataFrame) -> dict[str, int]:
    """Last year's sales to this year's, exact in minor units.

    previous + new (their sales) + revived (their sales) + kept (their change) - lost (last
    year's sales of those who did not come) + no_visit (change in the money of customers without
    a visit in the year: returns after the last purchase or before the first) = total.
    Source: definitions, "Bucket".
    """
    by = groups.set_index("group")
    return {
        "previous": int(by.previous_sales.sum()),
        "new": int(by.sales["new"]),
        "revived": int(by.sales["revived"]),
        "kept": int(by.sales["kept"] - by.previous_sales["kept"]),
        "lost": int(by.previous_sales["lost"]),
        "no_visit": int(
            by.sales[["none", "lost"]].sum() - by.previous_sales[["none", "new", "revived"]].sum()
        ),
        "total": int(by.sales.sum()),
    }
