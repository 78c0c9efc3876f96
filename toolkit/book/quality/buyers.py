"""Customers who buy like a business, or for many: far more than any other customer."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir

from toolkit.book.calendar import year_before
from toolkit.book.cutoffs import nearest_rank
from toolkit.book.quality.far_out import ENOUGH, far_out
from toolkit.frames import scalar

WEEKLY = 52  # visits in a year
TIMES_OFTEN = 5  # the 99th percentile of visits
TENTH = 10  # sales / TENTH: too much for one of a hundred customers
MANY_ORDERS = 10  # on one day
FILE_FACTOR = 2**40  # more rows than a file has


def buyers(days: ir.Table, orders: ir.Table, closing: dt.date) -> ir.Table:
    """Customers of the last 12 months who stand out as a business or a giver of gifts would.

    One row per customer. Columns: customer_id, visits, sales (net, minor units; null without
    amounts), most_orders (order numbers on one day; 0 without such numbers), often, large, many,
    source_file, source_row (of the first order in the year). often: visits at least weekly and
    five times the 99th percentile (nearest rank). large: sales far out (`far_out`) or a tenth of
    all. many: ten orders or more on one day. The first two need 100 customers with a visit. They
    may as well be the best customers there are. `days` is `visits.keep_days`. Source: definitions,
    "Business or gift buyers" (our rule).
    """
    start = ibis.literal(year_before(closing))
    days = days.filter((days.date > start) & (days.date <= ibis.literal(closing)))
    orders = orders.filter((orders.date > start) & (orders.date <= ibis.literal(closing)))
    per = days.group_by("customer_id").agg(
        visits=days.is_visit.cast("int64").sum(), sales=days.amount.sum().cast("int64")
    )
    per = per.filter(per.visits > 0)
    per = per.left_join(_most_orders(orders), "customer_id").drop("customer_id_right")
    per = per.mutate(most_orders=per.most_orders.fill_null(0))
    often, large = _least_visits(per), _least_sales(per)
    never = ibis.literal(False)
    marked = per.mutate(
        often=per.visits >= often if often is not None else never,
        large=(per.sales >= large).fill_null(False) if large is not None else never,
        many=per.most_orders >= MANY_ORDERS,
    )
    found = marked.filter(marked.often | marked.large | marked.many)
    place = orders.source_file.cast("int64") * FILE_FACTOR + orders.source_row
    first = orders.group_by("customer_id").agg(place=place.min())
    found = found.inner_join(first, "customer_id")
    return found.mutate(
        source_file=(found.place // FILE_FACTOR).cast("int64"),
        source_row=(found.place % FILE_FACTOR).cast("int64"),
    ).drop("place")


def _most_orders(orders: ir.Table) -> ir.Table:
    """The most orders of each customer on one day, by order number; returns are none."""
    sold = orders.filter(orders.order_id.notnull() & (orders.amount.isnull() | (orders.amount > 0)))
    by_day = sold.group_by(["customer_id", "date"]).agg(n=sold.order_id.nunique())
    return by_day.group_by("customer_id").agg(most_orders=by_day.n.max().cast("int64"))


def _least_visits(per: ir.Table) -> int | None:
    """From how many visits on a customer buys too often; None below 100 customers."""
    if scalar(per.count()) < ENOUGH:
        return None
    return max(WEEKLY, TIMES_OFTEN * nearest_rank(per, "visits", 0.99))


def _least_sales(per: ir.Table) -> int | None:
    """From what sales on a customer buys too much; None below 100 customers with money."""
    paying = per.filter(per.sales > 0)
    if scalar(paying.count()) < ENOUGH:
        return None
    tenth = -(-scalar(paying.sales.sum().cast("int64")) // TENTH)
    least = far_out(paying, "sales")
    return tenth if least is None else min(least, tenth)
