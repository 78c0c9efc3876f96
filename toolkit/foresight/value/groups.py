"""Expected margin by layer and by active or lapsed, in sums that add up exactly."""

from __future__ import annotations

import ibis.expr.types as ir
import numpy as np
import pandas as pd

from toolkit.book import LAYERS, STATES, Book
from toolkit.foresight.value.margins import HORIZONS
from toolkit.frames import frame

ALL = "all"
SUMS = [f"{name}_{months}" for months in HORIZONS for name in ("margin", "second")]


def valued(book: Book, found: ir.Table, second: ir.Table) -> ir.Table:
    """Every customer with their place and what they are expected to bring.

    One row per customer. Columns: customer_id, layer, active, visits_12, visits_36 (expected,
    float), margin_12, margin_36 (minor units, int), second_12, second_36 (minor units, int: the
    margin if they came back on the closing date; null for the active).
    """
    places = book.customers_table.select("customer_id", "layer", "active")
    both = places.join(found, "customer_id")
    lapsed = second.select("customer_id", **{f"second_{m}": f"margin_{m}" for m in HORIZONS})
    both = both.join(lapsed, "customer_id")
    only = {f"second_{m}": both.active.ifelse(None, both[f"second_{m}"]) for m in HORIZONS}
    return both.mutate(**only).cache()


def grouped(table: ir.Table) -> pd.DataFrame:
    """Sums and means of `valued` by layer and state.

    One row per layer and state, then `all` layers by state, each layer in `all` states, and all.
    Columns: layer, state, customers, and for 12 and 36 months margin_<months> (minor units, int),
    per_head_<months> (float, null without customers), second_<months> (of the lapsed together)
    and second_head_<months> (per lapsed customer).
    """
    table = table.mutate(state=table.active.ifelse("active", "lapsed"))
    per = table.group_by(["layer", "state"])
    sums = {name: table[name].sum().cast("int64") for name in SUMS}
    found = frame(per.agg(customers=table.count(), lapsed=(~table.active).sum(), **sums))
    index = pd.MultiIndex.from_product([LAYERS, STATES], names=["layer", "state"])
    rows = found.set_index(["layer", "state"]).reindex(index).fillna(0).astype("int64")
    rows = rows.reset_index()
    parts = [rows]
    for keys in (["state"], ["layer"], []):
        sums_of = rows.groupby(keys, sort=False) if keys else rows.groupby(np.zeros(len(rows)))
        part = sums_of[["customers", "lapsed", *SUMS]].sum().reset_index(drop=not keys)
        parts.append(part.assign(**{k: ALL for k in ("layer", "state") if k not in keys}))
    rows = pd.concat(parts, ignore_index=True)
    heads, lapsed = (rows[name].where(rows[name] > 0) for name in ("customers", "lapsed"))
    for months in HORIZONS:
        rows[f"per_head_{months}"] = rows[f"margin_{months}"] / heads
        rows[f"second_head_{months}"] = rows[f"second_{months}"] / lapsed
    return rows.drop(columns="lapsed")
