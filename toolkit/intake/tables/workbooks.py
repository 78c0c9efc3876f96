"""Sheets of workbooks (xlsx, xlsm, xlsb, xls, ods) as the same coded text columns as text files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa
from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from toolkit.intake.ledger import Note
from toolkit.intake.names import names_of, plain
from toolkit.intake.tables.archives import Stored
from toolkit.intake.tables.formulas import unworked
from toolkit.intake.tables.grid import Block, Grid
from toolkit.intake.tables.headers import KNOWN, Header, find_header, same_names
from toolkit.intake.tables.sheet_choice import Holds, looked_at, named_in
from toolkit.intake.tables.sheet_pairs import are_pair
from toolkit.problems import InputProblem
from toolkit.settings import Settings

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how xls files begin, and locked ones of every kind
ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
HEAD = 100  # rows of a sheet looked at for its header
JUDGED = 2_000  # and by which it is decided what it holds
_ROWS = 1 << 16
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MARKS = ("xl/", "content.xml")  # in the zip archive that a workbook is
_KEYS = ("order", "customer", "mail", "phone", "name", "date")
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")


@dataclass(frozen=True, eq=False)
class Sheet:
    """A sheet with its header. rows: how many lie below it."""

    cells: CalamineSheet
    hidden: bool
    header: Header
    rows: int

    @property
    def title(self) -> str:
        """The name on its tab."""
        return self.cells.name


def is_workbook(listing: Sequence[str]) -> bool:
    """Whether a zip archive with these members is a workbook."""
    marked = "[Content_Types].xml" in listing or "mimetype" in listing
    return marked and any(name.startswith(_MARKS) for name in listing)


def open_workbook(stored: Stored, settings: Settings | None = None) -> list[Grid]:
    """The sheets that the settings name, else those with the sales: all with one header
    (InputProblem).

    Sheets with customers, dates and money go first, and among them those that are no list of
    customers and nothing else by their names (`sheet_choice`); of equals the header with most rows
    in all its sheets. Where none has them, and without settings, the header with most names of
    sales files. Hidden sheets only where no other has rows. Of orders and their product lines
    (`sheet_pairs`) both.
    """
    try:
        book = CalamineWorkbook.from_object(stored.whole())
        sheets = list(_sheets(book))
    except InputProblem:
        raise
    except Exception as error:  # calamine raises a kind of its own for every fault of a file
        fault = "workbook_locked" if _is_locked(stored, error) else "broken_workbook"
        raise InputProblem(fault, file=stored.name) from error
    if not sheets:
        raise InputProblem("empty_file", file=stored.name)
    titles = tuple(sheet.title for sheet in sheets)
    named = named_in(settings.sheet if settings else None, stored.name, titles)
    alike = [sheet for sheet in sheets if sheet.title in named]
    paired: list[Sheet] = []
    if not named:
        alike, paired = _best(stored, sheets, settings)
    notes = _told(stored.name, alike, [sheet for sheet in sheets if sheet not in paired])
    several = len(alike) + len(paired) > 1
    return [
        replace(
            _grid(stored, sheet, several, notes if sheet is alike[0] else ()),
            sheets=titles,
            chosen=bool(named),
        )
        for sheet in (*alike, *paired)
    ]


def _best(
    stored: Stored, sheets: list[Sheet], settings: Settings | None
) -> tuple[list[Sheet], list[Sheet]]:
    """The sheets with the sales, and those with their product lines."""
    groups: list[list[Sheet]] = []
    for sheet in sheets:
        own = next((some for some in groups if _together(sheet, some[0])), None)
        groups.append([sheet]) if own is None else own.append(sheet)
    filled = [some for some in groups if some[0].rows > 0]
    holds = [Holds() for _ in groups]
    if settings is not None and len(filled) > 1:
        holds = [_holds(stored, some, settings) if some[0].rows > 0 else Holds() for some in groups]

    def merit(i: int) -> tuple[Any, ...]:
        some, (first, *_) = groups[i], groups[i]
        known = first.header.known if first.header.known >= KNOWN else 0
        rows = sum(sheet.rows for sheet in some)
        ranks = (rows, known) if holds[i].sold else (known, rows)
        return first.rows > 0, not first.hidden, *holds[i].merit, *ranks

    at = max(range(len(groups)), key=merit)
    best = groups[at][0]
    lines = [
        sheet
        for some, held in zip(groups, holds, strict=True)
        for sheet in some
        if some is not groups[at] and _fits(held, holds[at]) and _pair(sheet, best)
    ]
    return groups[at], [e for e in sheets if e in lines]


def _together(one: Sheet, other: Sheet) -> bool:
    """Whether two sheets with rows have one header of sales files, and are shown or hidden both."""
    shown = one.hidden == other.hidden and one.rows > 0 and other.rows > 0
    return shown and other.header.headed and _match(one.header, other.header)


def _holds(stored: Stored, some: list[Sheet], settings: Settings) -> Holds:
    """What sheets with one header hold, by the first rows of each."""
    first = some[0]
    grid = Grid(
        stored=stored,
        name=stored.name,
        kind=_kind(stored),
        header=first.header.names,
        blocks=lambda: (block for sheet in some for block in _blocks(sheet, JUDGED)),
        sheet=first.title,
        headed=first.header.headed,
    )
    return looked_at(grid, [sheet.title for sheet in some], settings)


def _sheets(book: CalamineWorkbook) -> Iterator[Sheet]:
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        cells = book.get_sheet_by_name(about.name)
        header = find_header([[*map(_text, row)] for row in islice(cells.iter_rows(), HEAD)])
        if header:
            below = cells.end[0] + 1 - header.top - header.headed
            yield Sheet(cells, about.visible != SheetVisibleEnum.Visible, header, below)


def _match(one: Header, best: Header) -> bool:
    return one.headed and best.known >= KNOWN and same_names(one.names, best.names)


def _pair(one: Sheet, best: Sheet) -> bool:
    shown = one.hidden <= best.hidden and one.rows and one.header.headed and best.header.headed
    return bool(shown) and are_pair(one.header.names, best.header.names)


def _fits(one: Holds, other: Holds) -> bool:
    """Whether of two headers one may be of lines: without dates, which orders have, and of nothing
    else, as purchases are."""
    return not (one.other or other.other or (one.dated and other.dated))


def _is_locked(stored: Stored, error: Exception) -> bool:
    if isinstance(error, PasswordError):
        return True
    with stored.unpacked() as stream:
        if stream.read(len(OLE)) != OLE:
            return False
        return any(_LOCKED in chunk for chunk in iter(lambda: stream.read(1 << 20), b""))


def _told(file: str, read: list[Sheet], sheets: list[Sheet]) -> tuple[Note, ...]:
    names = ", ".join(sheet.title for sheet in read)
    others = ", ".join(sheet.title for sheet in sheets if sheet not in read)
    if others:
        return (Note("sheet_chosen", {"file": file, "sheets": names, "others": others}),)
    return (Note("sheets_read", {"file": file, "sheets": names}),) if len(read) > 1 else ()


def _grid(stored: Stored, sheet: Sheet, several: bool, notes: tuple[Note, ...]) -> Grid:
    title = sheet.title
    left = (sheet.cells.start or (0, 0))[1]
    top = sheet.header.top + sheet.header.headed
    return Grid(
        stored=stored,
        name=f"{stored.name}/{title}" if several else stored.name,
        kind=_kind(stored),
        header=sheet.header.names,
        blocks=lambda: _blocks(sheet),
        sheet=title,
        headed=sheet.header.headed,
        unit=sheet.header.unit,
        above=sheet.header.above,
        notes=notes,
        unworked=unworked(stored, title, left, top, sheet.rows),
    )


def _kind(stored: Stored) -> str:
    ending = stored.name.lower().removesuffix(".gz").rpartition(".")[2]
    if ending in ("xls", "ods"):
        return ending
    return "xls" if stored.start(len(OLE)) == OLE else "xlsx"


def _blocks(sheet: Sheet, most: int | None = None) -> Iterator[Block]:
    top = sheet.header.top + sheet.header.headed
    rows = islice(sheet.cells.iter_rows(), top, None if most is None else top + most)
    names = [f"f{i}" for i in range(len(sheet.header.names))]
    filled = _Merged(sheet)
    while some := list(islice(rows, _ROWS)):
        filled.fill(some, top)
        columns = [
            pa.array([_text(row[i]) for row in some], pa.string()).dictionary_encode()
            for i in range(len(names))
        ]
        numbers = np.arange(top + 1, top + 1 + len(some), dtype=np.int64)
        yield Block(pa.RecordBatch.from_arrays(columns, names=names), numbers)
        top += len(some)


class _Merged:
    """Cells merged over several rows: what stands in the first holds for all of them.

    Numbers of money are left where they are: over the rows of an order they would count again.
    """

    def __init__(self, sheet: Sheet):
        left = (sheet.cells.start or (0, 0))[1]
        names = sheet.header.names
        keys = names_of(*_KEYS)
        self._ranges = sorted(
            (first, last, column - left)
            for (first, column), (last, right) in sheet.cells.merged_cell_ranges or ()
            if last > first and column == right and 0 <= column - left < len(names)
        )
        self._key = [plain(name) in keys for name in names]
        self._value: dict[int, Any] = {}

    def fill(self, rows: list[list[Any]], top: int) -> None:
        """Fill these rows, the first of which is row `top` of the sheet (from 0)."""
        for first, last, column in self._ranges:
            if first >= top + len(rows) or last < top:
                continue
            if first >= top:
                self._value[column] = rows[first - top][column]
            value = self._value.get(column, "")
            if isinstance(value, int | float) and not self._key[column]:
                continue
            for row in range(max(first, top), min(last + 1, top + len(rows))):
                rows[row - top][column] = value


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):  # every number of a workbook is one; repr is its shortest text
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return "" if value is None or value in _ERRORS else str(value)
