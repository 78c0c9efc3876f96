"""Moves between places: the only source of every count in the report."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from toolkit.book.course import OUTSIDE


def keep_moves(course: ir.Table) -> ir.Table:
    """One row per change of place.

    Columns: customer_id, date, from_layer, from_active, to_layer, to_active, cause (visit, lapse,
    return), amount (net money of that day in minor units, 0 for a lapse), step (order within the
    day). from_layer is `outside` for the move that brings a customer in.
    Source: definitions, "Customer places".
    """
    moved = (course.from_layer != course.layer) | (course.from_active != course.active)
    moves = course.filter(moved)
    return moves.select(
        "customer_id",
        "date",
        "from_layer",
        "from_active",
        to_layer=moves.layer,
        to_active=moves.active,
        cause=moves.cause,
        amount=moves.amount,
        step=moves.step,
    ).cache()


def flow(moves: ir.Table) -> ir.StringValue:
    """What each move means for the bucket: `new`, `returned`, `lost` or null (within it)."""
    outside = moves.from_layer == OUTSIDE
    return ibis.cases(
        (outside & moves.to_active, "new"),
        (~outside & ~moves.from_active & moves.to_active, "returned"),
        (moves.from_active & ~moves.to_active, "lost"),
    )
