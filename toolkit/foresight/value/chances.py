"""Expected visits without a count model: the chance of returning x visits if back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis.expr.types as ir

from toolkit.book import Book
from toolkit.foresight.spend import Spend
from toolkit.foresight.value.margins import YEARS, margins

if TYPE_CHECKING:
    from toolkit.foresight.outlook import Outlook


def by_chance(
    book: Book, outlook: Outlook, spend: Spend, margin_share: float, yearly_rate: float
) -> tuple[ir.Table, ir.Table]:
    """Margins (as of `margins`) by an outlook's chances, and of those who come back now.

    The visits of its horizon, chance x visits if back, are continued in proportion: 360 days have
    twice those of 180 (our rule, for want of a model; it flatters the further years). One who
    comes back has visits if back in the first horizon, and in each further one as well.
    """
    ids = book.ids_table
    table = outlook.customers_table.join(ids, outlook.customers_table.customer_id == ids.id)
    table = table.select(customer_id="customer", expected_visits="expected_visits")
    chance = {f"visits_{d}": table.expected_visits * d / outlook.horizon_days for d in YEARS}
    back = {f"visits_{d}": _at_least_one(table, outlook, d) for d in YEARS}
    found, second = (table.select("customer_id", **columns) for columns in (chance, back))
    return (
        margins(found, spend, margin_share, yearly_rate),
        margins(second, spend, margin_share, yearly_rate),
    )


def _at_least_one(table: ir.Table, outlook: Outlook, days: int):
    visits = max(1.0, outlook.visits_if_back * days / outlook.horizon_days)
    return table.expected_visits * 0.0 + visits
