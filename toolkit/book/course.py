"""The course of every customer: visits, returns and lapses in order, with the place after each."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir

from toolkit.book.calendar import add_days
from toolkit.book.cutoffs import Cutoffs

LAYERS = ("first", "fledgling", "steady", "burst", "prime")
STATES = ("active", "lapsed")
OUTSIDE = "outside"
ANY_LAYER = "any"  # the one layer there is when the file has no amounts


def lapses(visits: ir.Table, closing: dt.date, lapse_days: int) -> ir.Table:
    """One row per lapse: a customer's day last visit + lapse_days with no visit on or before it.

    Columns: customer_id, date. A visit exactly on that day is in time; a lapse later than the
    closing date has not happened. Source: definitions, "Customer places".
    """
    due = visits.mutate(lapse_date=add_days(visits.date, lapse_days))
    late = due.next_date.isnull() | (due.next_date > due.lapse_date)
    happened = due.filter(late & (due.lapse_date <= ibis.literal(closing)))
    return happened.select("customer_id", date=happened.lapse_date)


def layer_of(n: ir.IntegerValue, tenure: ir.IntegerValue, money: ir.IntegerValue, cut: Cutoffs):
    """The layer, tested in this order: first, fledgling, steady, burst, prime.

    n = visits to date, tenure = days from first to last visit, money = net to date (minor units).
    Source: LTV-Lab's and katsukouji's published CPM rules; exactly on the amount line counts as
    above it (our rule, definitions "Customer places").
    """
    if cut.amount_line is None:
        return ibis.cases((n == 0, OUTSIDE), else_=ANY_LAYER)
    return ibis.cases(
        (n == 0, OUTSIDE),
        (n == 1, "first"),
        (tenure < cut.fledgling_days, "fledgling"),
        (money < cut.amount_line, "steady"),
        (tenure < cut.prime_days, "burst"),
        else_="prime",
    )


def keep_course(days: ir.Table, visits: ir.Table, closing: dt.date, cut: Cutoffs) -> ir.Table:
    """One row per visit, returns-only day and lapse, with the customer's place after it.

    Columns: customer_id, date, step (0 by day, 1 at the end of the day), cause (visit, return,
    lapse), amount (minor units, 0 for a lapse), n, first_date, last_date, tenure_days,
    amount_to_date (minor units), layer, active. A lapse falls at the end of its day, so a return
    on the same day comes before it. Everything is running totals, so a past row never knows
    what came later. Source: definitions, "Customer places".
    """
    daily = days.filter(days.is_visit | (days.amount != 0))
    daily = daily.select(
        "customer_id",
        "date",
        "amount",
        step=ibis.literal(0, "int8"),
        cause=daily.is_visit.ifelse("visit", "return"),
    )
    gone = lapses(visits, closing, cut.lapse_days)
    gone = gone.select(
        "customer_id",
        "date",
        amount=ibis.literal(0, "int64") if cut.amount_line is not None else ibis.null("int64"),
        step=ibis.literal(1, "int8"),
        cause=ibis.literal("lapse"),
    )
    return _with_places(ibis.union(daily, gone), cut).cache()


def _with_places(steps: ir.Table, cut: Cutoffs) -> ir.Table:
    so_far = ibis.cumulative_window(group_by="customer_id", order_by=["date", "step"])
    visited = (steps.cause == "visit").ifelse(steps.date, ibis.null("date"))
    course = steps.mutate(
        n=(steps.cause == "visit").cast("int64").sum().over(so_far).cast("int64"),
        first_date=visited.min().over(so_far),
        last_date=visited.max().over(so_far),
        amount_to_date=steps.amount.sum().over(so_far).cast("int64"),
    )
    course = course.mutate(
        tenure_days=course.last_date.delta(course.first_date, unit="day").fill_null(0)
    )
    in_time = course.date <= add_days(course.last_date, cut.lapse_days)
    return course.mutate(
        layer=layer_of(course.n, course.tenure_days, course.amount_to_date, cut),
        active=(course.n > 0) & (course.cause != "lapse") & in_time,
    )
