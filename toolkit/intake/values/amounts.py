"""Amounts as people and systems write them, read as exact integers at the column's own scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.tables.coded import Coded, half_width
from toolkit.intake.values.amount_forms import tax_said, undress
from toolkit.intake.values.marks import Marked, digits
from toolkit.intake.values.place import Place

ROOM = 2**62  # magnitudes below it are added up as int64, larger ones as Python's own integers


@dataclass(frozen=True)
class Numbers:
    """Exact numbers: `units / 10**scale`.

    units: int64, or Python integers where those would not do; readable: False where there is no
    number (units 0); signs: the currency signs written (int16, places in `written`, where they
    stand once each, blanks between several; the first is none). mark: the decimal mark the column
    shows, None where it shows none; told: notes on what was decided from it, each a key of
    `[note]` and its values. ruled: what its rows show of how amounts are meant, of which the rows
    of another portion of the file may show the contrary: (question, answer).
    """

    units: np.ndarray
    scale: int
    readable: np.ndarray
    signs: np.ndarray
    written: tuple[str, ...] = ("",)
    mark: str | None = None
    told: tuple[tuple[str, dict[str, Any]], ...] = ()
    ruled: tuple[tuple[str, bool], ...] = ()

    def of_rows(self, rows: np.ndarray) -> Numbers:
        """The numbers of these rows."""
        units, readable, signs = self.units[rows], self.readable[rows], self.signs[rows]
        return replace(self, units=units, readable=readable, signs=signs)

    def times(self, other: Numbers) -> Numbers:
        """The product, row by row, exact."""
        one, two = self.units, other.units
        if largest(one) * largest(two) >= ROOM:
            one = one.astype(object)
        written = list(dict.fromkeys([*self.written, *other.written]))
        place = [written.index(sign) for sign in other.written]
        return Numbers(
            units=one * two,
            scale=self.scale + other.scale,
            readable=self.readable & other.readable,
            signs=np.where(self.signs == 0, np.array(place, np.int16)[other.signs], self.signs),
            written=tuple(written),
            mark=self.mark or other.mark,
            told=self.told + other.told,
        )

    def finer_than(self, decimals: int) -> np.ndarray:
        """Where the number has more decimals than this."""
        if self.scale <= decimals:
            return np.zeros(len(self.units), bool)
        return (self.units % 10 ** (self.scale - decimals) != 0).astype(bool)

    def as_text(self) -> np.ndarray:
        """The numbers written out, without trailing zeros after the point."""
        distinct, codes = np.unique(self.units, return_inverse=True)
        texts = (_plain(Decimal(int(each)).scaleb(-self.scale)) for each in distinct)
        return np.array(list(texts), object)[codes]


def read_amounts(
    column: Coded, place: Place | None = None, mark: str | None = None, usual: str | None = None
) -> Numbers:
    """The numbers of a column of text, one per row.

    Read are amounts as in `amount_forms`, with thousands parted. `mark` says whether comma or
    point is the decimal mark; without it the whole column decides, and one that contradicts
    itself is an InputProblem naming `place` (`marks.Marked`). A column that shows no mark has the
    `usual` one, a point if none is given: 1,234 is then 1234, and 1.234 is not.
    """
    texts = half_width(column.texts)
    found = undress(texts)
    shown, told = mark, ()
    if mark is None:
        marked = Marked(found.bodies, column)
        shown = marked.mark(usual, place)
        if shown == "," and place is not None:
            told = (("decimal_comma", place.named() | {"value": marked.example(",")}),)
    told += _tax_mixed(texts, column, place) if place is not None else ()
    written, places, good = digits(found.bodies, shown or usual or ".")
    readable = found.readable & good
    places = np.where(readable, places - found.powers, 0)
    scale = max(int(places.max(initial=0)), 0)
    units = _units(written, scale - places, readable)
    units = np.where(found.negative, -units, units)
    signs = pd.Categorical(found.signs)
    signs = signs.set_categories(dict.fromkeys(["", *signs.categories]))
    codes, written = signs.codes.astype(np.int16), tuple(signs.categories)
    return Numbers(units, scale, readable, codes, written, shown, told).of_rows(column.codes)


def _tax_mixed(
    texts: pa.StringArray, column: Coded, place: Place
) -> tuple[tuple[str, dict[str, Any]], ...]:
    """A note where some of the amounts say that they are with tax, and others without. Of a kind
    that is among the texts but in no row, as in a portion of a file, there are 0 (`mixed_told`)."""
    masks = tax_said(texts)
    if not all(each.any() for each in masks):
        return ()
    told: dict[str, Any] = place.named()
    for name, count, mask in zip(("", "other_"), ("n", "without"), masks, strict=True):
        some = np.flatnonzero(column.look_up(mask))
        told[count] = len(some)
        if len(some):
            told[f"{name}value"] = column.texts[int(column.codes[some[0]])].as_py()
            told[f"{name}row"] = place.number(some[0])
    return (("tax_mixed", told),)


def mixed_told(key: str, values: Mapping[str, Any]) -> bool:
    """Whether a note is one to be told: of `tax_mixed` one that has rows of both kinds."""
    return key != "tax_mixed" or bool(values["n"] and values["without"])


def total(numbers: Numbers, groups: np.ndarray, count: int) -> Numbers:
    """The exact sum of each of `count` groups; group i of row r is `groups[r]`."""
    units = numbers.units
    if units.dtype != object and not _adds_up(units, ROOM):
        units = units.astype(object)
    sums = np.zeros(count, units.dtype)
    np.add.at(sums, groups, units)
    return Numbers(sums, numbers.scale, np.ones(count, bool), np.zeros(count, np.int16))


def minor_units(numbers: Numbers, decimals: int) -> tuple[np.ndarray, int]:
    """The numbers in a currency's minor units, and how many had to be rounded.

    Half goes away from zero, as in decimal's ROUND_HALF_UP: 0.5 -> 1 and -0.5 -> -1, so that a
    refund undoes its sale (our rule). Raises OverflowError where the file's money, all added up,
    is beyond int64.
    """
    units, finer = numbers.units, numbers.scale - decimals
    rounded = int(numbers.finer_than(decimals).sum())
    if finer > 0:
        step = 10**finer
        wide = units if step < ROOM and largest(units) < ROOM - step else units.astype(object)
        size = (abs(wide) + step // 2) // step
        units = np.where(wide < 0, -size, size)
    elif finer < 0:
        wide = units if largest(units) * 10**-finer < ROOM else units.astype(object)
        units = wide * 10**-finer
    if not _adds_up(units, 2**63 if units.dtype == object else ROOM):
        raise OverflowError
    return units.astype(np.int64), rounded


def _units(digits: pa.Array, shift: np.ndarray, readable: np.ndarray) -> np.ndarray:
    lengths = pc.binary_length(digits).to_numpy()
    if int((lengths + shift)[readable].max(initial=0)) <= 18:
        whole = pc.if_else(pa.array(readable & (lengths > 0)), digits, "0")
        return pc.cast(whole, pa.int64()).to_numpy() * 10 ** np.where(readable, shift, 0)
    pairs = zip(digits.to_pylist(), shift.tolist(), readable.tolist(), strict=True)
    return np.array([int(d or 0) * 10**s if good else 0 for d, s, good in pairs], object)


def largest(units: np.ndarray) -> int:
    """The largest magnitude among the units."""
    return max(abs(int(units.max(initial=0))), abs(int(units.min(initial=0))))


def _adds_up(units: np.ndarray, room: int) -> bool:
    """Whether all magnitudes come to less than `room`."""
    if largest(units) * len(units) < room:
        return True
    exact = units.dtype == object
    return bool((sum(map(abs, units)) if exact else np.abs(units.astype(float)).sum()) < room)


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f") if number else "0"
