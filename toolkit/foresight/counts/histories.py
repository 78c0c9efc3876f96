"""What the count models know of a customer: how often, until when, for how long."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.frames import frame

HISTORY = ["repeats", "last_days", "age_days"]


def histories_at(visits: ir.Table, origin: dt.date) -> ir.Table:
    """One row per customer with a visit up to `origin`, seen with nothing later than it.

    Columns: customer_id, repeats (visit days after the first), last_days (days from the first to
    the last visit, 0 where there is none after the first), age_days (days from the first visit to
    the origin), log_gaps (sum of ln of the days between successive visits; 0 without repeats).
    Source: x, t_x and T of Fader, Hardie and Lee 2005, and the sum of the logarithms of the gaps
    that Platzer and Reutterer 2016 add for comparing degrees of regularity.
    """
    day = ibis.literal(origin)
    past = visits.filter(visits.date <= day)
    gap = past.date.delta(past.previous_date, unit="day")
    per = past.mutate(log_gap=ibis.greatest(gap, 1).cast("float64").ln())
    per = per.mutate(log_gap=past.previous_date.isnull().ifelse(0.0, per.log_gap))
    per = per.group_by("customer_id").agg(
        days=per.count(), first=per.date.min(), last=per.date.max(), log_gaps=per.log_gap.sum()
    )
    return per.select(
        "customer_id",
        repeats=(per.days - 1).cast("int64"),
        last_days=per["last"].delta(per["first"], unit="day").cast("int64"),
        age_days=day.delta(per["first"], unit="day").cast("int64"),
        log_gaps=per.log_gaps,
    )


def compressed(histories: ir.Table) -> pd.DataFrame:
    """Customers with the same history as one row: all that fitting needs of any number of them.

    One row per distinct history, in its order. Columns: repeats, last_days, age_days, customers,
    log_gaps (summed over the customers of the row).
    """
    rows = histories.group_by(HISTORY).agg(
        customers=histories.count(), log_gaps=histories.log_gaps.sum()
    )
    return frame(rows.order_by(HISTORY))
