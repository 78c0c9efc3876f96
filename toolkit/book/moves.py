"""Moves between places: the only source of every count in the report."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from toolkit.book.course import OUTSIDE, cause_named, layer_named

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
)


def keep_moves(course: ir.Table) -> ir.Table:
    """One row per change of place.

    Columns: customer_id, date, from_layer, from_active, to_layer, to_active, cause (visit, lapse,
    return), amount (net money of that day in minor units, 0 for a lapse), step (order within the
    day). from_layer is `outside` for the move that brings a customer in.
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
        from_layer=layer_named(kept.from_rank),
        to_layer=layer_named(kept.to_rank),
        cause=cause_named(kept.reason),
    ).select(*MOVE_COLUMNS)


def flow(moves: ir.Table) -> ir.StringValue:
    """What each move means for the bucket: `new`, `returned`, `lost` or null (within it)."""
    outside = moves.from_layer == OUTSIDE
    return ibis.cases(
        (outside & moves.to_active, "new"),
        (~outside & ~moves.from_active & moves.to_active, "returned"),
        (moves.from_active & ~moves.to_active, "lost"),
    )
