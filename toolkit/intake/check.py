"""What was recognised in a sales file, to be looked at before a diagnosis."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from toolkit.intake.ledger import Ledger, Note, Source
from toolkit.words import Words

if TYPE_CHECKING:
    from toolkit.intake.reading import Reading

EXAMPLES = 3


@dataclass(frozen=True)
class Column:
    """A recognised column: its role, its name in the file, and its first value in a kept row."""

    role: str
    name: str
    example: str


@dataclass(frozen=True)
class Check:
    """columns: recognised, by role. source: provenance and counts. examples: reason -> up to
    three row numbers. first_date, last_date: of kept orders; closing_date: inclusive. orders,
    customers: distinct, kept."""

    columns: tuple[Column, ...]
    source: Source
    examples: dict[str, tuple[int, ...]]
    first_date: dt.date
    last_date: dt.date
    closing_date: dt.date
    orders: int
    customers: int
    notes: tuple[Note, ...]


def check_reading(reading: Reading, ledger: Ledger) -> Check:
    """The check of a file that was read."""
    first = np.flatnonzero(reading.sieve.kept)[:1]
    columns = tuple(
        Column(role, reading.header[i], reading.rows.columns[i].at(first)[0].as_py())
        for role, positions in reading.roles.by_name().items()
        for i in positions
    )
    rows = ledger.set_aside.groupby("reason")["source_row"]
    totals = ledger.orders.aggregate(
        orders=ledger.orders.count(),
        customers=ledger.orders.customer_id.nunique(),
        last_date=ledger.orders.date.max(),
    ).to_pyarrow()
    return Check(
        columns=columns,
        source=ledger.source,
        examples={reason: tuple(map(int, some.head(EXAMPLES))) for reason, some in rows},
        first_date=ledger.first_date,
        last_date=totals["last_date"][0].as_py(),
        closing_date=ledger.closing_date,
        orders=totals["orders"][0].as_py(),
        customers=totals["customers"][0].as_py(),
        notes=ledger.notes,
    )


def lines(check: Check, language: str) -> list[str]:
    """The check as aligned plain text in `ja` or `en`, one string per line."""
    words = Words(language)
    source = check.source
    facts = [
        ("file", source.file),
        ("form", _form(source)),
        ("rows_read", words.write(source.rows_read)),
        ("rows_kept", words.write(source.rows_kept)),
        ("orders", words.write(check.orders)),
        ("customers", words.write(check.customers)),
        ("period", words.say("check.span", first=check.first_date, last=check.last_date)),
        ("closing_date", words.write(check.closing_date)),
    ]
    told = aligned([(words[f"check.{key}"], value) for key, value in facts])
    told += ["", words["check.columns"]]
    told += aligned([(words[f"role.{c.role}"], c.name, c.example) for c in check.columns], "  ")
    told += ["", words["check.set_aside"]]
    told += aligned(_left_out(check, words), "  ") or [f"  {words['check.nothing']}"]
    told += ["", words["check.notes"]]
    return told + [f"  {words.say(f'note.{n.key}', **n.values)}" for n in check.notes]


def _form(source: Source) -> str:
    parts = (source.kind, source.encoding, source.sheet)
    return ", ".join(part for part in parts if part)


def _left_out(check: Check, words: Words) -> list[tuple[str, ...]]:
    return [
        (
            words[f"reason.{reason}"],
            words.write(n),
            words.say("check.rows", rows=", ".join(map(str, check.examples[reason]))),
        )
        for reason, n in check.source.set_aside.items()
    ]


def width(text: str) -> int:
    """Columns a text takes in a terminal: East Asian wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def aligned(rows: list[tuple[str, ...]], indent: str = "") -> list[str]:
    """Rows of a table, the cells of a column below each other."""
    if not rows:
        return []
    widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]

    def padded(row: tuple[str, ...]) -> str:
        cells = (text + " " * (most - width(text)) for text, most in zip(row, widths, strict=True))
        return (indent + "  ".join(cells)).rstrip()

    return [padded(row) for row in rows]
