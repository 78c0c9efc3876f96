"""Rows of goods taken back that show it only in their quantity."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pyarrow.compute as pc

from toolkit.intake.columns.refund_files import MARK
from toolkit.intake.sales.sheet import Sheet
from toolkit.intake.values.amounts import Numbers

MOST = 0.5  # share of the rows with a quantity up to which negative ones are returns


def as_returns(sheet: Sheet, numbers: Numbers) -> Numbers:
    """The amounts with those of returned goods negative: quantity -1 and amount 1,000.

    In files of no known system; where half of the quantities or more are negative they say
    nothing of returns, and where a negative quantity goes with a negative amount anywhere the
    file signs its amounts itself. Of a total of several rows all have to be negative. Our rule;
    a note tells either.
    """
    at = sheet.roles.at("units")
    if at is None or sheet.roles.format is not None:
        return numbers
    counted = sheet.read_as_amounts(at, sheet.rows.columns[at], numbers.mark)
    if not counted.units.min(initial=0) < 0:
        return numbers
    there = counted.readable & (counted.units != 0).astype(bool)
    product = ~np.logical_or.reduce(list(sheet.row_kinds.values()))
    negative = there & product & (counted.units < 0).astype(bool)
    if not negative.any():
        return numbers
    if negative.sum() >= MOST * there.sum():
        return _ruled(numbers, False)
    if sheet.roles.basis == "total" and sheet.lines is not None:
        lines, sold = sheet.lines, np.zeros(len(sheet.lines.texts), bool)
        sold[lines.codes[~negative]] = True
        negative &= lines.blank() | ~sold[lines.codes]
    odd = negative & (numbers.units > 0).astype(bool)
    signed = bool((negative & (numbers.units < 0).astype(bool)).any())
    numbers = _ruled(numbers, not signed) if signed or odd.any() else numbers
    if not odd.any():
        return numbers
    values = {"n": int(odd.sum()), "column": sheet.labels[at]}
    values |= {"row": sheet.row_of(np.flatnonzero(odd)[0])}
    told = (*numbers.told, ("quantity_negative_kept" if signed else "quantity_negative", values))
    units = numbers.units if signed else np.where(odd, -numbers.units, numbers.units)
    return replace(numbers, units=units, told=told)


def _ruled(numbers: Numbers, turned: bool) -> Numbers:
    """The numbers with whether these rows say that such amounts are turned."""
    return replace(numbers, ruled=(*numbers.ruled, ("taken back", turned)))


def of_void(sheet: Sheet, void: np.ndarray) -> np.ndarray:
    """Rows of files of refunds whose order a status has taken out (mask `void`): its money has
    never come in."""
    back = np.array([grid.refunds for grid in sheet.grids], bool)[sheet.rows.files]
    if sheet.order is None or not back.any() or not void.any():
        return np.zeros(len(back), bool)
    gone = pc.unique(sheet.order.at(np.flatnonzero(void & ~sheet.order.blank())))
    whole = pc.replace_substring_regex(sheet.order.texts, re.escape(MARK) + "$", "")
    return back & sheet.order.rows_of(pc.is_in(whole, gone))
