"""Promotion and lapse by layer: what became of those who were active."""

from __future__ import annotations

import pandas as pd

from toolkit.book.course import LAYERS
from toolkit.book.shares import share

FATES = ("promoted", "stayed", "fell_back", "lapsed")


def layer_rates(moved: pd.DataFrame) -> pd.DataFrame:
    """What became of the customers active on the first day, by their layer then.

    `moved` has the rows of `balances.movement` between two days. One row per layer, all five.
    Columns: layer (at the end of the first day), customers (active there), promoted (active at
    the end of the second in a later layer of first < fledgling < steady < burst < prime), stayed
    (active in the same one), fell_back (active in an earlier one: returns took money back),
    lapsed, promotion (promoted / customers) and lapse (lapsed / customers), both 0..1 and null
    below 5 customers. promoted + stayed + fell_back + lapsed = customers. Only the
    two days count, not what happened between. Source: our rule, from the movement matrix.
    """
    moved = moved[moved.from_state == "active"]
    rank = pd.Index(LAYERS)
    step = rank.get_indexer(moved.to_layer) - rank.get_indexer(moved.from_layer)
    fate = pd.Series("stayed", index=moved.index, dtype=object)
    fate = fate.mask(step > 0, "promoted").mask(step < 0, "fell_back")
    fate = fate.mask(moved.to_state == "lapsed", "lapsed")
    wide = moved.assign(fate=fate).pivot_table(
        index="from_layer", columns="fate", values="customers", aggfunc="sum", fill_value=0
    )
    layers = pd.Index(LAYERS, name="layer")
    table = wide.reindex(index=layers, columns=list(FATES), fill_value=0).astype("int64")
    table.insert(0, "customers", table.sum(axis=1))
    table = table.assign(
        promotion=share(table.promoted, table.customers), lapse=share(table.lapsed, table.customers)
    )
    return table.rename_axis(columns=None).reset_index()
