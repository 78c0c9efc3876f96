"""Products whose buyers leave most."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.book.calendar import year_before
from toolkit.book.intervals import wilson
from toolkit.book.products.evidence import LEAST, differs, discoveries, expected_of
from toolkit.book.products.purchases import size_step
from toolkit.frames import frame


def leaving(bought: ir.Table, before: ir.Table, now: ir.Table, closing: dt.date) -> pd.DataFrame:
    """How many buyers of each product were lost within the year.

    One row per product (number) bought in the 12 months to a year before the closing date by at
    least 20 customers who were active on that day; highest share first. The last row, without
    number, is all buyers of any product in those months active then. Columns: number, customers,
    lapsed (of them, at the closing date), share, low, high (95 %, Wilson), expected (0..1, the
    share among buyers of as many different products in those months), p (of so far off that by
    chance, `evidence.differs`), marked (p stands after Benjamini-Hochberg at 5 %). `before` and
    `now` are the places on the two days (`Book.places_at`). Source: the hole of the year
    (definitions, Bucket) by product; the rest our rule.
    """
    start = year_before(closing)
    inside = (bought.date > ibis.literal(year_before(start))) & (bought.date <= ibis.literal(start))
    buyers = bought.filter(inside).select("customer_id", "number").distinct()
    gone = now.filter(~now.active).select("customer_id", lapsed=ibis.literal(1, "int64"))
    there = buyers.group_by("customer_id").agg(step=size_step(buyers.count()))
    there = there.semi_join(before.filter(before.active), "customer_id")
    there = there.left_join(gone, "customer_id")
    there = there.select("customer_id", "step", lapsed=there.lapsed.fill_null(0)).cache()
    groups = frame(_counts(buyers.inner_join(there, "customer_id"), ["number", "step"]))
    return _rated(groups, frame(_counts(there, ["step"])))


def _counts(customers: ir.Table, by: list[str]) -> ir.Table:
    counts = customers.group_by(by)
    return counts.agg(customers=customers.count(), lapsed=customers.lapsed.sum())


def _rated(groups: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    sums = groups.groupby("number")[["customers", "lapsed"]].sum()
    sums["expected"] = expected_of(groups, whole, "lapsed")
    sums = sums[sums.customers >= LEAST]
    p = differs(sums.lapsed, sums.customers, sums.expected)
    sums = sums.assign(p=p, marked=discoveries(p), share=sums.lapsed / sums.customers)
    sums = sums.reset_index().sort_values(["share", "number"], ascending=[False, True])
    total = whole[["customers", "lapsed"]].sum()
    everybody = sums.iloc[:1].assign(number=None, **total, p=None, expected=None, marked=False)
    table = pd.concat([sums.astype({"number": "Int64"}), everybody.astype({"number": "Int64"})])
    table = table.astype({"p": float, "expected": float}).reset_index(drop=True)
    share = table.lapsed / table.customers
    low, high = wilson(share, table.customers)
    table = table.assign(share=share, low=low, high=high, expected=table.expected / table.customers)
    columns = ["number", "customers", "lapsed", "share", "low", "high", "expected", "p", "marked"]
    return table[columns]
