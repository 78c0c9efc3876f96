"""Which of a client's files are no sales: a customer master, prospects, contacts, products."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.intake.columns.finder import GIVEN
from toolkit.intake.columns.formats import recognise_format
from toolkit.intake.columns.glance import first_rows
from toolkit.intake.columns.recognition import Evidence
from toolkit.intake.ledger import Note
from toolkit.intake.names import aliases, place_of, plain
from toolkit.intake.tables.grid import Grid
from toolkit.settings import Settings

WHO = ("customer", "mail", "phone", "name")
WHAT = ("product", "product_name")
OF_PEOPLE = ("gender", "birthday", "prefecture", "address", "area")
SELDOM = 0.05  # share of rows whose customer has another one, up to which a table lists customers
DATES = 0.5  # share of dates from which on a column is one of dates
OPTIONS = {  # kind -> the option that reads such a file, and the setting
    "customers": ("--customer-file", "customer_file"),
    "prospects": ("--prospects-file", "prospects_file"),
    "contacts": ("--contacts-file", "contacts_file"),
}


def sales_among(grids: Sequence[Grid], settings: Settings) -> list[Grid]:
    """The files without those that are no sales, of which a note of the first one left tells; all
    of them where none that is left has money and a date.

    No sales are files that the settings name for something else; and, sheets aside that a person
    named, of files with different
    headings, those of no known system without any column that may be an amount or a price, or
    without one of dates, unless they have an order number and name products (those may be product
    lines) or an order number, a date and a customer (of which the money may be missing); and a
    master of customers, each in one row, with a gender or date of birth and no order number. Our
    rule.
    """
    files = files_named(settings)
    named = [grid for grid in grids if grid.stored.path.resolve() in files]
    left = [grid for grid in grids if not any(grid is each for each in named)] or list(grids)
    if len({frozenset(map(plain, grid.header)) for grid in left}) < 2:
        return left
    seen = [Contents.of(grid, settings) for grid in left]
    out = [each for each in seen if each is not None and each.kind and not each.grid.chosen]
    kept = [grid for grid in left if not any(grid is each.grid for each in out)]
    if not out or not any(each is None or each.sold for each in seen if each not in out):
        return left
    notes = [_note(each) for each in out]
    kept[0] = replace(kept[0], notes=(*kept[0].notes, *notes))
    return kept


def files_named(settings: Settings) -> set[Path]:
    """The files that the settings name for something else than sales."""
    named = (getattr(settings, name) for _, name in OPTIONS.values())
    return {Path(name).resolve() for name in named if name}


@dataclass(frozen=True)
class Contents:
    """What the columns of a file hold: money and dates, so that it may be sales (`sold`), and if
    it is none, what `kind` it is ("" for one that may be).

    dated: it has a column of dates. keyed: it tells customers apart; listed: and has, without an
    order number, nearly every one of them in one row.
    """

    grid: Grid
    sold: bool
    kind: str
    dated: bool
    keyed: bool
    listed: bool

    @classmethod
    def of(cls, grid: Grid, settings: Settings) -> Contents | None:
        """None for a file of a known system, without headings or without rows."""
        if recognise_format(grid.header) is not None or not grid.headed:
            return None
        seen = Evidence(grid.header, first_rows([grid], grid.header))
        if seen.fit is None:
            return None
        there = {role for role in ("order", "date", *WHO, *WHAT) if _has(seen, role, settings)}
        births = _places(grid, "birthday")
        days = {i for i, look in enumerate(seen.fit.looks) if look.dates >= DATES} - births
        dated = bool(days) or "date" in there
        money = settings.no_amount or _money(seen, settings, there)
        who = bool(there & {*WHO})
        kind = ""
        if "order" in there and (there & {*WHAT} or (who and dated)):
            pass
        elif who and "order" not in there and _is_master(seen, births):
            kind = "customers"
        elif not (money and dated):
            kind = _kind(grid, who, dated, there)
        keyed = who or bool(seen.decide("customer").columns)
        listed = "order" not in there and _once(seen)
        return cls(grid, bool(money and dated), kind, dated, keyed, listed)


def _kind(grid: Grid, who: bool, dated: bool, there: set[str]) -> str:
    if who and any(_places(grid, part) for part in OF_PEOPLE):
        return "customers"
    if who and _any(grid, ("prospects_date",)):
        return "prospects"
    if who and _any(grid, ("contacts_date",)):
        return "contacts"
    if who and dated and _any(grid, ("channel", "source")):
        return "contacts" if _any(grid, ("kind", "campaign", "group")) else "prospects"
    return "products" if there & {*WHAT} and not who else "other"


def _any(grid: Grid, parts: Sequence[str]) -> bool:
    return any(_places(grid, part) for part in parts)


def _is_master(seen: Evidence, births: set[int]) -> bool:
    """Whether a file has a gender or a date of birth, and every customer in one row."""
    people = births | {i for i, n in enumerate(seen.header) if plain(n) in _names("gender")}
    known = [i for role in WHO for i in seen.known(role)]
    looks = seen.fit.looks
    return bool(people and known) and looks[known[0]].again == 0


def _once(seen: Evidence) -> bool:
    """Whether nearly every customer, by the first column that names them, has one row."""
    known = [i for role in WHO for i in seen.known(role)] or [*seen.decide("customer").columns]
    return bool(known) and seen.fit.looks[known[0]].again <= SELDOM


def _money(seen: Evidence, settings: Settings, there: set[str]) -> bool:
    """Whether any column may be an amount or a price, by its name or by what stands in it."""
    if _has(seen, "amount", settings) or _has(seen, "price", settings):
        return True
    keys = {i for role in ("order", "date", *WHO, *WHAT, "postcode") for i in seen.known(role)}
    looks = seen.fit.looks
    return any(look.money for i, look in enumerate(looks) if i not in keys)


def _has(seen: Evidence, role: str, settings: Settings) -> bool:
    """Whether a column has the role by the settings, or by its name."""
    given = getattr(settings, GIVEN[role]) if role in GIVEN else None
    if given and place_of(given, seen.header) is not None:
        return True
    return any(seen.says(role, i) in ("known", "word") for i in range(len(seen.header)))


def _places(grid: Grid, part: str) -> set[int]:
    return {i for i, name in enumerate(grid.header) if plain(name) in _names(part)}


def _names(part: str) -> set[str]:
    return {plain(n) for n in aliases()[part]["names"] if isinstance(n, str)}


def _note(found: Contents) -> Note:
    values = {"file": found.grid.name}
    if found.kind in OPTIONS:
        values["option"] = OPTIONS[found.kind][0]
    return Note(f"file_of_{found.kind}", values)
