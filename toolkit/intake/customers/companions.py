"""Files beside the sales: the contacts made with customers, the prospects, the master, and the
lists of earlier diagnoses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.customers.addresses import addresses_of
from toolkit.intake.customers.companion_files import (
    Customers,
    first_of,
    key_of,
    left_out,
    likeliest,
    open_companion,
)
from toolkit.intake.customers.earlier import NONE, read_earlier
from toolkit.intake.customers.people import read_people
from toolkit.intake.customers.said import said_of
from toolkit.intake.ledger import File, Note
from toolkit.intake.names import aliases, told
from toolkit.intake.reading import Reading
from toolkit.intake.sales.sheet import files_read
from toolkit.intake.tables.grid import Grid, Rows, gather
from toolkit.intake.values.dates import Stamps, read_dates
from toolkit.intake.values.place import Place
from toolkit.problems import InputProblem

CONTACTS = ("channel", "kind", "campaign", "group", "reason")
PROSPECTS = ("source",)
SAID = ("kind", "reason")  # what tells of the customer's will


@dataclass(frozen=True)
class Companions:
    """What was read beside the sales, and what is worth knowing about it.

    contacts: one row per contact up to the closing date: customer_id (text), date, channel, kind,
    campaign, group, reason (of leaving; text, "" where absent). incoming: entries of the log that
    are no contacts of ours, with the same columns: of who wants none (`said.Said`), whenever it was
    (date null where not told), and of who asked something, up to the closing date. prospects: one
    row per row of the list up to the closing date: customer_id (text), date, source (text, "" where
    absent). Both keep customers unknown to the sales. people: of customers of the sales only
    (`people.read_people`). Each is None where the settings name no such file. addresses: how to
    reach those customers (`addresses.addresses_of`), None unless the settings ask for it. earlier:
    names of earlier lists (`earlier.read_earlier`). files: those read.
    """

    contacts: pa.Table | None
    incoming: pa.Table | None
    prospects: pa.Table | None
    people: pa.Table | None
    addresses: pa.Table | None
    earlier: pd.DataFrame | None
    notes: tuple[Note, ...]
    files: tuple[File, ...]


def read_companions(reading: Reading, customers: pa.ChunkedArray) -> Companions:
    """The contact log, the prospect list, the customer master and the earlier lists of the
    settings; `customers`: those of the orders kept.

    Raises InputProblem for a file that is missing, has no customer or no date, or is mostly
    unreadable. Dates are days as written (an offset is applied only with `timezone`).
    """
    settings = reading.settings
    prospects = contacts = incoming = people = listed = earlier = None
    notes: list[Note] = []
    files: list[File] = []
    if settings.prospects_file:
        prospects, _, told, read = _read(
            "prospects", settings.prospects_file, PROSPECTS, reading, customers
        )
        files += read
        notes += told + _unmatched(prospects["customer_id"], customers, reading)
    if settings.contacts_file:
        whole, rows, told, read = _read(
            "contacts", settings.contacts_file, CONTACTS, reading, customers
        )
        files += read
        known = [*customers.chunks, *(prospects["customer_id"].chunks if prospects else [])]
        notes += told + _unknown(whole["customer_id"], rows, pa.chunked_array(known), reading)
        contacts, incoming, told = _parted(whole, reading)
        notes += told
    if settings.customer_file:
        people, listed, told, read = read_people(settings.customer_file, reading, customers)
        files += read
        notes += told
    if settings.earlier_lists and settings.earlier_lists != NONE:
        earlier, told, read = read_earlier(settings.earlier_lists, reading, customers)
        files += read
        notes += told
    addresses, told = addresses_of(reading, listed)
    notes += told
    tables = (contacts, incoming, prospects, people, addresses, earlier)
    return Companions(*tables, tuple(notes), tuple(files))


def _parted(log: pa.Table, reading: Reading) -> tuple[pa.Table, pa.Table, list[Note]]:
    """The contacts made, what came in, and a note on those who said no on no day or a later one."""
    said = said_of(reading.settings)
    no = pc.or_(*(_any_of(log[name], said.refuses) for name in SAID))
    asked = pc.and_(_any_of(log["kind"], said.inquires), pc.invert(no))
    in_time = pc.less_equal(log["date"], pa.scalar(reading.closing)).fill_null(False)
    at = np.flatnonzero(pc.and_(no, pc.invert(in_time)).to_numpy())
    kept = pc.and_(in_time, pc.invert(pc.or_(no, asked)))
    incoming = log.filter(pc.or_(no, pc.and_(asked, in_time)))
    told = [Note("contacts_no", {"n": len(at), "closing": reading.closing})] if len(at) else []
    return log.filter(kept), incoming, told


def _any_of(column: pa.ChunkedArray, says: Callable[[str], bool]) -> pa.ChunkedArray:
    """Of which rows a text says something; every text is looked at once."""
    texts = [text for text in pc.unique(column).to_pylist() if text and says(text)]
    return pc.is_in(column, pa.array(texts, pa.string()))


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


def _read(
    name: str, named: str, texts: tuple[str, ...], reading: Reading, customers: pa.ChunkedArray
) -> tuple:
    """The usable rows up to the closing date, and of a contact log whoever says no on any day or
    none; their numbers, notes on them and the others, and the file."""
    grid = open_companion(named, f"--{name}-file")
    key, at = _recognise(name, grid, texts, reading)
    rows = gather(grid, sorted({i for some in at.values() for i in some}))
    who = Customers(key, at["customer"], rows, reading, customers)
    stamps = _stamps(rows, grid, at["date"][0], reading)
    days = stamps.at.astype("datetime64[D]")
    no = _refusing(rows, at, reading) & ~who.blank if name == "contacts" else np.array(False)
    unusable = (np.isnat(days) | who.blank) & ~no
    _require_mostly_usable(grid, rows, at, unusable)
    late = ~unusable & (days > np.datetime64(reading.closing)) & ~no
    kept = np.flatnonzero(~unusable & ~late)
    used = ", ".join(grid.header[i] for some in at.values() for i in some)
    notes = [Note(f"{name}_read", {"file": grid.name, "n": len(kept), "columns": used})]
    notes += [Note(key, values) for key, values in stamps.told]
    notes += who.notes(grid.name, rows)
    if bad := left_out(rows, unusable):
        notes.append(Note(f"{name}_left_out", {"n": len(bad), "row": bad[0]}))
    if late.any():
        notes.append(Note(f"{name}_after", {"n": int(late.sum()), "closing": reading.closing}))
    table = _table(rows, at, texts, who.at(kept), days, kept)
    return table, rows.numbers[kept], notes, files_read([grid], rows)


def _refusing(rows: Rows, at: dict, reading: Reading) -> np.ndarray:
    """Of which rows of a log somebody says no."""
    said, found = said_of(reading.settings), np.zeros(len(rows.numbers), bool)
    everyone = np.arange(len(found))
    for name in (each for each in SAID if each in at):
        column = pa.chunked_array([rows.columns[at[name][0]].at(everyone)])
        found |= _any_of(column, said.refuses).to_numpy()
    return found


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
    """How its customers are told apart (`key_of`), and header positions by part."""
    listed = aliases()
    key, customer = key_of(grid, reading)
    lists = {
        "date": listed[f"{name}_date"]["names"] + listed["date"]["names"],
        **{each: listed[each]["names"] for each in texts},
    }
    found = {"customer": customer}
    found |= {part: first_of(grid, names) for part, names in lists.items()}
    found["date"] = found["date"] or likeliest(grid, "date", customer)
    values = {"file": grid.name, "columns": told(grid.header)}
    faults: list[tuple[str, dict[str, Any]]] = []
    if not customer:
        faults.append(("companion_no_customer", values | {"column": reading.key_names()[0]}))
    if not found["date"]:
        faults.append((f"{name}_no_date", values))
    if faults:
        raise InputProblem.of(faults)
    return key, {part: at for part, at in found.items() if at}


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
