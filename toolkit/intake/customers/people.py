"""The customer master beside the sales: gender, date of birth, area and contract end of their
customers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.customers import addresses, attributes, contract_ends
from toolkit.intake.customers.companion_files import (
    Customers,
    first_of,
    key_of,
    left_out,
    open_companion,
)
from toolkit.intake.ledger import Note
from toolkit.intake.names import aliases, told
from toolkit.intake.notes import PLAIN_NUMBER
from toolkit.intake.reading import Reading
from toolkit.intake.sales.sheet import files_read
from toolkit.intake.tables.coded import Coded
from toolkit.intake.tables.grid import Grid, Rows, gather
from toolkit.intake.values.date_parts import FIRST_BIRTH
from toolkit.intake.values.dates import Stamps, read_dates
from toolkit.intake.values.place import Place
from toolkit.problems import InputProblem

OPTION = "--customer-file"
AREAS = ("prefecture", "address", "area")  # the first that the file has
ATTRIBUTES = ("gender", "birthday", "contract_end")
ROWS_TOLD = 10


def read_people(named: str, reading: Reading, customers: pa.ChunkedArray) -> tuple:
    """The customer master, addresses in it, notes on it, and the file; `customers`: those of the
    orders kept.

    One row per customer of the sales who is in the master. Columns: customer_id (text), gender
    (female, male, other; "" where not told), birth_date (null where not told), area (a prefecture
    or as written; "" where not told), and in a master that tells it contract_end (null where not
    told). Of several rows of one customer the last counts. Who is in the master alone is counted
    and left out. Second comes how to reach the same customers (`addresses.in_master`), None unless
    the settings ask for it. InputProblem for a file that is missing, or has no customers or nothing
    that is looked for.
    """
    grid = open_companion(named, OPTION)
    kind, at = _recognise(grid, reading)
    reach = addresses.recognise(grid) if reading.settings.personal_columns else {}
    rows = gather(grid, sorted({i for some in (*at.values(), *reach.values()) for i in some}))
    who = Customers(kind, at["customer"], rows, reading, customers)
    there = np.flatnonzero(~who.blank)
    master = _Master(who.at(there), rows.numbers[there], pc.unique(customers), kind)
    found, more = _attributes(grid, rows, at, reading, there[master.used])
    used = ", ".join(grid.header[i] for some in at.values() for i in some)
    values = {"file": grid.name, "n": len(master.used), "columns": used}
    notes = [Note("people_read", values), *who.notes(grid.name, rows)]
    notes += [*master.notes(reading.key_names()[0]), *more]
    if bad := left_out(rows, who.blank):
        notes.append(Note("people_left_out", {"n": len(bad), "row": bad[0]}))
    whose = {"customer_id": master.of(master.used)}
    listed = None
    if reach:
        listed = addresses.in_master(grid, rows, reach, there[master.used], *whose.values())
    return pa.table(whose | found), listed, notes, files_read([grid], rows)


@dataclass(frozen=True)
class _Master:
    """The rows of a master that have a customer.

    who: the customer of each; numbers: of the rows in the file; known: the customers of the sales;
    kind: of the key.
    """

    who: pa.Array
    numbers: np.ndarray
    known: pa.Array
    kind: str

    @property
    def last(self) -> np.ndarray:
        """The positions of the last row of every customer, in the order of the file."""
        return np.flatnonzero(~pd.Series(self.who.to_pylist(), dtype=object).duplicated("last"))

    @property
    def used(self) -> np.ndarray:
        """Of those, the positions of customers of the sales."""
        return self.last[self._met(self.last)]

    def of(self, positions: np.ndarray) -> pa.Array:
        """The customers of these rows."""
        return self.who.take(pa.array(positions))

    def notes(self, column: str) -> list[Note]:
        """What does not meet: rows of one customer, customers here or there alone."""
        last, used = self.last, self.used
        strange = last[~self._met(last)]
        told = []
        again = np.setdiff1d(np.arange(len(self.who)), last)
        if len(again):
            told.append(Note("people_again", {"n": len(again), "row": int(self.numbers[again[0]])}))
        if len(last) and not len(used):
            told.append(Note("people_unmatched", {"column": column}))
        elif len(strange):
            values = {"n": len(strange), "all": len(last), "row": int(self.numbers[strange[0]])}
            told.append(Note("people_unknown", values))
        missing = len(self.known) - len(used)
        if missing and len(used):
            told.append(Note("people_missing", {"n": missing, "all": len(self.known)}))
        return told + self._without_zeros(strange)

    def _without_zeros(self, strange: np.ndarray) -> list[Note]:
        """A note on numbers that would meet but for zeros before them, with the first pair."""
        meant = {text.lstrip("0"): text for text in self.known.to_pylist() if text.isdecimal()}
        pairs = [
            (int(self.numbers[i]), text, meant[text.lstrip("0")])
            for i, text in zip(strange, self.of(strange).to_pylist(), strict=True)
            if text.isdecimal() and text.lstrip("0") in meant
        ]
        if not pairs:
            return []
        row, own, sales = pairs[0]
        values: dict[str, Any] = {"n": len(pairs), "row": row}
        plainly = self.kind == "number" and all(re.fullmatch(PLAIN_NUMBER, t) for t in (own, sales))
        if plainly:
            return [Note("people_zeros", values | {"own": own, "sales": sales})]
        return [Note("people_zeros_row", values)]

    def _met(self, positions: np.ndarray) -> np.ndarray:
        return pc.is_in(self.of(positions), self.known).to_numpy(zero_copy_only=False)


def _recognise(grid: Grid, reading: Reading) -> tuple[str, dict[str, tuple[int, ...]]]:
    """How its customers are told apart, and header positions by part; what else the file has is
    not looked at."""
    kind, customer = key_of(grid, reading)
    parts = {part: first_of(grid, _names(part)) for part in ATTRIBUTES}
    areas = {part: first_of(grid, aliases()[part]["names"]) for part in AREAS}
    parts |= dict([(part, some) for part, some in areas.items() if some][:1])
    values = {"file": grid.name, "columns": told(grid.header)}
    faults: list[tuple[str, dict[str, Any]]] = []
    if not customer:
        faults.append(("companion_no_customer", values | {"column": reading.key_names()[0]}))
    asked = reading.settings.personal_columns and addresses.recognise(grid)
    if not any(parts.values()) and not asked:
        faults.append(("people_nothing", values))
    if faults:
        raise InputProblem.of(faults)
    return kind, {"customer": customer} | {part: at for part, at in parts.items() if at}


def _names(part: str) -> list:
    listed = aliases()[part]
    return [*listed["names"], *listed.get("of_master", ())]


def _attributes(
    grid: Grid, rows: Rows, at: dict[str, tuple[int, ...]], reading: Reading, used: np.ndarray
) -> tuple[dict[str, pa.Array], list[Note]]:
    """What the master tells of these rows, and notes on what could not be read."""
    columns = {part: rows.columns[some[0]] for part, some in at.items()}
    absent = pa.array([""] * len(used), pa.string())
    found = {"gender": absent, "birth_date": pa.nulls(len(used), pa.date32()), "area": absent}
    notes: list[Note] = []
    if "gender" in columns:
        texts, unread = attributes.genders(columns["gender"])
        found["gender"] = texts.take(pa.array(columns["gender"].codes[used]))
        notes += _rows("people_genders", columns["gender"].look_up(unread), rows, used)
    if "birthday" in columns:
        stamps = _stamps(grid, rows, at["birthday"][0], reading)
        days, dummy, unread = attributes.births(stamps, columns["birthday"], reading.closing)
        found["birth_date"] = pa.array(days[used])
        notes += [Note(key, values) for key, values in stamps.told]
        notes += _rows("people_births_dummy", dummy, rows, used)
        notes += _rows("people_births", unread, rows, used)
    if "contract_end" in columns:
        place = Place(grid.name, grid.header[at["contract_end"][0]], rows.numbers)
        stamps = read_dates(columns["contract_end"], place, None, reading.settings.date_order)
        days, unread = contract_ends.end_days(stamps, columns["contract_end"])
        found["contract_end"] = pa.array(days[used])
        notes += [Note(key, values) for key, values in stamps.told]
        notes += _rows("people_contracts", unread, rows, used)
    for part in set(AREAS) & columns.keys():
        texts, unread = _areas(part, columns[part])
        found["area"] = texts.take(pa.array(columns[part].codes[used]))
        notes += _rows("people_areas", columns[part].look_up(unread), rows, used)
    return found, notes


def _rows(key: str, where: np.ndarray, rows: Rows, used: np.ndarray) -> list[Note]:
    """A note with the numbers of the first of these rows (mask) that are used; nothing that
    stands in them is told."""
    out = rows.numbers[used[where[used]]]
    shown = ", ".join(map(str, out[:ROWS_TOLD])) + (" …" if len(out) > ROWS_TOLD else "")
    return [Note(key, {"n": len(out), "rows": shown})] if len(out) else []


def _areas(part: str, column: Coded) -> tuple[pa.Array, np.ndarray]:
    """The area for every text, and the texts (mask) that are not understood."""
    if part == "address":
        return attributes.of_addresses(column)
    read = attributes.prefectures if part == "prefecture" else attributes.as_they_are
    return read(column), np.zeros(len(column.texts), bool)


def _stamps(grid: Grid, rows: Rows, at: int, reading: Reading) -> Stamps:
    place = Place(grid.name, grid.header[at], rows.numbers)
    order = reading.settings.date_order
    return read_dates(rows.columns[at], place, None, order, first_year=FIRST_BIRTH)
