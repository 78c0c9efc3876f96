"""Kinds of silence and cells of its length: where a customer can stand between two visits."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import numpy as np

FIRST = 0
VISITS = (2, 4)  # to date, the most of each band but the last; one visit is a kind of its own
PACES = (1 / 8, 1 / 4, 1 / 2)  # mean days between a customer's visits, in lapse lines
GAPS = (1 / 8, 1 / 4, 1 / 2, 1.0)  # days between two visits, in lapse lines
GAP_CLASSES = len(GAPS) + 1
SECOND = 1 + len(PACES) + 1  # the first kind beyond those of second visits
OLD = 1 + (len(VISITS) + 1) * (len(PACES) + 1)  # from here on those who came as the file began
KINDS = 2 * OLD
BEGUN = 1.5  # lapse lines of the file that count as its beginning
ACTIVE_ENDS = (1 / 16, 1 / 8, 3 / 16, 1 / 4, 3 / 8, 1 / 2, 5 / 8, 3 / 4, 1.0)
LAPSED_ENDS = (1.25, 1.5, 2.0, 3.0, 4.0, 6.0)
FINE, COARSE = 1 / 8, 1 / 4  # width of a lapsed cell up to two lapse lines of silence, and after


def kind_of(nth, tenure, lapse_days: int, old=False) -> np.ndarray:
    """The kind of the silence that a visit begins, as a number below `KINDS`.

    0 after a first visit. Else by visits to date (2, 3 to 4, 5 and more) and by the mean
    days between them (tenure / visits after the first): up to an eighth, a quarter, half of the
    lapse line, longer. Our rule: visits to date tell who stays, the own interval tells fast from
    slow, and both are known of everybody. Of old customers who came as the file began
    (`begun_days`) it has not all visits, and they are more loyal than they look: kinds of their
    own, from `OLD` on.
    """
    nth, tenure = np.asarray(nth), np.asarray(tenure, dtype=float)
    mean = tenure / np.maximum(nth - 1, 1)
    pace = np.searchsorted(np.array(PACES) * lapse_days, mean)
    kind = 1 + np.searchsorted(VISITS, nth) * (len(PACES) + 1) + pace
    return np.where(nth <= 1, FIRST, kind) + OLD * np.asarray(old)


def kind_shown(
    nth: ir.IntegerValue, tenure: ir.IntegerValue, lapse_days: int, old: ir.BooleanValue
) -> ir.IntegerValue:
    """`kind_of` as an expression, evaluated in the engine."""
    mean = tenure.cast("float64") / ibis.greatest(nth - 1, 1)
    paces = [(mean <= share * lapse_days, at) for at, share in enumerate(PACES)]
    bands = [(nth <= most, at) for at, most in enumerate(VISITS)]
    band = ibis.cases(*bands, else_=len(VISITS)).cast("int64")
    pace = ibis.cases(*paces, else_=len(PACES)).cast("int64")
    kind = (nth <= 1).ifelse(FIRST, 1 + band * (len(PACES) + 1) + pace)
    return (kind + old.ifelse(OLD, 0)).cast("int64")


def begun_days(lapse_days: int) -> int:
    """Days of a file that are its beginning: who is first seen in them may be an old customer."""
    return int(BEGUN * lapse_days)


def gap_ends(lapse_days: int) -> np.ndarray:
    """The longest gap of each class of gaps but the last, days."""
    return np.floor(np.array(GAPS) * lapse_days)


def gap_of(days, lapse_days: int) -> np.ndarray:
    """The class of so many days between two visits, a number below `GAP_CLASSES`."""
    return np.searchsorted(gap_ends(lapse_days), days)


def usual_way(lapse_days: int) -> np.ndarray:
    """[kind, gap, kind it begins], where nothing is known: a second visit begins what its gap
    says, a later one the kind it ends."""
    table = np.zeros((KINDS, GAP_CLASSES, KINDS))
    table[:, :] = np.eye(KINDS)[:, None, :]
    days = np.append(gap_ends(lapse_days), lapse_days + 1)
    for old in (False, True):
        table[kind_of(1, 0, lapse_days, old)] = np.eye(KINDS)[kind_of(2, days, lapse_days, old)]
    return table


def band_ends(lapse_days: int) -> np.ndarray:
    """The last day of each band of silence in which one rate holds; the last one has no end."""
    ends = np.floor(np.array(ACTIVE_ENDS + LAPSED_ENDS) * lapse_days)
    return np.unique(ends[ends >= 1]).astype(int)


def grid_ends(lapse_days: int) -> np.ndarray:
    """The last day of each step in which visits are counted: every day up to the lapse line, then
    the bands of `band_ends`."""
    bands = band_ends(lapse_days)
    return np.concatenate([np.arange(1, lapse_days + 1), bands[bands > lapse_days]])


def cell_starts(lapse_days: int) -> np.ndarray:
    """The fewest days of silence of each cell: one cell a day up to the lapse line, then wider
    ones, the last without an end."""
    active = np.arange(lapse_days)
    ratios = np.concatenate([np.arange(1, 2, FINE), np.arange(2, 6, COARSE), [6.0]])
    return np.concatenate([active, np.unique(np.floor(ratios * lapse_days))]).astype(int)


def cell_of(silent, lapse_days: int) -> np.ndarray:
    """The cell of so many days of silence."""
    return np.searchsorted(cell_starts(lapse_days), silent, side="right") - 1


def leave(lapse_days: int) -> np.ndarray:
    """The chance to leave each cell in a day without a visit: one over its days."""
    return np.append(1 / np.diff(cell_starts(lapse_days)), 0.0)


def gap_starts(lapse_days: int) -> np.ndarray:
    """The first cell out of which a visit has each class of gap; with fewer days than classes some
    are the same. A visit out of a cell that has lasted g days comes after g + 1."""
    return np.concatenate([[0], gap_ends(lapse_days)]).astype(int)
