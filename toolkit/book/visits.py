"""Days of purchase and return: the grain every count stands on."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir

BY_DAY = {"group_by": "customer_id", "order_by": "date"}


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


def keep_days(orders: ir.Table, closing: dt.date, *, no_amount: bool = False) -> ir.Table:
    """Customer days with the customer's running totals at the end of each.

    One row per customer and day as in `customer_days`. Further columns: n (visits to date),
    first_date and last_date (of the visits to date, null before the first), amount_to_date (all
    net money up to the day, minor units), previous_date and next_date (of the visits before and
    after the day, null where there is none), until (date of the customer's next day of any kind,
    null for the last). Nothing but next_date and until knows what came later.

    Sorting the days is the dearest step of the book. Most customers never sent anything back:
    for them one pass over plain neighbours is enough, and only the others need frames.
    """
    days = customer_days(orders, closing, no_amount=no_amount).cache()
    mixed = days.filter(~days.is_visit).select("customer_id").distinct()
    plain = _visits_only(days.anti_join(mixed, "customer_id"))
    running = ibis.union(plain, _with_returns(days.semi_join(mixed, "customer_id"))).cache()
    days.release()
    return running


def _visits_only(days: ir.Table) -> ir.Table:
    order = ibis.window(**BY_DAY)
    so_far = ibis.range_window(preceding=None, following=0, **BY_DAY)
    running = days.mutate(
        n=(ibis.row_number().over(order) + 1).cast("int32"),
        first_date=days.date.first().over(order),
        last_date=days.date,
        amount_to_date=days.amount.sum().over(so_far).cast("int64"),
        previous_date=days.date.lag().over(order),
        next_date=days.date.lead().over(order),
    )
    return running.mutate(until=running.next_date)


def _with_returns(days: ir.Table) -> ir.Table:
    so_far = ibis.range_window(preceding=None, following=0, **BY_DAY)
    before = ibis.window(preceding=(None, 1), **BY_DAY)
    after = ibis.window(following=(1, None), **BY_DAY)
    visited = days.is_visit.ifelse(days.date, ibis.null("date"))
    return days.mutate(
        n=days.is_visit.cast("int32").sum().over(so_far).cast("int32"),
        first_date=visited.min().over(so_far),
        last_date=visited.max().over(so_far),
        amount_to_date=days.amount.sum().over(so_far).cast("int64"),
        previous_date=visited.max().over(before),
        next_date=visited.min().over(after),
        until=days.date.lead().over(ibis.window(**BY_DAY)),
    )


def visits_of(days: ir.Table) -> ir.Table:
    """One row per customer and day of a visit, out of `keep_days`.

    Columns: customer_id, date, amount (net of the day, minor units), nth (1, 2, ...), first_date,
    tenure_days, amount_to_date (minor units), previous_date, next_date (null at the ends).
    """
    visits = days.filter(days.is_visit)
    return visits.select(
        "customer_id",
        "date",
        "amount",
        nth=visits.n.cast("int64"),
        first_date=visits.first_date,
        tenure_days=visits.date.delta(visits.first_date, unit="day"),
        amount_to_date=visits.amount_to_date,
        previous_date=visits.previous_date,
        next_date=visits.next_date,
    )


def returns_only(days: ir.Table) -> ir.Table:
    """Customer days on which money only went back: no visit, but money on its own date.

    Columns: customer_id, date, amount (minor units, negative).
    """
    back = days.filter(~days.is_visit & (days.amount < 0))
    return back.select("customer_id", "date", "amount")
