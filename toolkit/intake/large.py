"""Sales files too large to hold, entered into one ledger portion by portion."""

from __future__ import annotations

import datetime as dt
import gc
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from ibis.backends.duckdb import Backend

from toolkit.intake.check import EXAMPLES
from toolkit.intake.columns.opening import Opened
from toolkit.intake.columns.roles import KEY_PARTS
from toolkit.intake.customers import companions
from toolkit.intake.customers.house import house_account
from toolkit.intake.customers.identity import NAMES
from toolkit.intake.customers.near_numbers import near_told
from toolkit.intake.entries import keep_ledger
from toolkit.intake.ledger import REASONS, Ledger, Note, Source
from toolkit.intake.merging import merged_audit, merged_notes, merged_set_aside, merged_source
from toolkit.intake.notes import house_told, unreadable_told
from toolkit.intake.portion_days import PortionDays
from toolkit.intake.reading import Known, Reading, read_opened
from toolkit.intake.sales.filled_down import line_named, orders_once
from toolkit.intake.sales.sieve import Sieve
from toolkit.intake.sales.total_rows import total_columns
from toolkit.intake.tables.coded import Coded
from toolkit.intake.tables.portions import Portion, texts_of
from toolkit.problems import InputProblem
from toolkit.settings import Settings

PORTION = 1 << 30  # bytes of the files read at a time
PACKED = 8  # times as large is what comes out of gzip, about
MEMORY = "1GB"  # of the engine, beyond which it writes to disk
GROWING = ("orders", "lines", "subscriptions", "contracts")
DECIDED = (  # beginnings of notes on how the amounts, their decimal mark and the dates are meant
    *("amount", "total", "decimal_comma", "dates_ymd", "dates_dmy", "dates_mdy"),
)
OF_FILES = frozenset(  # faults that no other rows make good; any other the whole may not have
    ("cut_off", "not_text", "mixed_encoding", "open_quote", "zip_bomb", "amount_too_large")
    + ("broken_gzip", "broken_zip", "broken_parquet")
)
OF_ALL = frozenset({"many_unreadable", "house_account", "house_account_row"})  # notes
BESIDE = ("contacts_file", "prospects_file", "customer_file")


