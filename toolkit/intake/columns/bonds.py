"""How columns hang together over the first rows: what goes with an order, a customer, a day."""

from __future__ import annotations

import numpy as np
import pandas as pd

from toolkit.intake.columns.glance import Glance
from toolkit.intake.columns.looks import read_numbers

FEWEST = 8  # values seen more than once, below which nothing is concluded from them
EXACT = 0.98  # share from which on a rule of the file holds
OFTEN = 0.3  # chance of two rows having one value, above which that they are equal says nothing


class Bonds:
    """Measures of the columns of a glance, given by position; None where too little is seen.

    days: the day of every row as a number, -1 for none; None until the date is known.
    """

    def __init__(self, glance: Glance):
        self._glance = glance
        self._codes: dict[int, np.ndarray] = {}
        self._numbers: dict[int, np.ndarray] = {}
        self._held: dict[tuple[int, int], float | None] = {}
        self.days: np.ndarray | None = None

    def codes(self, at: int) -> np.ndarray:
        """What stands in a column, as numbers; -1 for a blank."""
        if at not in self._codes:
            column = self._glance.columns[at]
            self._codes[at] = np.where(column.blank(), -1, column.codes.astype(np.int64))
        return self._codes[at]

    def numbers(self, at: int) -> np.ndarray:
        """The numbers of a column, NaN where there is none."""
        if at not in self._numbers:
            column = self._glance.columns[at]
            self._numbers[at] = column.look_up(read_numbers(column.texts))
        return self._numbers[at]

    def together(self, at: int) -> float | None:
        """Of the rows that repeat a value, the share that stand right below the same value."""
        codes = self.codes(at)
        codes = codes[codes >= 0]
        repeats = len(codes) - np.count_nonzero(np.bincount(codes))
        if repeats < FEWEST:
            return None
        return float((codes[1:] == codes[:-1]).sum() / repeats)

    def on_several_days(self, at: int) -> float | None:
        """Of the values that stand more than once, the share that do so on different days."""
        if self.days is None:
            return None
        one = _single(self.codes(at), self.days)
        return None if one is None else 1 - one

    def holds(self, within: int, at: int) -> float | None:
        """Of the values of one column that stand more than once, the share with which the other
        has a single value: an order has one customer, and several products."""
        if (within, at) not in self._held:
            self._held[within, at] = _single(self.codes(within), self.codes(at))
        return self._held[within, at]

    def a_day(self, at: int, order: int | None) -> float | None:
        """Orders on a day with the same value, in the mean; rows where no order is known. One
        customer seldom comes twice a day, a shop or a region has many orders."""
        if self.days is None:
            return None
        codes, single = self.codes(at), np.arange(len(self.days))
        orders = single if order is None else self.codes(order)
        known = (codes >= 0) & (self.days >= 0) & (orders >= 0)
        if known.sum() < FEWEST:
            return None
        at_day = codes[known] * (int(self.days.max()) + 1) + self.days[known]
        width = int(orders.max()) + 1
        pairs = np.sort(at_day * width + orders[known])
        return _different(pairs) / _different(pairs // width)

    def same(self, one: int, other: int) -> bool:
        """Whether two columns part the rows in the same way, value for value."""
        a, b = self.codes(one) + 1, self.codes(other) + 1
        return bool((_first(a, b)[a] == b).all() and (_first(b, a)[b] == a).all())

    def alike(self, at: int) -> float:
        """The chance that two rows drawn from the column have the same value."""
        codes = self.codes(at)
        counts = np.bincount(codes[codes >= 0])
        return float(((counts / max(counts.sum(), 1)) ** 2).sum())

    def product(self, one: int, other: int, whole: int) -> bool:
        """Whether one x other is the whole in practically every row, to the cent, other being
        more than one in some."""
        a, b, c = (self.numbers(each) for each in (one, other, whole))
        known = ~np.isnan(a) & ~np.isnan(b) & ~np.isnan(c)
        if known.sum() < FEWEST or (b[known] > 1).sum() < FEWEST:
            return False
        right = np.abs(a * b - c)[known] <= 0.011 + 1e-9 * np.abs(c[known])
        return bool(right.mean() >= EXACT)

    def grows(self, money: int, counted: int, within: int | None = None) -> float | None:
        """By how much of itself the money grows with each further unit, in the median, comparing
        rows of one unit with rows of two to five: about 1 for a row's amount, 0 for a price.
        `within` a column, rows are compared with the median row of one unit of the same value."""
        values, n = self.numbers(money), self.numbers(counted)
        if within is not None:
            values = values / _usual(values, self.codes(within), n == 1)
        good = ~np.isnan(values) & ~np.isnan(n) & (values > 0)
        single, more = good & (n == 1), good & (n >= 2) & (n <= 5)
        if single.sum() < FEWEST or more.sum() < FEWEST:
            return None
        larger = np.median(values[more]) / np.median(values[single]) - 1
        return float(larger / (np.mean(n[more]) - 1))


def _usual(values: np.ndarray, groups: np.ndarray, some: np.ndarray) -> np.ndarray:
    """For every row the median of some of the rows (mask) of its group, NaN where there is none."""
    some = some & (groups >= 0) & (values > 0)
    usual = pd.Series(values[some]).groupby(groups[some]).median()
    return usual.reindex(groups).to_numpy()


def _different(ordered: np.ndarray) -> int:
    return 1 + np.count_nonzero(np.diff(ordered))


def _single(groups: np.ndarray, values: np.ndarray) -> float | None:
    """Of the groups seen more than once the share with one value."""
    known = (groups >= 0) & (values >= 0)
    groups, values = groups[known], values[known]
    sizes = np.bincount(groups)
    several = sizes > 1
    if several.sum() < FEWEST:
        return None
    mixed = np.bincount(groups[values != _first(groups, values)[groups]], minlength=len(sizes)) > 0
    return float(1 - (mixed & several).sum() / several.sum())


def _first(groups: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The first value of every group, by the number of the group."""
    first = np.zeros(int(groups.max(initial=0)) + 1, values.dtype)
    first[groups[::-1]] = values[::-1]
    return first
