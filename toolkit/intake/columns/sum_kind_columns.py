"""The column whose kinds of rows add up each other: one row of the receipt, others of its items."""

from __future__ import annotations

import numpy as np

from toolkit import currency
from toolkit.intake.columns.finder import NO_COLUMN, Finder
from toolkit.intake.names import plain
from toolkit.intake.sales.kind_sums import MOST_KINDS, kind_sums

MAY_BE = ("status", "line_kind", "subscription")  # roles of a column that may be it as well


def settle(find: Finder) -> None:
    """Settle `sum_kind` on the first column of a file of no known system, free or one of kinds,
    of which the first rows show that one kind adds up another (`kind_sums`)."""
    glance, fit = find.evidence.glance, find.evidence.fit
    needed = {"order", "amount"} <= find.columns.keys()
    unwanted = plain(find.settings.row_kind_column or "") == NO_COLUMN
    if find.format is not None or glance is None or fit is None or unwanted or not needed:
        return
    (order, *more), amount = find.columns["order"], find.columns["amount"][0]
    if more:
        return
    numbers = fit.bonds.numbers(amount)
    known = ~np.isnan(numbers)
    unit = 10.0 ** -currency.decimals(find.settings.currency)
    free = {i for role in MAY_BE for i in find.columns.get(role, ())}
    free |= set(range(len(find.header))) - find.taken
    for at in sorted(free):
        column = glance.columns[at]
        if not 2 <= len(column.texts) <= MOST_KINDS:
            continue
        if kind_sums(column, glance.columns[order], np.nan_to_num(numbers), known, unit):
            find.settle_listed("sum_kind", (at,))
            return
