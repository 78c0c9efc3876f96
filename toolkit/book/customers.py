"""Every customer as of the closing date."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir


def customers_at(course: ir.Table, closing: dt.date) -> ir.Table:
    """One row per customer with a visit, as of the end of the closing date.

    Columns: customer_id, layer, active, n_visits, first_date, last_date, tenure_days (first to
    last visit), gap_days (last visit to the closing date), amount (net to date, minor units).
    A customer without any visit is outside and not in the table.
    """
    order = ibis.window(group_by="customer_id", order_by=["date", "step"])
    last = course.mutate(following=course.date.lead().over(order))
    last = last.filter(last.following.isnull() & (last.n > 0))
    return last.select(
        "customer_id",
        "layer",
        "active",
        n_visits=last.n,
        first_date=last.first_date,
        last_date=last.last_date,
        tenure_days=last.tenure_days,
        gap_days=ibis.literal(closing).delta(last.last_date, unit="day"),
        amount=last.amount_to_date,
    )


def visits_of(course: ir.Table) -> ir.Table:
    """One row per customer and day of a visit.

    Columns: customer_id, date, amount (net of the day, minor units), nth (1, 2, ...), first_date,
    tenure_days, amount_to_date (minor units), previous_date, next_date (null at the ends).
    """
    order = ibis.window(group_by="customer_id", order_by="date")
    visits = course.filter(course.cause == "visit")
    return visits.select(
        "customer_id",
        "date",
        "amount",
        nth=visits.n,
        first_date=visits.first_date,
        tenure_days=visits.tenure_days,
        amount_to_date=visits.amount_to_date,
        previous_date=visits.date.lag().over(order),
        next_date=visits.date.lead().over(order),
    ).cache()
