"""What was recognised in a sales file, to be looked at before a diagnosis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from toolkit.intake.audit import Audit
from toolkit.intake.columns.column_table import Column, aligned, column_table, cut, table_lines
from toolkit.intake.columns.opening import Opened
from toolkit.intake.columns.survey import Survey
from toolkit.intake.ledger import REASONS, Ledger, Note, Source
from toolkit.intake.notes import keys_told
from toolkit.problems import InputProblem
from toolkit.words import Words

if TYPE_CHECKING:
    from toolkit.intake.notes import Keys
    from toolkit.intake.reading import Reading

EXAMPLES = 3  # rows shown of those left out for a reason
LONGEST = 60  # characters of such a row


@dataclass(frozen=True)
class Found:
    """What a file that was read holds.

    source: provenance and counts. examples: reason -> up to three rows left out: (file, number,
    the text in its columns in use). first_date, last_date: of kept orders; closing_date:
    inclusive. orders, customers: distinct, kept. keys: what tells how many rows' customers apart.
    amount: net, minor units, of the orders; None without amounts. audit: what is in no order.
    """

    source: Source
    examples: Mapping[str, tuple[tuple[str, int, str], ...]]
    first_date: dt.date
    last_date: dt.date
    closing_date: dt.date
    orders: int
    customers: int
    keys: Keys
    amount: int | None
    audit: Audit
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Check:
    """file: what the file is called. files: the names of all that were opened. columns: every
    one of its columns, by the survey. found: what it holds; None where reading stopped with the
    `problem`."""

    file: str
    columns: tuple[Column, ...]
    survey: Survey
    found: Found | None = None
    problem: InputProblem | None = None
    files: tuple[str, ...] = ()


def check_opened(opened: Opened) -> Check:
    """The check of a file as far as its columns."""
    names = tuple(grid.name for grid in (*opened.grids, *opened.lines))
    return Check(opened.file, column_table(opened.survey), opened.survey, files=names)


def found_in(reading: Reading, ledger: Ledger) -> Found:
    """What a file that was read holds."""
    totals = ledger.orders.aggregate(
        orders=ledger.orders.count(),
        customers=ledger.orders.customer_id.nunique(),
        last_date=ledger.orders.date.max(),
        amount=ledger.orders.amount.sum().cast("int64"),
    ).to_pyarrow()
    return Found(
        source=ledger.source,
        examples=_examples(reading),
        first_date=ledger.first_date,
        last_date=totals["last_date"][0].as_py(),
        closing_date=ledger.closing_date,
        orders=totals["orders"][0].as_py(),
        customers=totals["customers"][0].as_py(),
        keys=keys_told(reading),
        amount=totals["amount"][0].as_py(),
        audit=ledger.audit or Audit(),
        notes=ledger.notes,
    )


def _examples(reading: Reading) -> dict[str, tuple[tuple[str, int, str], ...]]:
    rows, found = reading.rows, {}
    for place, reason in enumerate(REASONS):
        left = np.flatnonzero(reading.sieve.reasons == place)[:EXAMPLES]
        told = [(reading.file_of(i), int(rows.numbers[i]), _text(reading, i)) for i in left]
        told += [
            (reading.grids[m.file].name, m.row, m.text.strip())
            for m in rows.broken
            if m.reason == reason
        ]
        if told:
            found[reason] = tuple(told[:EXAMPLES])
    return found


def _text(reading: Reading, row: int) -> str:
    columns = reading.rows.columns.values()
    return " | ".join(column.texts[int(column.codes[row])].as_py() for column in columns)


def lines(check: Check, language: str) -> list[str]:
    """The check as aligned plain text in `ja` or `en`, one string per line; the problem, if there
    is one, is not in it."""
    words = Words(language)
    told = [f"{words['check.file']}  {check.file}"]
    if check.found is not None:
        told = _facts(check.found, words)
    told += _files(check, words)
    told += ["", words["check.columns"], *table_lines(check.columns, words)]
    told += ["", words["check.hint"]]
    if check.found is None:
        return told
    told += ["", words["check.set_aside"]]
    told += _left_out(check.found, words) or [f"  {words['check.nothing']}"]
    told += ["", words["check.notes"]]
    return told + [f"  {words.say(f'note.{n.key}', **n.values)}" for n in check.found.notes]


def _files(check: Check, words: Words) -> list[str]:
    """Every one of several files, with the rows read of it where they were."""
    if len(check.files) < 2:
        return []
    rows = {each.name: each.rows_read for each in check.found.source.files} if check.found else {}
    lines = [
        (name, words.say("check.rows_of_file", n=rows[name]) if name in rows else "")
        for name in check.files
    ]
    return ["", words.say("check.files", n=len(lines)), *aligned(lines, "  ")]


def _facts(found: Found, words: Words) -> list[str]:
    source = found.source
    facts = [
        ("file", source.file),
        ("form", _form(source)),
        ("rows_read", words.write(source.rows_read)),
        ("rows_kept", words.write(source.rows_kept)),
        ("orders", words.write(found.orders)),
        ("customers", words.write(found.customers)),
        ("key", found.keys.write(words, "")),
        ("covered", _identified(found, words)),
        ("period", words.say("check.span", first=found.first_date, last=found.last_date)),
        ("closing_date", words.write(found.closing_date)),
    ]
    return aligned([(words[f"check.{key}"], value) for key, value in facts])


def _identified(found: Found, words: Words) -> str:
    """The share of the rows and of the money that has a customer."""
    kept, nobody = found.source.rows_kept, found.audit.nameless_rows
    rows = kept / (kept + nobody)
    amounts = (found.amount, found.audit.nameless_amount)
    if None in amounts or min(amounts) < 0 or not sum(amounts):
        return words.say("check.covered_rows", rows=rows)
    return words.say("check.covered_sales", rows=rows, amount=amounts[0] / sum(amounts))


def _form(source: Source) -> str:
    parts = (source.kind, source.encoding, source.sheet)
    return ", ".join(part for part in parts if part)


def _left_out(found: Found, words: Words) -> list[str]:
    """Reasons with the rows left out for each, and below them the first of those."""
    told, several = [], len(found.source.files) > 1
    for reason, n in found.source.set_aside.items():
        told.append(f"  {words.say('check.reason', reason=words[f'reason.{reason}'], n=n)}")
        for file, row, text in found.examples[reason]:
            key = "check.row_of_file" if several else "check.row"
            told.append(f"    {words.say(key, file=file, row=row)}  {cut(text, LONGEST)}")
    return told
