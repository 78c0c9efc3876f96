"""Which rows are left out, and the one reason each is left out for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.intake.ledger import REASONS
from toolkit.intake.tables.coded import Coded
from toolkit.intake.tables.grid import Broken, Rows
from toolkit.words import Words, Written

KEPT = -1


class Sieve:
    """One reason per row, the first that applies; reasons are asked in the order of `REASONS`.

    doubly: rows (mask) that a second reason would have left out as well.
    """

    def __init__(self, rows: int):
        self.reasons = np.full(rows, KEPT, np.int8)
        self.doubly = np.zeros(rows, bool)

    def leave_out(self, reason: str, where: np.ndarray) -> None:
        """Give `reason` to these rows (mask), unless they have one."""
        kept = self.kept
        self.doubly |= where & ~kept
        self.reasons[where & kept] = REASONS.index(reason)

    @property
    def kept(self) -> np.ndarray:
        """Mask of rows without a reason."""
        return self.reasons == KEPT


@dataclass(frozen=True)
class Counted(Written):
    """Reasons with their counts, as text in the language it is told in."""

    counts: tuple[tuple[str, int], ...]

    def write(self, words: Words, form: str) -> str:
        told = (f"{words[f'reason.{reason}']} {words.write(n)}" for reason, n in self.counts)
        return words["note.and"].join(told)


def why_none(sieve: Sieve, broken: list[Broken]) -> Counted:
    """The reasons why no row is kept, with their rows."""
    found, counts = np.unique(sieve.reasons, return_counts=True)
    tally = {REASONS[i]: int(n) for i, n in zip(found, counts, strict=True)}
    for each in broken:
        tally[each.reason] = tally.get(each.reason, 0) + 1
    return Counted(tuple((reason, tally[reason]) for reason in REASONS if tally.get(reason)))


def return_slips(units: np.ndarray, orders: Coded | None, cancelled: np.ndarray) -> np.ndarray:
    """Rows of orders that come to less than zero, they or their rows with a cancelling mark (mask
    `cancelled`); without an order number each row is its own.

    A return or cancellation slip is money going back on its own date, whatever its status says;
    only a status on an order that was money coming in voids that order (definitions, "Money"). A
    mark on the slip alone, its sale being without one, takes out nothing: the sale would stay.
    """
    single = (units < 0).astype(bool)
    if orders is None:
        return single
    less = np.zeros(len(orders.texts), bool)
    for part in (units, np.where(cancelled, units, 0)):
        sums = np.zeros(len(orders.texts), units.dtype)
        np.add.at(sums, orders.codes, part)
        less |= (sums < 0).astype(bool)
    return np.where(orders.blank(), single, orders.look_up(less))


def undone(
    units: np.ndarray,
    orders: Coded | None,
    days: np.ndarray,
    slips: np.ndarray,
    cancelled: np.ndarray,
) -> np.ndarray:
    """Return slips (of the mask `slips`) of cancelled sales: of the same order number, day and
    amount. The status has taken the sale out, so the money has not come in."""
    if orders is None or not (slips.any() and cancelled.any()):
        return np.zeros(len(units), bool)
    frame = pd.DataFrame({"order": orders.codes, "day": days.astype(np.int64), "of": abs(units)})
    sales = pd.MultiIndex.from_frame(frame[cancelled & ~slips & ~orders.blank()])
    return slips & pd.MultiIndex.from_frame(frame).isin(sales)


def repeated(rows: Rows) -> np.ndarray:
    """Rows equal in every column to an earlier one of the same file.

    The fingerprint decides, and the columns in use are compared exactly besides.
    """
    again = np.zeros(len(rows), bool)
    ordered = np.sort(rows.fingerprints)  # an eighth of the time of looking for them
    several = ordered[1:][ordered[1:] == ordered[:-1]]
    if not len(several):
        return again
    twins = np.flatnonzero(pd.Series(rows.fingerprints).isin(several))
    exact = pd.DataFrame({"fingerprint": rows.fingerprints[twins], "file": rows.files[twins]})
    for i, column in rows.columns.items():
        exact[i] = column.codes[twins]
    again[twins] = exact.duplicated().to_numpy()
    return again
