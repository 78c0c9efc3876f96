"""Price tiers: from the dearest product of the first visit to that of the latest."""

from __future__ import annotations

from dataclasses import dataclass

import ibis.expr.types as ir
import pandas as pd
from scipy.stats import binomtest

from toolkit.frames import frame

TIERS = ("lower", "middle", "upper")


@dataclass(frozen=True)
class Tiers:
    """How customers moved between price tiers.

    cuts: the two unit prices (minor units) up to which lower and middle reach, inclusive.
    matrix: frame, one row per tier at the first visit (first_tier) and at the latest (last_tier),
    all nine; customers. up, same, down: customers; p: chance of so uneven a split between up and
    down if both were as likely (sign test, exact).
    """

    cuts: tuple[float, float]
    matrix: pd.DataFrame
    up: int
    same: int
    down: int
    p: float

    @property
    def customers(self) -> int:
        """Customers compared."""
        return self.up + self.same + self.down


def tiers(bought: ir.Table) -> Tiers | None:
    """Price-tier movement of customers with two visits or more.

    Tiers are thirds of the unit prices of all purchases (a product on a visit day, at its dearest
    unit price, above zero; nearest rank). A visit's tier is that of its dearest product. Compared
    are customers whose first and latest visit both have a price. None without prices, or without
    two different cut-offs. Source: our rule.
    """
    priced = bought.filter(bought.price > 0)
    cuts = _cuts(frame(priced.group_by("price").agg(n=priced.count())))
    if cuts is None:
        return None
    dearest = priced.group_by(["customer_id", "nth", "next_date"]).agg(price=priced.price.max())
    tier = (dearest.price > cuts[0]).cast("int64") + (dearest.price > cuts[1]).cast("int64")
    dearest = dearest.mutate(tier=tier)
    first = dearest.filter(dearest.nth == 1).select("customer_id", first_tier="tier")
    last = dearest.filter((dearest.nth > 1) & dearest.next_date.isnull())
    both = first.inner_join(last.select("customer_id", last_tier="tier"), "customer_id")
    counts = frame(both.group_by(["first_tier", "last_tier"]).agg(customers=both.count()))
    return _moved(cuts, counts)


def _cuts(prices: pd.DataFrame) -> tuple[float, float] | None:
    """The prices that a third and two thirds of all purchases do not exceed."""
    prices = prices.sort_values("price")
    reached = prices.n.cumsum() * 3
    total = prices.n.sum()
    if len(prices) < 3:
        return None
    low, high = (float(prices.price[reached >= part * total].iloc[0]) for part in (1, 2))
    return (low, high) if low < high else None


def _moved(cuts: tuple[float, float], counts: pd.DataFrame) -> Tiers:
    every = pd.MultiIndex.from_product([range(3), range(3)], names=["first_tier", "last_tier"])
    wide = counts.set_index(["first_tier", "last_tier"]).customers
    wide = wide.reindex(every, fill_value=0).astype("int64")
    step = every.get_level_values(1) - every.get_level_values(0)
    up, same, down = (int(wide[part].sum()) for part in (step > 0, step == 0, step < 0))
    p = float(binomtest(up, up + down).pvalue) if up + down else 1.0
    matrix = wide.rename("customers").reset_index()
    names = {i: name for i, name in enumerate(TIERS)}
    matrix = matrix.assign(
        first_tier=matrix.first_tier.map(names), last_tier=matrix.last_tier.map(names)
    )
    return Tiers(cuts, matrix, up, same, down, p)
