"""Products bought together on one visit more often than chance would have it."""

from __future__ import annotations

import ibis.expr.types as ir
import numpy as np
import pandas as pd

from toolkit.book.products.evidence import LEAST, discoveries, exceeds
from toolkit.book.products.purchases import size_step
from toolkit.frames import frame

MOST_PRODUCTS = 100  # pairs are looked for among the products with most customers


def together(bought: ir.Table) -> pd.DataFrame:
    """Pairs of products bought on the same visit day by at least 20 customers.

    One row per pair among the 100 products with most customers, the surest and largest excess
    over chance first. Columns: number, other (the product with more customers first), customers
    (with both on one visit day), visits (their visit days with both), share (of all visit days
    with a product line), lift (share / (share of the one x share of the other)), expected (visit
    days with both if products fell into baskets of the sizes there are by chance), p (of so many
    by chance, `evidence.exceeds`), marked (p stands after Benjamini-Hochberg at 5 %). Large
    baskets hold every pair more often, which lift takes for affinity and `expected` does not.
    Source: market basket analysis; the expectation is Hájek's (1964), by size of basket.
    """
    sized = bought.mutate(step=size_step(bought.size))
    top = sized.filter(sized.number < MOST_PRODUCTS)
    pairs = frame(_pairs(top))
    if pairs.empty:
        return pairs.assign(**dict.fromkeys(("share", "lift", "expected", "p", "marked")))
    baskets, sold = _baskets(sized), frame(_sold(top))
    expected = _expected(baskets, sold)
    singles = sold.groupby("number").n.sum()
    total = baskets.days.sum()
    one, other = pairs.number.map(singles), pairs.other.map(singles)
    table = pairs.assign(
        share=pairs.visits / total,
        lift=pairs.visits * total / (one * other),
        expected=[expected[a, b] for a, b in zip(pairs.number, pairs.other, strict=True)],
    )
    table["p"] = exceeds(table.visits, table.expected, table.visits**2 / table.pop("squares"))
    table["marked"] = discoveries(table.p)
    return table.iloc[
        np.lexsort((table.other, table.number, table.expected - table.visits, ~table.marked))
    ].reset_index(drop=True)


def _pairs(top: ir.Table) -> ir.Table:
    """Per pair: customers, visits, squares (sum of each customer's visits with both, squared)."""
    one = top.select("customer_id", "date", "number")
    other = one.view().rename(other="number")
    both = one.inner_join(other, ["customer_id", "date", one.number < other.other])
    each = both.group_by(["number", "other", "customer_id"]).agg(n=both.count())
    pairs = each.group_by(["number", "other"]).agg(
        customers=each.count(), visits=each.n.sum(), squares=(each.n * each.n).sum()
    )
    return pairs.filter(pairs.customers >= LEAST)


def _sold(bought: ir.Table) -> ir.Table:
    """Visit days with each product, by size of basket."""
    return bought.group_by(["step", "number"]).agg(n=bought.count())


def _baskets(sized: ir.Table) -> pd.DataFrame:
    """Per step of size: days, spread (mean square of size / squared mean), drawn (the sum over
    all products of inclusion x (1 - inclusion))."""
    per_day = sized.select("customer_id", "date", "step", "size").distinct()
    sizes = frame(per_day.group_by(["step", "size"]).agg(days=per_day.count()))
    sizes = sizes.assign(lines=sizes.days * sizes["size"], squares=sizes.days * sizes["size"] ** 2)
    by_step = sizes.groupby("step")[["days", "lines", "squares"]].sum()
    sold = _sold(sized)
    whole = frame(sold.group_by("step").agg(squared=(sold.n * sold.n).sum())).set_index("step")
    return by_step.assign(
        spread=by_step.squares * by_step.days / by_step.lines**2,
        drawn=by_step.lines / by_step.days - whole.squared / by_step.days**2,
    )


def _expected(baskets: pd.DataFrame, sold: pd.DataFrame) -> np.ndarray:
    """Expected days with both, products by products."""
    places = int(sold.number.max()) + 1
    expected = np.zeros((places, places))
    for step, part in sold.groupby("step"):
        basket = baskets.loc[step]
        share = np.zeros(places)
        share[part.number] = part.n / basket.days
        missed = np.outer(1 - share, 1 - share) / basket.drawn if basket.drawn > 1e-9 else 0.0
        chance = np.outer(share, share) * (basket.spread - missed)
        expected += basket.days * np.clip(chance, 0, 1)
    return expected
