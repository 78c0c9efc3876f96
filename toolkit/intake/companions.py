"""Files beside the sales: the contacts made with customers, and the prospects."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.dates import Stamps, read_dates
from toolkit.intake.files import open_grid
from toolkit.intake.grid import Grid, Rows, gather
from toolkit.intake.identity import written
from toolkit.intake.ledger import Note
from toolkit.intake.names import aliases, plain, told
from toolkit.intake.place import Place
from toolkit.intake.reading import Reading
from toolkit.intake.roles import KEY_PARTS
from toolkit.intake.sheet import whole_numbers
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
    return [Note("prospects_unmatched", {"column": reading.key_names()[0]})]


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
    return [Note("contacts_unknown", values | {"column": reading.key_names()[0]})]


def _read(name: str, path: Path, texts: tuple[str, ...], reading: Reading) -> tuple:
    """The usable rows up to the closing date, their numbers, and notes on them and the others."""
    if not path.is_file():
        raise InputProblem("companion_missing", file=str(path), option=f"--{name}-file")
    grid = open_grid(path)
    key, at = _recognise(name, grid, texts, reading)
    rows = gather(grid, sorted({i for some in at.values() for i in some}))
    rows = whole_numbers(rows, at["customer"] if key == "number" else ())
    who, blank = written(key, [rows.columns[i] for i in at["customer"]])
    stamps = _stamps(rows, grid, at["date"][0], reading)
    days = stamps.at.astype("datetime64[D]")
    unusable = np.isnat(days) | blank
    _require_mostly_usable(grid, rows, at, unusable)
    late = ~unusable & (days > np.datetime64(reading.closing))
    kept = np.flatnonzero(~unusable & ~late)
    used = ", ".join(grid.header[i] for some in at.values() for i in some)
    notes = [Note(f"{name}_read", {"file": path.name, "n": len(kept), "columns": used})]
    notes += [Note(key, values) for key, values in stamps.told]
    bad = [
        *rows.numbers[unusable].tolist(),
        *(each.row for each in rows.broken if each.reason == "unreadable"),
    ]
    if bad:
        notes.append(Note(f"{name}_left_out", {"n": len(bad), "row": min(bad)}))
    if late.any():
        notes.append(Note(f"{name}_after", {"n": int(late.sum()), "closing": reading.closing}))
    customers = reading.identity.named_by(key, who.at(kept))
    return _table(rows, at, texts, customers, days, kept), rows.numbers[kept], notes


def _stamps(rows: Rows, grid: Grid, at: int, reading: Reading) -> Stamps:
    place = Place(grid.name, grid.header[at], rows.numbers)
    settings = reading.settings
    return read_dates(rows.columns[at], place, settings.timezone, settings.date_order)


def _table(
    rows: Rows, at: dict, texts: tuple, customers: pa.Array, days: np.ndarray, kept: np.ndarray
) -> pa.Table:
    absent = pa.array([""] * len(kept), pa.string())
    columns = {each: rows.columns[at[each][0]].at(kept) if each in at else absent for each in texts}
    return pa.table({"customer_id": customers, "date": pa.array(days[kept]), **columns})


def _recognise(name: str, grid: Grid, texts: tuple[str, ...], reading: Reading) -> tuple:
    """How its customers are told apart, and header positions by part.

    The customer by the first of the sales file's own kinds of key that the file has, best by
    columns of the same names: a mail address never meets a customer number unless the sales have
    both.
    """
    listed = aliases()
    key, customer = _customer(grid, reading)
    lists = {
        "date": listed[f"{name}_date"]["names"] + listed["date"]["names"],
        **{each: listed[each]["names"] for each in texts},
    }
    found = {"customer": customer}
    found |= {part: _first(grid, names) for part, names in lists.items()}
    values = {"file": grid.name, "columns": told(grid.header)}
    faults: list[tuple[str, dict[str, Any]]] = []
    if not customer:
        faults.append(("companion_no_customer", values | {"column": reading.key_names()[0]}))
    if not found["date"]:
        faults.append((f"{name}_no_date", values))
    if faults:
        raise InputProblem.of(faults)
    return key, {part: at for part, at in found.items() if at}


def _customer(grid: Grid, reading: Reading) -> tuple[str, tuple[int, ...]]:
    for kind in reading.roles.keys:
        parts = []
        for part in KEY_PARTS[kind]:
            own = [plain(reading.header[i]) for i in reading.roles.columns[part]]
            lists = "customer" if part == "customer" else part
            parts.append(_first(grid, [own, *aliases()[lists]["names"]]))
        if all(len(part) == 1 for part in parts):
            return kind, tuple(i for part in parts for i in part)
    return "number", ()


def _first(grid: Grid, names: list) -> tuple[int, ...]:
    """The positions of the first of these names (or lists of names) that the file has."""
    header = [plain(each) for each in grid.header]
    for each in names:
        wanted = [each] if isinstance(each, str) else each
        if all(name in header for name in wanted):
            return tuple(header.index(name) for name in wanted)
    return ()


def _require_mostly_usable(
    grid: Grid, rows: Rows, at: dict[str, tuple[int, ...]], bad: np.ndarray
) -> None:
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
        customer=grid.header[at["customer"][0]],
        date=grid.header[at["date"][0]],
        value=rows.columns[at["date"][0]].at(first)[0].as_py(),
    )
