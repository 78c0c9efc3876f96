"""How much of the sales has a customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from toolkit import currency as money
from toolkit.intake import orders, takings
from toolkit.intake.grid import Coded
from toolkit.intake.ledger import REASONS
from toolkit.intake.sheet import told_out

if TYPE_CHECKING:
    from toolkit.intake.reading import Reading

FEWEST_ORDERS, LARGE_SHARE, MANY_TIMES = 50, 0.05, 20  # of a house account


@dataclass(frozen=True)
class Coverage:
    """rows, orders, amount (minor units): (those with a customer, all). amount is None without
    amounts. All are the rows kept and those left out for want of a customer only."""

    rows: tuple[int, int]
    orders: tuple[int, int]
    amount: tuple[int, int] | None

    @property
    def whole(self) -> bool:
        """Every row has a customer."""
        return self.rows[0] == self.rows[1]


def coverage(reading: Reading) -> Coverage:
    """The share of a reading that has a customer; cancelled orders count on neither side."""
    counted = np.flatnonzero(reading.sieve.kept | _nobody(reading))
    known = reading.sieve.kept[counted]
    grouped = orders.group(_at(reading.order, counted), *_who_and_when(reading, counted))
    with_customer = known[grouped.first]
    return Coverage(
        rows=(int(known.sum()), len(counted)),
        orders=(int(with_customer.sum()), grouped.count),
        amount=_amount(reading, counted, grouped, with_customer),
    )


def _nobody(reading: Reading) -> np.ndarray:
    """Rows that lack nothing but a customer."""
    where = reading.sieve.reasons == REASONS.index("no_customer")
    if not where.any():
        return where
    return where & ~np.logical_or.reduce(list(told_out(reading).values()))


def _who_and_when(reading: Reading, counted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return reading.identity.customer.codes[counted], reading.days[counted]


def _at(column: Coded | None, rows: np.ndarray) -> Coded | None:
    return None if column is None else Coded(column.codes[rows], column.texts)


def _amount(
    reading: Reading, counted: np.ndarray, grouped: orders.Grouped, with_customer: np.ndarray
) -> tuple[int, int] | None:
    if reading.numbers is None:
        return None
    once = takings.counted_once(reading, reading.numbers, counted, grouped)
    decimals = money.decimals(reading.settings.currency)
    amounts, _ = orders.amounts_of(reading.numbers.of_rows(counted), grouped, once, decimals)
    return int(amounts[with_customer].sum()), int(amounts.sum())


def house_account(table: pa.Table) -> tuple[int, int] | None:
    """The number of the customer who has an implausible share of the orders, and how many; None
    where nobody has.

    Implausible: at least 50 orders, at least a twentieth of all, and at least twenty times the
    orders of the mean customer (our rule). Such a key is most often a register's or the staff's.
    """
    counts = np.bincount(table["customer"].to_numpy())
    who = int(counts.argmax())
    most, everyone = int(counts[who]), int((counts > 0).sum())
    many = most >= FEWEST_ORDERS and most >= LARGE_SHARE * len(table)
    return (who, most) if many and most * everyone >= MANY_TIMES * len(table) else None
