"""Balances of the ten places over time, and the movement between two dates."""

from __future__ import annotations

import datetime as dt

import ibis.expr.types as ir
import pandas as pd

from toolkit.book.calendar import month_ends
from toolkit.book.course import LAYERS, OUTSIDE, RANKS, STATES, ranks_named
from toolkit.frames import frame


def layer_months(daily: pd.DataFrame, first: dt.date, closing: dt.date) -> pd.DataFrame:
    """Customers in each of the ten places at every month end.

    One row per month end, layer and state, ten per month end. Columns: month_end (date; the last
    one is the closing date), layer, state (active, lapsed), customers. Each is the running sum of
    the moves in and out of the place up to that day. `daily` is from `moves.moves_by_day`.
    Source: definitions, "Layers over time"; the ten places are those of CPM.
    """
    gone_in = daily.assign(layer=daily.to_layer, active=daily.to_active, change=daily.customers)
    gone_out = daily.assign(
        layer=daily.from_layer, active=daily.from_active, change=-daily.customers
    )
    steps = pd.concat([gone_in, gone_out])
    steps = steps[steps.layer != OUTSIDE]
    monthly = steps.assign(month=[day.replace(day=1) for day in steps.date])
    months = month_ends(first, closing)
    starts = [day.replace(day=1) for day in months]
    places = pd.MultiIndex.from_product([LAYERS, STATES], names=["layer", "state"])
    monthly["state"] = monthly["active"].map({True: "active", False: "lapsed"})
    changes = monthly.pivot_table(
        index="month", columns=["layer", "state"], values="change", aggfunc="sum", fill_value=0
    )
    balance = changes.reindex(index=starts, columns=places, fill_value=0).cumsum()
    balance.index = pd.Index(months, name="month_end")
    table = balance.T.stack().rename("customers").reset_index()
    table = table.astype({"customers": "int64"})
    rank = {place: i for i, place in enumerate(places)}
    order = [rank[layer, state] for layer, state in zip(table.layer, table.state, strict=True)]
    table = table.assign(order=order).sort_values(["month_end", "order"], ignore_index=True)
    return table[["month_end", "layer", "state", "customers"]]


def movement(before: ir.Table, after: ir.Table) -> pd.DataFrame:
    """Who stood where at the end of two days.

    `before` and `after` are the places on the two (`Book.places_at`). One row per pair of places
    with at least one customer. Columns: from_layer, from_state, to_layer, to_state (`outside`
    with state "" where not a customer yet), customers. Summed over the to-columns it is the
    balance on the first day, over the from-columns on the second. Source: definitions, "Layers
    over time" (movement).
    """
    then = before.select("customer_id", from_rank="rank", from_active="active")
    both = after.left_join(then, "customer_id")
    both = both.select(
        from_rank=both.from_rank.fill_null(RANKS.index(OUTSIDE)),
        from_active=both.from_active,
        to_rank=both["rank"],
        to_active=both.active,
    )
    table = frame(both.group_by(both.columns).agg(customers=both.count()))
    for side in ("from", "to"):
        table[f"{side}_layer"] = ranks_named(table.pop(f"{side}_rank"))
        state = table.pop(f"{side}_active").map({True: "active", False: "lapsed"})
        table[f"{side}_state"] = state.where(table[f"{side}_layer"] != OUTSIDE, "")
    keys = ["from_layer", "from_state", "to_layer", "to_state"]
    return table[[*keys, "customers"]].sort_values(keys, ignore_index=True)
