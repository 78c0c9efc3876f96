"""Months of the year that bring more than others, where the client's own past shows it."""

from __future__ import annotations

import numpy as np

from toolkit.foresight.ahead.months import month_of

YEARS = 2


def season_of(happened: np.ndarray, expected: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """A factor for each calendar month, around 1; ones where the past does not show any.

    Needs two whole trusted years. The latest is held out: the factors of the year before it have
    to come closer to its months (sum of squares, each year brought to its own total) than none.
    Then the factors are the mean of both years'. Our rule.
    """
    flat = np.ones(12)
    if len(happened) < 12 * YEARS:
        return flat
    years = [_factors(happened, expected, ends, k) for k in range(YEARS)]
    if any(year is None for year in years):
        return flat
    latest, before = years
    if np.square(latest - before).sum() >= np.square(latest - flat).sum():
        return flat
    return (latest + before) / 2


def _factors(happened, expected, ends, year: int) -> np.ndarray | None:
    """Happened by expected, both as shares of their year; counted back, 0 is the latest."""
    stop = len(happened) - 12 * year
    mine, due = happened[stop - 12 : stop], expected[stop - 12 : stop]
    if mine.sum() <= 0 or (due <= 0).any():
        return None
    factors = np.ones(12)
    for at, end in enumerate(ends[1:][stop - 12 : stop]):
        factors[month_of(end)] = mine[at] / due[at] * due.sum() / mine.sum()
    return factors
