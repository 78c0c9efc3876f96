"""Every customer on a day: where each stands, and all that is known then."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir

from toolkit.book.course import layer_named, rank_of
from toolkit.book.cutoffs import Cutoffs


def customers_at(days: ir.Table, day: dt.date, cut: Cutoffs) -> ir.Table:
    """One row per customer with a visit, as of the end of a day, known only what was known then.

    Columns: customer_id, layer, active, n_visits, first_date, last_date, tenure_days (first to
    last visit), gap_days (last visit to the day), amount (net to date, minor units), rank (the
    layer as a number, `course.RANKS`). `days` is `visits.keep_days`. A customer without any visit
    is outside and not in the table. Where a customer stands is what the moves up to the day lead
    to (tested); read off the days it costs one look at each.
    """
    return _with_layer(_ranked(days, day, cut))


def keep_customers(days: ir.Table, day: dt.date, cut: Cutoffs) -> ir.Table:
    """The same, kept by the engine: numbers are, the layers' names are put to them when asked."""
    return _with_layer(_ranked(days, day, cut).cache())


def _with_layer(customers: ir.Table) -> ir.Table:
    who, *rest = (name for name in customers.columns if name != "rank")
    return customers.select(who, *rest, "rank", layer=layer_named(customers["rank"])).relocate(
        "layer", after=who
    )


def _ranked(days: ir.Table, day: dt.date, cut: Cutoffs) -> ir.Table:
    at = ibis.literal(day)
    last = days.filter((days.date <= at) & (days.until.isnull() | (days.until > at)))
    last = last.filter(last.n > 0)
    last = last.mutate(
        tenure_days=last.last_date.delta(last.first_date, unit="day"),
        gap_days=at.delta(last.last_date, unit="day"),
    )
    return last.select(
        "customer_id",
        active=last.gap_days < cut.lapse_days,
        n_visits=last.n.cast("int64"),
        first_date=last.first_date,
        last_date=last.last_date,
        tenure_days=last.tenure_days,
        gap_days=last.gap_days,
        amount=last.amount_to_date,
        rank=rank_of(last.n, last.tenure_days, last.amount_to_date, cut),
    )
