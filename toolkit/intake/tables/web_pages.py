"""Tables in web pages, as which some systems export what they name .xls."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

import numpy as np
import pyarrow as pa

from toolkit.intake.tables.archives import Stored
from toolkit.intake.tables.decoding import Decoded
from toolkit.intake.tables.grid import Block, Broken, Grid
from toolkit.intake.tables.headers import KNOWN, Header, find_header

HEAD = 100  # rows looked at for the header
FEWEST = 2  # rows of a table, the header among them; fewer are a layout
MOST_SPAN = 1_000  # columns or rows that a cell may stretch over
_HIDDEN = ("script", "style", "template", "head")
_NUMBER = re.compile(r"[-+△▲]?[¥\\$€£]?[\d,. ]+円?")

Rows = list[list[str]]


def open_page(stored: Stored, encoding: str) -> Grid | None:
    """The table of sales in a page: the one with most known names in its header, of equals the
    longest. None where the page has no table with two of them: it is some other page."""
    pages = _Tables()
    with stored.unpacked() as packed:
        lines = io.BufferedReader(Decoded(packed, encoding, stored.name, 0, []))
        for text in io.TextIOWrapper(lines, "utf-8", newline=""):
            pages.feed(text)
    pages.close()
    found = [(find_header(rows[:HEAD]), rows) for rows in pages.tables if len(rows) >= FEWEST]
    told = [(header, rows) for header, rows in found if header and header.known >= KNOWN]
    if not told:
        return None
    header, rows = max(told, key=lambda each: (each[0].known, len(each[1])))
    broken: list[Broken] = []
    return Grid(
        stored=stored,
        name=stored.name,
        kind="html",
        header=header.names,
        blocks=lambda: _blocks(header, rows, broken),
        encoding=encoding,
        headed=header.headed,
        unit=header.unit,
        above=header.above,
        broken=broken,
    )


def _blocks(header: Header, rows: Rows, broken: list[Broken]) -> Iterator[Block]:
    """The rows below the header; what is wider than it is broken."""
    broken.clear()
    width, top = len(header.names), header.top + header.headed
    good: Rows = []
    numbers = []
    for number, row in enumerate(rows[top:], start=top + 1):
        if any(row[width:]):
            broken.append(Broken(number, ", ".join(row)))
            continue
        good.append((row + [""] * width)[:width])
        numbers.append(number)
    columns = [pa.array([row[i] for row in good], pa.string()) for i in range(width)]
    names = [f"f{i}" for i in range(width)]
    coded = [column.dictionary_encode() for column in columns]
    yield Block(pa.RecordBatch.from_arrays(coded, names=names), np.array(numbers, np.int64))


class _Tables(HTMLParser):
    """All tables of a page as rows of texts, those inside others apart from them.

    A cell over several rows stands in each of them, but a number only in the first: an amount
    would count again. Over several columns it stands in the first.
    """

    def __init__(self):
        super().__init__()
        self.tables: list[Rows] = []
        self._open: list[_Table] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self._hidden += tag in _HIDDEN
        if tag == "table":
            self._hidden = 0  # a head that is never closed
            self._open.append(_Table())
        elif not self._open:
            return
        elif tag == "tr":
            self._open[-1].end_row()
        elif tag in ("td", "th"):
            self._open[-1].begin_cell(dict(attrs))
        elif tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(self._hidden - 1, 0)
        if not self._open:
            return
        if tag == "table":
            self._close()
        elif tag == "tr":
            self._open[-1].end_row()
        elif tag in ("td", "th"):
            self._open[-1].end_cell()

    def handle_data(self, data: str) -> None:
        if self._open and not self._hidden:
            self._open[-1].text.append(data)

    def close(self) -> None:
        super().close()
        while self._open:
            self._close()

    def _close(self) -> None:
        table = self._open.pop()
        table.end_row()
        self.tables.append(table.rows)


class _Table:
    """The table that is being read; `text` what its open cell has so far."""

    def __init__(self):
        self.rows: Rows = []
        self.text: list[str] = []
        self._row: list[str] = []
        self._spans: tuple[int, int] | None = None  # columns and rows of the open cell
        self._down: dict[int, tuple[str, int]] = {}  # column -> what stretches on, over how many

    def begin_cell(self, attrs: dict[str, str | None]) -> None:
        self.end_cell()
        self._spans = _span(attrs.get("colspan")), _span(attrs.get("rowspan"))

    def end_cell(self) -> None:
        text = " ".join("".join(self.text).split())
        self.text = []
        if self._spans is None:
            return
        self._stretch()
        across, down = self._spans
        for i in range(across):
            own = text if i == 0 else ""
            if down > 1:
                below = "" if _NUMBER.fullmatch(own) else own
                self._down[len(self._row)] = (below, down - 1)
            self._row.append(own)
        self._spans = None

    def end_row(self) -> None:
        self.end_cell()
        if not self._row:
            return
        self._stretch()
        self.rows.append(self._row)
        self._row = []

    def _stretch(self) -> None:
        """Fill the columns into which cells of rows above stretch."""
        while (at := len(self._row)) in self._down:
            own, left = self._down.pop(at)
            self._row.append(own)
            if left > 1:
                self._down[at] = (own, left - 1)


def _span(text: str | None) -> int:
    return min(max(int(text), 1), MOST_SPAN) if text and text.isdecimal() else 1
