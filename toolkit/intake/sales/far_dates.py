"""Dates far away from all the others: likely slips of the pen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from toolkit.intake.ledger import REASONS, Note

if TYPE_CHECKING:
    from toolkit.intake.reading import Reading

FAR_DAYS = 366
MOST_VISITS, MOST_SHARE = 5, 0.001  # visits that may lie beyond the others; one always may
FEWEST_OTHERS = 20  # visits that have to be there without them
TIMES = 10  # the longest other gap that the one before them has to be


def last_day(days: np.ndarray, customers: np.ndarray) -> np.datetime64:
    """The last day with a visit that is not beyond all belief, of the rows of a file.

    Beyond it are the visits (days of a customer) behind a gap of over a year, more than ten times
    as long as any before it but the first five, if they are at most five and one in a thousand, or
    a single one, and there are 20 others. Our rule: such a date is a slip, and would move the
    closing date.
    """
    counted = days.astype(np.int64)
    some = np.flatnonzero(np.bincount(counted - counted.min()))
    if not (np.diff(some) > FAR_DAYS).any():
        return days.max().astype("datetime64[D]")
    people = int(customers.max()) + 1
    pairs = np.unique(counted * people + customers) // people
    gaps = np.diff(pairs)
    longest = np.maximum.accumulate(np.r_[0, np.where(np.arange(len(gaps)) < MOST_VISITS, 0, gaps)])
    for beyond in range(min(MOST_VISITS, max(1, int(MOST_SHARE * len(pairs)))), 0, -1):
        first = len(pairs) - beyond
        if first < FEWEST_OTHERS:
            continue
        gap = gaps[first - 1]
        if gap > FAR_DAYS and gap > TIMES * longest[first - 1]:
            return np.datetime64(int(pairs[first - 1]), "D")
    return days.max().astype("datetime64[D]")


def notes(reading: Reading) -> list[Note]:
    """On dates far away from the others: those set aside behind the closing date, and those kept
    that are over a year away from 99.9 % of the rows (our rule)."""
    told, days = [], reading.days
    out = np.flatnonzero(reading.sieve.reasons == REASONS.index("after_closing"))
    if reading.settings.closing_date is None and len(out):
        told.append(("stray_after", days[out], {"closing": reading.closing}, out[0]))
    kept = np.flatnonzero(reading.sieve.kept)
    low, high = np.quantile(days[kept].astype(np.int64), [0.001, 0.999])
    counted = days[kept].astype(np.int64)
    far = kept[(counted < low - FAR_DAYS) | (counted > high + FAR_DAYS)]
    if len(far):
        told.append(("stray_dates", days[far], {}, far[0]))
    return [
        Note(
            key,
            values
            | {"n": len(some), "first": some.min().item(), "last": some.max().item()}
            | {"file": reading.file_of(row), "row": int(reading.rows.numbers[row])},
        )
        for key, some, values, row in told
    ]
