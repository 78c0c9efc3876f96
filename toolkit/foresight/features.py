"""What is known of every customer on a day, and whether they came within the horizon after it."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir

RECENT_DAYS = 90


def features_at(
    visits: ir.Table, origin: dt.date, lapse_days: int, horizon_days: int | None = None
) -> ir.Table:
    """One row per customer with a visit up to `origin`, seen with nothing later than it.

    Columns: customer_id, n_visits, recency_days (origin - last visit), age_days (origin - first
    visit), mean_amount (minor units per visit, float; null without amounts), recent_visits (in
    the 90 days to the origin), overdue (0 up to half the lapse line, then 1 + overdue = (1 +
    recency) / (1 + half the line)) and, with a horizon, came (1 if a visit falls in the
    `horizon_days` after the origin) and came_visits (how many). Source: the feature set of the
    regression that matched the count models in naming who returns (docs/definitions.md, "Chance
    of returning"); overdue is our rule: without it the long silent were promised up to five
    times the returns that came.
    """
    day = ibis.literal(origin)
    end = origin + dt.timedelta(days=horizon_days or 0)
    known = visits.filter(visits.date <= ibis.literal(end))
    past = known.date <= day
    recent = past & (known.date > ibis.literal(origin - dt.timedelta(days=RECENT_DAYS)))
    past_date = past.ifelse(known.date, ibis.null("date"))
    per = known.group_by("customer_id").agg(
        n_visits=past.cast("int64").sum().cast("int64"),
        first=past_date.min(),
        last=past_date.max(),
        mean_amount=past.ifelse(known.amount, None).cast("float64").mean(),
        recent_visits=recent.cast("int64").sum().cast("int64"),
        came_visits=(~past).cast("int64").sum().cast("int64"),
    )
    per = per.filter(per.n_visits > 0)
    recency = day.delta(per["last"], unit="day")
    table = per.select(
        "customer_id",
        "n_visits",
        "mean_amount",
        "recent_visits",
        recency_days=recency,
        age_days=day.delta(per["first"], unit="day"),
        overdue=ibis.greatest((recency - lapse_days / 2) / (1 + lapse_days / 2), 0.0),
        came=(per.came_visits > 0).cast("int64"),
        came_visits=per.came_visits,
    )
    return table if horizon_days else table.drop("came", "came_visits")
