"""Files too large to hold: their rows in portions of whole orders, one portion after the other.

Every portion is a reading of all files that keeps the rows of some order numbers, drawn by a
fingerprint of the number: so what belongs together, an order's rows, its repetitions and its return
slips, is together. The columns of a portion have the texts of the whole files, so whatever is
decided from texts is decided alike in every portion.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.tables.coded import Coded, bare, renamed
from toolkit.intake.tables.fingerprints import occurrences, text_hashes
from toolkit.intake.tables.grid import Grid, Rows

_MIXED = np.uint64(0xBF58476D1CE4E5B9)
_TEXTS = 1 << 16  # distinct texts waited for before they are put together


@dataclass(frozen=True)
class Portion:
    """One of `of` portions: of the order numbers in a column (by its place in the common header).

    texts: of the columns in use but the orders, as in all portions together.
    """

    orders: int
    nth: int
    of: int
    texts: dict[int, pa.StringArray] = field(default_factory=dict)

    def of_grid(self, column: int) -> Drawn:
        """The same of one file, where the column stands elsewhere."""
        return Drawn(column, self.nth, self.of)

    def in_common(self, columns: dict[int, Coded]) -> dict[int, Coded]:
        """Columns with the texts of all portions in place of this one's own."""
        return {i: self._lifted(i, column) for i, column in columns.items()}

    def _lifted(self, i: int, column: Coded) -> Coded:
        if i not in self.texts:
            return column
        moved = pc.index_in(column.texts, self.texts[i]).to_numpy(zero_copy_only=False)
        return Coded(moved.astype(np.int32)[column.codes], self.texts[i])


class Drawn:
    """The rows of a portion, told block by block in the order of a file."""

    def __init__(self, column: int, nth: int, of: int):
        self._column, self._nth, self._of = column, nth, of
        self._last: np.uint64 | None = None
        self._run = 0

    def rows(self, columns: pa.RecordBatch) -> tuple[np.ndarray, np.ndarray]:
        """Of a block, the rows of the portion (mask), and for every row a number that changes
        where the next order begins."""
        orders = columns.column(self._column)
        marks = mixed(text_hashes(order_texts(orders.dictionary)))[orders.indices.to_numpy()]
        if not len(marks):
            return np.zeros(0, bool), np.zeros(0, np.int64)
        new = np.r_[self._last is None or marks[0] != self._last, marks[1:] != marks[:-1]]
        runs = self._run + np.cumsum(new)
        self._last, self._run = marks[-1], int(runs[-1])
        return marks % np.uint64(self._of) == self._nth, runs

    def filtered(self, columns: pa.RecordBatch, some: np.ndarray) -> pa.RecordBatch:
        """Some rows of a block, with the texts that stand in them alone: as they come out of a
        filter, columns keep those of all rows, and a portion would hold the order numbers of the
        whole."""
        kept, made = columns.filter(pa.array(some)), []
        for column in kept.columns:
            codes, used = column.indices.to_numpy(), np.zeros(len(column.dictionary), bool)
            used[codes] = True
            moved, texts = (np.cumsum(used) - 1).astype(np.int32), column.dictionary
            own = texts.filter(pa.array(used))
            made.append(pa.DictionaryArray.from_arrays(moved[codes], own))
        return pa.RecordBatch.from_arrays(made, schema=kept.schema)

    def only(self, read: Rows) -> Rows:
        """A portion's rows with every so manieth of what is no row of the table."""
        broken = [each for each in read.broken if each.row % self._of == self._nth]
        return replace(read, broken=broken)


def order_texts(texts: pa.StringArray) -> pa.StringArray:
    """Order numbers in the form in which they are compared."""
    plain = bare(texts)
    if pc.any(pc.ends_with(plain, ".0")).as_py():
        plain = pc.replace_substring_regex(plain, r"^(\d+)\.0$", r"\1")
    return plain


def mixed(hashes: np.ndarray) -> np.ndarray:
    """Hashes whose last bits are as good as their first."""
    mixed = hashes ^ (hashes >> np.uint64(31))
    mixed = mixed * _MIXED
    return mixed ^ (mixed >> np.uint64(32))


def texts_of(
    grids: Sequence[Grid], header: Sequence[str], wanted: Sequence[int]
) -> dict[int, pa.StringArray]:
    """The distinct texts of columns in all files, by place in the common header, trimmed."""
    place = {key: i for i, key in enumerate(occurrences(header))}
    found = {i: _Texts() for i in wanted}
    for grid in grids:
        at = {place[key]: i for i, key in enumerate(occurrences(grid.header))}
        for block in grid.in_order():
            for i in wanted:
                found[i].add(block.columns.column(at[i]).dictionary if i in at else None)
    return {i: each.all() for i, each in found.items()}


class _Texts:
    """Distinct texts, put together whenever as many new ones have come as there are."""

    def __init__(self) -> None:
        self._known = pa.array([], pa.string())
        self._new: list[pa.StringArray] = []
        self._count = 0

    def add(self, texts: pa.StringArray | None) -> None:
        texts = pa.array([""], pa.string()) if texts is None else texts
        self._new.append(texts)
        self._count += len(texts)
        if self._count > max(_TEXTS, len(self._known)):
            self._put_together()

    def all(self) -> pa.StringArray:
        self._put_together()
        texts = self._known
        return renamed(Coded(np.zeros(0, np.int32), texts), bare(texts)).texts

    def _put_together(self) -> None:
        self._known = pc.unique(pa.concat_arrays([self._known, *self._new]))
        self._new, self._count = [], 0
