"""Rows with more or fewer fields than the header: mended where nothing is in doubt."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from toolkit.intake.tables.grid import Block, Broken
from toolkit.intake.tables.thousands import joined

SWALLOWED = 50  # line breaks no single value has
RUN = 8  # rows in a row, all too short by as much: Excel leaves out empty cells 16 rows at a time


def line_breaks(text: str) -> int:
    """Line breaks of any kind in a text."""
    return max(text.count("\n"), text.count("\r"))


class Misfits:
    """Takes the misfit rows of a file one after the other, in the order of the file.

    Surplus fields that are all empty are cut. Missing fields are blank once `RUN` rows in
    succession missed as many, as in files saved by Excel. Surplus fields are parts of a number in
    the column `parted` where they make one (`thousands`). All others, among them a row with a
    comma too many or a last one that is torn, go to `broken`.
    """

    def __init__(
        self,
        width: int,
        delimiter: str,
        first_row: int,
        broken: list[Broken],
        parted: int | None = None,
    ):
        self._width, self._delimiter, self._parted = width, delimiter, parted
        self._first, self._broken = first_row, broken
        self._numbers: list[int] = []
        self._next = first_row
        self.swallowed: list[int] = []
        self._mended: list[tuple[int, list[str]]] = []
        self._run: list[tuple[int, list[str], str]] = []  # short rows of one width in succession
        self._usual: set[int] = set()  # widths of such runs that were long enough

    def take(self, row: pacsv.InvalidRow) -> str:
        """For pyarrow, which asks what to do with a row."""
        number = row.number + self._first - 1
        self._numbers.append(number)
        if line_breaks(row.text) > SWALLOWED:
            self.swallowed.append(number)  # pyarrow lets nothing be raised here
        try:
            cells = next(csv.reader([row.text], delimiter=self._delimiter), [])
        except csv.Error:  # longer than any value is: the row of a quote that is never closed
            cells = []
        if len(cells) > self._width and not any(c.strip() for c in cells[self._width :]):
            self._mended.append((number, cells[: self._width]))
        elif 0 < len(cells) < self._width:
            self._short(number, cells, row.text)
        elif self._parted is not None and (whole := joined(cells, self._width, self._parted)):
            self._mended.append((number, whole))
        else:
            self._broken.append(Broken(number, row.text))
        return "skip"

    def between(self, rows: int) -> np.ndarray:
        """The numbers of the next so many rows that fit, the misfits among them left out."""
        spanned = np.arange(self._next, self._next + rows + len(self._numbers), dtype=np.int64)
        numbers = spanned[~np.isin(spanned, self._numbers)][:rows]
        self._next = int(numbers[-1]) + 1 if rows else self._next
        self._numbers = [number for number in self._numbers if number >= self._next]
        return numbers

    def _short(self, number: int, cells: list[str], text: str) -> None:
        if self._run and (number, len(cells)) != (self._run[-1][0] + 1, len(self._run[-1][1])):
            self._close()
        self._run.append((number, cells, text))
        if len(self._run) == RUN:
            self._usual.add(len(cells))
        if len(cells) in self._usual:
            blank = [""] * (self._width - len(cells))
            self._mended += [(each, some + blank) for each, some, _ in self._run]
            self._run = []

    def _close(self) -> None:
        self._broken += [Broken(number, text) for number, _, text in self._run]
        self._run = []

    def mended(self, last: bool = False) -> Iterator[Block]:
        """The rows mended since the last call, out of their place but with their numbers."""
        if last:
            self._close()
        if self._mended:
            numbers = np.array([number for number, _ in self._mended], np.int64)
            columns = zip(*(cells for _, cells in self._mended), strict=True)
            coded = [pa.array(column, pa.string()).dictionary_encode() for column in columns]
            names = [f"f{i}" for i in range(self._width)]
            self._mended = []
            yield Block(pa.RecordBatch.from_arrays(coded, names=names), numbers)
