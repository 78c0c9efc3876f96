"""What was paid for goods: an order's total without postage and fees, or its rows' own amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from toolkit.intake.tables.coded import Coded
from toolkit.intake.values.amounts import Numbers
from toolkit.settings import Settings

OFF, BACK = -1, 1
UNSIGNED = ("points", "refund", "discount")  # written 100 or -100, they mean the same


def parts_of_total(settings: Settings) -> dict[str, int]:
    """The parts of an order's total that are no payment for goods, as role -> sign.

    Postage and fees are taken off with their tax, points used are put back (they are a means of
    payment), a refund of the order and a discount that the total does not count are taken off.
    `include_shipping` leaves postage and fees in, `points_are_discount` leaves points off,
    `without_tax` takes tax off, all of it at once. Source: definitions, "Money".
    """
    parts = {"refund": OFF, "discount": OFF}
    if not settings.include_shipping:
        parts |= {"shipping": OFF, "fee": OFF}
        if not settings.without_tax:
            parts["shipping_tax"] = OFF
    if not settings.points_are_discount:
        parts["points"] = BACK
    if settings.without_tax:
        parts["tax"] = OFF
    return parts


def blocks(orders: Coded | None, files: np.ndarray, runs: np.ndarray | None = None) -> Coded | None:
    """Rows below each other with one order number, as a column of their own numbers.

    The lines of an order follow each other in every export; the same number further down, or in
    another file, is another order where numbers start anew each day. `runs`: of a portion of a
    file, whose rows are not all there (`portions`).
    """
    if orders is None:
        return None
    new = np.ones(len(files), bool)
    new[1:] = (orders.codes[1:] != orders.codes[:-1]) | (files[1:] != files[:-1])
    if runs is not None:
        new[1:] |= runs[1:] != runs[:-1]
    return Coded(np.cumsum(new) - 1, orders.at(np.flatnonzero(new)))


def carried(column: Coded, lines: Coded | None, where: np.ndarray | None = None) -> Coded:
    """A column of what an order has once, filled on the rows of the order where it is blank.

    Exports write it on the first line of an order only, others on every line (our rule: the
    order's first value that is not blank). `lines`: the orders by `blocks`. `where`: only on
    these rows (mask).
    """
    if lines is None:
        return column
    blank = column.blank() if where is None else column.blank() & where
    if not blank.any() or blank.all():
        return column
    first = np.full(len(lines.texts), len(blank), np.int64)
    filled = np.flatnonzero(~column.blank())
    np.minimum.at(first, lines.codes[filled], filled)
    wanted = blank & ~lines.blank()
    source = first[lines.codes[wanted]]
    known = source < len(blank)
    codes = column.codes.copy()
    codes[np.flatnonzero(wanted)[known]] = column.codes[source[known]]
    return Coded(codes, column.texts)


def goods_paid(
    total: Numbers,
    parts: Sequence[tuple[str, Numbers]],
    signs: Mapping[str, int],
    lines: Coded | None,
) -> Numbers:
    """An order's total with its parts taken off or put back, on every row of the order.

    `parts`: (role, numbers) of columns. A part that is blank or cannot be read is nothing. Where
    the rows of an order have totals of their own, which add up, the parts are taken off the first.
    """
    once = None if lines is None or repeated(total, lines) else first_rows(lines)
    for role, part in parts:
        if once is not None:
            part = replace(part, units=np.where(once, part.units, 0))
        total = plus(total, part, signs[role], absolute=role in UNSIGNED)
    return total


def not_beyond(found: Numbers, total: Numbers, refunds: Sequence[Numbers]) -> Numbers:
    """Orders whose postage was given back as well come to nothing, not to less: those that refunds
    of no more than the `total` took to below zero."""
    left, back = total, np.zeros(len(found.units), bool)
    for refund in refunds:
        left = plus(left, refund, OFF, absolute=True)
        back |= (refund.units != 0).astype(bool)
    back &= (left.units >= 0).astype(bool) & (found.units < 0).astype(bool)
    return replace(found, units=np.where(back, 0, found.units)) if back.any() else found


def of_orders(part: Numbers, lines: Coded) -> Numbers:
    """A part of the orders' totals, on every row of an order: what stands on any or all of its
    rows, and where these differ what they come to (postage on the first, 0 below it)."""
    count, there = len(lines.texts), part.readable & ~lines.blank()
    codes, units = lines.codes[there], part.units[there]
    first, sums = np.zeros(count, units.dtype), np.zeros(count, units.dtype)
    first[codes[::-1]] = units[::-1]
    np.add.at(sums, codes, units)
    differs = np.zeros(count, bool)
    differs[codes[(units != first[codes]).astype(bool)]] = True
    of = np.where(differs, sums, first)[lines.codes]
    return replace(part, units=np.where(lines.blank(), part.units, of))


def repeated(numbers: Numbers, lines: Coded) -> bool:
    """Whether every order has one number on all its rows."""
    first = first_rows(lines)
    units = np.zeros(len(lines.texts), numbers.units.dtype)
    units[lines.codes[first]] = numbers.units[first]
    same = numbers.units == units[lines.codes]
    return bool((same | lines.blank()).all())


def first_rows(lines: Coded) -> np.ndarray:
    """The first row of every order, and every row without an order number (mask)."""
    first = np.ones(len(lines.codes), bool)
    first[1:] = lines.codes[1:] != lines.codes[:-1]
    return first | lines.blank()


def rows_own(total: Numbers, worth: Numbers, postage: Numbers | None, lines: Coded | None) -> bool:
    """Whether what is called a total is price x quantity of its row, and no order's total.

    `worth`: price x quantity. Only rows tell that are not alone in their order or have postage;
    all of them have to agree (our rule: 合計金額 is the one or the other).
    """
    several = np.zeros(len(total.units), bool)
    if lines is not None:
        several = (np.bincount(lines.codes)[lines.codes] > 1) & ~lines.blank()
    tell = several if postage is None else several | (postage.units != 0).astype(bool)
    tell &= total.readable & worth.readable
    return bool(tell.any() and (plus(total, worth, OFF).units[tell] == 0).all())


def plus(one: Numbers, two: Numbers, sign: int, *, absolute: bool = False) -> Numbers:
    """one + sign x two, row by row, exact; readable where `one` is.

    `absolute`: the second's own sign makes no difference (points are written 100 or -100).
    """
    scale = max(one.scale, two.scale)
    first, second = aligned(one, two)
    second = np.abs(second) if absolute else second
    told = one.told + tuple(each for each in two.told if each not in one.told)
    return replace(one, units=first + sign * second, scale=scale, told=told)


def aligned(one: Numbers, two: Numbers) -> tuple[np.ndarray, np.ndarray]:
    """The units of both at the finer of their scales."""
    scale = max(one.scale, two.scale)
    return _at(one, scale), _at(two, scale)


def less_kinds(numbers: Numbers, worth: Numbers, kinds: np.ndarray, lines: Coded | None) -> Numbers:
    """An order's total without its rows of some kinds (mask), on every row of the order.

    `worth`: price x quantity of every row.
    """
    units = np.where(kinds & worth.readable, worth.units, 0)
    if lines is not None:
        sums = np.zeros(len(lines.texts), units.dtype)
        np.add.at(sums, lines.codes, units)
        units = np.where(lines.blank(), units, sums[lines.codes])
    return plus(numbers, replace(worth, units=units), OFF)


def _at(numbers: Numbers, scale: int) -> np.ndarray:
    """Units at another scale, as Python integers where int64 would not do."""
    factor = 10 ** (scale - numbers.scale)
    if factor == 1:
        return numbers.units
    largest = max(abs(int(numbers.units.max(initial=0))), abs(int(numbers.units.min(initial=0))))
    units = numbers.units if largest * factor < 2**61 else numbers.units.astype(object)
    return units * factor
