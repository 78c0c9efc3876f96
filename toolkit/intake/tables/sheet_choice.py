"""Which sheets of a workbook are the sales: as a person named them, else by what they hold."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.intake.columns.finder import GIVEN, NEEDED
from toolkit.intake.columns.formats import recognise_format
from toolkit.intake.columns.glance import first_rows
from toolkit.intake.columns.list_names import says_planned, says_sales, words_of
from toolkit.intake.columns.other_files import Contents
from toolkit.intake.columns.recognition import Evidence
from toolkit.intake.names import aliases, place_of, plain
from toolkit.intake.tables.grid import Grid
from toolkit.problems import InputProblem
from toolkit.settings import Settings

OPTION = "--sheet"


@dataclass(frozen=True)
class Holds:
    """What the sheets of one header hold (`looked_at`).

    sold: customers, dates and money. listed: every customer in one row, without order numbers.
    other: its name, or that of its date or money, is of something else, bookings or purchases,
    say. named: the columns for customer, date and amount that the settings name. dated: dates.
    """

    sold: bool = False
    listed: bool = False
    other: bool = False
    named: int = 0
    dated: bool = False

    @property
    def merit(self) -> tuple[int, bool, bool, bool]:
        """The more, the likelier these are the sales."""
        return self.named, self.sold, self.sold and not self.listed, self.sold and not self.other


def looked_at(grid: Grid, titles: Sequence[str], settings: Settings) -> Holds:
    """What the sheets with these names hold, `grid` their rows (our rule). A known export is sold
    unless it has product lines of another."""
    wanted = [getattr(settings, GIVEN[role]) for role in NEEDED]
    named = sum(bool(each) and place_of(each, grid.header) is not None for each in wanted)
    known = recognise_format(grid.header)
    if known is not None:
        return Holds(sold=known.lines_of is None, named=named, dated=known.lines_of is None)
    found = Contents.of(grid, settings)
    if found is None:
        return Holds(named=named)
    sold = found.sold and found.keyed and not found.kind
    other = all(map(_is_other, titles)) or (
        sold and not any(map(_of_sales, titles)) and any(map(_is_other, _columns(grid)))
    )
    return Holds(sold, found.listed, other, named, found.dated)


def _columns(grid: Grid) -> list[str]:
    """The names of what would be the date and the amount; not of a date booked, which is that of
    the visit in many a book of sales."""
    seen = Evidence(grid.header, first_rows([grid], grid.header))
    dates, amounts = ([grid.header[i] for i in seen.decide(r).columns] for r in ("date", "amount"))
    return [name for name in dates if not _has(name, "booked")] + amounts


def _is_other(name: str) -> bool:
    if _never(name):
        return True
    return _has(name, "else") and not _of_sales(name)


def _of_sales(name: str) -> bool:
    """Whether a name says that it is of sales, and not of planned or counted ones."""
    return says_sales(plain(name)) and not _never(name)


def _never(name: str) -> bool:
    """Whether a name is of what is no sale, also beside a word of sales."""
    return _has(name, "never") or any(map(says_planned, words_of(name)))


def _has(name: str, words: str) -> bool:
    """Whether a name has one of the words, Latin ones as words of their own."""
    said = unicodedata.normalize("NFKC", name).lower()
    latin = f" {' '.join(re.findall('[a-z]+', said))} "
    return any(
        f" {word.replace('_', ' ')} " in latin if word.isascii() else word in said
        for word in aliases()["sheets"][words]
    )


def named_in(setting: str | None, book: str, titles: Sequence[str]) -> list[str]:
    """Those sheets of a workbook that `sheet` names, alone or behind the workbook's name."""
    wanted = set(map(plain, _named(setting, titles)))
    return [each for each in titles if {plain(each), plain(f"{book}/{each}")} & wanted]


def unknown_sheets(setting: str | None, grids: Sequence[Grid]) -> list[tuple[str, dict[str, Any]]]:
    """A fault for every name in `sheet` that no workbook has a sheet of."""
    books = {grid.stored.name: grid.sheets for grid in grids if grid.sheets}
    titles = [each for some in books.values() for each in some]
    there = {plain(each) for each in titles}
    there |= {plain(f"{book}/{each}") for book, some in books.items() for each in some}
    values = {"names": ", ".join(dict.fromkeys(titles)) or "–", "option": OPTION}
    missing = [each for each in _named(setting, titles) if plain(each) not in there]
    return [("sheet_unknown", {"sheet": each} | values) for each in missing]


def _named(setting: str | None, titles: Sequence[str]) -> list[str]:
    """The names in the setting, with commas between unless a sheet's own name has them."""
    if setting and plain(setting) in map(plain, titles):
        return [setting]
    parts = re.split("[,，、]", setting or "")
    return [each.strip() for each in parts if each.strip()]


@contextlib.contextmanager
def naming_sheets(grids: Sequence[Grid]) -> Iterator[None]:
    """What cannot be read of workbooks is told with their sheets, of which others may be meant."""
    try:
        yield
    except InputProblem as problem:
        told = [each for each in _others(grids) if each not in problem.faults]
        problem.faults += told
        raise


def _others(grids: Sequence[Grid]) -> list[tuple[str, dict[str, Any]]]:
    books: dict[tuple[Path, tuple[int, ...]], list[Grid]] = {}
    for grid in grids:
        if grid.sheets:
            books.setdefault((grid.stored.path, grid.stored.members), []).append(grid)
    faults: list[tuple[str, dict[str, Any]]] = []
    for some in books.values():
        read = [grid.sheet for grid in some if grid.sheet]
        others = [each for each in some[0].sheets if each not in read]
        if others:
            values = {"file": some[0].stored.name, "sheets": ", ".join(read), "option": OPTION}
            faults.append(("other_sheets", values | {"others": ", ".join(others)}))
    return faults
