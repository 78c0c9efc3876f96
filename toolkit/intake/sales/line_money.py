"""The money of orders whose file has none, out of their product lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pyarrow as pa

from toolkit import currency as money
from toolkit.intake.columns.survey import Survey
from toolkit.intake.ledger import Note
from toolkit.intake.names import plain
from toolkit.intake.sales import takings
from toolkit.intake.sales.line_rows import LineRows, read_line_rows
from toolkit.intake.sales.sheet import file_label
from toolkit.intake.tables.coded import half_width
from toolkit.intake.tables.grid import Block, Grid, gather
from toolkit.intake.values.amounts import minor_units, total
from toolkit.settings import Settings

LACKING = {"no_amount_column", "doubtful_amount"}  # faults of sales without money
COLUMN = "小計"  # what goods come to, before discounts of the order
TOLD = "amount_of_lines"


def with_money(
    grids: Sequence[Grid], lines: tuple[Grid, ...], found: Survey, settings: Settings
) -> list[Grid] | None:
    """The sales files with a column of what the lines of each order come to, told in a note of
    the first; None where they have an amount of their own or lack more than that, name an order
    twice, or the lines have no amounts (InputProblem as `read_line_rows`).

    An order without lines, or with one whose amount cannot be read, has a blank there. Postage,
    fees and points among the lines are no goods. Our rule.
    """
    keys = {key for key, _ in found.faults}
    order = found.roles.columns.get("order", ())
    if not lines or not keys or not keys <= LACKING or len(order) != 1:
        return None
    if settings.amount_column or settings.price_column:
        return None
    name = found.header[order[0]]
    at = [next((i for i, n in enumerate(g.header) if n == name), None) for g in grids]
    if None in at or any(plain(COLUMN) in map(plain, grid.header) for grid in grids):
        return None
    if not all(_once(grid, i) for grid, i in zip(grids, at, strict=True)):
        return None
    rows = read_line_rows(lines, settings, name)
    if rows.numbers is None or rows.sheet.roles.basis == "total":
        return None
    sums = _sums(rows, settings)
    made = [_with(grid, i, sums) for grid, i in zip(grids, at, strict=True)]
    columns = " × ".join(
        name for role in ("amount", "price", "quantity") for name in rows.sheet.names(role)
    )
    told = {"file": file_label(grids), "lines": file_label(lines), "columns": columns}
    made[0] = replace(made[0], notes=(*made[0].notes, Note(TOLD, told)))
    return made


def _once(grid: Grid, at: int) -> bool:
    """Whether every order number stands in one row."""
    column = gather(grid, [at]).columns[at]
    codes = column.codes[~column.blank()]
    return len(np.unique(codes)) == len(codes)


def _sums(rows: LineRows, settings: Settings) -> Mapping[str, str]:
    """Order number -> what its lines come to, as text; with shares taken off rounded to the minor
    unit."""
    mark = settings.decimal_mark or "."
    order, numbers = rows.sheet.order, rows.numbers
    counted = np.flatnonzero(rows.used & ~takings.no_sale(rows.sheet) & ~order.blank())
    codes = order.codes[counted]
    sums = total(numbers.of_rows(counted), codes, len(order.texts))
    if any(key == "discount_share" for key, _ in numbers.told):
        places = money.decimals(settings.currency)
        sums = replace(sums, units=minor_units(sums, places)[0], scale=places)
    there = np.bincount(codes, minlength=len(order.texts)) > 0
    bad = codes[~numbers.readable[counted]]
    there[bad] = False
    texts = _plain(half_width(order.texts))
    places = max(sums.scale, 0) + (sums.scale == 3)  # 1.234 may be 1234 as well
    return {
        texts[i]: f"{Decimal(int(sums.units[i])).scaleb(-sums.scale):.{places}f}".replace(".", mark)
        for i in np.flatnonzero(there).tolist()
    }


def _plain(texts: pa.Array) -> list[str]:
    return [text.strip().removesuffix(".0") for text in texts.to_pylist()]


def _with(grid: Grid, at: int, sums: Mapping[str, str]) -> Grid:
    def read(blocks: Callable[[], Iterator[Block]] = grid.in_order) -> Iterator[Block]:
        for columns, numbers in blocks():
            orders = columns.column(at)
            texts = _plain(half_width(orders.dictionary.cast(pa.string())))
            come_to = pa.array([sums.get(text, "") for text in texts], pa.string())
            added = pa.DictionaryArray.from_arrays(orders.indices, come_to)
            names = [*columns.schema.names, str(len(columns.schema.names))]
            yield Block(pa.RecordBatch.from_arrays([*columns.columns, added], names=names), numbers)

    own = grid.own and (*grid.own, COLUMN)
    return replace(grid, header=(*grid.header, COLUMN), own=own, blocks=read)
