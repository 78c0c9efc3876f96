"""What the lines of an order come to, against the order's own amount."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from toolkit import currency as money
from toolkit.intake.ledger import Note
from toolkit.intake.reading import Reading
from toolkit.intake.sales import product_lines


@dataclass(frozen=True)
class LineSums:
    """What the lines of every order come to, in minor units; arrays run parallel to the orders.

    sums: the ways to add them up: the products; with discounts; with postage, fees and points as
    well. compared: orders with lines all of which have an amount (mask). slack: what rounding may
    make of it. returned: orders that are returns, with lines that are all positive (mask).
    """

    sums: tuple[np.ndarray, ...]
    compared: np.ndarray
    slack: np.ndarray
    returned: np.ndarray


def sums_of(
    lines: Reading, rows: np.ndarray, of_row: np.ndarray, once: bool, orders: pa.Table
) -> LineSums:
    """The sums of these rows, `of_row` the order of each row of the lines; `once` as for
    `product_lines.lines_of`, of which the amounts are."""
    count, at = len(orders), of_row[rows]
    amounts, known, rounded = product_lines.own_amounts(lines, rows, once)
    unknown = np.bincount(at[~known], minlength=count)
    there = np.bincount(at, minlength=count)
    own = orders["amount"].to_numpy()
    negative = np.bincount(at[amounts < 0], minlength=count)
    returned = (own < 0) & (negative == 0) if orders["amount"].null_count == 0 else there < 0
    signed = np.where(returned[at], -amounts, amounts)
    kinds = {name: mask[rows] for name, mask in lines.row_kinds.items()}
    goods = lines.goods[rows]
    off = goods | kinds["discount"]
    every = off | kinds["postage"] | kinds["fee"]
    points = np.where(kinds["points"], -np.abs(amounts), 0)
    parts = [np.where(goods, signed, 0), np.where(off, signed, 0)]
    parts.append(np.where(every, signed, points))
    sums = []
    for part in parts:
        total = np.zeros(count, np.int64)
        np.add.at(total, at, part)
        sums.append(total)
    return LineSums(tuple(sums), (there > 0) & (unknown == 0), there * bool(rounded), returned)


def notes(sums: LineSums, orders: pa.Table, first: np.ndarray, reading: Reading) -> list[Note]:
    """Whether the lines meet the orders: each has, by one of the sums, the order's amount or its
    total as the file has it (our rule); with the first order that they do not meet. `first`: the
    first row of every order."""
    if orders["amount"].null_count or not sums.compared.any():
        return []
    own = orders["amount"].to_numpy()
    met = np.zeros(len(own), bool)
    for target in (own, _gross(reading, first, own)):
        for each in sums.sums:
            met |= np.abs(each - target) <= sums.slack
    apart = np.flatnonzero(sums.compared & ~met)
    compared = int(sums.compared.sum())
    if not len(apart):
        return [Note("lines_meet", {"n": compared})]
    code, goods = reading.settings.currency, sums.sums[0]
    values = {
        "n": len(apart),
        "all": compared,
        "row": orders["source_row"][int(apart[0])].as_py(),
        "one": money.major(goods[apart[0]], code),
        "order": money.major(own[apart[0]], code),
        "lines": money.major(goods[apart].sum(), code),
        "orders": money.major(own[apart].sum(), code),
        "currency": code,
    }
    return [Note("lines_apart", values)]


def _gross(reading: Reading, first: np.ndarray, own: np.ndarray) -> np.ndarray:
    """The orders' totals as they stand in their first rows, else their own amounts."""
    if reading.roles.basis != "total":
        return own
    at = reading.roles.at("amount")
    totals, known, _ = product_lines.in_minor_units(reading, first, reading.amounts(at))
    return np.where(known, totals, own)
