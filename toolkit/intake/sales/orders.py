"""Rows into orders: one per order number, customer and business day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.tables.coded import Coded, first_rows
from toolkit.intake.values.amounts import Numbers, minor_units, total


@dataclass(frozen=True)
class Grouped:
    """Which order each kept row belongs to, orders in the file's order; `first`: its first row."""

    order_of: np.ndarray
    first: np.ndarray

    @property
    def count(self) -> int:
        return len(self.first)


def group(order: Coded | None, customers: np.ndarray, days: np.ndarray) -> Grouped:
    """Orders of rows given as customer codes, days and, for a file that has them, order numbers.

    Without an order column, and where an order number is blank, every row is an order.
    """
    rows = len(customers)
    if order is None:
        return Grouped(np.arange(rows), np.arange(rows))
    if (alone := _by_number_alone(order, customers, days)) is not None:
        return alone
    numbers = order.codes.astype(np.int64)
    numbers = np.where(order.blank(), len(order.texts) + np.arange(rows), numbers)
    codes = numbers
    for part in (customers.astype(np.int64), (days - days.min()).astype(np.int64)):
        codes, _ = pd.factorize(codes * (int(part.max()) + 1) + part)
    newest = np.maximum.accumulate(codes)  # codes count up in the order of the file
    first = np.flatnonzero(np.r_[True, newest[1:] > newest[:-1]])
    return Grouped(codes, first)


def _by_number_alone(order: Coded, customers: np.ndarray, days: np.ndarray) -> Grouped | None:
    """The orders where every row has a number and no number two customers or days, as nearly
    always: a third of the time. None elsewhere."""
    of_row = first_rows(order.codes, len(order.texts))[order.codes]
    same = (customers[of_row] == customers).all() and (days[of_row] == days).all()
    if not same or order.blank().any():
        return None
    begins = of_row == np.arange(len(customers))
    return Grouped((np.cumsum(begins) - 1)[of_row], np.flatnonzero(begins))


def taken_once(numbers: Numbers, grouped: Grouped) -> bool:
    """Whether orders of several rows repeat one amount on all their rows."""
    if grouped.count == len(numbers.units):
        return False
    return bool((numbers.units == numbers.units[grouped.first][grouped.order_of]).all())


def amounts_of(numbers: Numbers, grouped: Grouped, once: bool, decimals: int) -> tuple:
    """Per order the amount in minor units (int64), and how many orders were rounded.

    Row amounts are added up exactly and rounded after; with `once` the repeated amount counts
    once. Raises OverflowError.
    """
    if once:
        return minor_units(numbers.of_rows(grouped.first), decimals)
    return minor_units(total(numbers, grouped.order_of, grouped.count), decimals)


def table(
    grouped: Grouped,
    order: Coded | None,
    customer: Coded,
    at: np.ndarray,
    days: np.ndarray,
    amounts: np.ndarray | None,
    source: tuple[np.ndarray, np.ndarray],
    numbers: np.ndarray,
) -> pa.Table:
    """The orders as an Arrow table with the columns of `Ledger.orders`.

    `source`: the place of the file each row is from, and its number there. `numbers`: each row's
    customer as `customer_numbers`.
    """
    first, count = grouped.first, grouped.count
    moments = at.astype("datetime64[us]", copy=False).view(np.int64)
    earliest = moments[first]
    np.minimum.at(earliest, grouped.order_of, moments)
    no_number = pa.nulls(count, pa.string())
    order_ids = no_number if order is None else _null_if_blank(order.at(first))
    return pa.table(
        {
            "order_id": order_ids,
            "customer_id": customer.at(first),
            "customer": pa.array(numbers[first]),
            "ordered_at": pa.array(earliest).cast(pa.timestamp("us")),
            "date": pa.array(days[first].astype("datetime64[D]")),
            "amount": pa.nulls(count, pa.int64()) if amounts is None else pa.array(amounts),
            "lines": pa.array(np.bincount(grouped.order_of, minlength=count).astype(np.int64)),
            "source_file": pa.array(source[0][first]),
            "source_row": pa.array(source[1][first]),
        }
    )


def customer_numbers(customer: Coded) -> np.ndarray:
    """The number of each row's customer (int32), so that sorting by number is sorting by text."""
    return customer.look_up(customer.ranks)


def ids_of(customer: Coded) -> pa.Table:
    """The ids by number, one row each: customer (int32, as in `customer_numbers`), id."""
    ids = customer.texts.take(pa.array(np.argsort(customer.ranks)))
    return pa.table({"customer": pa.array(np.arange(len(ids), dtype=np.int32)), "id": ids})


def _null_if_blank(texts: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)
