"""What every customer bought in the year to a date and in the year before it."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir

from toolkit.book.calendar import year_before


def recent_years(days: ir.Table, closing: dt.date) -> ir.Table:
    """The two years to the closing date, customer by customer.

    One row per customer with a day (visit or not) in either. Columns: customer_id, first_date (of
    the visits to date; null without any), visits and sales (of the 12 months to the closing date;
    sales net of returns, minor units), previous_visits and previous_sales (of the 12 months
    before them). `days` is `visits.keep_days`. Everything that compares the two years adds this
    table up, so the figures cannot disagree.
    """
    one, two = year_before(closing), year_before(year_before(closing))
    days = days.filter((days.date > ibis.literal(two)) & (days.date <= ibis.literal(closing)))
    now = days.date > ibis.literal(one)
    return days.group_by("customer_id").agg(
        first_date=days.first_date.min(),
        visits=(days.is_visit & now).cast("int32").sum(),
        previous_visits=(days.is_visit & ~now).cast("int32").sum(),
        sales=days.amount.sum(where=now).fill_null(0).cast("int64"),
        previous_sales=days.amount.sum(where=~now).fill_null(0).cast("int64"),
    )


def year_of_customers(recent: ir.Table, *, previous: bool = False) -> ir.Table:
    """Visits and sales of one of the two years: customer_id, visits, sales (`recent_years`)."""
    if not previous:
        return recent.select("customer_id", "visits", "sales")
    return recent.select("customer_id", visits="previous_visits", sales="previous_sales")
