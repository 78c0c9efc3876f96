"""The lists beside the names of a diagnosis, as people have written into them: reasons for leaving
and days of contact, in the CSV files and in the workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path

import pandas as pd
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from toolkit.intake.tables.files import open_grid
from toolkit.intake.tables.grid import gather
from toolkit.problems import InputProblem
from toolkit.words import LANGUAGES, Words

WORKBOOK, CALENDAR = "lists.xlsx", "calendar.csv"
CSV = ("winback.csv", "about_to_lapse.csv", "golden.csv", CALENDAR)
LISTS = (*CSV, WORKBOOK)
GUARD = r"^'([=+\-@\t\r\n＝＋－＠])"  # the apostrophe before what Excel would run
BOTH = " / "  # between the headings of a report in both languages
READ = ("customer_id", "reason", "sent", "date", "campaign", "contact_cost")
WRITTEN = ("reason", "sent", "date")
TO_FILL = ("reason", "sent")


def written_beside(folder: Path) -> tuple[pd.DataFrame, list[str]]:
    """What stands in the lists of a diagnosis (`LISTS`), as written, and those that cannot be used.

    One row per row of a list with a reason, a day of contact or a date on which it was due, the CSV
    files before the workbook; columns: customer_id (text, as the list has it), reason, sent, date,
    campaign, contact_cost (of a contact of the calendar; "" where a list has none). Not used is
    what cannot be read or names no customers: it was replaced by something else. Our rule.
    """
    found, unused = [], []
    for name in LISTS:
        if (folder / name).is_file():
            tables = _tables(folder / name)
            found += tables or []
            unused += [] if tables else [name]
    if not found:
        return pd.DataFrame(columns=list(READ), dtype=object), unused
    whole = pd.concat(found, ignore_index=True)
    bare = {n: whole[n].str.replace(GUARD, r"\1", regex=True) for n in ("customer_id", "campaign")}
    whole = whole.assign(**bare)
    some = whole[list(WRITTEN)].ne("").any(axis=1) & whole.customer_id.ne("")
    return whole[some].reset_index(drop=True), unused


def filled_in_beside(path: Path) -> bool:
    """Whether somebody has written a reason or a day of contact into one of `LISTS`; so too where
    it cannot be told."""
    tables = _tables(path)
    return tables is None or any(t[list(TO_FILL)].ne("").any(axis=None) for t in tables)


def headings(column: str) -> set[str]:
    """What the heading of a list's column may be: in either language, or in both."""
    told = [Words(language)[f"column.{column}"] for language in LANGUAGES]
    return {*told, *(BOTH.join(each) for each in permutations(told))}


def _tables(path: Path) -> list[pd.DataFrame] | None:
    """The tables of customers in a file, in the columns `READ`; None where it cannot be read."""
    try:
        if path.name == WORKBOOK:
            return [t for rows in _sheets(path) if (t := _table(rows)) is not None]
        grid = open_grid(path)
        wanted = set().union(*(headings(column) for column in READ))
        at = [i for i, name in enumerate(grid.header) if name.strip() in wanted]
        rows = gather(grid, at)
        columns = [rows.columns[i] for i in at]
        cells = [each.texts.take(pa.array(each.codes)).to_pylist() for each in columns]
        told = _table(iter([[grid.header[i] for i in at], *zip(*cells, strict=True)]))
    except (InputProblem, CalamineError, OSError):
        return None
    return [] if told is None else [told]


def _sheets(path: Path) -> Iterator[Iterator[Sequence[object]]]:
    book = CalamineWorkbook.from_path(path)
    return (book.get_sheet_by_name(name).iter_rows() for name in book.sheet_names)


def _table(rows: Iterator[Sequence[object]]) -> pd.DataFrame | None:
    """The rows below a heading that names customers and something to fill in or a date."""
    header = [str(name).strip() for name in next(rows, [])]
    known = {column: headings(column) for column in READ}
    at = {
        column: next((i for i, name in enumerate(header) if name in names), None)
        for column, names in known.items()
    }
    if at["customer_id"] is None:
        return None
    if at["sent"] is None:  # days of something else
        at |= {"date": None, "campaign": None, "contact_cost": None}
    cells = [["" if at[c] is None else _text(row[at[c]]) for c in READ] for row in rows]
    return pd.DataFrame(cells, columns=list(READ), dtype=object)


def _text(value: object) -> str:
    """A cell as it is seen: whole numbers without a fraction, days without a time."""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value) if whole else value).strip()
