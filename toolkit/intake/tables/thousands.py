"""Amounts such as 1,944 without quotes in a file whose columns are parted by commas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

FEWEST = 5  # rows with a field too many that show the column
SHARE = 0.95  # of such rows that one column explains, where it mends all it can
_PARTED = re.compile(r"[-+△▲(]?[¥￥\\$€£]?[-−]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?[)円]?")
_SMALL = re.compile(r"[-+△▲(]?[¥￥\\$€£]?[-−]?\d{1,3}(\.\d+)?[)円]?|")


def joined(cells: Sequence[str], width: int, at: int) -> list[str] | None:
    """The cells of a row that has too many with those of column `at` as one, None where these are
    no number with parted thousands."""
    more = len(cells) - width
    number = ",".join(cell.strip() for cell in cells[at : at + more + 1])
    return [*cells[:at], number, *cells[at + more + 1 :]] if _PARTED.fullmatch(number) else None


def parted_column(rows: Iterable[Sequence[str]], width: int) -> int | None:
    """The one column whose parted thousands explain why rows are wider than their header; None
    where none or several do, or where rows that fit have larger numbers in it (our rule)."""
    wide, fit = [], []
    for row in rows:
        if len(row) > width and any(cell.strip() for cell in row[width:]):
            wide.append(row)
        elif len(row) == width:
            fit.append(row)
    if len(wide) < FEWEST:
        return None
    found = [
        at
        for at in range(width)
        if sum(joined(row, width, at) is not None for row in wide) >= SHARE * len(wide)
        and sum(bool(_SMALL.fullmatch(row[at].strip())) for row in fit) >= SHARE * len(fit)
    ]
    return found[0] if len(found) == 1 else None
