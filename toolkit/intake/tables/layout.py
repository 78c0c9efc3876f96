"""How the lines of a text file make a table: what divides them, and where the header stands."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.intake.tables.archives import Stored
from toolkit.intake.tables.decoding import Decoded
from toolkit.intake.tables.headers import KNOWN, Header, find_header
from toolkit.intake.tables.misfits import SWALLOWED
from toolkit.intake.tables.thousands import parted_column
from toolkit.problems import InputProblem

DELIMITERS = (",", "\t", ";", "|")
HEAD = 1 << 18  # bytes looked at
EVEN = 0.8  # share of rows of one width in what is a table and not prose
_SEPARATOR = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)  # what Excel puts above a header
_MARKUP = re.compile(r"\s*<(!doctype|html|\?xml|table|head|meta)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Layout:
    """How a text file is laid out.

    above: lines over its first row of values, which is row `first_row` of the file. empty: no row
    follows. fault: why it cannot be read after all, a key of `[problem]` with its values. parted:
    the column whose thousands are parted by the delimiter, without quotes.
    """

    delimiter: str
    header: Header
    above: int
    first_row: int
    empty: bool
    fault: tuple[str, dict[str, Any]] | None
    parted: int | None = None

    @property
    def divides(self) -> bool:
        """Whether the delimiter makes columns of most rows."""
        return len(self.header.names) > 1 and self.header.fit >= 0.5

    def merit(self) -> tuple[int, bool, float, int]:
        """The more, the likelier this is how the file is meant."""
        known = self.header.known if self.header.known >= KNOWN else 0
        return known, self.divides, self.header.fit, len(self.header.names)

    def is_table(self) -> bool:
        """Whether this is a table and not prose: known names, or columns nearly throughout."""
        wide = len(self.header.names) > 1 and self.header.fit >= EVEN
        return self.header.known >= KNOWN or wide


def find_layout(stored: Stored, encoding: str) -> Layout:
    """The delimiter that makes most of a table of the first lines, and what it makes of them.

    InputProblem where there is nothing, or a web page.
    """
    lines, whole = _head(stored, encoding)
    filled = next((i for i, line in enumerate(lines) if line.strip()), None)
    if filled is None:
        raise InputProblem("empty_file", file=stored.name)
    if _MARKUP.match(lines[filled]):
        raise InputProblem("not_table", file=stored.name)
    delimiters: Sequence[str] = DELIMITERS
    if said := _SEPARATOR.fullmatch(lines[filled]):
        delimiters, lines[filled] = said[1], "\n"
    there = [each for each in delimiters if any(each in line for line in lines)]
    layouts = [_table(lines, whole, each, stored.name) for each in there or delimiters[:1]]
    best = max(layouts, key=Layout.merit)
    if best.header.known < KNOWN and not best.divides and not said:
        spaced = _table(lines, whole, " ", stored.name)
        best = spaced if spaced.divides and '"' not in lines[filled] else best
    return best


def _head(stored: Stored, encoding: str) -> tuple[list[str], bool]:
    """The first lines, and whether they are all there are."""
    with stored.unpacked() as packed:
        stream = io.BufferedReader(
            Decoded(packed, encoding, stored.name, 0, [], piece=HEAD // 4), 1 << 16
        )
        content = stream.read(HEAD)
        whole = not stream.peek(1)
    lines = list(io.StringIO(content.decode("utf-8", "ignore"), newline=""))
    return lines if whole or len(lines) < 2 else lines[:-1], whole


def _table(lines: list[str], whole: bool, delimiter: str, name: str) -> Layout:
    rows, ends = _rows(lines, delimiter)
    if not whole and len(rows) > 1:
        del rows[-1]  # its end may lie beyond
    header = find_header(rows) or Header(("",), 0, True, 0, 0.0, 1)
    starts = [0, *ends]
    if starts[header.top + 1] - starts[header.top] > SWALLOWED:
        fault = ("open_quote", {"file": name, "row": header.top + 1})
        return Layout(delimiter, header, 0, 1, True, fault)
    top = header.top + header.headed
    below = [row for row in rows[top:] if any(cell.strip() for cell in row)]
    names = len(header.names)
    parted = parted_column(below, names) if delimiter == "," and header.headed else None
    fault = None
    if parted is None and below and not any(len(row) == names for row in below):
        values = {"file": name, "row": header.top + 1, "names": names}
        fault = ("header_width", values | {"fields": header.width})
    return Layout(
        delimiter, header, starts[top], top + 1, whole and starts[top] >= len(lines), fault, parted
    )


def _rows(lines: list[str], delimiter: str) -> tuple[list[list[str]], list[int]]:
    """The first rows, and after how many lines each ends."""
    if delimiter == " ":
        return [line.split() for line in lines], list(range(1, len(lines) + 1))
    reader = csv.reader(lines, delimiter=delimiter)
    rows: list[list[str]] = []
    ends: list[int] = []
    with contextlib.suppress(csv.Error):  # a value too long to be one: its quote is never closed
        for row in reader:
            rows.append(row)
            ends.append(reader.line_num)
        return rows, ends
    opened = lines[ends[-1] if ends else 0]
    return [*rows, opened.split(delimiter)], [*ends, len(lines)]
