"""The yearly view as a history: who bought in each year, and what they spent (New CPM)."""

from __future__ import annotations

import datetime as dt

import ibis.expr.types as ir
import numpy as np
import pandas as pd

from toolkit.book.periods import year_ends, year_of
from toolkit.book.shares import share
from toolkit.frames import frame

SEEN = ("kept", "new", "revived")
SPENDS = tuple(f"{group}_spend" for group in SEEN)
IN_MONEY = ("sales", "sales_per_active", *SPENDS)


def year_history(days: ir.Table, first: dt.date, closing: dt.date) -> pd.DataFrame:
    """The yearly view of every whole year counted back from the closing date.

    One row per year that lies wholly in the file, oldest first; no row in a shorter file. Columns:
    end (date), active (稼働顧客数: customers with a visit in the year), previous (in the year
    before), kept (in both), lost (the year before, not this one), new (first visit), revived
    (this year, not the one before, first visit earlier), dormant (a visit before the year, none
    in the year before it), retention (維持率 = kept / previous), outflow (lost / previous),
    revival (復活率 = revived / dormant), sales (net money of the year, minor units),
    sales_per_active (年間LTV = sales / active; 年商 = 年間LTV x 稼働顧客数), kept_spend, new_spend,
    revived_spend (mean net money of the year per customer of the group, minor units, float).
    Shares of fewer than five are null. In the oldest row what needs the year before is null: that
    year is not whole, so new, kept and revived cannot be told apart.
    Source: definitions, "Yearly view"; 年商 and the yearly spends as published for New CPM.
    """
    ends = [end for end, before in _years(first, closing) if _next_day(before) >= first]
    sums = _year_sums(days, closing)
    every = pd.Index(sorted({end.year for end, _ in _years(first, closing)}), name="year")
    people = _wide(sums, "customers", every).astype("int64")
    money = _wide(sums, "sales", every)
    table = _flows(people).assign(sales=money.sum(axis=1).astype("int64"))
    spends = money[list(SEEN)] / people[list(SEEN)].where(people[list(SEEN)] > 0)
    table = table.join(spends.astype("float64").set_axis(SPENDS, axis=1))
    table = table.loc[[end.year for end in ends]].reset_index(drop=True)
    if len(table):
        table.loc[0, [c for c in table if c not in ("active", "sales")]] = pd.NA
    return _with_rates(table.assign(end=ends))


def _years(first: dt.date, closing: dt.date) -> list[tuple[dt.date, dt.date]]:
    ends = year_ends(first, closing)
    return list(zip(ends[1:], ends, strict=False))


def _next_day(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=1)


def _year_sums(days: ir.Table, closing: dt.date) -> pd.DataFrame:
    """Customers and net money by year and group (kept, new, revived; absent without a visit)."""
    per = days.group_by(["customer_id", year_of(days.date, closing).name("year")]).agg(
        came=days.is_visit.max(),
        before=days.previous_date.min(where=days.is_visit),  # the visit before the year's first
        sales=days.amount.sum(),
    )
    ago = per.year - year_of(per.before, closing)
    sums = per.group_by(["year", "came", ago.name("ago")]).agg(
        customers=per.count(), sales=per.sales.sum().fill_null(0).cast("int64")
    )
    table = frame(sums)
    new, kept = table.ago.isna() | (table.ago == 0), table.ago == 1
    table["group"] = np.select([~table.came, new, kept], ["absent", "new", "kept"], "revived")
    return table.groupby(["year", "group"], as_index=False)[["customers", "sales"]].sum()


def _wide(sums: pd.DataFrame, name: str, years: pd.Index) -> pd.DataFrame:
    wide = sums.set_index(["year", "group"])[name].unstack("group", fill_value=0)
    return wide.reindex(index=years, columns=[*SEEN, "absent"], fill_value=0)


def _flows(people: pd.DataFrame) -> pd.DataFrame:
    """Customers of each year by where they stood the year before."""
    table = pd.DataFrame({"active": people[list(SEEN)].sum(axis=1)})
    table["previous"] = table.active.shift(fill_value=0)
    table["kept"] = people.kept
    table["lost"] = table.previous - people.kept
    table["new"], table["revived"] = people.new, people.revived
    ever = people.new.cumsum().shift(fill_value=0)
    return table.assign(dormant=ever - table.previous).astype("Int64")


def _with_rates(table: pd.DataFrame) -> pd.DataFrame:
    table = table.assign(
        retention=share(table.kept, table.previous),
        outflow=share(table.lost, table.previous),
        revival=share(table.revived, table.dormant),
        sales_per_active=(table.sales / table.active.where(table.active > 0)).astype("float64"),
    )
    counts = ["active", "previous", "kept", "lost", "new", "revived", "dormant"]
    rates = ["retention", "outflow", "revival"]
    return table[["end", *counts, *rates, "sales", "sales_per_active", *SPENDS]]
