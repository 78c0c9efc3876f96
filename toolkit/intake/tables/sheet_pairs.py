"""Sheets of one workbook of which one has the orders, the other their product lines."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.intake.names import names_of, plain

WHO = ("customer", "mail", "phone", "name")


def are_pair(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether of two sheets with these headers one has orders (an order number, a day and a
    customer) and the other products of order numbers, without a day and a customer (our rule)."""
    parts = [_parts(names) for names in (one, other)]
    return any(_orders(a) and _lines(b) for a, b in (parts, parts[::-1]))


def _parts(header: Sequence[str]) -> set[str]:
    """The roles for which a header has a known name."""
    names = {plain(name) for name in header}
    roles = ("order", "date", *WHO, "product", "product_name")
    return {role for role in roles if names & names_of(role)}


def _orders(parts: set[str]) -> bool:
    return {"order", "date"} <= parts and bool(parts & {*WHO})


def _lines(parts: set[str]) -> bool:
    bought = bool(parts & {"product", "product_name"})
    return "order" in parts and bought and not parts & {*WHO, "date"}
