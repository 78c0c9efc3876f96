"""Numbers of customers that one of several files has lost the leading zeros of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.columns.glance import first_rows
from toolkit.intake.columns.roles import Roles
from toolkit.intake.columns.whole_dates import mended
from toolkit.intake.customers.identity import nobody
from toolkit.intake.ledger import Note
from toolkit.intake.names import plain
from toolkit.intake.tables.coded import half_width, whole_number
from toolkit.intake.tables.grid import Grid
from toolkit.intake.values.bare_dates import Rule
from toolkit.settings import Settings

MET = 0.9  # share of a file's numbers that are another file's with zeros in front; our rule
DIGITS = r"^\d+$"


def zeros_across(
    grids: Sequence[Grid], header: Sequence[str], roles: Roles, settings: Settings
) -> Sequence[Grid]:
    """The files with the numbers of customers as they are in those that have their zeros, and a
    note on each that had lost them; `grids` itself where none has.

    So where numbers tell customers apart and the files have one heading: in some files all numbers
    of digits are of one length and some begin with a zero; in the other none does and none is
    longer; and at least 90 % of its numbers are, with zeros in front, among the former. Told by
    the first rows of each file. Our rule; `numbers_as_written` leaves them.
    """
    at = roles.columns.get("customer", ())
    if len(grids) < 2 or len(at) != 1 or roles.keys[:1] != ("number",):
        return grids
    if settings.numbers_as_written or len({_heading(grid) for grid in grids}) > 1:
        return grids
    name = header[at[0]]
    numbers = [_numbers(grid, name) for grid in grids]
    whole = [each for each in numbers if _has_zeros(each)]
    widths = {len(each[0].as_py()) for each in whole}
    if not whole or len(widths) > 1 or len(whole) == len(grids):
        return grids
    (width,) = widths
    known = pc.unique(pa.concat_arrays(whole))
    return [
        _padded(grid, name, width) if _has_lost(own, known, width) else grid
        for grid, own in zip(grids, numbers, strict=True)
    ]


def _heading(grid: Grid) -> tuple[str, ...]:
    return tuple(sorted(plain(name) for name in grid.own or grid.header))


def _numbers(grid: Grid, name: str) -> pa.Array:
    """The different numbers of digits in a column."""
    column = first_rows([grid], grid.header).columns[grid.header.index(name)]
    texts = half_width(whole_number(column.texts))
    texts = texts.filter(pc.invert(nobody(texts)))
    return pc.unique(texts.filter(pc.match_substring_regex(texts, DIGITS)))


def _has_zeros(numbers: pa.Array) -> bool:
    one_length = pc.count_distinct(pc.utf8_length(numbers)).as_py() == 1
    return one_length and bool(pc.any(pc.starts_with(numbers, "0")).as_py())


def _has_lost(numbers: pa.Array, known: pa.Array, width: int) -> bool:
    if not len(numbers) or pc.any(pc.starts_with(numbers, "0")).as_py():
        return False
    lengths = pc.min_max(pc.utf8_length(numbers)).as_py()
    if lengths["max"] > width or lengths["min"] == width:
        return False
    met = pc.sum(pc.is_in(pc.utf8_lpad(numbers, width, "0"), known)).as_py()
    return met >= MET * len(numbers)


def _padded(grid: Grid, name: str, width: int) -> Grid:
    def whole(text: str) -> str:
        bare = text.removesuffix(".0")
        return bare.zfill(width) if bare.isdecimal() and bare.strip("0") else text

    note = Note("numbers_joined", {"file": grid.name, "column": name, "width": width})
    rules = {grid.header.index(name): Rule(whole)}
    return replace(grid, blocks=mended(grid.blocks, rules), notes=(*grid.notes, note))
