"""Tables below each other in one file: the same columns in another order, or other columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.names import aliases, plain
from toolkit.problems import InputProblem

if TYPE_CHECKING:
    from toolkit.intake.tables.grid import Block

FEWEST = 3  # names of a header that comes again in another order
KINDS = {  # lists of aliases.toml whose names mean one thing in a header that comes again
    "amount": ("total", "line"),
    **{role: (role,) for role in ("order", "date", "customer", "mail", "phone", "name")},
    **{role: (role,) for role in ("price", "quantity", "product", "product_name", "discount")},
}


def in_order(blocks: Iterable[Block], header: Sequence[str]) -> Iterator[Block]:
    """The blocks of a table with the columns in the order of the header, also below a header that
    comes again with its names in another order. Such a header comes out as the first one."""
    turns: list[tuple[int, list[int]]] = []  # from which row on, and where each column stands
    names = [plain(name) for name in header]
    once = len([name for name in names if name]) >= FEWEST and len(set(names)) == len(names)
    for block in blocks:
        if once:
            turns = sorted([*turns, *_turns(block, names)])
        yield _turned(block, turns) if turns else block


def _turns(block: Block, names: list[str]) -> list[tuple[int, list[int]]]:
    """The rows of a block that have all names of the header, as (number, where each stands)."""
    there = np.ones(block.columns.num_rows, bool)
    for column in sorted(block.columns.columns, key=lambda each: len(each.dictionary)):
        texts = pc.utf8_trim_whitespace(column.dictionary)
        known = np.fromiter((plain(text) in names for text in texts.to_pylist()), bool)
        there &= known[column.indices.to_numpy()]
        if not there.any():
            return []
    found = []
    for i in np.flatnonzero(there):
        cells = [plain(column[int(i)].as_py().strip()) for column in block.columns.columns]
        if sorted(cells) == sorted(names):
            found.append((int(block.numbers[i]), [cells.index(name) for name in names]))
    return found


def _turned(block: Block, turns: list[tuple[int, list[int]]]) -> Block:
    ends = [*(number for number, _ in turns[1:]), np.iinfo(np.int64).max]
    plain_order = list(range(block.columns.num_columns))
    parts = [(block.numbers < turns[0][0], plain_order)]
    parts += [
        ((block.numbers >= start) & (block.numbers < end), places)
        for (start, places), end in zip(turns, ends, strict=True)
    ]
    if all(not where.any() or places == plain_order for where, places in parts):
        return block
    names, rows, numbers = block.columns.schema.names, [], []
    for where, places in parts:
        if where.any():
            some = block.columns.filter(pa.array(where))
            rows.append(pa.RecordBatch.from_arrays([some.column(i) for i in places], names=names))
            numbers.append(block.numbers[where])
    table = pa.Table.from_batches(rows).unify_dictionaries().combine_chunks()
    columns = [column.chunk(0) for column in table.columns]
    made = pa.RecordBatch.from_arrays(columns, names=names)
    return block._replace(columns=made, numbers=np.concatenate(numbers))


def require_same_columns(cells: Sequence[str], header: Sequence[str], file: str, row: int) -> None:
    """A header that comes again has columns of the same kinds: else what stands below it is
    another table, and would be read as what it is not (InputProblem)."""
    for old, new in zip(header, cells, strict=True):
        kinds = [_kinds(old), _kinds(new)]
        if all(kinds) and not kinds[0] & kinds[1]:
            raise InputProblem("second_table", file=file, row=row, old=old, new=new.strip())


def _kinds(name: str) -> set[str]:
    return {
        kind
        for kind, lists in KINDS.items()
        if any(_in(plain(name), aliases()[each]["names"]) for each in lists)
    }


def _in(name: str, names: Sequence[str | list[str]]) -> bool:
    return any(name == each if isinstance(each, str) else name in each for each in names)
