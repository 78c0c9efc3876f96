"""The first rows of the sales files, every column of them: what recognition looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from toolkit.intake.tables.coded import Coded, coded
from toolkit.intake.tables.ditto import without_ditto
from toolkit.intake.tables.fingerprints import occurrences
from toolkit.intake.tables.grid import CODED, Grid

MOST_ROWS = 20_000  # rows looked at, of all files together


@dataclass(frozen=True)
class Glance:
    """The first rows of the files: columns by position in the header, row by row of one length.

    A file without one of the columns has blanks there; rows without any value are left out.
    headed: the columns have names (else "1", "2", ...).
    """

    columns: tuple[Coded, ...]
    rows: int
    headed: bool = True


def first_rows(grids: Sequence[Grid], header: Sequence[str], most: int = MOST_ROWS) -> Glance:
    """The first rows of every file, as many of each; `header` is that of all (InputProblem)."""
    place = {key: i for i, key in enumerate(occurrences(header))}
    parts = [_head(grid, -(-most // len(grids))) for grid in grids]
    columns: list[list[pa.Array]] = [[] for _ in header]
    for grid, batches in zip(grids, parts, strict=True):
        at = {place[key]: i for i, key in enumerate(occurrences(grid.header))}
        for batch in batches:
            blank = pa.DictionaryArray.from_arrays(
                pa.array(np.zeros(batch.num_rows, np.int32)), pa.array([""], pa.string())
            )
            for i, chunks in enumerate(columns):
                chunks.append(batch.column(at[i]) if i in at else blank)
    whole = _without_blank_rows([without_ditto(_joined(chunks)) for chunks in columns])
    headed = all(grid.headed for grid in grids)
    return Glance(whole, len(whole[0].codes) if whole else 0, headed)


def _head(grid: Grid, most: int) -> list[pa.RecordBatch]:
    taken, rows = [], 0
    for columns, _ in grid.in_order():
        taken.append(columns.slice(0, most - rows))
        rows += taken[-1].num_rows
        if rows >= most:
            break
    return taken


def _joined(chunks: list[pa.Array]) -> Coded:
    whole = pa.chunked_array(chunks, type=CODED).unify_dictionaries()
    if not whole.num_chunks:
        return Coded(np.zeros(0, np.int32), pa.array([], pa.string()))
    codes = np.concatenate([chunk.indices.to_numpy() for chunk in whole.chunks])
    used, codes = np.unique(codes, return_inverse=True)
    return coded(codes, whole.chunk(0).dictionary.take(pa.array(used)))


def _without_blank_rows(columns: list[Coded]) -> tuple[Coded, ...]:
    if not columns:
        return ()
    filled = ~np.logical_and.reduce([column.blank() for column in columns])
    return tuple(Coded(column.codes[filled], column.texts) for column in columns)
