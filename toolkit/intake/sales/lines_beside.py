"""Product lines that stand in files of their own, joined to the orders by the order number."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.columns.line_columns import OPTION
from toolkit.intake.customers.identity import Identity
from toolkit.intake.ledger import File, Note
from toolkit.intake.reading import Reading
from toolkit.intake.sales import line_sums, product_lines, takings
from toolkit.intake.sales.line_money import TOLD
from toolkit.intake.sales.line_rows import LineRows, read_line_rows
from toolkit.intake.sales.orders import Grouped
from toolkit.intake.sales.sheet import files_read
from toolkit.intake.tables.coded import Coded, half_width
from toolkit.problems import InputProblem

ROWS_TOLD = 5
NOWHERE = -1


@dataclass(frozen=True)
class LinesBeside:
    """What was read of the lines beside the sales.

    lines: as `product_lines.lines_of` has them. names: the product name of every row of their
    files, None without names; column: what it is called. rows, orders: the rows joined, and the
    order (its place in `Ledger.orders`) of each. notes: on what met and what did not.
    files: those of the lines.
    """

    lines: pa.Table
    names: Coded | None
    column: str
    rows: np.ndarray
    orders: np.ndarray
    notes: tuple[Note, ...]
    files: tuple[File, ...]


def read_lines(
    reading: Reading, kept: np.ndarray, grouped: Grouped, orders: pa.Table
) -> LinesBeside | None:
    """The lines of the orders kept, out of the files beside the sales; None without such files.

    A line belongs to the order with its number, written as in the sales; where that is a sale and
    a return of one customer, lines below zero belong to the return. Lines of orders set aside, of
    numbers that the sales do not have and of numbers that several orders have are left out. In an
    order that comes to less than nothing, lines that are all positive are what came back. The
    money of the orders stays what it is. Raises InputProblem where the sales or the lines have no
    order numbers, and where no number is in both.
    """
    if not reading.line_grids:
        return None
    if reading.order is None:
        raise InputProblem("lines_sales_no_order", file=reading.file, option=OPTION)
    names = reading.names("order")
    lines = read_line_rows(reading.line_grids, reading.settings, names[0])
    code = lines.sheet.order.look_up(_places(lines.sheet.order.texts, reading.order.texts))
    _require_met(lines, code, reading)
    first = kept[grouped.first]
    of_row, several = _joined(lines, code, reading, first, orders)
    joined = lines.used & (of_row != NOWHERE)
    rows = np.flatnonzero(joined & lines.goods)
    whole = _as_reading(lines, reading, code, first[of_row])
    once = _once(whole, lines, np.flatnonzero(joined), of_row)
    sums = line_sums.sums_of(whole, np.flatnonzero(joined), of_row, once, orders)
    table = product_lines.lines_of(whole, rows, once)
    table = _with_returns(table, sums.returned[of_row[rows]])
    notes = [
        _read(lines, rows, of_row, reading),
        *lines.notes,
        *_unmet(lines, code, of_row, several),
    ]
    notes += [
        *_without(of_row[rows], orders, reading),
        *line_sums.notes(sums, orders, first, reading),
    ]
    instead = product_lines.lines_of(reading, kept, False)
    if instead is not None and len(instead):
        notes.append(Note("lines_instead", {"file": reading.file, "lines": lines.sheet.file}))
    names = lines.sheet.column("product_name")
    column = ", ".join(lines.sheet.names("product_name"))
    files = files_read(lines.sheet.grids, lines.sheet.rows)
    return LinesBeside(table, names, column, rows, of_row[rows], tuple(notes), files)


def _places(own: pa.Array, sales: pa.Array) -> np.ndarray:
    """Where the numbers of the lines stand among those of the sales, as written, else but for
    width (-1 for nowhere)."""
    exact, wide = pc.index_in(own, sales), pc.index_in(half_width(own), half_width(sales))
    found = pc.fill_null(pc.coalesce(exact, wide), NOWHERE).to_numpy()
    return np.where(pc.equal(own, "").to_numpy(zero_copy_only=False), NOWHERE, found)


def _require_met(lines: LineRows, code: np.ndarray, reading: Reading) -> None:
    """At least one number is in both (InputProblem with one of each)."""
    if (code != NOWHERE).any():
        return
    own, sales = lines.sheet.order, reading.order
    first, there = np.flatnonzero(~own.blank()), np.flatnonzero(~sales.blank())
    raise InputProblem(
        "lines_unmatched",
        option=OPTION,
        file=lines.sheet.file,
        column=lines.sheet.names("order")[0],
        value=own.at(first[:1])[0].as_py() if len(first) else "",
        sales=reading.file,
        sales_column=reading.names("order")[0],
        sales_value=sales.at(there[:1])[0].as_py() if len(there) else "",
    )


def _joined(
    lines: LineRows, code: np.ndarray, reading: Reading, first: np.ndarray, orders: pa.Table
) -> tuple[np.ndarray, np.ndarray]:
    """The order of every row of the lines (-1 for none), and the rows (mask) whose number several
    orders have."""
    places = np.flatnonzero(~reading.order.blank()[first])
    number, who = reading.order.codes[first[places]], reading.identity.customer.codes[first[places]]
    back = (pc.fill_null(orders["amount"], 0).to_numpy() < 0)[places]
    width = len(reading.order.texts) + 1  # the last is that of no number
    sales, returns, anybody = np.full((3, width), NOWHERE)
    for held, some in ((sales, ~back), (returns, back)):
        held[number[some][::-1]] = places[some][::-1]
    anybody[number] = who
    many = np.bincount(number[~back], minlength=width) > 1
    many[number[anybody[number] != who]] = True
    below = np.zeros(len(code), bool)
    if lines.numbers is not None:
        below = (lines.numbers.units < 0).astype(bool)
    one, other = sales[code], returns[code]
    one, other = np.where(below, other, one), np.where(below, one, other)
    found = np.where(one == NOWHERE, other, one)
    several = many[code]
    return np.where(several, NOWHERE, found), several


def _as_reading(lines: LineRows, reading: Reading, code: np.ndarray, at: np.ndarray) -> Reading:
    """The lines as a sales file with the numbers, customers and days of their orders, each of
    which has a row (`at`) and a number (`code`) in the sales; without an order, anybody's."""
    sheet = lines.sheet
    customer = reading.identity.customer
    number = Coded(np.where(code == NOWHERE, 0, code), reading.order.texts)
    rows = replace(sheet.rows, columns={**sheet.rows.columns, sheet.roles.at("order"): number})
    return replace(
        reading,
        grids=sheet.grids,
        header=sheet.header,
        roles=sheet.roles,
        rows=rows,
        purchases=None,
        identity=Identity(Coded(customer.codes[at], customer.texts), {}, 0, 0),
        days=reading.days[at],
        numbers=lines.numbers,
        again=np.zeros(len(sheet.rows), bool),
        goods=lines.goods,
        line_grids=(),
    )


