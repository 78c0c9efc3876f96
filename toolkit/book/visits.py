"""Days of purchase and return: the grain every count stands on."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir


def customer_days(orders: ir.Table, closing: dt.date, *, no_amount: bool = False) -> ir.Table:
    """One row per customer and day up to the closing date, with that day's net money.

    Columns: customer_id, date, amount (minor units, net of returns; null without amounts),
    is_visit. A visit is a customer's day with net amount > 0; without amounts every order day
    is one. Source: definitions, "Customer places".
    """
    days = (
        orders.filter(orders.date <= ibis.literal(closing))
        .group_by(["customer_id", "date"])
        .agg(amount=ibis._.amount.sum().cast("int64"))
    )
    is_visit = ibis.literal(True) if no_amount else (days.amount > 0)
    return days.mutate(is_visit=is_visit)


def visit_days(days: ir.Table) -> ir.Table:
    """The visits among customer days, each with the date of the next one (null for the last).

    Columns: customer_id, date, amount (minor units), next_date.
    """
    visits = days.filter(days.is_visit).drop("is_visit")
    order = ibis.window(group_by="customer_id", order_by="date")
    return visits.mutate(next_date=visits.date.lead().over(order))


def returns_only(days: ir.Table) -> ir.Table:
    """Customer days on which money only went back: no visit, but money on its own date.

    Columns: customer_id, date, amount (minor units, negative).
    """
    return days.filter(~days.is_visit & (days.amount < 0)).drop("is_visit")
