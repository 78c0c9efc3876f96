"""The win-back list: lapsed customers in the order in which a letter pays."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.action.economics import Economics
from toolkit.action.score import scored
from toolkit.frames import frame
from toolkit.settings import Settings

LIST_COLUMNS = (
    "rank",
    "customer_id",
    "decision",
    "layer",
    "last_date",
    "gap_days",
    "n_visits",
    "amount",
    "rhythm_days",
    "chance",
    "margin_if_returns",
    "contact_cost",
    "uplift",
    "break_even",
    "priority",
    "priority_low",
    "priority_high",
)


def off_list(customers: ir.Table, lapse_days: int, settings: Settings) -> ir.StringValue:
    """Why a lapsed customer is not on the list: `too_long`, `first_time` or null (is on it).

    Silence over `max_silence_days` is no relationship any more; a first-time customer's chance is
    gone `first_time_days` after lapsing. Both stay in the book. Source: definitions, "Win-back
    score".
    """
    return ibis.cases(
        (customers.gap_days > settings.max_silence_days, "too_long"),
        (
            (customers.n_visits == 1)
            & (customers.gap_days > lapse_days + settings.first_time_days),
            "first_time",
        ),
    )


def winback_list(customers: ir.Table, economics: Economics) -> pd.DataFrame:
    """The lapsed customers who are on the list, best contact first.

    One row per customer. Columns: rank (1, 2, ...), customer_id, decision (`contact`: pays at
    every assumed response; `test`: pays at some; `leave`: at none), layer, last_date, gap_days,
    n_visits, amount (minor units), rhythm_days (own median, null for one visit), chance (p0),
    margin_if_returns, contact_cost (minor units), uplift, break_even (shares), priority,
    priority_low, priority_high (minor units). Ties go by customer_id, so that shuffled rows give
    the same list.
    """
    found = scored(customers, economics)
    found = found.filter(found.priority.notnull())
    ranked = frame(found.order_by([ibis.desc("priority"), "customer_id"]))
    pays = ranked[["priority_low", "priority", "priority_high"]] > 0
    decision = pd.Series("test", index=ranked.index)
    decision[pays.all(axis=1)] = "contact"
    decision[~pays.any(axis=1)] = "leave"
    ranked = ranked.assign(
        rank=range(1, len(ranked) + 1), decision=decision, contact_cost=economics.contact_cost
    )
    return ranked[list(LIST_COLUMNS)]


def profit_curve(ranked: pd.DataFrame, points: int = 60) -> pd.DataFrame:
    """Expected profit by number of letters, best first.

    At most `points` + 1 rows. Columns: letters, low, middle, high (cumulative expected profit in
    minor units under the three assumed responses). Starts at no letter.
    """
    n = len(ranked)
    names = {"low": "priority_low", "middle": "priority", "high": "priority_high"}
    sums = pd.DataFrame({k: ranked[v].cumsum() for k, v in names.items()})
    at = sorted({0, *(round(n * i / points) for i in range(1, points + 1))})
    rows = [
        {"letters": k, **(sums.iloc[k - 1].to_dict() if k else dict.fromkeys(names, 0.0))}
        for k in at
    ]
    return pd.DataFrame(rows)
