"""What intake hands on: the orders kept, the rows set aside, and where all of it came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import ibis.expr.types as ir
import pandas as pd

if TYPE_CHECKING:
    from toolkit.intake.audit import Audit

REASONS = (
    "unreadable",
    "heading_or_total",
    "no_customer",
    "cancelled",
    "pending",
    "not_a_sale",
    "test_or_zero",
    "duplicate",
    "after_closing",
)


@dataclass(frozen=True)
class Note:
    """One thing worth knowing about the file: a key of `[note]` in the words files, and values."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class File:
    """One file read: its name without folder, its sha256, and the rows read of it."""

    name: str
    sha256: str
    rows_read: int


@dataclass(frozen=True)
class Source:
    """Provenance of a ledger.

    file: name without folder; of several, the first and how many more. sha256: of the file as it
    lies on disk; of several, of their hashes. files: each of them. beside: files read beside
    the sales, of product lines, prospects, contacts and customers, in this order. rows_read,
    rows_kept: input rows, blank lines not counted. set_aside: reason -> rows. kind: csv, tsv,
    blank, xlsx or parquet. encoding and delimiter: of text files, else None; sheet: of workbooks,
    else None.
    columns: role -> names of the columns used. keys: the names of those that tell customers
    apart. format: the known export it is, None for any other. amount_basis: "total" (an order's
    total), "line" (the row's own amount), "price x quantity", "price" or "none". personal:
    customers are told apart by mail addresses, telephone numbers or names.
    """

    file: str
    sha256: str
    rows_read: int
    rows_kept: int
    set_aside: Mapping[str, int]
    kind: str
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    columns: Mapping[str, tuple[str, ...]]
    amount_basis: str
    personal: bool = False
    files: tuple[File, ...] = ()
    beside: tuple[File, ...] = ()
    keys: tuple[str, ...] = ()
    format: str | None = None


@dataclass(frozen=True)
class Ledger:
    """Every input row, kept as part of an order or set aside with a reason.

    orders: Ibis table, one row per order kept: order_id (string; null where the file has no order
    number), customer_id (string), customer (int32: one number per customer_id, in their order),
    ordered_at (timestamp, wall clock as written), date (the business day), amount (int64 minor
    units of the settings' currency; null with `no_amount`), lines (int64, input rows in the
    order), source_file (int16, its place in `source.files`), source_row (int64, its first input
    row in that file; the header is row 1). set_aside: frame, one row per input row left out:
    source_file, source_row, reason, value. first_date: of a kept order. closing_date: inclusive,
    as set, else the last date with a kept order. Raises AssertionError when rows read
    are not rows kept and set aside.

    Optional, Ibis tables of the same engine: ids (`orders.ids_of`; without, the book numbers the
    customers itself) and, None where the client has no such thing, lines (columns:
    `product_lines.lines_of`), subscriptions (`subscriptions.marked_orders`), contacts,
    incoming, prospects (`companions.Companions`), people (`people.read_people`), contracts, the
    contract ends the sales file tells (`contract_ends.ends_of`), and addresses, only where the
    settings ask for personal columns (`addresses.addresses_of`). Beside them, as a
    frame: earlier (names of earlier lists, `earlier.read_earlier`); and, None for orders from
    elsewhere: audit (what the rows left out come to, `audit.Audit`) and twins
    (customers likely one person, `twins.twins_of`; None also where the file has nothing to tell it
    by).
    """

    orders: ir.Table
    set_aside: pd.DataFrame
    source: Source
    first_date: dt.date
    closing_date: dt.date
    notes: tuple[Note, ...] = ()
    ids: ir.Table | None = None
    lines: ir.Table | None = None
    subscriptions: ir.Table | None = None
    contacts: ir.Table | None = None
    incoming: ir.Table | None = None
    prospects: ir.Table | None = None
    people: ir.Table | None = None
    addresses: ir.Table | None = None
    earlier: pd.DataFrame | None = None
    contracts: ir.Table | None = None
    audit: Audit | None = None
    twins: pd.DataFrame | None = None

    def __post_init__(self) -> None:
        left_out = len(self.set_aside)
        assert self.source.rows_read == self.source.rows_kept + left_out, "rows do not add up"
        assert sum(self.source.set_aside.values()) == left_out, "reasons do not add up"