def portions_of(opened: Opened, settings: Settings) -> int:
    """In how many portions these files are to be read: 1 where they fit in memory, or where rows
    cannot be told apart by an order number and one kind of key that is no name."""
    size = sum(
        grid.stored.size() * (PACKED if grid.stored.is_packed() else 1) for grid in opened.grids
    )
    roles = opened.survey.settled()
    by_number = len(roles.columns.get("order", ())) == 1
    by_number = by_number and all(
        opened.survey.header[roles.columns["order"][0]] in grid.header for grid in opened.grids
    )
    plain = len(roles.keys) == 1 and roles.keys[0] not in NAMES
    whole = opened.lines or settings.lines_file or not by_number or not plain
    whole = whole or bool({"key_name", "sum_kind"} & roles.columns.keys())  # judged by all rows
    whole = whole or bool(total_columns(opened.glance, roles))
    whole = whole or _written_once(opened) or any(grid.refunds for grid in opened.grids)
    return 1 if whole else -(-size // PORTION)


def _written_once(opened: Opened) -> bool:
    """Whether the first rows show order numbers that are written once for several rows, of which
    the further ones belong to the row above them (`filled_down`)."""
    roles, columns = opened.survey.settled(), opened.glance.columns
    order = columns[roles.columns["order"][0]]
    parts = ("date", *KEY_PARTS[roles.keys[0]])
    blanks = [columns[i].blank() for part in parts for i in roles.columns[part]]
    named = line_named({role: columns[at[0]] for role, at in roles.columns.items()})
    if roles.format is not None or named is None:
        return False
    one = np.zeros(len(order.codes), np.int8)
    return orders_once(order, (order.blank(), *blanks), one, named)


def keep_large(
    opened: Opened, settings: Settings, beside: Executor, count: int
) -> tuple[Reading, Ledger] | None:
    """The ledger of files in so many portions, and the reading of the first; None where portions
    differ in how they understand the amounts or dates, or one has no sales or would be refused
    for shares of its rows: then only the whole can tell (InputProblem: `OF_FILES`).

    The ledger is what reading the whole gives (tested), but for the order of its rows. It lies on
    disk, in a folder that goes with it.
    """
    found = _kept(opened, settings, beside, count, None)
    if isinstance(found, Known):  # the first portions were read without it
        found = _kept(opened, settings, beside, count, found)
    return found


def _kept(
    opened: Opened, settings: Settings, beside: Executor, count: int, known: Known | None
) -> tuple[Reading, Ledger] | Known | None:
    """The ledger; what has to be known of all portions, where some were read with other days."""
    alone = settings.model_copy(update=dict.fromkeys(BESIDE) | {"personal_columns": False})
    engine = _engine()
    ledgers: list[Ledger] = []
    there: set[str] = set()  # tables the engine has
    days = PortionDays(settings.closing_date)
    first: Reading | None = None
    counts: dict[str, int] = {}
    ruled: set[tuple[str, bool]] = set()
    for portion in _portions(opened, count):
        try:
            reading = read_opened(opened, alone, beside, portion, known)
            ledger = keep_ledger(reading, beside)
        except InputProblem as problem:
            if OF_FILES.isdisjoint(key for key, _ in problem.faults):
                return None
            raise
        days.see(reading)
        ruled |= set(reading.numbers.ruled if reading.numbers is not None else ())
        for kind, rows in reading.identity.counts.items():
            counts[kind] = counts.get(kind, 0) + rows
        ledgers.append(_entered(ledger, engine, there))
        first = first or _in_short(reading)
        del reading, ledger
        gc.collect()  # tables hang together in circles, which may be found much later
    contrary = len(dict(ruled)) < len(ruled)
    if contrary or len({_decided(ledger) for ledger in ledgers}) > 1:
        return None
    if known is None and not days.agree():
        return days.known()
    first = replace(first, settings=settings, identity=replace(first.identity, counts=counts))
    return first, _merged(ledgers, engine, first, there)


def _portions(opened: Opened, count: int) -> Iterator[Portion]:
    roles, header = opened.survey.settled(), opened.survey.header
    (orders,) = roles.columns["order"]
    texts = texts_of(opened.grids, header, [i for i in roles.positions() if i != orders])
    for nth in range(count):
        yield Portion(orders, nth, count, texts)


def _decided(ledger: Ledger) -> tuple:
    """How a portion's amounts and dates were understood."""
    told = {note.key for note in ledger.notes if note.key.startswith(DECIDED)}
    return ledger.source.amount_basis, frozenset(told - {"amount_too_large"})


def _in_short(reading: Reading) -> Reading:
    """A reading with no more of its rows than are shown of those left out."""
    out = reading.sieve.reasons
    some = np.concatenate(
        [np.flatnonzero(out == reason)[:EXAMPLES] for reason in range(len(REASONS))]
    )
    some = np.sort(some)
    sifted = Sieve(len(some))
    sifted.reasons[:] = out[some]
    nothing = {"numbers": None, "days": reading.days[some], "again": reading.again[some]}
    nothing |= {"goods": reading.goods[some], "stamps": reading.stamps.of_rows(some)}
    identity = reading.identity
    customer = Coded(identity.customer.codes[some], identity.customer.texts)
    return replace(
        reading,
        rows=reading.rows.taken(some, []),
        sieve=sifted,
        identity=replace(identity, customer=customer),
        **nothing,
    )


def _engine() -> Backend:
    folder = Path(tempfile.mkdtemp(prefix="leakybucket-"))
    engine = ibis.duckdb.connect(folder / "ledger.duckdb", memory_limit=MEMORY)
    weakref.finalize(engine, shutil.rmtree, folder, ignore_errors=True)
    return engine


def _entered(ledger: Ledger, engine: Backend, there: set[str]) -> Ledger:
    """A portion's growing tables put to those of the others; what is left of it."""
    for name in (*GROWING, *(() if there else ("ids",))):
        table = getattr(ledger, name)
        if table is None:
            continue
        engine.con.register("portion", _plain(table.to_pyarrow()))
        into = f"INSERT INTO {name}" if name in there else f"CREATE TABLE {name} AS"
        engine.con.execute(f"{into} SELECT * FROM portion")
        engine.con.unregister("portion")  # which Ibis would keep
        there.add(name)
    ledger.orders.get_backend().disconnect()  # else its memory stays
    return replace(ledger, **dict.fromkeys(GROWING), ids=None)


def _plain(table: pa.Table) -> pa.Table:
    types = [t.value_type if pa.types.is_dictionary(t) else t for t in table.schema.types]
    return table.cast(pa.schema(list(zip(table.column_names, types, strict=True))))


def _merged(ledgers: list[Ledger], engine: Backend, first: Reading, there: set[str]) -> Ledger:
    customers = engine.table("orders").customer_id.to_pyarrow()
    extra = companions.read_companions(first, customers)
    for name in ("contacts", "incoming", "prospects", "people", "addresses"):
        if getattr(extra, name) is not None:
            there.add(name)
            engine.create_table(name, getattr(extra, name))
    source = merged_source([ledger.source for ledger in ledgers])
    source = replace(source, beside=extra.files)
    closing = max(ledger.closing_date for ledger in ledgers)
    alike = {note.key for grid in first.grids for note in grid.notes}
    alike |= {key for key, _ in first.roles.told}
    notes = merged_notes([ledger.notes for ledger in ledgers], OF_ALL, frozenset(alike))
    aside = merged_set_aside(
        [ledger.set_aside for ledger in ledgers], [file.name for file in source.files]
    )
    return Ledger(
        **{name: engine.table(name) for name in there},
        set_aside=aside,
        source=source,
        first_date=min(ledger.first_date for ledger in ledgers),
        closing_date=closing,
        notes=(
            *_closing_told(notes, engine, closing),
            *_whole(first, engine, source, aside),
            *extra.notes,
        ),
        audit=merged_audit([ledger.audit for ledger in ledgers]),
        twins=None,
        earlier=extra.earlier,
    )


def _whole(first: Reading, engine: Backend, source: Source, aside: pd.DataFrame) -> list[Note]:
    """Notes on shares of all rows or orders (`OF_ALL`), which no portion knows."""
    rows = aside.source_row[aside.reason == "unreadable"]
    told = unreadable_told(len(rows), source.rows_read, int(rows.iloc[0]) if len(rows) else 0)
    per = engine.con.sql(
        "SELECT customer, any_value(customer_id) AS id, count(*) AS n, "
        "arg_min(source_row, (source_file, source_row)) AS row, min(source_file) AS file "
        "FROM orders GROUP BY customer ORDER BY customer"
    ).to_arrow_table()
    who = house_account(per["n"].to_numpy())
    if who is not None:
        name, n, row = (per[column][who].as_py() for column in ("id", "n", "row"))
        told.append(house_told(name, row, n, pc.sum(per["n"]).as_py(), first))
    if tuple(first.identity.counts) == ("number",):
        rows = per["row"].to_numpy()
        places = per["file"].to_numpy().astype(np.int64) * int(rows.max() + 1) + rows
        told += near_told(per["id"].combine_chunks(), rows, places)
    return told


def _closing_told(notes: tuple[Note, ...], engine: Backend, closing: dt.date) -> list[Note]:
    """The notes; that the closing date lies beyond the last order only if it does for all."""
    last = engine.table("orders").date.max().to_pyarrow().as_py()
    kept = [note for note in notes if note.key != "closing_beyond" or closing > last]
    return [
        replace(note, values=note.values | {"closing": closing, "last": last})
        if note.key == "closing_beyond"
        else note
        for note in kept
    ]
