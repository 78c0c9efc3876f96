"""Refunds and discounts in columns beside rows' own amounts, taken off those."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from toolkit.intake.sales.paid import OFF, aligned, plus
from toolkit.intake.tables.coded import Coded
from toolkit.intake.values.amounts import Numbers


def once_per_order(own: Numbers, part: Numbers, lines: Coded | None) -> bool | None:
    """Whether a part is the order's, repeated on all its rows: so in every order of several rows
    that has it, unless in all of these it is each row's whole amount. Our rule. None where there
    is no such order."""
    if lines is None:
        return None
    group, size = _groups(lines), np.abs(part.units)
    there = np.zeros(len(group), bool)
    there[group[(size != 0).astype(bool)]] = True
    rows = there[group] & (np.bincount(group)[group] > 1)
    if not rows.any():
        return None
    if not (size == size[_starts(group)])[rows].all():
        return False
    amounts, parts = aligned(own, part)
    return bool((np.abs(amounts) != np.abs(parts))[rows].any())


def less(own: Numbers, part: Numbers, lines: Coded | None, where: np.ndarray) -> Numbers:
    """The rows' own amounts without a part, whatever its sign; only on these rows (mask).

    It brings a negative amount nearer to zero. A part that is the order's is taken off its first
    rows of more than nothing, from each as much as it has, and what is left then off the first.
    """
    if not once_per_order(own, part, lines):
        units = np.abs(part.units) * np.where(own.units < 0, -1, 1)
        return plus(own, replace(part, units=np.where(where, units, 0)), OFF)
    amounts, parts = aligned(own, part)
    group, parts = _groups(lines), np.abs(parts)
    start = _starts(group)
    room = np.where(where & (amounts > 0).astype(bool), amounts, 0)
    before = np.cumsum(room) - room
    taken = np.minimum(np.maximum(parts - (before - before[start]), 0), room)
    gone = np.cumsum(taken)
    last = np.r_[group[1:] != group[:-1], True]
    over = parts - (gone - gone[start] + taken[start])  # on the last row of an order: what is left
    bearer = np.full(len(group), -1)
    rows = np.flatnonzero((room > 0).astype(bool))[::-1]
    bearer[start[rows]] = rows
    some = np.flatnonzero(last & (bearer[start] >= 0))
    taken[bearer[start[some]]] += over[some]
    scale = max(own.scale, part.scale)
    return plus(own, replace(part, units=taken, scale=scale), OFF)


def _groups(lines: Coded) -> np.ndarray:
    """The order of every row, counted from 0; a row without a number is one of its own."""
    blank = lines.blank()
    new = np.r_[True, (lines.codes[1:] != lines.codes[:-1]) | blank[1:] | blank[:-1]]
    return np.cumsum(new) - 1


def _starts(group: np.ndarray) -> np.ndarray:
    """The first row of every row's order."""
    return np.flatnonzero(np.r_[True, group[1:] != group[:-1]])[group]
