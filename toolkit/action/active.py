"""What an active customer is worth to a shop that keeps them, and whether a contact pays."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.action.economics import Economics

PAYS = ("priority_low", "priority", "priority_high")
CHANNEL = "letter"  # of a list that names none


def with_margin(customers: ir.Table, economics: Economics, horizon_days: int) -> ir.Table:
    """The customers with the margin of one who goes on coming, in place of a returner's.

    Adds visits_if_comes (expected within the horizon of one who comes at all: expected visits /
    chance, at least 1 and at most as many as the customer's own rhythm has room for) and sets
    margin_if_returns (minor units) = margin share x spend per visit x visits_if_comes. Our rule
    (definitions, "About to lapse"); the bounds keep two models apart that were not fitted together.
    """
    visits = customers.expected_visits / customers.chance.nullif(0.0)
    most = ibis.greatest(horizon_days / customers.usual_days.fill_null(horizon_days), 1.0)
    visits = ibis.greatest(ibis.least(visits.fill_null(1.0), most), 1.0)
    each = economics.margin_share * customers.spend_per_visit
    return customers.mutate(visits_if_comes=visits, margin_if_returns=each * visits)


def decided(listed: pd.DataFrame) -> pd.Series:
    """`contact` where it pays at every assumed response, `test` at some, `leave` at none; null
    without a score."""
    pays = listed[list(PAYS)] > 0
    decision = pd.Series("test", index=listed.index, dtype="str")
    decision[pays.all(axis=1)] = "contact"
    decision[~pays.any(axis=1)] = "leave"
    return decision.where(listed.priority.notna(), None)


def with_days(listed: pd.DataFrame, closing: pd.Timestamp, **columns: str) -> pd.DataFrame:
    """The rows with dates in place of days after the closing date: new name = column of days."""
    days = {
        name: [(closing + pd.Timedelta(days=int(n))).date() for n in listed[column]]
        for name, column in columns.items()
    }
    return listed.assign(**days)
