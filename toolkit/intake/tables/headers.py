"""Which of a table's first rows names its columns."""

from __future__ import annotations

import functools
import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.intake.columns.formats import names_in_formats
from toolkit.intake.columns.qualifiers import heading, unit_above
from toolkit.intake.names import aliases, names_of, plain
from toolkit.intake.tables.strays import LINE_BREAKS
from toolkit.intake.tables.thousands import parted_column

DEEPEST = 40  # rows looked at for a header
KNOWN = 2  # names of sales files that make a row a header; one alone may be a value
_DATE = re.compile(
    r"(\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})"
    r"|(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(\d{6})?"
    r"|[令平昭RHS](和|成)?\d{1,2}[./年]\d{1,2}[./月]\d{1,2}日?)"
    r"([T\s].*)?"
)
_NUMBER = re.compile(r"[-+△▲(]?[¥￥$€£]?[-+]?\d[\d,. ]*[)円%]?")


@dataclass(frozen=True)
class Header:
    """Names of columns found in a table.

    names: "1", "2", ... where the table has none (not `headed`). top: position of the header
    among the rows given, or of the first row. known: how many of the names are those of sales
    files. fit: share of the filled rows that are as wide as the names. width: of most rows below.
    unit: of money, as a line above the header states it, else "". above: what is written above it.
    """

    names: tuple[str, ...]
    top: int
    headed: bool
    known: int
    fit: float
    width: int
    unit: str = ""
    above: tuple[str, ...] = ()


def find_header(rows: Sequence[Sequence[str]]) -> Header | None:
    """The header of a table, from its first rows; None where all of them are blank.

    The row with most names of `aliases.toml`; where no row has two, the first as wide as the
    table. A row of values (a date among them) is no header: then positions name the columns.
    """
    filled = [i for i, row in enumerate(rows) if _filled(row)]
    if not filled:
        return None
    usual = statistics.median_high([_filled(rows[i]) for i in filled])
    wide = [i for i in filled[:DEEPEST] if _filled(rows[i]) * 2 >= usual] or filled[:1]
    top = max(wide, key=lambda i: (_known(rows[i]), -i))
    if _known(rows[top]) < KNOWN:
        top = next((i for i in wide if _filled(rows[i]) * 4 >= usual * 3), wide[0])
    return _spread(rows, top, filled)


def _spread(rows: Sequence[Sequence[str]], top: int, filled: list[int]) -> Header:
    """The header in this row, its names as many as the rows below are wide.

    A column without a name and without a value at the end is a delimiter too many or too few. A
    column of row numbers without a name in front is what R writes.
    """
    headed = not _has_values(rows[top])
    names = tuple(_name(cell) for cell in rows[top]) if headed else ("",) * len(rows[top])
    below = [rows[i] for i in filled if i > top] or [rows[top]]
    width = Counter(map(len, below)).most_common(1)[0][0]
    if headed and len(names) != width:
        like = [row for row in below if len(row) == width]
        beyond = [cell for row in like for cell in row[len(names) :]]
        if not any(names[width:]) and not _filled(beyond):
            names = (names + ("",) * width)[:width]
        elif (
            width == len(names) + 1
            and _counts([row[0] for row in like])
            and parted_column(like, len(names)) is None
        ):
            names = ("", *names)
    if not headed:
        names = tuple(str(i + 1) for i in range(width))
    fit = sum(len(rows[i]) == len(names) for i in filled) / len(filled)
    above = tuple(cell.strip() for row in rows[:top] for cell in row if cell.strip())
    known = _known(names) if headed else 0
    return Header(names, top, headed, known, fit, width, unit_above(above), above)


def same_names(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two headers name the same columns in the same order."""
    return [plain(name) for name in one] == [plain(name) for name in other]


@functools.cache
def _names() -> frozenset[str]:
    """Names of sales files: of the dictionary and of known exports."""
    pairs = (name for pair in aliases()["time"]["pairs"] for name in pair)
    return frozenset(pairs) | names_of(*aliases()) | names_in_formats()


def _known(row: Sequence[str]) -> int:
    """Names of sales files in a row; none in a row with values."""
    if _has_date(row):
        return 0
    found = {plain(cell) for cell in row} | {plain(heading(_name(cell)).name) for cell in row}
    return len(found & _names())


def _has_values(row: Sequence[str]) -> bool:
    cells = [cell.strip() for cell in row if cell.strip()]
    return len(cells) > 1 and (_has_date(cells) or all(map(_NUMBER.fullmatch, cells)))


def _has_date(row: Sequence[str]) -> bool:
    return any(_DATE.fullmatch(cell.strip()) for cell in row)


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _counts(cells: list[str]) -> bool:
    """Whether cells are row numbers: 1, 2, 3 or 0, 1, 2."""
    return any(cells == [str(i + start) for i in range(len(cells))] for start in (0, 1))


def _name(cell: str) -> str:
    """A name on one line."""
    return re.sub(LINE_BREAKS, " ", cell.replace("\ufeff", "").strip())
