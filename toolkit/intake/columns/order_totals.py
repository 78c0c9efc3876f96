"""An order's total where its rows' own amounts stand beside it."""

from __future__ import annotations

import numpy as np

from toolkit.intake.columns.bonds import Bonds
from toolkit.intake.columns.finder import Finder
from toolkit.intake.columns.qualifiers import heading
from toolkit.intake.columns.recognition import SPEAKS
from toolkit.intake.names import aliases, plain


def settle(find: Finder) -> bool:
    """Settle the amount on the first column with a known name of a total that is an order's:
    whether there is one. Only beside amounts of the rows, which by their content would do better.

    It has one value on all rows of every order of several rows, and differs from a row's own
    amount (that is a price x quantity). Without orders nothing is concluded. Our rule.
    """
    fit = find.evidence.fit
    if fit is None or fit.order is None or find.format is not None or find.is_given("amount"):
        return False
    for at in find.evidence.known("amount", find.taken):
        if not _named(find.header[at]) or find.evidence.factor("amount", at) < SPEAKS:
            continue
        if at not in fit.wholes and one_per_order(fit.bonds, fit.order, at):
            find.settle_like("amount", at)
            find.pass_over("amount", at)
            return True
    return False


def _named(name: str) -> bool:
    return bool({plain(name), plain(heading(name).name)} & set(aliases()["total"]["names"]))


def one_per_order(bonds: Bonds, order: int, at: int) -> bool:
    """Whether no order has two values in a column."""
    orders, values = bonds.codes(order), bonds.codes(at)
    known = (orders >= 0) & (values >= 0)
    orders, values = orders[known], values[known]
    first = np.zeros(int(orders.max(initial=0)) + 1, values.dtype)
    first[orders[::-1]] = values[::-1]
    return bool((values == first[orders]).all())
