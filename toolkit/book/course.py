"""The course of every customer: visits, returns and lapses, with the place before and after."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.book.calendar import add_days
from toolkit.book.cutoffs import Cutoffs

LAYERS = ("first", "fledgling", "steady", "burst", "prime")
STATES = ("active", "lapsed")
OUTSIDE = "outside"
ANY_LAYER = "any"  # the one layer there is when the file has no amounts
RANKS = (OUTSIDE, *LAYERS, ANY_LAYER)
CAUSES = ("visit", "return", "lapse")


def rank_of(n: ir.IntegerValue, tenure: ir.IntegerValue, money: ir.IntegerValue, cut: Cutoffs):
    """The layer's place in RANKS, tested in this order: first, fledgling, steady, burst, prime.

    n = visits to date, tenure = days from first to last visit, money = net to date (minor units).
    Source: LTV-Lab's and katsukouji's published CPM rules; exactly on the amount line counts as
    above it (our rule, definitions "Customer places"). Numbers, because comparing and keeping
    them for every day of every customer costs a fraction of what names do.
    """
    if cut.amount_line is None:
        return ibis.cases((n == 0, 0), else_=RANKS.index(ANY_LAYER)).cast("int8")
    return ibis.cases(
        (n == 0, 0),
        (n == 1, 1),
        (tenure < cut.fledgling_days, 2),
        (money < cut.amount_line, 3),
        (tenure < cut.prime_days, 4),
        else_=5,
    ).cast("int8")


def layer_named(rank: ir.IntegerValue) -> ir.StringValue:
    """The name of a layer by its place in RANKS."""
    return ibis.cases(*((rank == i, name) for i, name in enumerate(RANKS[:-1])), else_=RANKS[-1])


def ranks_named(ranks: pd.Series) -> pd.Series:
    """The names of layers by their places in RANKS, of a column that pandas has."""
    return ranks.map(dict(enumerate(RANKS)))


def layer_of(n: ir.IntegerValue, tenure: ir.IntegerValue, money: ir.IntegerValue, cut: Cutoffs):
    """The name of the layer (`rank_of`)."""
    return layer_named(rank_of(n, tenure, money, cut))


def keep_course(days: ir.Table, closing: dt.date, cut: Cutoffs) -> ir.Table:
    """One row per visit, returns-only day and lapse, with the customer's place before and after.

    Columns: customer_id, date, step (0 by day, 1 at the end of the day), cause (visit, return,
    lapse), amount (minor units, 0 for a lapse), n, first_date, last_date, tenure_days,
    amount_to_date (minor units), from_layer, from_active, layer, active, and as numbers from_rank,
    rank (in RANKS) and reason (in CAUSES). A lapse falls at the end of its day, so a return on
    the same day comes before it. Everything is running totals (`visits.keep_days`), so a past row
    never knows what came later. Source: definitions, "Customer places".
    """
    placed = days.mutate(tenure_days=_tenure(days.last_date, days.first_date))
    placed = placed.mutate(rank=rank_of(placed.n, placed.tenure_days, placed.amount_to_date, cut))
    steps = ibis.union(_by_day(placed, cut), _lapses(placed, closing, cut))
    return steps.mutate(
        cause=cause_named(steps.reason),
        from_layer=layer_named(steps.from_rank),
        layer=layer_named(steps["rank"]),
    )


def cause_named(reason: ir.IntegerValue) -> ir.StringValue:
    """The name of a cause by its place in CAUSES."""
    return ibis.cases((reason == 0, CAUSES[0]), (reason == 1, CAUSES[1]), else_=CAUSES[2])


def _tenure(last: ir.DateValue, first: ir.DateValue) -> ir.IntegerValue:
    return last.delta(first, unit="day").fill_null(0)


def _by_day(days: ir.Table, cut: Cutoffs) -> ir.Table:
    """Visits and returns; the place before follows from what the day itself added."""
    days = days.filter(days.is_visit | (days.amount != 0))
    n_before = days.n - days.is_visit.cast("int32")
    tenure = _tenure(days.previous_date, days.first_date)
    silence = days.date.delta(days.previous_date, unit="day")
    in_time = (n_before > 0) & (silence <= cut.lapse_days).fill_null(False)
    return days.select(
        "customer_id",
        "date",
        step=ibis.literal(0, "int8"),
        reason=days.is_visit.ifelse(0, 1).cast("int8"),
        amount=days.amount,
        n=days.n,
        first_date=days.first_date,
        last_date=days.last_date,
        tenure_days=days.tenure_days,
        amount_to_date=days.amount_to_date,
        from_rank=rank_of(n_before, tenure, days.amount_to_date - days.amount, cut),
        from_active=in_time,
        rank=days["rank"],
        active=days.is_visit | in_time,
    )


def _lapses(days: ir.Table, closing: dt.date, cut: Cutoffs) -> ir.Table:
    """The day last visit + lapse_days of every customer with no visit on or before it.

    It belongs to the last day of any kind before the line passes, which has the layer. A visit
    exactly on that day is in time; a lapse later than the closing date has not happened.
    """
    days = days.filter(days.n > 0)
    line = ibis.literal(cut.lapse_days)
    before_line = days.date.delta(days.last_date, unit="day") <= line
    over = days.until.isnull() | (days.until.delta(days.last_date, unit="day") > line)
    happened = ibis.literal(closing).delta(days.last_date, unit="day") >= line
    gone = days.filter(before_line & over & happened)
    return gone.select(
        "customer_id",
        date=add_days(gone.last_date, cut.lapse_days),
        step=ibis.literal(1, "int8"),
        reason=ibis.literal(2, "int8"),
        amount=ibis.literal(0, "int64") if cut.amount_line is not None else ibis.null("int64"),
        n=gone.n,
        first_date=gone.first_date,
        last_date=gone.last_date,
        tenure_days=gone.tenure_days,
        amount_to_date=gone.amount_to_date,
        from_rank=gone["rank"],
        from_active=ibis.literal(True),
        rank=gone["rank"],
        active=ibis.literal(False),
    )
