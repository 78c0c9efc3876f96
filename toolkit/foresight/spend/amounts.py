"""What is known of every customer's amounts, in as few rows as a fit needs."""

from __future__ import annotations

import ibis.expr.types as ir
import pandas as pd

from toolkit.frames import frame

WIDTH = 0.01  # of a bin, in the logarithm of the mean amount: one per cent


def amounts_of(visits: ir.Table, *, repeats: bool = False) -> ir.Table:
    """Number and money of every customer's visits with money (net of the day over zero).

    One row per customer with such a visit; with `repeats` the first visit is left out. Columns:
    customer_id, n (visits), money (minor units, int), own (mean, float) and squares (sum of
    squares, float).
    """
    chosen = visits.amount > 0
    if repeats:
        chosen = chosen & (visits.nth > 1)
    visits = visits.filter(chosen)
    return visits.group_by("customer_id").agg(
        n=visits.count(),
        money=visits.amount.sum().cast("int64"),
        own=visits.amount.cast("float64").mean(),
        squares=(visits.amount.cast("float64") ** 2).sum(),
    )


def spend_rows(visits: ir.Table, *, repeats: bool = False) -> pd.DataFrame:
    """Customers by number of visits and mean amount: all that the fit and its check read.

    One row per number of visits and bin of the mean (one per cent wide), in that order. Columns:
    visits (each customer's), customers, money (theirs together, minor units). A million customers
    come to a few thousand rows, and, counted in integers, to the same ones in any order; the
    likelihood moves by less than a part in a hundred thousand per customer (width^2 / 24).
    """
    per = amounts_of(visits, repeats=repeats)
    per = per.select("n", "money", bin=((per.money / per.n).ln() / WIDTH).floor().cast("int64"))
    rows = per.group_by(["n", "bin"]).agg(
        customers=per.count(), money=per.money.sum().cast("int64")
    )
    found = frame(rows.order_by(["n", "bin"]))
    return found.rename(columns={"n": "visits"})[["visits", "customers", "money"]]


def mean_amounts(rows: pd.DataFrame) -> pd.Series:
    """Mean amount per visit of each row of `spend_rows` (minor units, float)."""
    return rows["money"] / (rows["visits"] * rows["customers"])
