"""Amounts as people and systems write them, read as exact integers at the column's own scale."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.grid import Coded, half_width

ROOM = 2**62  # magnitudes below it are added up as int64, larger ones as Python's own integers
SIGNS = {  # what a sign written at an amount can mean
    "¥": ("JPY", "CNY"),
    "円": ("JPY",),
    "\\": ("JPY",),  # Shift_JIS has the yen sign where others have the backslash
    "€": ("EUR",),
    "£": ("GBP", "EGP", "LBP", "SYP", "FKP", "GIP", "SHP", "SSP", "SDG", "GGP", "IMP", "JEP"),
    "$": (
        *("USD", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "BRL"),
        *("UYU", "DOP", "BBD", "BMD", "BND", "BSD", "BZD", "CVE", "FJD", "GYD", "JMD", "KYD"),
        *("LRD", "NAD", "SBD", "SRD", "TTD", "XCD", "DZD", "CUP", "NIO", "MOP"),
    ),
}
_MINUS = "-−–△▲"
AMOUNT = (
    rf"^(?P<paren>\()? ?(?P<minus>[{_MINUS}])? ?\+?(?P<sign>[¥$€£\\])? ?(?P<inner>[{_MINUS}])? ?"
    r"(?P<whole>\d{1,3}(?:[, ]\d{3})+|\d*)(?:\.(?P<part>\d*))?(?:[eE](?P<power>[+-]?\d{1,2}))?"
    r" ?(?P<after>円|€)?(?:税込|税抜|-)? ?(?P<close>\))?$"
)


@dataclass(frozen=True)
class Numbers:
    """Exact numbers: `units / 10**scale`. units: int64, or Python integers where those would not
    do; readable: False where there is no number (units 0); signs: the currency sign written."""

    units: np.ndarray
    scale: int
    readable: np.ndarray
    signs: np.ndarray

    def spread(self, column: Coded) -> Numbers:
        """Numbers of a column's texts as numbers of its rows."""
        rows = (column.look_up(each) for each in (self.units, self.readable, self.signs))
        units, readable, signs = rows
        return Numbers(units, self.scale, readable, signs)

    def of_rows(self, rows: np.ndarray) -> Numbers:
        """The numbers of these rows."""
        return Numbers(self.units[rows], self.scale, self.readable[rows], self.signs[rows])

    def times(self, other: Numbers) -> Numbers:
        """The product, row by row, exact."""
        one, two = self.units, other.units
        if _largest(one) * _largest(two) >= ROOM:
            one = one.astype(object)
        signs = np.where(self.signs == "", other.signs, self.signs)
        scale = self.scale + other.scale
        return Numbers(one * two, scale, self.readable & other.readable, signs)

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


def read_amounts(column: Coded) -> Numbers:
    """The numbers of a column of text, one per row.

    Read: full-width digits, thousands commas and blanks, ¥ ￥ 円 $ € £, and minus as -500, (500),
    △500, ▲500. A comma that does not group three digits is not guessed at: unreadable.
    """
    texts = half_width(column.texts)
    found = pc.extract_regex(texts, AMOUNT)
    part = {each.name: _text(found, each.name) for each in found.type}
    whole = pc.replace_substring_regex(part["whole"], "[, ]", "")
    fraction = pc.utf8_rtrim(part["part"], "0")
    digits = pc.binary_join_element_wise(whole, fraction, "")
    written = pc.binary_length(pc.binary_join_element_wise(part["whole"], part["part"], ""))
    paren, minus, inner = (
        pc.not_equal(part[name], "").to_numpy(False) for name in ("paren", "minus", "inner")
    )
    closed = paren == pc.not_equal(part["close"], "").to_numpy(False)
    readable = closed & ~(minus & inner) & (written.to_numpy() > 0)
    places = pc.binary_length(fraction).to_numpy().astype(np.int64) - _powers(part["power"])
    places = np.where(readable, places, 0)
    scale = max(int(places.max(initial=0)), 0)
    units = _units(digits, scale - places, readable)
    units = np.where(paren | minus | inner, -units, units)
    signs = pc.binary_join_element_wise(part["sign"], part["after"], "").to_numpy(False)
    return Numbers(units, scale, readable, signs.astype(object)).spread(column)


def total(numbers: Numbers, groups: np.ndarray, count: int) -> Numbers:
    """The exact sum of each of `count` groups; group i of row r is `groups[r]`."""
    units = numbers.units
    if units.dtype != object and np.abs(units.astype(float)).sum() >= ROOM:
        units = units.astype(object)
    sums = np.zeros(count, units.dtype)
    np.add.at(sums, groups, units)
    return Numbers(sums, numbers.scale, np.ones(count, bool), np.full(count, "", object))


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
        wide = units if step < ROOM and _largest(units) < ROOM - step else units.astype(object)
        size = (abs(wide) + step // 2) // step
        units = np.where(wide < 0, -size, size)
    elif finer < 0:
        wide = units if _largest(units) * 10**-finer < ROOM else units.astype(object)
        units = wide * 10**-finer
    if sum(abs(int(each)) for each in units if units.dtype == object) >= 2**63:
        raise OverflowError
    if units.dtype != object and np.abs(units.astype(float)).sum() >= ROOM:
        raise OverflowError
    return units.astype(np.int64), rounded


def _units(digits: pa.Array, shift: np.ndarray, readable: np.ndarray) -> np.ndarray:
    lengths = pc.binary_length(digits).to_numpy()
    if int((lengths + shift)[readable].max(initial=0)) <= 18:
        whole = pc.if_else(pa.array(readable & (lengths > 0)), digits, "0")
        return pc.cast(whole, pa.int64()).to_numpy() * 10 ** np.where(readable, shift, 0)
    pairs = zip(digits.to_pylist(), shift.tolist(), readable.tolist(), strict=True)
    return np.array([int(d or 0) * 10**s if good else 0 for d, s, good in pairs], object)


def _powers(powers: pa.Array) -> np.ndarray:
    bare = pc.if_else(pc.equal(powers, ""), "0", pc.replace_substring(powers, "+", ""))
    return pc.cast(bare, pa.int64()).to_numpy()


def _text(found: pa.StructArray, name: str) -> pa.Array:
    return pc.fill_null(pc.struct_field(found, name), "")


def _largest(units: np.ndarray) -> int:
    return max(abs(int(units.max(initial=0))), abs(int(units.min(initial=0))))


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f") if number else "0"
