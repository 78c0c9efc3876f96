"""Files beside the sales: the contacts made with customers, and the prospects."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake import sieve
from toolkit.intake.columns import aliases, plain, told
from toolkit.intake.dates import read_dates
from toolkit.intake.files import open_grid
from toolkit.intake.grid import Grid, Rows, gather
from toolkit.intake.ledger import Note
from toolkit.intake.reading import Reading, whole_numbers
from toolkit.problems import InputProblem

CONTACTS = ("channel", "kind", "campaign", "group")
PROSPECTS = ("source",)


@dataclass(frozen=True)
class Companions:
    """What was read beside the sales, and what is worth knowing about it.

    contacts: one row per contact up to the closing date: customer_id (text), date, channel, kind,
    campaign, group (text, "" where absent). prospects: one row per row of the list up to the
    closing date: customer_id (text), date, source (text, "" where absent). Both keep customers
    unknown to the sales, and are None where the settings name no such file.
    """

    contacts: pa.Table | None
    prospects: pa.Table | None
    notes: tuple[Note, ...]


def read_companions(reading: Reading, customers: pa.ChunkedArray) -> Companions:
    """The contact log and the prospect list of the settings; `customers`: those of the orders kept.

    Raises InputProblem for a file that is missing, has no customer or no date, or is mostly
    unreadable. Dates are days as written (an offset is applied only with `timezone`).
    """
    settings = reading.settings
    prospects = contacts = None
    notes: list[Note] = []
    if settings.prospects_file:
        prospects, _, told = _read("prospects", Path(settings.prospects_file), PROSPECTS, reading)
        notes += told + _unmatched(prospects["customer_id"], customers, reading)
    if settings.contacts_file:
        contacts, rows, told = _read("contacts", Path(settings.contacts_file), CONTACTS, reading)
        known = [*customers.chunks, *(prospects["customer_id"].chunks if prospects else [])]
        notes += told + _unknown(contacts["customer_id"], rows, pa.chunked_array(known), reading)
    return Companions(contacts, prospects, tuple(notes))


def _unmatched(prospects: pa.ChunkedArray, customers: pa.ChunkedArray, reading: Reading) -> list:
    """A note when nobody on the list is in the sales: the numbers may be written differently."""
    if not len(prospects) or pc.any(pc.is_in(prospects, customers)).as_py():
        return []
    return [Note("prospects_unmatched", {"column": reading.names("customer")[0]})]


def _unknown(
    contacts: pa.ChunkedArray, rows: np.ndarray, known: pa.ChunkedArray, reading: Reading
) -> list[Note]:
    """A note on contacts with nobody of the sales or the prospects; no customer is named in it."""
    strange = pc.invert(pc.is_in(contacts, known))
    where = rows[strange.to_numpy()]
    if not len(where):
        return []
    values = {"n": len(where), "all": len(contacts), "row": int(where[0])}
    values |= {"customers": pc.count_distinct(contacts.filter(strange)).as_py()}
    return [Note("contacts_unknown", values | {"column": reading.names("customer")[0]})]


def _read(name: str, path: Path, texts: tuple[str, ...], reading: Reading) -> tuple:
    """The usable rows up to the closing date, their numbers, and notes on them and the others."""
    if not path.is_file():
        raise InputProblem("companion_missing", file=str(path), option=f"--{name}-file")
    grid = open_grid(path)
    at = _recognise(name, grid, texts, reading)
    rows = whole_numbers(gather(grid, sorted(set(at.values()))), (at["customer"],))
    column = rows.columns[at["date"]]
    stamps = read_dates(column, grid.header[at["date"]], path.name, reading.settings.timezone).at
    days = stamps.astype("datetime64[D]")
    unusable = np.isnat(days) | sieve.nameless(rows.columns[at["customer"]])
    _require_mostly_usable(grid, rows, at, unusable)
    late = ~unusable & (days > np.datetime64(reading.closing))
    kept = np.flatnonzero(~unusable & ~late)
    used = ", ".join(grid.header[i] for i in at.values())
    notes = [Note(f"{name}_read", {"file": path.name, "n": len(kept), "columns": used})]
    bad = [
        *rows.numbers[unusable].tolist(),
        *(each.row for each in rows.broken if each.reason == "unreadable"),
    ]
    if bad:
        notes.append(Note(f"{name}_left_out", {"n": len(bad), "row": min(bad)}))
    if late.any():
        notes.append(Note(f"{name}_after", {"n": int(late.sum()), "closing": reading.closing}))
    return _table(rows, at, texts, days, kept), rows.numbers[kept], notes


def _table(rows: Rows, at: dict, texts: tuple, days: np.ndarray, kept: np.ndarray) -> pa.Table:
    absent = pa.array([""] * len(kept), pa.string())
    columns = {each: rows.columns[at[each]].at(kept) if each in at else absent for each in texts}
    customers = rows.columns[at["customer"]].at(kept)
    return pa.table({"customer_id": customers, "date": pa.array(days[kept]), **columns})


def _recognise(name: str, grid: Grid, texts: tuple[str, ...], reading: Reading) -> dict[str, int]:
    """Header positions by part; the customer by a column of the same kind as in the sales file,
    best of the same name: a mail address never meets a customer number."""
    header = [plain(each) for each in grid.header]
    own = [plain(each) for each in reading.names("customer")]

    def first(names: list[str]) -> int | None:
        return next((header.index(each) for each in names if each in header), None)

    listed = aliases()
    lists = {
        "customer": own + listed["personal" if reading.roles.personal else "customer"]["names"],
        "date": listed[f"{name}_date"]["names"] + listed["date"]["names"],
        **{each: listed[each]["names"] for each in texts},
    }
    found = {part: first(names) for part, names in lists.items()}
    values = {"file": grid.name, "columns": told(grid.header)}
    faults: list[tuple[str, dict[str, Any]]] = []
    if found["customer"] is None:
        own_name = {"column": reading.names("customer")[0]}
        faults.append(("companion_no_customer", values | own_name))
    if found["date"] is None:
        faults.append((f"{name}_no_date", values))
    if faults:
        raise InputProblem.of(faults)
    return {part: i for part, i in found.items() if i is not None}


def _require_mostly_usable(grid: Grid, rows: Rows, at: dict[str, int], bad: np.ndarray) -> None:
    """More rows with a customer and a date than without (InputProblem naming the first)."""
    if 2 * bad.sum() <= len(bad):
        return
    first = np.flatnonzero(bad)[:1]
    raise InputProblem(
        "companion_unreadable",
        file=grid.name,
        n=len(bad),
        bad=int(bad.sum()),
        row=int(rows.numbers[first][0]),
        customer=grid.header[at["customer"]],
        date=grid.header[at["date"]],
        value=rows.columns[at["date"]].at(first)[0].as_py(),
    )
