"""What is bought next: a new product on the visit after one with another."""

from __future__ import annotations

import ibis.expr.types as ir
import numpy as np
import pandas as pd

from toolkit.book.products.evidence import LEAST, discoveries, exceeds
from toolkit.book.products.purchases import size_step
from toolkit.book.products.together import MOST_PRODUCTS
from toolkit.frames import frame


def following(bought: ir.Table) -> pd.DataFrame:
    """Products first bought on the visit after one with another product.

    One row per pair among the 100 products with most customers and at least 20 customers of whom
    it is true; the surest and largest excess over chance first. Columns: number (bought before),
    other (bought for the first time on the next visit), customers, starters (customers who bought
    the first product on a visit that was followed by another), share (customers / starters),
    expected (customers if what was new did not depend on what was bought before, by size of the
    earlier basket), lift (customers / expected), p, marked (p stands after Benjamini-Hochberg at
    5 %). A customer counts once for a pair. Source: sequential basket analysis; the rest our rule.
    """
    top = bought.filter(bought.number < MOST_PRODUCTS)
    counts = frame(_followed(top))
    starters = top.filter(top.next_date.notnull())
    starters = frame(starters.group_by("number").agg(n=starters.customer_id.nunique()))
    news = frame(_news(top))
    table = _with_expected(counts, news)
    table = table[table.customers >= LEAST]
    starters = table.number.map(starters.set_index("number").n)
    table = table.assign(
        starters=starters,
        share=table.customers / starters,
        lift=table.customers / table.expected,
        p=exceeds(table.customers, table.expected, table.customers),
    )
    table["marked"] = discoveries(table.p)
    order = (table.other, table.number, table.expected - table.customers, ~table.marked)
    columns = ["number", "other", "customers", "starters", "share", "expected", "lift"]
    return table.iloc[np.lexsort(order)].reset_index(drop=True)[[*columns, "p", "marked"]]


def _firsts(top: ir.Table) -> ir.Table:
    """First purchase of each product by each customer that was not on their first visit."""
    first = top.group_by(["customer_id", "number"]).agg(date=top.date.min())
    visit = top.select("customer_id", "number", "date", "previous_date")
    known = first.inner_join(visit, ["customer_id", "number", "date"])
    known = known.filter(known.previous_date.notnull())
    return known.select("customer_id", other=known.number, date=known.previous_date)


def _followed(top: ir.Table) -> ir.Table:
    """Customers by product before, new product after and size of the earlier basket."""
    before = top.select("customer_id", "date", "number", step=size_step(top.size))
    joined = _firsts(top).inner_join(before, ["customer_id", "date"])
    return joined.group_by(["step", "number", "other"]).agg(n=joined.count())


def _news(top: ir.Table) -> ir.Table:
    """New products after a basket, by product and size of the earlier basket."""
    baskets = top.select("customer_id", "date", step=size_step(top.size)).distinct()
    joined = _firsts(top).inner_join(baskets, ["customer_id", "date"])
    return joined.group_by(["step", "other"]).agg(n=joined.count())


def _with_expected(counts: pd.DataFrame, news: pd.DataFrame) -> pd.DataFrame:
    """Per pair customers, and how many were to be expected.

    Within baskets of like size: new purchases of `other` x the share of all new purchases that
    followed a basket with `number`; those of `number` itself cannot and are left out.
    """
    total = news.groupby("step").n.sum()
    after = counts.groupby(["step", "number"]).n.sum().rename("after").reset_index()
    own = news.rename(columns={"other": "number", "n": "own"})
    after = after.merge(own, how="left", on=["step", "number"]).fillna({"own": 0})
    after["chance"] = after.after / (after.step.map(total) - after.own)
    every = after[["step", "number", "chance"]].merge(news, on="step")
    every = every[every.number != every.other]
    every["expected"] = every.n * every.chance.clip(upper=1)
    expected = every.groupby(["number", "other"], as_index=False).expected.sum()
    seen = counts.groupby(["number", "other"], as_index=False).n.sum()
    return seen.rename(columns={"n": "customers"}).merge(expected, on=["number", "other"])
