"""Fees beside an order's total: several kinds of them, and those that the shop paid itself."""

from __future__ import annotations

import numpy as np

from toolkit.intake.columns.discounts import AGREE, apart
from toolkit.intake.columns.finder import Finder
from toolkit.intake.columns.looks import Look
from toolkit.intake.names import aliases


def settle(find: Finder, basis: str) -> None:
    """Take every column of fees off a total, but one that is what others come to, and one of fees
    that the shop paid itself.

    The shop paid a fee that is below zero where the total is not, and one that the total has more
    than another column of what the shop got (正味, 振込額, net) on 95 % of the rows. Our rule.
    """
    if find.format is not None or basis != "total" or "fee" not in find.columns:
        return
    fit = find.evidence.fit
    if fit is None:
        return
    amount = fit.bonds.numbers(find.columns["amount"][0])
    fees = {i: np.nan_to_num(fit.bonds.numbers(i)) for i in _columns(find)}
    fees = {i: fee for i, fee in fees.items() if not _is_amount(amount, fee)}
    own = [i for i, fee in fees.items() if _of_shop(find, amount, fee)]
    beside = [np.nan_to_num(fit.bonds.numbers(i)) for i in find.columns.get("shipping", ())]
    paid = apart({i: fee for i, fee in fees.items() if i not in own}, find.rounded, beside)
    find.drop("fee")
    if paid:
        find.settle_listed("fee", tuple(paid))
    if own:
        names = ", ".join(find.labels[i] for i in own)
        column = find.labels[find.columns["amount"][0]]
        find.told.append(("fee_of_shop", {"column": column, "fee": names}))


def _columns(find: Finder) -> list[int]:
    first, looks = find.columns["fee"][:1], find.evidence.fit.looks
    named = [find.places[name] for name in aliases()["fee"]["names"] if name in find.places]
    more = [i for i in dict.fromkeys(named) if i not in find.taken and looks[i].numbers >= 0.9]
    return [i for i in (*first, *more) if not _of_marks(looks[i])]


def _of_marks(look: Look) -> bool:
    """Whether a column has marks of what was wanted (ラッピング: あり, 1) and no money."""
    return look.rows > 0 and (look.numbers < 0.5 or max(-look.low, look.high) <= 1)


def _is_amount(amount: np.ndarray, fee: np.ndarray) -> bool:
    """Whether what is called a fee is all that was collected (代引), on most rows that have any."""
    rows = (fee > 0) & ~np.isnan(amount)
    return bool(rows.any() and 2 * (fee == amount)[rows].sum() > rows.sum())


def _of_shop(find: Finder, amount: np.ndarray, fee: np.ndarray) -> bool:
    rows = (fee != 0) & ~np.isnan(amount)
    if not rows.any():
        return False
    if (fee <= 0).all() and (amount[rows] > 0).any():
        return True
    fit = find.evidence.fit
    for at, name in enumerate(find.bases):
        if at in find.taken or not any(word in name for word in aliases()["fee"]["net"]):
            continue
        left = fit.bonds.numbers(at)
        if (np.abs(amount - np.abs(fee) - left)[rows] <= find.rounded).mean() >= AGREE:
            return True
    return False