def _once(whole: Reading, lines: LineRows, rows: np.ndarray, of_row: np.ndarray) -> bool:
    """Whether the amounts are totals of orders that stand on each of their lines."""
    codes, _ = pd.factorize(of_row[rows])
    _, first = np.unique(codes, return_index=True)
    return takings.counted_once(whole, lines.numbers, rows, Grouped(codes, first))


def _with_returns(table: pa.Table, back: np.ndarray) -> pa.Table:
    """The lines with those that came back (mask) as pieces and money below zero."""
    if not back.any():
        return table
    sign = pa.array(np.where(back, -1, 1))
    for name in ("quantity", "amount"):
        signed = pc.multiply(table[name], sign.cast(table[name].type))
        table = table.set_column(table.column_names.index(name), name, signed)
    return table


def _read(lines: LineRows, rows: np.ndarray, of_row: np.ndarray, reading: Reading) -> Note:
    sheet = lines.sheet
    columns = dict.fromkeys(sheet.header[i] for i in sheet.roles.positions())
    read = len(sheet.rows) + len(sheet.rows.broken)
    values = {"file": sheet.file, "n": read, "used": len(rows), "columns": ", ".join(columns)}
    money = any(note.key == TOLD for grid in reading.grids for note in grid.notes)
    key = "lines_read_money" if money else "lines_read"
    return Note(key, values | {"orders": len(np.unique(of_row[rows]))})


def _unmet(
    lines: LineRows, code: np.ndarray, of_row: np.ndarray, several: np.ndarray
) -> list[Note]:
    """Notes on lines without an order: of numbers not in the sales, set aside, or of several."""
    strange = lines.used & (code == NOWHERE)
    aside = lines.used & ~strange & (of_row == NOWHERE) & ~several
    doubtful = lines.used & several
    told = []
    if strange.any():
        found = np.flatnonzero(strange)
        numbers = lines.sheet.order
        rows = ", ".join(map(str, lines.sheet.rows.numbers[found[:ROWS_TOLD]]))
        values = {"n": len(found), "all": int(lines.used.sum())}
        values |= {"orders": len(np.unique(numbers.codes[found]))}
        values |= {"rows": rows + (" …" if len(found) > ROWS_TOLD else "")}
        values |= {"value": numbers.at(found[:1])[0].as_py()}
        told.append(Note("lines_unknown", values))
    for key, out in (("lines_set_aside", aside), ("lines_doubtful", doubtful)):
        if out.any():
            told.append(Note(key, {"n": int(out.sum()), "row": lines.where(out)}))
    return told


def _without(joined: np.ndarray, orders: pa.Table, reading: Reading) -> list[Note]:
    """A note on sales, not returns, without any line."""
    sales = pc.greater_equal(pc.fill_null(orders["amount"], 0), 0).to_numpy()
    bare = sales.copy()
    bare[joined] = False
    if not bare.any():
        return []
    at = int(np.flatnonzero(bare)[0])
    values = {"n": int(bare.sum()), "all": int(sales.sum())}
    return [Note("orders_without_lines", values | {"row": orders["source_row"][at].as_py()})]
