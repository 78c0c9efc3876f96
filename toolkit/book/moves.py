"""Moves between places: the only source of every count in the report."""

from __future__ import annotations

import ibis.expr.types as ir
import numpy as np
import pandas as pd

from toolkit.book.course import OUTSIDE, cause_named, layer_named, ranks_named
from toolkit.frames import frame

MOVE_COLUMNS = (
    "customer_id",
    "date",
    "from_layer",
    "from_active",
    "to_layer",
    "to_active",
    "cause",
    "amount",
    "step",
    "from_rank",
    "to_rank",
)
OWN_NUMBERS = ("step", "from_rank", "to_rank")  # for the book, not for who reads the moves


def keep_moves(course: ir.Table) -> ir.Table:
    """One row per change of place.

    Columns: customer_id, date, from_layer, from_active, to_layer, to_active, cause (visit, lapse,
    return), amount (net money of that day in minor units, 0 for a lapse), step (order within the
    day), from_rank and to_rank (the layers as numbers, `course.RANKS`: grouping by them costs a
    fraction). from_layer is `outside` for the move that brings a customer in.
    Source: definitions, "Customer places".
    """
    moved = (course.from_rank != course["rank"]) | (course.from_active != course.active)
    moves = course.filter(moved)
    kept = moves.select(
        "customer_id",
        "date",
        "from_rank",
        "from_active",
        to_rank=moves["rank"],
        to_active=moves.active,
        reason=moves.reason,
        amount=moves.amount,
        step=moves.step,
    ).cache()
    return kept.select(
        "customer_id",
        "date",
        "from_active",
        "to_active",
        "amount",
        "step",
        "from_rank",
        "to_rank",
        from_layer=layer_named(kept.from_rank),
        to_layer=layer_named(kept.to_rank),
        cause=cause_named(kept.reason),
    ).select(*MOVE_COLUMNS)


def change(moves: ir.Table) -> ir.IntegerValue:
    """What each move adds to the active customers: 1 (new, returned), -1 (lost) or 0."""
    return moves.to_active.cast("int8") - moves.from_active.cast("int8")


def moves_by_day(moves: ir.Table) -> pd.DataFrame:
    """The moves added up by day: all that balances and statements of any period need.

    One row per date and pair of places with a move between them. Columns: date, flow (`new`:
    outside to active, `returned`: lapsed to active, `lost`: active to lapsed, `moved`: active in
    another layer, `none`: lapsed in another layer, after a return), from_layer, from_active,
    to_layer, to_active, customers. Source: definitions, "Bucket".
    """
    keys = ["date", "from_rank", "from_active", "to_rank", "to_active"]
    table = frame(moves.group_by(keys).agg(customers=moves.count()).order_by(keys))
    for side in ("from", "to"):
        table[f"{side}_layer"] = ranks_named(table.pop(f"{side}_rank"))
    was, now, new = table.from_active, table.to_active, table.from_layer == OUTSIDE
    kinds = [new & now, ~was & now, was & ~now, was & now]
    table["flow"] = np.select(kinds, ["new", "returned", "lost", "moved"], "none").astype(object)
    places = ["from_layer", "from_active", "to_layer", "to_active"]
    return table[["date", "flow", *places, "customers"]]
