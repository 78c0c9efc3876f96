"""Rows of a file that are none of its table: a header that comes again, totals at the foot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.names import aliases, names_of, plain
from toolkit.intake.tables.coded import Coded

HEADING_OR_TOTAL = "heading_or_total"
LINE_BREAKS = r"\s*[\r\n]+\s*"  # inside a name they are a blank
_SUM = (
    r"\W*(\d+[/.])*(\d*(年度?|月度?|日|週|四半期|半期|上期|下期|期|得意先|取引先|顧客|会員|お客様|担当者?|店舗?|部門)分?)*\d*の?"
    r"(総?合計|総計|小計|累計|計|(grand|sub)?totals?{})"
    r"(金額|額|件数|行数|数量|amount)?(\([^)]*\))?\W*"
)
_TOTAL = re.compile(_SUM.format("|sum") + r"[\d,.]*\W*円?")
_NAMED = re.compile(_SUM.format(""))


def heading_rows(columns: pa.RecordBatch, header: Sequence[str]) -> np.ndarray:
    """Mask of the rows that in every named column say what the header says, or another name that
    columns of sales files have.

    Files of several months pasted together have them, and columns may have been renamed between.
    `header`: as it stands in the file. The column with fewest values is asked first: nearly always
    that is all it takes.
    """
    named = [(len(c.dictionary), i) for i, c in enumerate(columns.columns) if header[i]]
    same = np.full(columns.num_rows, len(named) > 1)
    for _, i in sorted(named):
        if not same.any():
            break
        texts = pc.utf8_trim_whitespace(columns.column(i).dictionary)
        texts = pc.replace_substring_regex(texts, LINE_BREAKS, " ")
        equal = pc.equal(texts, header[i]).to_numpy(zero_copy_only=False)
        equal = equal | np.fromiter((plain(text) in _names() for text in texts.to_pylist()), bool)
        same &= equal[columns.column(i).indices.to_numpy()]
    return same


def names_total(text: str) -> bool:
    """Whether a text in place of a name or number says that its row adds up others: 合計, 月計,
    4月分計, 総計(80件), grand total."""
    return _NAMED.fullmatch(plain(text)) is not None


def totals_among(texts: pa.Array) -> pa.Array:
    """Which texts name a total (mask)."""
    found = np.zeros(len(texts), bool)
    if not any(pc.any(pc.match_substring(texts, each)).as_py() for each in "計tT"):
        return pa.array(found)  # as of most numbers, and known sooner
    some = pc.match_substring_regex(texts, "計|(?i:total)").to_numpy(zero_copy_only=False)
    for i in np.flatnonzero(some):
        found[i] = names_total(texts[int(i)].as_py())
    return pa.array(found)


def named_totals(column: Coded) -> np.ndarray:
    """The rows whose text in a column names a total (mask)."""
    return column.rows_of(totals_among(column.texts))


@cache
def _names() -> frozenset[str]:
    """Every known name of a column."""
    return names_of(*aliases())


class Foot:
    """The last rows of a file, to find the totals among them."""

    DEPTH = 5

    def __init__(self, width: int):
        self._width = width
        self._rows: list[tuple[int, str, list[str]]] = []

    def see(self, columns: pa.RecordBatch, numbers: np.ndarray) -> None:
        """Remember the last rows of a block."""
        last = columns.slice(max(0, len(numbers) - self.DEPTH))
        rows = zip(*(each.to_pylist() for each in last.columns), strict=True)
        for row, cells in zip(numbers[-self.DEPTH :].tolist(), rows, strict=True):
            self.add(row, ",".join(cells), list(cells))

    def add(self, row: int, text: str, cells: list[str]) -> None:
        """Remember a row with its number, its text and its cells."""
        self._rows = sorted([*self._rows, (row, text, cells)])[-self.DEPTH :]

    def totals(self) -> dict[int, str]:
        """Number -> text of the rows that add up those above.

        A cell says so and at most half of the others are filled: an order for something called
        "Total" has its customer and its date.
        """
        return {row: text for row, text, cells in self._rows if self._is_total(cells)}

    def _is_total(self, cells: list[str]) -> bool:
        filled = [plain(cell) for cell in cells if cell.strip()]
        beside = len(filled) - 1
        return 2 * beside <= self._width - 1 and any(map(_TOTAL.fullmatch, filled))
