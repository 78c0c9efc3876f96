"""Rows of discounts, points, postage and fees: what they do to the sales."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from toolkit.intake.ledger import Note
from toolkit.intake.sales.paid import BACK, OFF, plus
from toolkit.intake.sales.row_kinds import SUMS, kind_of
from toolkit.intake.sales.sheet import Sheet
from toolkit.intake.tables.coded import Coded
from toolkit.intake.values.amounts import Numbers

if TYPE_CHECKING:
    from toolkit.intake.reading import Reading

SHOWN = 3  # names told in a note


def there(sheet: Sheet) -> bool:
    """Whether the file has any such row."""
    return any(kind.any() for kind in sheet.row_kinds.values())


def no_sale(sheet: Sheet) -> np.ndarray:
    """Rows that are no sale of goods (mask): money paid or tendered and change, tax that is within
    the amounts, postage and fees, but with `include_shipping`, and points, a means of payment, but
    with `points_are_discount`."""
    kinds, settings = sheet.row_kinds, sheet.settings
    out = kinds["tendered"] | kinds["paid"] | kinds["tax_within"]
    if not settings.include_shipping:
        out = out | kinds["postage"] | kinds["fee"]
    return out if settings.points_are_discount else out | kinds["points"]


def taken_off(sheet: Sheet, numbers: Numbers, back: np.ndarray) -> Numbers:
    """Rows' own amounts with discounts as money off, whether they are written 100 or -100.

    On a return slip (`back`, a mask) a discount is what did not go back, and so is a positive one
    in an order whose other rows come to less than nothing.
    """
    off = _discounts(sheet)
    if not off.any():
        return numbers
    size = np.abs(numbers.units)
    beside = np.logical_or.reduce([off, *(sheet.row_kinds[kind] for kind in SUMS)])
    returned = (_of_others(numbers.units, beside, sheet.lines) < 0).astype(bool)
    signed = np.where(returned, numbers.units, -size)
    return replace(numbers, units=np.where(off, np.where(back, size, signed), numbers.units))


def out_of_totals(sheet: Sheet, total: Numbers, worth: Numbers) -> Numbers:
    """Orders' totals, which stand on all rows of an order, less its rows of postage and fees and
    with its points put back: where the total is what its rows come to, `worth` of each."""
    kinds, settings, lines = sheet.row_kinds, sheet.settings, sheet.lines
    minus = kinds["discount"] | kinds["points"]
    counted = worth.readable & ~np.logical_or.reduce([kinds[kind] for kind in SUMS])
    size = np.where(counted, np.where(minus, -np.abs(worth.units), worth.units), 0)
    come_to = replace(worth, units=_sums(size, lines))
    out = no_sale(sheet)
    agree = (plus(total, come_to, OFF).units == 0).astype(bool)
    if (agree & out).any():
        note = ("charges_out", {"names": _names(sheet, agree & out)})
        total = replace(total, told=(*total.told, note))
    for kind in ("postage", "fee", "points"):
        stays = settings.points_are_discount if kind == "points" else settings.include_shipping
        if not stays:
            part = _sums(np.where(kinds[kind], np.abs(size), 0), lines)
            sign = BACK if kind == "points" else OFF
            total = plus(total, replace(worth, units=np.where(agree, part, 0)), sign)
    return total


def notes(reading: Reading) -> list[Note]:
    """What was made of the rows of each kind."""
    kinds, settings = reading.row_kinds, reading.settings
    made = {
        "rows_discount": kinds["discount"],
        "rows_points_off" if settings.points_are_discount else "rows_points": kinds["points"],
        "rows_charged" if settings.include_shipping else "rows_charges": kinds["postage"]
        | kinds["fee"],
        "rows_sums": kinds["sum"],
        "rows_tendered": kinds["tendered"] | kinds["paid"] | kinds["tax_within"],
    }
    told = []
    for key, rows in made.items():
        values = {"n": int(rows.sum()), "names": _names(reading, rows)} if rows.any() else {}
        told += [Note(key, values)] if values else []
    return told


def _names(sheet: Sheet, rows: np.ndarray) -> str:
    """The first names or kinds that some rows (mask) have."""
    found: dict[str, None] = {}
    for column in (sheet.bought, *sheet.kind_columns):
        codes = [] if column is None else dict.fromkeys(column.codes[rows].tolist())
        texts = (column.texts[code].as_py() for code in codes)
        found |= dict.fromkeys(text for text in texts if kind_of(text))
    return ", ".join([*found][:SHOWN])


def _discounts(sheet: Sheet) -> np.ndarray:
    kinds = sheet.row_kinds
    off = kinds["discount"]
    return off | kinds["points"] if sheet.settings.points_are_discount else off


def _of_others(units: np.ndarray, off: np.ndarray, lines: Coded | None) -> np.ndarray:
    """What the other rows of every row's order come to; without an order its own sign."""
    return np.where(off, 0, units) if lines is None else _sums(np.where(off, 0, units), lines)


def _sums(units: np.ndarray, lines: Coded) -> np.ndarray:
    """What the rows of every row's order come to; of a row without a number, its own."""
    sums = np.zeros(len(lines.texts), units.dtype)
    np.add.at(sums, lines.codes, units)
    return np.where(lines.blank(), units, sums[lines.codes])
