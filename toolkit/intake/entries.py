"""A reading entered into a ledger: its orders, and its rows left out."""

from __future__ import annotations

import hashlib
from concurrent.futures import Executor

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa
from ibis.backends.duckdb import Backend

from toolkit import currency as money
from toolkit.intake.audit import audit_of
from toolkit.intake.customers import companions, contract_ends
from toolkit.intake.customers.twins import twins_of
from toolkit.intake.ledger import REASONS, File, Ledger, Note, Source
from toolkit.intake.notes import of_orders, of_reading
from toolkit.intake.reading import Reading
from toolkit.intake.sales import (
    lines_beside,
    orders,
    product_lines,
    standards,
    subscriptions,
    takings,
)
from toolkit.intake.sales.sheet import files_read
from toolkit.intake.tables.coded import Coded
from toolkit.problems import InputProblem

_PIECE = 122_880  # rows, as the engine keeps them
_LONGEST = 200  # characters of an unreadable row shown
_FORM = ("kind", "encoding", "delimiter", "sheet")


def keep_ledger(reading: Reading, beside: Executor) -> Ledger:
    """The orders and the rows left out of a reading (InputProblem); `beside` does what can be done
    meanwhile."""
    standards.require_currency(reading)
    engine, noted = beside.submit(ibis.duckdb.connect), beside.submit(of_reading, reading)
    kept = np.flatnonzero(reading.sieve.kept)
    table, grouped, once, told = _orders(reading, kept)
    lines = lines_beside.read_lines(reading, kept, grouped, table)
    marked, marks = subscriptions.marked_orders(reading, kept, grouped, table, lines)
    ends, ended = contract_ends.ends_of(reading, kept)
    extra = companions.read_companions(reading, table["customer_id"])
    tables = {
        "orders": table,
        "ids": orders.ids_of(reading.identity.customer),
        "subscriptions": marked,
        "contacts": extra.contacts,
        "incoming": extra.incoming,
        "prospects": extra.prospects,
        "people": extra.people,
        "addresses": extra.addresses,
        "contracts": ends,
    }
    entered = beside.submit(_in_one_engine, engine.result(), tables)
    bought = lines.lines if lines else product_lines.lines_of(reading, kept, once)
    notes = (*noted.result(), *told, *of_orders(table, reading))
    notes += (*(lines.notes if lines else ()), *marks, *ended, *extra.notes)
    set_aside = _set_aside(reading)
    beside_them = (*(lines.files if lines else ()), *extra.files)
    return Ledger(
        set_aside=set_aside,
        source=_source(reading, set_aside, len(kept), beside_them),
        first_date=reading.days[kept].min().item(),
        closing_date=reading.closing,
        notes=notes,
        audit=audit_of(reading, once),
        twins=twins_of(reading),
        earlier=extra.earlier,
        **_with_lines(entered.result(), bought),
    )


def _orders(
    reading: Reading, kept: np.ndarray
) -> tuple[pa.Table, orders.Grouped, bool, list[Note]]:
    """The orders of the kept rows, which row is in which, whether the amounts are order totals
    repeated on the rows of an order, and notes on the amounts."""
    parts = [
        None if each is None else Coded(each.codes[kept], each.texts)
        for each in (reading.order, reading.identity.customer)
    ]
    days = reading.days[kept]
    several = reading.purchases
    several = None if several is None else Coded(several.codes[kept], several.texts)
    grouped = orders.group(parts[0] or several, parts[1].codes, days)
    alone = several is None or reading.visits
    once = alone and takings.counted_once(reading, reading.numbers, kept, grouped)
    amounts, told = _amounts(reading, kept, grouped, once)
    source = (reading.rows.files[kept], reading.rows.numbers[kept])
    numbers = orders.customer_numbers(reading.identity.customer)[kept]
    given = (grouped, *parts, reading.stamps.at[kept], days, amounts, source, numbers)
    table = orders.table(*given)
    return table, grouped, once, told


def _in_one_engine(engine: Backend, tables: dict[str, pa.Table | None]) -> dict[str, ir.Table]:
    """The tables there are, where they can be asked about together."""
    there = {name: table for name, table in tables.items() if table is not None}
    return {name: engine.create_table(name, _in_pieces(table)) for name, table in there.items()}


def _in_pieces(table: pa.Table) -> pa.Table:
    """The same in pieces, which the engine takes in side by side."""
    return pa.Table.from_batches(table.to_batches(max_chunksize=_PIECE), table.schema)


