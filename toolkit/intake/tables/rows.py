"""The rows of several files of one client as the rows of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa

from toolkit.intake.tables.coded import Coded
from toolkit.intake.tables.fingerprints import column_factors, occurrences
from toolkit.intake.tables.grid import Grid, Rows, fingerprinted, gather
from toolkit.intake.tables.portions import Portion


def common_header(grids: Sequence[Grid]) -> tuple[str, ...]:
    """The names of the columns of all files, each once, in the order in which they come."""
    names: dict[tuple[str, int], str] = {}
    for grid in grids:
        for key, name in zip(occurrences(grid.header), grid.header, strict=True):
            names.setdefault(key, name)
    return tuple(names.values())


def gather_all(
    grids: Sequence[Grid],
    header: Sequence[str],
    wanted: Sequence[int],
    portion: Portion | None = None,
) -> Rows:
    """The wanted columns of all files, one below the other; blank where a file has no such column.

    `header` is `common_header`, `wanted` positions in it; `portion`: only its rows.
    """
    place = {key: i for i, key in enumerate(occurrences(header))}
    read = []
    for grid in grids:
        at = {place[key]: i for i, key in enumerate(occurrences(grid.header))}
        drawn = None if portion is None else portion.of_grid(at[portion.orders])
        rows = gather(grid, sorted({at[i] for i in wanted if i in at}), drawn)
        read.append(({i: rows.columns[at[i]] for i in wanted if i in at}, rows))
    parts = [rows for _, rows in read]
    columns = {i: _below(columns.get(i) for columns in _sized(read)) for i in wanted}
    every = Rows(
        columns=columns if portion is None else portion.in_common(columns),
        numbers=np.concatenate([rows.numbers for rows in parts]),
        fingerprints=np.concatenate([rows.fingerprints for rows in parts]),
        broken=[row._replace(file=k) for k, rows in enumerate(parts) for row in rows.broken],
        files=np.repeat(np.arange(len(parts), dtype=np.int16), [len(rows) for rows in parts]),
        runs=None if portion is None else np.concatenate([rows.runs for rows in parts]),
    )
    return fingerprinted(every, column_factors(header))


def _sized(read: Sequence[tuple[dict[int, Coded], Rows]]) -> list[dict[int, Coded]]:
    """The columns of every file with those it does not have as blanks."""
    every = {i for columns, _ in read for i in columns}
    blank = pa.array([""], pa.string())
    return [
        {i: columns.get(i) or Coded(np.zeros(len(rows), np.int32), blank) for i in every}
        for columns, rows in read
    ]


def _below(columns: Iterable[Coded]) -> Coded:
    some = list(columns)
    if len(some) == 1:
        return some[0]
    texts = pa.concat_arrays([column.texts for column in some]).dictionary_encode()
    moved = texts.indices.to_numpy()
    starts = np.cumsum([0, *(len(column.texts) for column in some)])
    codes = [moved[column.codes + start] for column, start in zip(some, starts, strict=False)]
    return Coded(np.concatenate(codes), texts.dictionary)
