"""Concentration: how much of a year's sales rests on how few customers."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.frames import frame

DECILES, LARGEST = 10, 10
IN_MONEY = ("sales", "top_fifth", "top_ten", "gini")  # keys of `concentration` that need amounts


def ranking(bought: ir.Table) -> pd.DataFrame:
    """Sums over the customers of a year, largest sales first, by tenths.

    `bought` has visits and sales of its customers (`recent.year_of_customers`). Of those with a
    visit in it, ordered by their net sales, the one at position i (from 0) of n stands in decile
    floor(10 i / n) + 1; equals change no sum. One row per decile that has somebody: all ten from
    ten customers on. Columns: decile (1 = largest), customers, sales, least (smallest sales),
    top_ten (sales of the ten largest customers), positive (sales, negative ones counted as 0; all
    in minor units), spread (sum of (2 i - n - 1) x positive with i counted from the smallest, for
    Gini; exact).
    """
    ranked = _ranked(bought)
    positive = ibis.greatest(ranked.sales, 0)
    # the largest stands first, so i counted from the smallest is n - position
    weight = (ranked.n - 2 * ranked.position - 1).cast("decimal(38, 0)")
    among_ten = (ranked.position < LARGEST).cast("int64")
    tenth = (DECILES * ranked.position // ranked.n + 1).cast("int64")
    table = ranked.group_by(decile=tenth).agg(
        customers=ranked.count(),
        sales=ranked.sales.sum().cast("int64"),
        least=ranked.sales.min(),
        top_ten=(ranked.sales * among_ten).sum().cast("int64"),
        positive=positive.sum().cast("int64"),
        spread=(weight * positive).sum(),
    )
    return frame(table.order_by("decile"))


def deciles(ranking: pd.DataFrame) -> pd.DataFrame:
    """Ten groups of customers of equal size, largest sales first (`ranking`).

    Columns: decile (1 = largest), customers, sales (minor units), share (of all their sales,
    0..1), cumulative_share, per_customer (minor units, float), least (smallest net sales in the
    decile, minor units). The shares are null when the sales are not above zero. Source: デシル分析.
    """
    total = ranking.sales.sum()
    share = ranking.sales / total if total > 0 else ranking.sales * float("nan")
    table = ranking.assign(
        share=share,
        cumulative_share=share.cumsum(),
        per_customer=ranking.sales / ranking.customers,
    )
    columns = ["decile", "customers", "sales", "share", "cumulative_share", "per_customer"]
    return table[[*columns, "least"]]


def concentration(ranking: pd.DataFrame) -> dict[str, int | float | None]:
    """How much of the year's sales rests on the largest customers (`ranking`).

    Keys: customers (with a visit in the last 12 months), sales (their net money, minor units),
    top_fifth (sales of the largest 20 %, rounded up to whole customers, our rule: the first two
    deciles), top_ten (sales of the ten largest customers), gini (0 = all alike, towards 1 = all
    on one customer; negative net sales counted as 0; None when nothing is left).
    Source: Gini, sum((2i - n - 1) x_i) / (n sum(x)), x ascending.
    """
    n, positive = int(ranking.customers.sum()), int(ranking.positive.sum())
    return {
        "customers": n,
        "sales": int(ranking.sales.sum()),
        "top_fifth": int(ranking.sales[ranking.decile <= DECILES // 5].sum()),
        "top_ten": int(ranking.top_ten.sum()),
        "gini": float(sum(ranking.spread) / (n * positive)) if positive else None,
    }


def _ranked(bought: ir.Table) -> ir.Table:
    """Customers with a visit in the year: their net sales, position (0 = largest) and number n."""
    buyers = bought.filter(bought.visits > 0).select("sales")
    largest = ibis.window(order_by=ibis.desc("sales"))
    return buyers.mutate(
        position=ibis.row_number().over(largest),
        n=buyers.count().over(ibis.window()),
    )
