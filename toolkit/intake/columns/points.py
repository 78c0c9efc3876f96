"""Whether the points used of a column are still in the amount, or were taken off it already."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np

from toolkit.intake.columns.discounts import AGREE, MOST
from toolkit.intake.columns.finder import ROUNDED, Finder
from toolkit.intake.columns.order_totals import one_per_order
from toolkit.intake.names import aliases, quoted

BESIDE = (
    "discount",
    "shipping",
    "fee",
    "tax",
)  # parts that the one amount may have and another not
GRANTED = (0.005, 0.01, 0.02, 0.03, 0.05, 0.1)  # usual shares of the amount given as points
FEWEST = 5  # rows that show such a share
UNSAID = ("points_back_unsaid", "points_off_unsaid")  # notes where nothing says it


def settle(find: Finder) -> None:
    """Put points used back onto a total only where it is what was left to pay after them.

    It is before points where it is what its goods come to, or another amount (or what was paid in
    cash, by card and so on together) is what it leaves after the points; after them where it is
    the other way round; `BESIDE` may make up the difference. Where neither or both is shown its
    name says it (商品合計 is before them, お支払額 after). Such points stay in the amount, and with
    `points_are_discount` are taken off it. Where nothing says it they are put back, with a note.
    `points_column` settles it. Our rule.
    """
    if find.format is not None or find.is_given("points"):
        return
    if not {"points", "amount"} <= find.columns.keys():
        return
    at, columns = find.columns["amount"][0], find.columns["points"]
    if granted(find, at, columns):
        find.drop("points")
        names = ", ".join(find.labels[i] for i in columns)
        find.told.append(
            ("points_granted", {"points": names, "option": quoted(find.labels[columns[0]])})
        )
        return
    before = _shown(find, at, columns)
    if before is None:
        before = _said(find, at)
    told: dict[str, Any] = {"column": find.labels[at], "option": quoted(find.labels[columns[0]])}
    told |= {"points": ", ".join(find.labels[i] for i in columns)}
    if before is None and _used(find, columns):
        find.told.append((UNSAID[find.settings.points_are_discount], told))
    if not before:
        return
    find.drop("points")
    if find.settings.points_are_discount:
        find.settle_listed("discount", (*find.columns.get("discount", ()), *columns))
    else:
        find.told.append(("points_in", told))


def granted(find: Finder, at: int, columns: tuple[int, ...]) -> bool:
    """Whether points are those given for the order: one of the usual shares of its amount, rounded
    down or to the nearest, on 95 % of the rows, and no name that says they were used."""
    fit, said = find.evidence.fit, aliases()["points"]["used"]
    if fit is None or any(word in find.names[i] for i in columns for word in said):
        return False
    points, amount = _sum(find, columns), fit.bonds.numbers(at)
    rows = amount > 0
    if rows.sum() < FEWEST or (points[rows] > 0).mean() < AGREE:
        return False
    apart = (points[rows] - share * amount[rows] for share in GRANTED)
    return any(((each > -1) & (each <= ROUNDED)).mean() >= AGREE for each in apart)


def _used(find: Finder, columns: tuple[int, ...]) -> bool:
    """Whether any points were used, as far as the first rows show."""
    return find.evidence.fit is not None and bool(_sum(find, columns).any())


def _said(find: Finder, at: int) -> bool | None:
    """Whether an amount is before points, as its name says; None where it does not."""
    name, words = find.bases[at], aliases()["points"]
    if any(word in name for word in words["before"]):
        return True
    if any(word in name for word in words["after"]):
        return False
    return True if _of_goods(find, at) else None


def _of_goods(find: Finder, at: int) -> bool:
    """Whether the name of an amount says that it is what the goods come to."""
    return any(word in find.bases[at] for word in aliases()["discount"]["before"])


def _shown(find: Finder, at: int, columns: tuple[int, ...]) -> bool | None:
    """Whether the amount is before points, as sums on the rows with points show it; None where
    nothing does, or some show the one and some the other."""
    fit = find.evidence.fit
    if fit is None:
        return None
    used = _sum(find, columns)
    amount = fit.bonds.numbers(at)
    rows = (used > 0) & ~np.isnan(amount)
    parts = [_sum(find, _places(find, role) - {at, *columns})[rows] for role in BESIDE]
    parts = [part for part in parts if part.any()]
    shown = set()
    for whole, goods in _others(find, at, columns) if rows.any() else ():
        apart = (whole - amount)[rows]
        left = [0.0, -1.0] if goods else [-1.0]
        before = any(_agree(apart - sign * used[rows], parts, find.rounded) for sign in left)
        if before != _agree(apart - used[rows], parts, find.rounded):
            shown.add(before)
    return shown.pop() if len(shown) == 1 else None


def _agree(apart: np.ndarray, parts: list[np.ndarray], by: float) -> bool:
    """Whether what two amounts are apart is made up of the parts, to within `by`."""
    return any(
        (np.abs(apart - sum(s * part for s, part in zip(signs, parts, strict=True))) <= by).mean()
        >= AGREE
        for signs in product((0, -1, 1), repeat=len(parts))
    )


def _others(find: Finder, at: int, columns: tuple[int, ...]) -> Iterator[tuple[np.ndarray, bool]]:
    """Amounts to compare with, and whether no points can have been taken off them."""
    fit, says = find.evidence.fit, find.evidence.says
    numbers, looks = fit.bonds.numbers, fit.looks
    money = [i for i in range(len(looks)) if i not in (at, *columns) and looks[i].numbers >= 0.9]
    prices = [i for i in money if says("price", i) in ("known", "word")]
    counts = [i for i in money if says("quantity", i) in ("known", "word")]
    for price, count in product(prices, counts):
        yield _of_order(find, at, numbers(price) * numbers(count)), True
    tenders = {i for i in money if any(w in find.bases[i] for w in aliases()["points"]["tenders"])}
    if len(tenders) > 1:
        yield _sum(find, tenders), False
    for one in [i for i in money if says("amount", i) in ("known", "word")][:MOST]:
        own = fit.order is not None and not one_per_order(fit.bonds, fit.order, one)
        whole = _of_order(find, at, numbers(one)) if own else numbers(one)
        yield whole, own or _of_goods(find, one)


def _of_order(find: Finder, at: int, values: np.ndarray) -> np.ndarray:
    """What the rows of every row's order come to, where the amount at `at` is the order's."""
    fit = find.evidence.fit
    if fit.order is None or not one_per_order(fit.bonds, fit.order, at):
        return values
    orders = fit.bonds.codes(fit.order)
    known = orders >= 0
    sums = np.bincount(orders[known], np.nan_to_num(values[known]))
    return np.where(known, sums[orders] if len(sums) else values, values)


def _places(find: Finder, role: str) -> set[int]:
    return {find.places[name] for name in aliases()[role]["names"] if name in find.places}


def _sum(find: Finder, columns) -> np.ndarray:
    """What some columns come to on every row, whatever their signs; 0 where there is none."""
    rows = len(find.evidence.glance.columns[0].codes)
    held = [np.abs(np.nan_to_num(find.evidence.fit.bonds.numbers(i))) for i in columns]
    return sum(held, np.zeros(rows))
