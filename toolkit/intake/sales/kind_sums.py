"""Rows of one kind that are what the rows of another kind of the same order come to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit import currency
from toolkit.intake.names import aliases, plain
from toolkit.intake.sales import statuses
from toolkit.intake.tables.coded import Coded
from toolkit.problems import InputProblem

if TYPE_CHECKING:
    from toolkit.intake.sales.sheet import Sheet

MOST_KINDS = 12
FEWEST = 3  # orders with rows of both kinds
BOTH = 0.8  # share of the orders with rows of either kind that have both
MOSTLY = 0.5  # share of these in which one is the sum, from which on it is no chance
CODE = 2  # letters of a code
REST = -1  # in place of a kind: all others


@dataclass(frozen=True)
class KindSums:
    """Kinds, as codes of a column, of which `sums` has one row in an order and is what the rows of
    `items` (`REST`: all others) come to. agree, apart: orders (masks by code) where it is and is
    not."""

    sums: int
    items: int
    agree: np.ndarray
    apart: np.ndarray


@dataclass(frozen=True)
class Added:
    """A kind of rows that adds up others. rows: of that kind, in orders that have what they add up
    (mask). apart: the first of these in an order where it does not; None where there is none.
    told: the two kinds, in how many orders of all it does."""

    rows: np.ndarray
    apart: int | None
    told: dict[str, Any]


def in_sheet(sheet: Sheet) -> tuple[Added, ...]:
    """The kinds of rows that add up others, by the column found for it; payments aside. Where that
    is not so in every order, InputProblem naming the first row that is something else."""
    kinds, at = sheet.column("sum_kind"), sheet.roles.at("amount")
    if kinds is None or sheet.order is None or at is None:
        return ()
    numbers = sheet.read_as_amounts(at, sheet.rows.columns[at], None)
    paid = statuses.told_out(sheet.statuses, sheet.roles.format, len(sheet.rows))["not_a_sale"]
    unit = 10.0 ** (numbers.scale - currency.decimals(sheet.settings.currency))
    found = added(kinds, sheet.order, numbers.units, numbers.readable & ~paid, unit)
    for each in found:
        if each.apart is not None:
            values = {"file": sheet.file, "row": sheet.row_of(each.apart)}
            values |= {"column": sheet.names("sum_kind")[0]}
            raise InputProblem("rows_twice", **values, **each.told)
    return found


def added(
    kinds: Coded, orders: Coded, amounts: np.ndarray, known: np.ndarray, unit: float = 1
) -> tuple[Added, ...]:
    """What `kind_sums` finds, by rows."""
    found = []
    for each in kind_sums(kinds, orders, amounts, known, unit):
        rows = (kinds.codes == each.sums) & (each.agree | each.apart)[orders.codes]
        apart = np.flatnonzero(rows & each.apart[orders.codes])
        texts = kinds.texts.to_pylist()
        others = [t for i, t in enumerate(texts) if i != each.sums and t]
        told = {"kind": texts[each.sums] or "–"}
        told["items"] = ", ".join(others) if each.items == REST else texts[each.items] or "–"
        told |= {"n": int(each.agree.sum()), "all": int((each.agree | each.apart).sum())}
        found.append(Added(rows, int(apart[0]) if len(apart) else None, told))
    return tuple(found)


def kind_sums(
    kinds: Coded, orders: Coded, amounts: np.ndarray, known: np.ndarray, unit: float = 1
) -> list[KindSums]:
    """The kinds of rows that add up others, given the order of every row and its amount where that
    is `known` (mask); a difference of a `unit` for every row added up is rounding.

    In an order there is one row of such a kind; of the orders that have rows of either kind at
    least 80 % have both, three at least and one with several rows to add up; in half of them or
    more, also of those with several, the one is the sum of the others; and the kind is called a
    total or receipt, or the others lines of one (or all kinds are codes, and it is so in every
    order): a deposit too is what the rest comes to, and an adult's price that of two children. Our
    rule.
    """
    if not 2 <= len(kinds.texts) <= MOST_KINDS:
        return []
    known = known & ~orders.blank()
    count, width = len(kinds.texts), len(orders.texts)
    at = kinds.codes[known].astype(np.int64) * width + orders.codes[known]
    n = np.bincount(at, minlength=count * width).reshape(count, width)
    values = amounts[known].astype(float)
    s = np.bincount(at, weights=values, minlength=count * width).reshape(count, width)
    there = [int(kind) for kind in np.flatnonzero(n.any(axis=1))]
    pairs = [*permutations(there, 2), *((kind, REST) for kind in there if len(there) > 2)]
    found = []
    for one, other in pairs:
        rest = other == REST
        rows, sums = (n.sum(0) - n[one], s.sum(0) - s[one]) if rest else (n[other], s[other])
        both = (n[one] > 0) & (rows > 0)
        either = (n[one] > 0) | (rows > 0)
        several = both & (rows > 1)
        if both.sum() < max(FEWEST, BOTH * either.sum()) or not several.any():
            continue
        agree = both & (np.abs(s[one] - sums) <= unit * rows + 1e-6)
        if (n[one][both] > 1).any() or not sums[agree].any():
            continue
        shares = (agree.sum() / both.sum(), (agree & several).sum() / several.sum())
        if min(shares) >= (MOSTLY if _called_so(kinds, one, other) else _unnamed(kinds)):
            found.append(KindSums(one, other, agree, both & ~agree))
    found.sort(key=lambda each: (-int(each.agree.sum()), each.items == REST))
    whole: dict[int, KindSums] = {}
    for each in found:
        if not each.apart.any():
            whole.setdefault(each.sums, each)
    return [*whole.values()] or found[:1]


def _called_so(kinds: Coded, one: int, other: int) -> bool:
    """Whether a kind is named as what adds up rows, or the other as the rows added up."""
    words = aliases()["sum_kinds"]
    texts = [plain(text) for text in kinds.texts.to_pylist()]
    others = [each for i, each in enumerate(texts) if each and i != one and other in (i, REST)]
    whole = texts[one] in words["whole"] or texts[one].endswith(tuple(words["whole_ends"]))
    return whole or all(any(word in each for word in words["items"]) for each in others)


def _unnamed(kinds: Coded) -> float:
    """The share from which kinds that no word names are sums: all where they are codes, else
    none."""
    codes = all(len(text) <= CODE and text.isascii() for text in kinds.texts.to_pylist())
    return 1.0 if codes else np.inf
