"""Moves between places: the only source of every count in the report."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir

from toolkit.book.course import OUTSIDE


def keep_moves(course: ir.Table) -> ir.Table:
    """One row per change of place.

    Columns: customer_id, date, from_layer, from_active, to_layer, to_active, cause (visit, lapse,
    return), amount (net money of that day in minor units, 0 for a lapse), step (order within the
    day), until (date of the customer's next move, null for the last). from_layer is `outside`
    for the move that brings a customer in. Source: definitions, "Customer places".
    """
    moved = (course.from_layer != course.layer) | (course.from_active != course.active)
    order = ibis.window(group_by="customer_id", order_by=["date", "step"])
    moves = course.filter(moved)
    moves = moves.select(
        "customer_id",
        "date",
        "from_layer",
        "from_active",
        to_layer=moves.layer,
        to_active=moves.active,
        cause=moves.cause,
        amount=moves.amount,
        step=moves.step,
    )
    return moves.mutate(until=moves.date.lead().over(order)).cache()


def places_at(moves: ir.Table, day: dt.date) -> ir.Table:
    """Where every customer stands at the end of a day.

    One row per customer who is not outside. Columns: customer_id, layer, active.
    """
    at = ibis.literal(day)
    standing = moves.filter((moves.date <= at) & (moves.until.isnull() | (moves.until > at)))
    return standing.select("customer_id", layer=standing.to_layer, active=standing.to_active)


def flow(moves: ir.Table) -> ir.StringValue:
    """What each move means for the bucket: `new`, `returned`, `lost` or null (within it)."""
    outside = moves.from_layer == OUTSIDE
    return ibis.cases(
        (outside & moves.to_active, "new"),
        (~outside & ~moves.from_active & moves.to_active, "returned"),
        (moves.from_active & ~moves.to_active, "lost"),
    )
