"""A sales file as columns of coded text, and its rows gathered from its blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.ledger import Note
from toolkit.intake.tables.archives import Stored
from toolkit.intake.tables.coded import Coded, coded
from toolkit.intake.tables.fingerprints import code_hashes, column_factors, row_hashes
from toolkit.intake.tables.formulas import Unworked
from toolkit.intake.tables.strays import HEADING_OR_TOTAL, Foot, heading_rows
from toolkit.intake.tables.turned import in_order, require_same_columns

if TYPE_CHECKING:
    from toolkit.intake.tables.portions import Drawn

CODED = pa.dictionary(pa.int32(), pa.string())


class Broken(NamedTuple):
    """A row that is no row of the table: its number, its text, why it is set aside, and which of
    several files it is from."""

    row: int
    text: str
    reason: str = "unreadable"
    file: int = 0


class Block(NamedTuple):
    """Some rows of a file: text columns coded as `CODED`, one per header name, and row numbers."""

    columns: pa.RecordBatch
    numbers: np.ndarray


@dataclass(frozen=True)
class Grid:
    """An opened file, member of an archive or sheet before its rows are read.

    name: as shown to people. header: names by position, "1", "2", ... in a file without names
    (not `headed`); own: the same as they stand in the file, where it is read under other names.
    `blocks()` reads the rows below the header, `in_order()` those of a header that comes again
    with its names in another order in the order of the first. A row's number is its place in the
    file, blank rows counted, and a row with line breaks inside quotes counted once, as
    spreadsheets do. While reading, rows that do not fit the header go to `broken`, and numbers of
    lines with bytes that are no character to `damaged`; such bytes are U+FFFD in the text.
    begin: has the first of the rows parsed by another thread until they are asked for.
    unit: of money, as a line above the header states it; above: all that is written there.
    notes: on what was chosen within the file. unworked: columns of a workbook's formulas that have
    no values. refunds: all its money goes back. cancelled: numbers of orders that a list beside
    the sales says are cancelled. sheets: names of every sheet of the workbook that has a table;
    chosen: a person named this one.
    """

    stored: Stored
    name: str
    kind: str
    header: tuple[str, ...]
    blocks: Callable[[], Iterator[Block]]
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    headed: bool = True
    unit: str = ""
    above: tuple[str, ...] = ()
    begin: Callable[[Executor], None] = lambda beside: None
    broken: list[Broken] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    notes: tuple[Note, ...] = ()
    unworked: Unworked = field(default_factory=Unworked)
    own: tuple[str, ...] | None = None
    refunds: bool = False
    cancelled: frozenset[str] = frozenset()
    sheets: tuple[str, ...] = ()
    chosen: bool = False

    def in_order(self) -> Iterator[Block]:
        """The rows below the header, every column in its place (`turned`)."""
        return in_order(self.blocks(), self.own or self.header) if self.headed else self.blocks()

    def sha256(self) -> str:
        """Of the file as it lies on disk; of a member of an archive, of its content."""
        return self.stored.sha256


@dataclass(frozen=True)
class Rows:
    """The rows of a file: the wanted columns by header position, the row numbers, a fingerprint.

    Two rows equal in every column that is not wanted have equal fingerprints (uint64), whatever
    the order of the columns; once `fingerprinted`, two rows equal in every column have. `broken`,
    in the order of the file: what is no row of the table, and rows with bytes that are no character
    in a wanted column. files: which of several files each row is from (int16). runs: in a portion
    (`portions`) a number that changes wherever the file goes on to another order; None elsewhere.
    """

    columns: dict[int, Coded]
    numbers: np.ndarray
    fingerprints: np.ndarray
    broken: list[Broken]
    files: np.ndarray
    runs: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.numbers)

    def taken(self, at: np.ndarray, broken: list[Broken]) -> Rows:
        """These rows (mask or positions), and more broken ones."""
        return Rows(
            columns={i: Coded(each.codes[at], each.texts) for i, each in self.columns.items()},
            numbers=self.numbers[at],
            fingerprints=self.fingerprints[at],
            broken=sorted([*self.broken, *broken]),
            files=self.files[at],
            runs=None if self.runs is None else self.runs[at],
        )


def gather(grid: Grid, wanted: Sequence[int], drawn: Drawn | None = None) -> Rows:
    """Read the file once, block by block: keep the wanted columns, a fingerprint of the others.

    `drawn`: only the rows whose order is in a portion, of everything else as many.

    Rows with no value in any column are blank lines and left out of everything. A header that
    comes again and totals at the foot are no rows of the table either, but told in `broken`.
    """
    parts: dict[int, list[pa.Array]] = {i: [] for i in wanted}
    numbers, fingerprints = [np.zeros(0, np.int64)], [np.zeros(0, np.uint64)]
    runs = [np.zeros(0, np.int64)]
    broken: list[Broken] = []
    foot, factors = Foot(len(grid.header)), column_factors(grid.header)
    others = [i for i in range(len(grid.header)) if i not in parts]
    for columns, at in grid.in_order():
        keep = ~_blank(columns)
        if grid.headed and (again := heading_rows(columns, grid.own or grid.header)).any():
            for i in np.flatnonzero(again):
                cells = [column[int(i)].as_py() for column in columns.columns]
                require_same_columns(cells, grid.own or grid.header, grid.name, int(at[i]))
            broken += [
                Broken(int(row), ",".join(grid.own or grid.header), HEADING_OR_TOTAL)
                for row in at[again]
            ]
            keep &= ~again
        if not keep.all():
            columns, at = columns.filter(pa.array(keep)), at[keep]
        foot.see(columns, at)
        if drawn is not None:
            some, changed = drawn.rows(columns)
            columns, at = drawn.filtered(columns, some), at[some]
            runs.append(changed[some])
        numbers.append(at)
        fingerprints.append(row_hashes(columns.select(others), factors[others]))
        for i in wanted:
            parts[i].append(columns.column(i))
    with ThreadPoolExecutor() as pool:
        columns = dict(zip(wanted, pool.map(_joined, parts.values()), strict=True))
    read = Rows(
        columns=columns,
        numbers=np.concatenate(numbers),
        fingerprints=np.concatenate(fingerprints),
        broken=broken,
        files=np.zeros(sum(map(len, numbers)), np.int16),
        runs=None if drawn is None else np.concatenate(runs),
    )
    read = _cleared(read, grid, foot)
    return read if drawn is None else drawn.only(read)


def _cleared(read: Rows, grid: Grid, foot: Foot) -> Rows:
    """Rows in the order of the file, without totals and without those that cannot be decoded."""
    misfits = [each for each in grid.broken if each.text.strip()]
    for each in misfits[-foot.DEPTH :]:
        foot.add(each.row, each.text, each.text.split(grid.delimiter))
    totals = foot.totals()
    broken = [each for each in misfits if each.row not in totals]
    broken += [Broken(row, text, HEADING_OR_TOTAL) for row, text in totals.items()]
    keep = ~np.isin(read.numbers, list(totals)) if totals else np.ones(len(read), bool)
    if grid.damaged:
        marred = np.logical_or.reduce([_marred(each) for each in read.columns.values()]) & keep
        keep &= ~marred
        broken += [Broken(int(read.numbers[i]), _text(read, i)) for i in np.flatnonzero(marred)]
    if not keep.all() or broken:
        read = read.taken(keep, broken)
    if (np.diff(read.numbers) < 0).any():
        read = read.taken(np.argsort(read.numbers, kind="stable"), [])
    return read


def _marred(column: Coded) -> np.ndarray:
    damaged = pc.match_substring(column.texts, "\ufffd")
    return column.rows_of(damaged)


def _text(read: Rows, row: int) -> str:
    return ",".join(each.texts[int(each.codes[row])].as_py() for each in read.columns.values())


def _blank(batch: pa.RecordBatch) -> np.ndarray:
    blank = np.ones(batch.num_rows, bool)
    for column in batch.columns:
        empty = pc.equal(pc.utf8_trim_whitespace(column.dictionary), "")
        blank &= empty.to_numpy(zero_copy_only=False)[column.indices.to_numpy()]
        if not blank.any():
            break
    return blank


def fingerprinted(rows: Rows, factors: np.ndarray) -> Rows:
    """The rows with a fingerprint of all columns, not of the unwanted only."""
    total = rows.fingerprints.copy()
    for i, column in rows.columns.items():
        total += code_hashes(column.codes, column.texts, factors[i])
    return replace(rows, fingerprints=total)


def _joined(chunks: list[pa.Array]) -> Coded:
    whole = pa.chunked_array(chunks, type=CODED).unify_dictionaries()
    if not whole.num_chunks:
        return Coded(np.zeros(0, np.int32), pa.array([], pa.string()))
    codes = np.concatenate([chunk.indices.to_numpy() for chunk in whole.chunks])
    return coded(codes, whole.chunk(0).dictionary)
