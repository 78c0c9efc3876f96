"""What is known of every customer on a day, and what they did within the horizon after it."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir

RECENT_DAYS = 90
WINDOWS = (30, 60, 180)  # beside the 90 days of recent_visits
OUTCOMES = ("came", "came_visits", "came_amount")


def features_at(
    visits: ir.Table, origin: dt.date, lapse_days: int, horizon_days: int | None = None
) -> ir.Table:
    """One row per customer with a visit up to `origin`, seen with nothing later than it.

    Columns: customer_id, n_visits, repeats (n_visits - 1), recency_days (origin - last visit),
    age_days (origin - first visit), last_days (last - first visit), overdue (0 up to half the
    lapse line, then 1 + overdue = (1 + recency) / (1 + half the line)); visits_30, visits_60,
    recent_visits and visits_180 (visits in the 30, 60, 90 and 180 days to the origin);
    total_amount (minor units, exact), mean_amount, first_amount and last_amount (minor units,
    float; null without amounts); gap_mean, gap_sd, gap_last and gap_max (days between visits,
    float; null with fewer than two visits, the spread with fewer than three) and silence_in_gaps
    (recency over the mean gap, the gap taken as a day at least; null with it); log_gaps (sum of ln
    of the days between visits, float; 0 with one visit; the count model's). With a horizon
    also came (1 if a visit falls in the `horizon_days` after the origin), came_visits (how many)
    and came_amount (what they came to, minor units).

    Source: the feature set of the benchmark in which regression and boosting matched the count
    models in naming who returns (docs/definitions.md, "Chance of returning"); overdue is our
    rule: without it the long silent were promised up to five times the returns that came.
    """
    per = _counted(visits, origin, horizon_days).filter(lambda t: t.n_visits > 0)
    day = ibis.literal(origin)
    recency = day.delta(per["last"], unit="day")
    lasted = per["last"].delta(per["first"], unit="day")
    gap_mean = lasted.cast("float64") / (per.n_visits - 1).nullif(0)
    table = per.mutate(
        repeats=per.n_visits - 1,
        recency_days=recency,
        age_days=day.delta(per["first"], unit="day"),
        last_days=lasted,
        overdue=ibis.greatest((recency - lapse_days / 2) / (1 + lapse_days / 2), 0.0),
        gap_mean=gap_mean,
        gap_sd=_spread(per.gap_squares, gap_mean, per.n_visits - 1),
        silence_in_gaps=gap_mean.notnull().ifelse(recency / ibis.greatest(gap_mean, 1.0), None),
        mean_amount=per.total_amount.cast("float64") / per.n_visits,
        came=(per.came_visits > 0).cast("int64"),
    ).drop("first", "last", "gap_squares")
    return table if horizon_days else table.drop(*OUTCOMES)


def _counted(visits: ir.Table, origin: dt.date, horizon_days: int | None) -> ir.Table:
    """The sums over a customer's visits up to the origin, and over those after it."""
    end = origin + dt.timedelta(days=horizon_days or 0)
    known = visits.filter(visits.date <= ibis.literal(end))
    past = known.date <= ibis.literal(origin)
    gap = past.ifelse(known.date.delta(known.previous_date, unit="day"), None).cast("int64")
    # A visit is the last known when none follows it up to the origin, whatever follows later.
    is_last = past & (known.next_date.isnull() | (known.next_date > ibis.literal(origin)))
    amount = known.amount.cast("float64")

    def number(which):
        return which.cast("int64").sum().cast("int64")

    def within(days):
        return number(past & (known.date > ibis.literal(origin - dt.timedelta(days=days))))

    past_date = past.ifelse(known.date, ibis.null("date"))
    return known.group_by("customer_id").agg(
        n_visits=number(past),
        first=past_date.min(),
        last=past_date.max(),
        recent_visits=within(RECENT_DAYS),
        **{f"visits_{days}": within(days) for days in WINDOWS},
        total_amount=past.ifelse(known.amount, None).sum().cast("int64"),
        first_amount=(past & known.previous_date.isnull()).ifelse(amount, None).max(),
        last_amount=is_last.ifelse(amount, None).max(),
        gap_squares=(gap.cast("float64") * gap).sum(),
        log_gaps=ibis.greatest(gap, 1).cast("float64").ln().sum().fill_null(0.0),
        gap_last=is_last.ifelse(gap, None).max().cast("float64"),
        gap_max=gap.max().cast("float64"),
        came_visits=number(~past),
        came_amount=past.ifelse(None, known.amount).sum().cast("int64"),
    )


def _spread(squares, mean, n) -> ir.FloatingValue:
    """Sample standard deviation out of a sum of squares; null with fewer than two."""
    variance = (squares - n * mean * mean) / (n - 1).nullif(0)
    return (n > 1).ifelse(ibis.greatest(variance, 0.0).sqrt(), None)