def _with_lines(tables: dict[str, ir.Table], lines: pa.Table | None) -> dict[str, ir.Table]:
    """The same with the lines, left in Arrow's coded columns: copied, they take twice the room,
    and longer than the few questions asked of them."""
    if lines is None:
        return tables
    engine = tables["orders"].get_backend()
    engine.con.register("lines", lines)
    return tables | {"lines": engine.table("lines")}


def _amounts(
    reading: Reading, kept: np.ndarray, grouped: orders.Grouped, once: bool
) -> tuple[np.ndarray | None, list[Note]]:
    if reading.numbers is None:
        return None, []
    numbers = reading.numbers.of_rows(kept)
    several = grouped.count < len(kept)
    column = ", ".join(reading.names("amount"))
    try:
        amounts, rounded = orders.amounts_of(
            numbers, grouped, once, money.decimals(reading.settings.currency)
        )
    except OverflowError as error:
        raise InputProblem("amount_too_large", file=reading.file, column=column) from error
    told = [Note("total_once", {"column": column, "n": grouped.count})] if once else []
    if reading.roles.basis == "total" and several and not once:
        told.append(Note("total_added_up", {"column": column}))
    if rounded:
        told.append(Note("rounded", {"n": rounded, "currency": reading.settings.currency}))
    return amounts, told


def _set_aside(reading: Reading) -> pd.DataFrame:
    out = np.flatnonzero(~reading.sieve.kept)
    reasons = np.array(REASONS, object)[reading.sieve.reasons[out]]
    broken = reading.rows.broken
    files = np.concatenate([reading.rows.files[out], [misfit.file for misfit in broken]])
    frame = pd.DataFrame(
        {
            "file": files.astype(np.int64),
            "source_row": np.concatenate(
                [reading.rows.numbers[out], np.array([m.row for m in broken], np.int64)]
            ),
            "reason": [*reasons, *(misfit.reason for misfit in broken)],
            "value": [*_values(reading, out), *(m.text[:_LONGEST] for m in broken)],
        }
    )
    frame = frame.sort_values(["file", "source_row"], ignore_index=True)
    names = np.array([grid.name for grid in reading.grids], object)
    frame.insert(0, "source_file", names[frame.pop("file")])
    return frame.astype({"source_file": "str", "reason": "str", "value": "str"})


def _values(reading: Reading, out: np.ndarray) -> np.ndarray:
    """Amount in major units, or the text that could not be read."""
    numbers = reading.numbers
    values = np.full(len(out), "", object) if numbers is None else numbers.of_rows(out).as_text()
    undated = np.isnat(reading.stamps.at[out])
    dates = reading.column("date").at(out[undated])
    values[undated] = dates.to_numpy(zero_copy_only=False)
    if numbers is not None:
        unpriced = ~undated & ~numbers.readable[out]
        for i in reading.roles.by_name()["amount"] if unpriced.any() else ():
            single = reading.amounts(i).readable
            where = unpriced & ~single[out]
            values[where] = _raw(reading, i, out[where])
    return values


def _raw(reading: Reading, position: int, rows: np.ndarray) -> np.ndarray:
    return reading.rows.columns[position].at(rows).to_numpy(zero_copy_only=False)


def _source(
    reading: Reading, set_aside: pd.DataFrame, kept: int, beside: tuple[File, ...]
) -> Source:
    files = files_read(reading.grids, reading.rows)
    counts = set_aside["reason"].value_counts()
    alike = [{getattr(grid, name) for grid in reading.grids} for name in _FORM]
    form = dict(zip(_FORM, (each.pop() if len(each) == 1 else None for each in alike), strict=True))
    known = reading.roles.format
    return Source(
        file=reading.file,
        sha256=_together([file.sha256 for file in files]),
        files=files,
        beside=beside,
        rows_read=len(reading.rows) + len(reading.rows.broken),
        rows_kept=kept,
        set_aside={reason: int(counts[reason]) for reason in REASONS if reason in counts},
        kind=form.pop("kind") or "several",
        columns={role: reading.names(role) for role in reading.roles.by_name()},
        keys=reading.keys_used(),
        format=known and known.name,
        amount_basis=reading.roles.basis,
        personal=reading.identity.personal,
        **form,
    )


def _together(digests: list[str]) -> str:
    """The hash of the one file; of several, of their hashes one after the other."""
    return (
        digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()
    )
