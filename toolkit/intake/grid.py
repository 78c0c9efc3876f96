"""A sales file as columns of coded text: its distinct values once, and per row which one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.names import plain

CODED = pa.dictionary(pa.int32(), pa.string())


@dataclass(frozen=True)
class Grid:
    """An opened file before its rows are read.

    `batches()` yields record batches of text columns coded as `CODED`, one per header name, and
    appends rows that do not fit the header to `broken` as (row, text). first_row: the number of
    the first row below the header, where the file's first row is 1.
    """

    file: Path
    kind: str
    header: tuple[str, ...]
    batches: Callable[[], Iterator[pa.RecordBatch]]
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    first_row: int = 2
    broken: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Coded:
    """A column: `texts[codes[i]]` is row i, trimmed; every text stands once in `texts`."""

    codes: np.ndarray
    texts: pa.StringArray

    def look_up(self, values: np.ndarray) -> np.ndarray:
        """Values found for each text, spread over the rows."""
        return values[self.codes]

    def at(self, rows: np.ndarray) -> pa.Array:
        """The texts of these rows."""
        return self.texts.take(pa.array(self.codes[rows]))

    def blank(self) -> np.ndarray:
        """Rows without a value."""
        return self.look_up(pc.equal(self.texts, "").to_numpy(zero_copy_only=False))


class Misfit(NamedTuple):
    """A row that is no row of the table: the place of its file, its number, text and reason."""

    file: int
    row: int
    text: str
    reason: str


@dataclass(frozen=True)
class Rows:
    """The rows of a file: the wanted columns by header position, the row numbers, a fingerprint.

    Two rows equal in every column have equal fingerprints (uint64), whatever the order of the
    columns; `broken` rows are beside. files: which of several files each row is from (int16).
    """

    columns: dict[int, Coded]
    numbers: np.ndarray
    fingerprints: np.ndarray
    broken: list[Misfit]
    files: np.ndarray

    def __len__(self) -> int:
        return len(self.numbers)


def gather(grid: Grid, wanted: Sequence[int]) -> Rows:
    """Read the file once, batch by batch: keep the wanted columns, a fingerprint of all.

    Rows with no value in any column are blank lines and left out of everything.
    """
    parts: dict[int, list[pa.Array]] = {i: [] for i in wanted}
    fingerprints, filled = [], []
    factors = _factors(grid.header)
    for batch in grid.batches():
        keep = ~_blank(batch)
        filled.append(keep)
        if not keep.all():
            batch = batch.filter(pa.array(keep))
        fingerprints.append(_fingerprint(batch, factors))
        for i in wanted:
            parts[i].append(batch.column(i))
    keep = np.concatenate(filled) if filled else np.zeros(0, bool)
    return Rows(
        columns={i: _joined(parts.pop(i)) for i in wanted},
        numbers=_numbers(grid, len(keep))[keep],
        fingerprints=np.concatenate(fingerprints) if fingerprints else np.zeros(0, np.uint64),
        broken=[Misfit(0, *row, "unreadable") for row in grid.broken if row[1].strip()],
        files=np.zeros(int(keep.sum()), np.int16),
    )


def _numbers(grid: Grid, fitting: int) -> np.ndarray:
    broken = np.array([row for row, _ in grid.broken], dtype=np.int64) - grid.first_row
    positions = np.arange(fitting + len(broken), dtype=np.int64)
    return np.delete(positions, broken) + grid.first_row


def _blank(batch: pa.RecordBatch) -> np.ndarray:
    blank = np.ones(batch.num_rows, bool)
    for column in batch.columns:
        empty = pc.equal(pc.utf8_trim_whitespace(column.dictionary), "")
        blank &= empty.to_numpy(zero_copy_only=False)[column.indices.to_numpy()]
        if not blank.any():
            break
    return blank


def _fingerprint(batch: pa.RecordBatch, factors: np.ndarray) -> np.ndarray:
    """The sum over the columns of what stands in them, nothing for a blank: so the order of the
    columns makes no difference, nor a column of blanks that another file does not have."""
    total = np.zeros(batch.num_rows, np.uint64)
    for column, factor in zip(batch.columns, factors, strict=True):
        texts = column.dictionary.to_numpy(zero_copy_only=False)
        hashes = pd.util.hash_array(texts.astype(object), categorize=False) * factor
        hashes[texts == ""] = 0
        total += hashes[column.indices.to_numpy()]
    return total


def _factors(header: Sequence[str]) -> np.ndarray:
    """An odd number for each column, from its name and how often that has stood before."""
    keys = [f"{name} {k}" for name, k in occurrences(header)]
    return pd.util.hash_array(np.array(keys, object), categorize=False) | np.uint64(1)


def occurrences(header: Sequence[str]) -> list[tuple[str, int]]:
    """Every name in its plain form with how often it has stood before: 送料 may be there twice."""
    seen: dict[str, int] = {}
    found = []
    for name in map(plain, header):
        found.append((name, seen.get(name, 0)))
        seen[name] = seen.get(name, 0) + 1
    return found


def _joined(chunks: list[pa.Array]) -> Coded:
    whole = pa.chunked_array(chunks, type=CODED).unify_dictionaries()
    if not whole.num_chunks:
        return Coded(np.zeros(0, np.int32), pa.array([], pa.string()))
    codes = np.concatenate([chunk.indices.to_numpy() for chunk in whole.chunks])
    return coded(codes, whole.chunk(0).dictionary)


def coded(codes: np.ndarray, texts: pa.Array) -> Coded:
    """A column out of codes and texts, trimmed."""
    return renamed(Coded(codes, texts), pc.utf8_trim_whitespace(texts))


def renamed(column: Coded, texts: pa.Array) -> Coded:
    """The column with its texts replaced, those that became equal made one."""
    if not len(texts) or pc.all(pc.equal(texts, column.texts)).as_py():
        return column
    texts = texts.dictionary_encode()
    return Coded(texts.indices.to_numpy()[column.codes], texts.dictionary)


def half_width(texts: pa.Array) -> pa.Array:
    """Texts in their compatibility form (NFKC): full-width digits and signs become half-width."""
    if pc.all(pc.string_is_ascii(texts)).as_py() is not False:
        return texts
    return pc.utf8_trim_whitespace(pc.utf8_normalize(texts, form="NFKC"))
