"""Which of a client's files are orders, and which are the product lines of those orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from toolkit.intake.columns.finder import GIVEN
from toolkit.intake.columns.formats import recognise_format
from toolkit.intake.columns.glance import first_rows
from toolkit.intake.columns.line_columns import OPTION, OWN
from toolkit.intake.columns.recognition import Evidence
from toolkit.intake.ledger import Note
from toolkit.intake.names import labels, place_of, plain
from toolkit.intake.tables.files import open_files
from toolkit.intake.tables.grid import Grid, gather
from toolkit.intake.values.dates import read_dates
from toolkit.intake.values.place import Place
from toolkit.problems import InputProblem
from toolkit.settings import WILDCARD, Settings

WHO = ("customer", "mail", "phone", "name")
WHAT = ("product", "product_name")
MOST_MEET = 0.5  # of the order numbers of lines, those of orders beside them; our rule


@dataclass(frozen=True)
class Parted:
    """The files of a client by what their rows are.

    sales: those of orders. lines: those of product lines, none where there are none. settings: as
    they hold for the sales, without the columns that only the lines have.
    """

    sales: tuple[Grid, ...]
    lines: tuple[Grid, ...]
    settings: Settings


def part(grids: Sequence[Grid], settings: Settings) -> Parted:
    """The sales files, and the files of product lines: those the settings name, and those among
    the sales that can be nothing else (`_are_lines`), which a note of the first sales file tells.

    Raises InputProblem for a file of lines that is missing, and where no file of orders is left.
    """
    named = _named(settings, grids)
    places = {_place(each) for each in named}
    sales = [grid for grid in grids if _place(grid) not in places]
    if not sales:
        names = ", ".join(grid.name for grid in named)
        raise InputProblem("lines_alone", file=names, option=OPTION)
    found = _lines_among(sales, settings)
    if found:
        sales = [grid for grid in sales if not any(grid is each for each in found)]
        names = ", ".join(grid.name for grid in found)
        first = sales[0]
        note = Note("lines_found", {"files": names, "file": first.name, "option": OPTION})
        sales[0] = replace(first, notes=(*first.notes, note))
    lines = (*named, *found)
    return Parted(tuple(sales), lines, _of_sales(settings, sales, lines))


def _place(grid: Grid) -> tuple[Path, tuple[int, ...], str | None]:
    return grid.stored.path.resolve(), grid.stored.members, grid.sheet


def _named(settings: Settings, sales: Sequence[Grid]) -> tuple[Grid, ...]:
    """The files that the settings name; of several tables without those of orders that are among
    the sales."""
    if not settings.lines_file:
        return ()
    path = Path(settings.lines_file)
    if not path.exists() and not WILDCARD.search(settings.lines_file):
        raise InputProblem("companion_missing", file=str(path), option=OPTION)
    try:
        grids = open_files(settings.lines_file)
    except InputProblem as problem:
        if [key for key, _ in problem.faults] != ["no_files"]:
            raise
        raise InputProblem("companion_missing", file=str(path), option=OPTION) from problem
    if len(grids) == 1:
        return tuple(grids)
    orders = {_place(each) for each in sales if _are_orders(each, settings)}
    return tuple(each for each in grids if _place(each) not in orders)


def _lines_among(grids: Sequence[Grid], settings: Settings) -> list[Grid]:
    """The files among several that are product lines of the orders in the others (InputProblem
    where these have no order numbers)."""
    if len({frozenset(map(plain, grid.header)) for grid in grids}) < 2:
        return []
    orders = [grid for grid in grids if _are_orders(grid, settings)]
    found = [grid for grid in grids if _are_lines(grid, orders, settings)]
    if found and not orders:
        sold = [g for g in grids if _known_sales(g, settings) and not any(g is f for f in found)]
        if sold:
            raise InputProblem("lines_sales_no_order", file=sold[0].name, option=OPTION)
        return []
    return found


def _known_sales(grid: Grid, settings: Settings) -> bool:
    there = _there(grid, settings)
    return "date" in there and bool(there & {*WHO})


def _are_orders(grid: Grid, settings: Settings) -> bool:
    """Whether a file has by its names an order number, a day, and what tells customers apart."""
    known = recognise_format(grid.header)
    if known is not None:
        return known.lines_of is None and bool(known.names_of("order") and known.names_of("date"))
    there = _there(grid, settings)
    return {"order", "date"} <= there and bool(there & {*WHO})


def _are_lines(grid: Grid, orders: Sequence[Grid], settings: Settings) -> bool:
    """Whether a file can be nothing but lines of orders that other files hold (our rule).

    It is a known export of lines; or its names tell an order number and a product, but neither a
    day nor a customer; or it names products, and most of its orders, number and day, are in files
    of orders that name none.
    """
    known = recognise_format(grid.header)
    if known is not None:
        return known.lines_of is not None
    there = _there(grid, settings)
    if "order" not in there or not there & {*WHAT}:
        return False
    if not there & {*WHO, "date"}:
        seen = Evidence(grid.header, first_rows([grid], grid.header))
        return not seen.decide("date").columns
    bare = [each for each in orders if not _there(each, settings) & {*WHAT}]
    dated = "date" in there
    own = _held(grid, settings, dated) if bare else set()
    if not own:
        return False
    met = own & set().union(*(_held(each, settings, dated) for each in bare))
    return len(met) >= MOST_MEET * len(own)


def _there(grid: Grid, settings: Settings) -> set[str]:
    """The roles that columns of a file have by their names (`_by_name`)."""
    roles = ("order", "date", *WHO, *WHAT)
    return {role for role in roles if _by_name(grid, role, settings) is not None}


def _held(grid: Grid, settings: Settings, dated: bool) -> set[tuple[str, str]]:
    """The order numbers in a file, and with `dated` their days: a return names the number of its
    order, but another day. None where no name tells the columns, or a day is in doubt."""
    order = _by_name(grid, "order", settings)
    date = _by_name(grid, "date", settings)
    if order is None or (dated and date is None):
        return set()
    rows = gather(grid, sorted({order, date} if dated else {order}))
    numbers = rows.columns[order]
    texts = numbers.at(np.arange(len(rows))).to_pylist()
    if not dated:
        return {(text, "") for text in texts if text}
    place = Place(grid.name, grid.header[date], rows.numbers)
    try:
        stamps = read_dates(rows.columns[date], place, settings.timezone, settings.date_order)
    except InputProblem:
        return set()
    days = stamps.at.astype("datetime64[D]").astype(str)
    return {(text, day) for text, day in zip(texts, days, strict=True) if text}


def _by_name(grid: Grid, role: str, settings: Settings) -> int | None:
    """The column of a role as the settings or its name tell it, a known name before a word."""
    names = [plain(name) for name in grid.header]
    given = getattr(settings, GIVEN[role]) if role in GIVEN else None
    if given and (at := place_of(given, grid.header)) is not None:
        return at
    seen = Evidence(grid.header, None)
    by_word = [i for i in range(len(names)) if seen.says(role, i) == "word"]
    return next(iter([*seen.known(role), *by_word]), None)


def _of_sales(settings: Settings, sales: Sequence[Grid], lines: Sequence[Grid]) -> Settings:
    """The settings without names of columns that only the lines have, and words for products."""
    if not lines:
        return settings
    ours, theirs = ({plain(n) for g in grids for n in labels(g.header)} for grids in (sales, lines))
    gone: dict[str, None] = {"subscription_words": None}
    for role in OWN:
        if plain(getattr(settings, GIVEN[role]) or "") in theirs - ours:
            gone[GIVEN[role]] = None
    return settings.model_copy(update=gone)
