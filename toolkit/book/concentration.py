"""Concentration: how much of a year's sales rests on how few customers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.book.calendar import year_before
from toolkit.frames import frame, row

DECILES, LARGEST = 10, 10
IN_MONEY = ("sales", "top_fifth", "top_ten", "gini")  # keys of `concentration` that need amounts


def deciles(days: ir.Table, closing: dt.date) -> pd.DataFrame:
    """Customers of the year to the closing date in ten groups of equal size, largest sales first.

    Of the customers with a visit in the last 12 months, ordered by their net sales in them (ties
    by customer_id), the one at position i (from 0) of n stands in decile floor(10 i / n) + 1. One
    row per decile that has somebody: all ten from ten customers on. Columns: decile (1 = largest),
    customers, sales (minor units), share (of all their sales, 0..1), cumulative_share,
    per_customer (minor units, float), least (smallest net sales in the decile, minor units). The
    shares are null when the sales are not above zero. Source: デシル分析.
    """
    ranked = _ranked(days, closing)
    ranked = ranked.mutate(decile=(DECILES * ranked.position // ranked.n + 1).cast("int64"))
    table = ranked.group_by("decile").agg(
        customers=ranked.count(),
        sales=ranked.sales.sum().cast("int64"),
        least=ranked.sales.min(),
    )
    table = frame(table.order_by("decile"))
    total = table.sales.sum()
    share = table.sales / total if total > 0 else table.sales * float("nan")
    table = table.assign(
        share=share, cumulative_share=share.cumsum(), per_customer=table.sales / table.customers
    )
    columns = ["decile", "customers", "sales", "share", "cumulative_share", "per_customer"]
    return table[[*columns, "least"]]


def concentration(days: ir.Table, closing: dt.date) -> dict[str, int | float | None]:
    """How much of the sales of the year to the closing date rests on the largest customers.

    Keys: customers (with a visit in the last 12 months), sales (their net money, minor units),
    top_fifth (sales of the largest 20 %, rounded up to whole customers), top_ten (sales of the
    ten largest customers), gini (0 = all alike, towards 1 = all on one customer; negative net
    sales counted as 0; None when nothing is left). Source: Gini, sum((2i - n - 1) x_i) /
    (n sum(x)), x ascending; the ties by customer_id and the rounding up are our rules.
    """
    ranked = _ranked(days, closing)
    fifth = 5 * ranked.position < ranked.n  # the first ceil(n / 5)
    positive = ibis.greatest(ranked.sales, 0)
    # the largest stands first, so the ascending i is n - position
    weight = (ranked.n - 2 * ranked.position - 1).cast("decimal(38, 0)")
    found = row(
        ranked.agg(
            customers=ranked.count(),
            sales=ranked.sales.sum().cast("int64"),
            top_fifth=(ranked.sales * fifth.cast("int64")).sum().cast("int64"),
            top_ten=(ranked.sales * (ranked.position < LARGEST).cast("int64")).sum().cast("int64"),
            spread=(weight * positive).sum(),
            positive=positive.sum().cast("int64"),
        )
    )
    spread, positive = found.pop("spread"), found.pop("positive")
    found = {name: value or 0 for name, value in found.items()}
    whole = found["customers"] * (positive or 0)
    return found | {"gini": float(Decimal(spread) / whole) if whole else None}


def _ranked(days: ir.Table, closing: dt.date) -> ir.Table:
    """Customers with a visit in the year: their net sales, position (0 = largest) and number n."""
    start = ibis.literal(year_before(closing))
    inside = days.filter((days.date > start) & (days.date <= ibis.literal(closing)))
    per = inside.group_by("customer_id").agg(
        sales=inside.amount.sum().cast("int64"), visits=inside.is_visit.cast("int64").sum()
    )
    buyers = per.filter(per.visits > 0).select("customer_id", "sales")
    largest = ibis.window(order_by=[ibis.desc("sales"), "customer_id"])
    return buyers.mutate(
        position=ibis.row_number().over(largest),
        n=buyers.count().over(ibis.window()),
    )
