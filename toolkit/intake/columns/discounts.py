"""Whether the discounts of a column are in the amount already, or still to be taken off it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, product
from typing import Any

import numpy as np

from toolkit.intake.columns.finder import Finder
from toolkit.intake.names import aliases, quoted

AGREE = 0.95  # share of the rows with a discount that show the one or the other
RATE, FEW = 100, 6  # the largest and the number of different values of a column of rates
SMALL = 0.02  # share of the amounts that such values come to, up to which they are no money
MOST = 8  # columns of money tried as a sum with the discount


def settle(find: Finder, basis: str) -> None:
    """Settle the columns of discounts that have to be taken off the amount.

    A price is before discount. An amount is before or after it as price x quantity or another
    amount of the file shows; else as its name says (小計, 値引後 ...); else it is after. Our rule.
    """
    columns = _columns(find)
    if find.format is not None or find.is_given("discount") or not basis or not columns:
        return
    role = "amount" if basis in ("total", "line") else "price"
    at = find.columns[role][0]
    before = _shown(find, at, columns)
    if before is None:
        small = _no_money(find, at, columns, basis)
        for each in small:
            told = {"column": find.labels[at], "discount": find.labels[each]}
            option = quoted(find.labels[each])
            find.told.append(("discount_no_money", told | {"option": option}))
        columns = tuple(each for each in columns if each not in small)
        if not columns:
            return
        before = _said(find.bases[at], default=role == "price")
    names = ", ".join(find.labels[i] for i in columns)
    amount = [at, *(find.columns["quantity"] if basis == "price x quantity" else ())]
    told: dict[str, Any] = {"column": " × ".join(find.labels[i] for i in amount)}
    told["discount"] = names
    if before:
        find.settle_listed("discount", columns)
        find.told.append(("discount_off", told))
    else:
        option = quoted(find.labels[columns[0]])
        find.told.append(("discount_in", told | {"option": option}))


def _columns(find: Finder) -> tuple[int, ...]:
    """The columns of discounts, as far as amounts stand in them: no codes, marks or rates."""
    names, fit = aliases()["discount"]["names"], find.evidence.fit
    found = [find.places[name] for name in names if name in find.places]
    ends, of_else = tuple(aliases()["discount"]["ends"]), aliases()["discount"]["of_else"]
    found += [
        i
        for i, name in enumerate(find.bases)
        if name.endswith(ends) and not any(word in name for word in of_else)
    ]
    free = [i for i in dict.fromkeys(found) if i not in find.taken]
    if fit is None:
        return tuple(free)
    looks = fit.looks
    some = [
        i
        for i in free
        if looks[i].rows and looks[i].numbers >= 0.9 and max(-looks[i].low, looks[i].high) > 1
    ]
    off = {i: np.abs(np.nan_to_num(fit.bonds.numbers(i))) for i in some}
    return tuple(apart(off, find.rounded))


def apart(
    parts: Mapping[int, np.ndarray], by: float, beside: Sequence[np.ndarray] = ()
) -> list[int]:
    """Which of some columns add up: not one that is what others of them come to, or some together
    with others `beside`, to within `by`, on 95 % of the rows that have any."""
    left = dict(parts)
    for at in [*parts][:MOST]:
        others = [part for i, part in left.items() if i != at][:MOST]
        every = others + list(beside)
        sets = [(part,) for part in others]
        sets += [some for n in range(2, len(every) + 1) for some in combinations(every, n)]
        if any(_same(parts[at], sum(some), by) for some in sets):
            del left[at]
    return list(left)


def _same(one: np.ndarray, two: np.ndarray, by: float) -> bool:
    rows = (one != 0) | (two != 0)
    return bool(rows.any() and (np.abs(one - two)[rows] <= by).mean() >= AGREE)


def _said(name: str, default: bool) -> bool:
    words = aliases()["discount"]
    if any(word in name for word in words["after"]):
        return False
    return default or any(word in name for word in words["before"])


def _shown(find: Finder, at: int, columns: tuple[int, ...]) -> bool | None:
    """Whether the amount is before discount, as sums on the rows with a discount show it."""
    fit = find.evidence.fit
    if fit is None:
        return None
    numbers = fit.bonds.numbers
    off = sum(np.abs(np.nan_to_num(numbers(i))) for i in columns)
    amount, rows = numbers(at), off > 0
    for whole, taxed in _wholes(find, at, columns):
        known = rows & ~np.isnan(whole) & ~np.isnan(amount)
        if not known.any():
            continue
        apart = (whole - amount)[known]
        # -1: the other is net of them; one without tax may be net or not where both are the same
        for after, sign in ((True, 1),) if taxed else ((True, 1), (False, 0), (False, -1)):
            if (np.abs(apart - sign * off[known]) <= find.rounded).mean() >= AGREE:
                return not after
    return None


def _no_money(find: Finder, at: int, columns: tuple[int, ...], basis: str) -> list[int]:
    """Columns of rates (10 for 10 %) or of numbers of vouchers: few different whole numbers up to
    100, next to nothing beside the amounts. Our rule."""
    fit = find.evidence.fit
    if fit is None:
        return []
    amount = np.abs(fit.bonds.numbers(at))
    if basis == "price x quantity":
        amount = amount * np.abs(fit.bonds.numbers(find.columns["quantity"][0]))
    found = []
    for each in columns:
        off = np.abs(np.nan_to_num(fit.bonds.numbers(each)))
        rows = (off > 0) & (amount > 0)
        values = np.unique(off[rows])
        if not len(values) or len(values) > FEW or values[-1] > RATE or (values % 1).any():
            continue
        if values.tolist() == [RATE]:  # nothing is only sold for nothing: 100 yen
            continue
        if np.median(off[rows] / amount[rows]) <= SMALL:
            found.append(each)
    return found


def _wholes(find: Finder, at: int, columns: tuple[int, ...]):
    """What the amount would be without any discount, in every way that the file gives it, and
    whether tax was put to it."""
    fit = find.evidence.fit
    numbers, looks = fit.bonds.numbers, fit.looks
    money = [i for i in range(len(looks)) if i not in (at, *columns) and looks[i].numbers >= 0.9]
    prices = [i for i in money if find.evidence.says("price", i) in ("known", "word")]
    counts = [i for i in money if find.evidence.says("quantity", i) in ("known", "word")]
    for price, count in product(prices, counts):
        yield numbers(price) * numbers(count), False
    if not counts:
        yield from ((numbers(price), False) for price in prices)
    if at in find.parts.values():
        yield sum(np.nan_to_num(numbers(i)) for i in find.parts), False
    sums = [i for i in money if find.evidence.says("amount", i) in ("known", "word")][:MOST]
    charges, taxes = (
        _named(find, *roles) & set(money) for roles in (("shipping", "fee"), ("tax",))
    )
    parts = (frozenset(some) for some in (charges | taxes, taxes, charges, ()))
    for one, more in product(sums, dict.fromkeys(parts)):
        # The fullest first: a tax may happen to be what the discount is.
        whole = numbers(one) + sum(np.nan_to_num(numbers(i)) for i in more)
        yield whole, bool(more & taxes)


def _named(find: Finder, *roles: str) -> set[int]:
    """Columns that have a name of one of these roles."""
    names = [name for role in roles for name in aliases()[role]["names"]]
    return {find.places[name] for name in names if name in find.places}
