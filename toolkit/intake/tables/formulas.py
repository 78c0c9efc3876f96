"""Formulas of a workbook that no spreadsheet has worked out: a program wrote them, and no value."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.etree import ElementTree

from toolkit.intake.tables import compound, open_document
from toolkit.intake.tables.archives import Stored

if TYPE_CHECKING:
    from toolkit.intake.columns.survey import Survey
    from toolkit.intake.tables.grid import Grid

TINY = 0.01  # share of the rows of a column up to which they may be slips
MOSTLY = 0.5  # share of the rows from which on formulas that all come to 0 are not worked out
NEEDED = ("customer", "date", "amount", "price", "quantity")  # roles that are not 0 throughout
CHUNK = 1 << 22
BOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_TAG = rb"(?:\w+:)?"
CELL = re.compile(
    rb"<%(t)sc\b([^>]*)>\s*<%(t)sf\b(?:[^>]*/>|[^>]*>[^<]*</%(t)sf>)"
    rb"\s*(?:<%(t)sv\b[^>]*>([^<]*)</%(t)sv>)?" % {b"t": _TAG}
)
PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')
TEXT = re.compile(rb'\bt="str"')


@dataclass
class Formulas:
    """The formulas of a column. rows: how many. missing: those without a value, and first the row
    of the first of these; zero: those that come to 0."""

    rows: int = 0
    missing: int = 0
    zero: int = 0
    first: int = 0

    def hollow(self, rows: int) -> bool:
        """Whether more of these rows of the column have no value than slips and a total would."""
        return self.missing > max(1, TINY * rows)

    def nothing(self, rows: int) -> bool:
        """Whether all come to 0, in most of these rows."""
        return self.zero == self.rows and self.zero >= MOSTLY * rows


@dataclass(frozen=True)
class Unworked:
    """Columns of a sheet whose formulas have no value (positions -> formulas); zero: those where
    all come to 0, as a program writes it that works nothing out."""

    missing: dict[int, Formulas] = field(default_factory=dict)
    zero: dict[int, Formulas] = field(default_factory=dict)


def unworked(stored: Stored, title: str, left: int, top: int, rows: int) -> Unworked:
    """The columns of a sheet, counted from `left`, whose formulas below row `top` (from 1) have no
    values in over 1 % of its rows (one may be a total's), or all come to 0 in half of them or more.
    Of xlsx, ods and xls."""
    found: dict[int, Formulas] = {}
    for column, row, text, value in _of_sheet(stored, title) if rows else ():
        if row > top:
            _enter(found.setdefault(column - left, Formulas()), row, text, value)
    return Unworked(
        {i: each for i, each in found.items() if i >= 0 and each.hollow(rows)},
        {i: each for i, each in found.items() if i >= 0 and each.nothing(rows)},
    )


def _of_sheet(stored: Stored, title: str) -> Iterator[tuple[int, int, bool, bytes]]:
    """The cells with formulas of a sheet, in whichever kind of workbook it is."""
    if not stored.is_zip():
        with stored.unpacked() as stream:
            yield from compound.formula_cells(stream.read(), title)
        return
    listing = stored.listing()
    with stored.unpacked() as stream:
        if open_document.CONTENT in listing:
            yield from open_document.formula_cells(stream, title)
        elif BOOK in listing:
            with zipfile.ZipFile(stream) as book:
                path = _path(book, title)
                if path in listing:
                    with book.open(path) as sheet:
                        yield from _cells(sheet)


def faults_of(survey: Survey, grids: Sequence[Grid]) -> list[tuple[str, dict[str, Any]]]:
    """A fault for every column in use whose formulas have no values, and, where columns are in
    doubt, for any."""
    faults: list[tuple[str, dict[str, Any]]] = []
    used = {survey.header[i] for i in survey.roles.positions()}
    needed = {survey.header[i] for role in NEEDED for i in survey.roles.columns.get(role, ())}
    every = set(survey.header) if survey.faults else set()
    for grid in grids:
        for key, columns, names in (
            ("formulas_missing", grid.unworked.missing, used | every),
            ("formulas_zero", grid.unworked.zero, needed | every),
        ):
            told = {i: each for i, each in columns.items() if grid.header[i] in names}
            if told:
                first = next(iter(told.values()))
                values = {"file": grid.name, "columns": ", ".join(grid.header[i] for i in told)}
                n = first.missing if key == "formulas_missing" else first.zero
                faults.append((key, values | {"n": n, "row": first.first}))
    return faults


def _enter(formulas: Formulas, row: int, text: bool, value: bytes) -> None:
    formulas.rows += 1
    if value == b"0":
        formulas.zero += 1
    elif not value and not text:  # a text may be empty, a number may not
        formulas.missing += 1
    else:
        return
    formulas.first = formulas.first or row


def _cells(sheet: BinaryIO) -> Iterator[tuple[int, int, bool, bytes]]:
    """Every cell with a formula: column (from 0), row (from 1), whether it is a text, the value."""
    rest = b""
    while chunk := sheet.read(CHUNK):
        rest += chunk
        cut = rest.rfind(b"row>") + 1
        yield from _formulas(rest[:cut])
        rest = rest[cut:]
    yield from _formulas(rest)


def _formulas(part: bytes) -> Iterator[tuple[int, int, bool, bytes]]:
    for cell in CELL.finditer(part):
        about, value = cell.groups()
        place = PLACE.search(about)
        if place:
            yield _number(place[1]), int(place[2]), bool(TEXT.search(about)), (value or b"").strip()


def _number(letters: bytes) -> int:
    """The place of a column by its letters: A is 0, AA 26."""
    n = 0
    for letter in letters:
        n = 26 * n + letter - 64
    return n - 1


def _path(book: zipfile.ZipFile, title: str) -> str:
    """Where in the archive the sheet of this name lies; "" where that is not told."""
    try:
        sheets, links = (ElementTree.fromstring(book.read(each)) for each in (BOOK, LINKS))
    except (KeyError, ElementTree.ParseError):
        return ""
    link = next(
        (
            value
            for each in sheets.iter()
            if each.tag.endswith("}sheet") and each.get("name") == title
            for name, value in each.attrib.items()
            if name.endswith("}id")
        ),
        "",
    )
    targets = {each.get("Id"): each.get("Target", "") for each in links.iter()}
    target = targets.get(link, "")
    return target[1:] if target.startswith("/") else f"xl/{target}" if target else ""
