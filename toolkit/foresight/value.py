"""What a customer who returns is worth within the horizon."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.frames import row

ENOUGH_RETURNERS = 30


def visits_if_back(features: pd.DataFrame, lapse_days: int) -> float:
    """Mean visits within the horizon of a customer who comes back in it (at least 1).

    Among those lapsed at the origin who came; among all who came when fewer than 30 did (our
    rule). `features` carry recency_days, came and came_visits.
    """
    came = features[features.came == 1]
    lapsed = came[came.recency_days >= lapse_days]
    chosen = lapsed if len(lapsed) >= ENOUGH_RETURNERS else came
    return float(chosen.came_visits.mean()) if len(chosen) else 1.0


def spend_per_visit(visits: ir.Table) -> ir.Table:
    """Expected amount of a customer's next visit, in minor units.

    One row per customer. Columns: customer_id, spend_per_visit (float). The customer's own mean,
    shrunk towards the shop's: Z x own + (1 - Z) x shop, Z = n / (n + k), k = variance within
    customers / variance between them (Buhlmann 1967). With nothing between them Z is 0.
    """
    per = visits.group_by("customer_id").agg(
        n=visits.count(),
        money=visits.amount.sum().cast("int64"),
        own=visits.amount.cast("float64").mean(),
        squares=(visits.amount.cast("float64") ** 2).sum(),
    )
    per = per.mutate(inside=per.squares - per.n * per.own * per.own).cache()
    total = row(
        per.agg(
            customers=per.count(),
            visits=per.n.sum().cast("int64"),
            n_squared=(per.n * per.n).sum().cast("float64"),
            money=per.money.sum().cast("int64"),
            inside=per.inside.sum(),
        )
    )
    shop, k = _credibility(per, total)
    z = per.n / (per.n + k) if k is not None else ibis.literal(0.0)
    return per.select("customer_id", spend_per_visit=z * per.own + (1 - z) * shop)


def _credibility(per: ir.Table, total: dict) -> tuple[float, float | None]:
    """The shop's mean and k = within / between; k None when between is not positive.

    k to nine digits: the engine adds fractions in no fixed order, and the same file has to give
    the same list to the last digit.
    """
    n, visits = total["customers"], total["visits"]
    shop = total["money"] / visits
    if visits <= n or n < 2:
        return shop, None
    within = max(total["inside"], 0.0) / (visits - n)
    off = row(per.agg(off=(per.n * (per.own - shop) * (per.own - shop)).sum()))["off"]
    between = (off - (n - 1) * within) / (visits - total["n_squared"] / visits)
    return shop, float(f"{within / between:.9g}") if between > 0 else None
