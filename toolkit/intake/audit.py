"""What the rows left out come to, and what was sold to nobody known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from toolkit import currency as money
from toolkit.intake.ledger import REASONS
from toolkit.intake.sales.orders import group
from toolkit.intake.values.amounts import minor_units, total
from toolkit.problems import InputProblem

if TYPE_CHECKING:
    from toolkit.intake.reading import Reading


@dataclass(frozen=True)
class Audit:
    """Money and rows that are in the file and not in the book.

    amounts: reason -> net money of its rows with a readable amount, minor units, rounded once;
    a reason without such a row is missing, and all are without amounts. nameless_rows: rows
    without a customer that nothing else would have left out; nameless_amount: their net money
    (None without amounts). With the rows kept they are all the shop sold as far as can be read.
    """

    amounts: Mapping[str, int] = field(default_factory=dict)
    nameless_rows: int = 0
    nameless_amount: int | None = None


def audit_of(reading: Reading, once: bool) -> Audit:
    """The audit of a reading (InputProblem when the amounts are too large to be money).

    `once`: amounts are totals repeated on the rows of an order; such a total counts for the reason
    of the order's first row, and not at all where a row of the order was kept. Our rule.
    """
    sifted = reading.sieve
    nobody = REASONS.index("no_customer")
    nameless = (sifted.reasons == nobody) & ~sifted.doubly
    if reading.numbers is None:
        return Audit(nameless_rows=int(nameless.sum()))
    counted = ~sifted.kept & reading.numbers.readable
    if once and reading.order is not None:
        counted &= _first_of_order(reading)
    amounts = {
        reason: _sum(reading, counted & (sifted.reasons == place))
        for place, reason in enumerate(REASONS)
        if (counted & (sifted.reasons == place)).any()
    }
    return Audit(amounts, int(nameless.sum()), _sum(reading, counted & nameless))


def _first_of_order(reading: Reading) -> np.ndarray:
    """The first row (mask) of each order of which no row was kept."""
    undated = np.isnat(reading.days)
    days = np.where(undated, reading.days[~undated].min(), reading.days)
    grouped = group(reading.order, reading.identity.customer.codes, days)
    first = np.zeros(len(days), bool)
    first[grouped.first] = True
    there = np.zeros(grouped.count, bool)
    there[grouped.order_of[reading.sieve.kept]] = True
    return first & ~there[grouped.order_of]


def _sum(reading: Reading, rows: np.ndarray) -> int:
    """Net money of these rows (mask), added up exactly and rounded after."""
    numbers = reading.numbers.of_rows(np.flatnonzero(rows))
    whole = total(numbers, np.zeros(len(numbers.units), np.int64), 1)
    try:
        units, _ = minor_units(whole, money.decimals(reading.settings.currency))
    except OverflowError as error:
        column = ", ".join(reading.names("amount"))
        raise InputProblem("amount_too_large", file=reading.file, column=column) from error
    return int(units[0])
