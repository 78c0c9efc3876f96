"""The shrunken mean: a customer's own mean amount, drawn towards the shop's."""

from __future__ import annotations

from dataclasses import dataclass

import ibis.expr.types as ir

from toolkit.foresight.spend.amounts import amounts_of
from toolkit.frames import row


@dataclass(frozen=True)
class Shrunken:
    """Z x own mean + (1 - Z) x the shop's, Z = n / (n + k); with k None, Z is 0.

    mean: the shop's amount per visit (minor units). k = variance within customers / variance
    between them. Source: Buhlmann 1967.
    """

    mean: float
    k: float | None

    def expected(self, n, money):
        """Expected amount of the next visit after `n` visits of `money` together (minor units).

        Takes arrays, or columns of a table.
        """
        if self.k is None:
            return n * 0.0 + self.mean
        return (money + self.mean * self.k) / (n + self.k)

    def expression(self, amounts: ir.Table) -> ir.FloatingValue:
        """`expected` over a table of `amounts_of`, evaluated in the engine."""
        return self.expected(amounts.n, amounts.money.cast("float64"))


def fit_shrunken(visits: ir.Table) -> Shrunken:
    """The shop's mean and k from the visits (one or more with money)."""
    return shrunken_of(amounts_of(visits).cache())


def shrunken_of(per: ir.Table) -> Shrunken:
    """The shop's mean and k from a table of `amounts_of`; k None when between is not positive.

    k to nine digits: the engine adds fractions in no fixed order, and the same file has to give
    the same list to the last digit.
    """
    inside = per.squares - per.n * per.own * per.own
    total = row(
        per.agg(
            customers=per.count(),
            visits=per.n.sum().cast("int64"),
            n_squared=(per.n * per.n).sum().cast("float64"),
            money=per.money.sum().cast("int64"),
            inside=inside.sum(),
        )
    )
    n, visits = total["customers"], total["visits"]
    shop = total["money"] / visits
    if visits <= n or n < 2:
        return Shrunken(shop, None)
    within = max(total["inside"], 0.0) / (visits - n)
    off = row(per.agg(off=(per.n * (per.own - shop) * (per.own - shop)).sum()))["off"]
    between = (off - (n - 1) * within) / (visits - total["n_squared"] / visits)
    return Shrunken(shop, float(f"{within / between:.9g}") if between > 0 else None)
