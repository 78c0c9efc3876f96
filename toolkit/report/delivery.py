"""What lies beside the report: facts.json, lists.xlsx, a CSV per list, groups.csv, lists laid out
for mail tools and printers, and the tables."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from toolkit import currency
from toolkit.action import Plan
from toolkit.book import Book
from toolkit.foresight import Outlook, equity_of, look_ahead
from toolkit.report import tables
from toolkit.report.active_facts import active_facts
from toolkit.report.book_facts import book_facts
from toolkit.report.equity_facts import equity_facts
from toolkit.report.facts import Facts, as_json
from toolkit.report.follow_up_facts import follow_up_facts
from toolkit.report.groups_file import NAME as GROUPS
from toolkit.report.groups_file import groups_file
from toolkit.report.layouts import laid_out_lists
from toolkit.report.outlook_facts import outlook_facts
from toolkit.report.own_facts import own_facts
from toolkit.report.plan_facts import plan_facts
from toolkit.report.rhythm_facts import rhythm_facts
from toolkit.report.sheets import list_sheets, sheets
from toolkit.report.trial_facts import trial_facts
from toolkit.report.workbook import write_csv, write_workbook

SCHEMA = 1
LAID_OUT = "layouts"  # the folder of files for mail tools and printers


def deliver(book: Book, outlook: Outlook, plan: Plan) -> None:
    """Write everything but the page into `settings.out`; nothing when that is not set."""
    if book.settings.out is None:
        return
    folder = Path(book.settings.out)
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(
        facts_document(book, outlook, plan), ensure_ascii=False, indent=1, allow_nan=False
    )
    (folder / "facts.json").write_text(text + "\n", encoding="utf-8", newline="\n")
    code = book.settings.currency
    write_workbook(folder / "lists.xlsx", sheets(book, plan), currency=code, created=book.closing)
    for name, sheet in list_sheets(book, plan).items():
        if name == "winback" or len(sheet.frame):
            write_csv(folder / f"{name}.csv", sheet.frame, sheet.headers)
    for name, (layout, table) in laid_out_lists(book, plan).items():
        (folder / LAID_OUT).mkdir(exist_ok=True)
        path = folder / LAID_OUT / name
        write_csv(path, table, {}, bom=layout.bom, headed=layout.header)
    if plan.groups is not None and len(plan.groups):
        write_csv(folder / GROUPS, groups_file(plan.groups, code), {})
    tables.write(folder / "tables", book, outlook, plan)


def _facts(book: Book, outlook: Outlook, plan: Plan) -> Facts:
    """Every number of the report."""
    worth = equity_facts(book, equity_of(book, outlook))
    coming = outlook_facts(book, look_ahead(book))
    known = book_facts(book)
    planned = plan_facts(book, plan) + own_facts(book, plan, known) + follow_up_facts(book, plan)
    planned = planned + trial_facts(book, plan) + active_facts(book, plan)
    return known + rhythm_facts(book) + coming + worth + planned


def facts_document(book: Book, outlook: Outlook, plan: Plan) -> dict[str, Any]:
    """`facts.json`: client, closing date, settings in force, source and every fact."""
    settings, source = book.settings, book.ledger.source
    cut, code = book.cutoffs, settings.currency
    line = currency.major(cut.amount_line, code)
    in_force = {
        "fledgling_days": cut.fledgling_days,
        "amount_line": None if line is None else format(line, "f"),
        "prime_days": cut.prime_days,
        "lapse_days": cut.lapse_days,
        "currency": code,
        "language": settings.language,
        "profile": cut.profile,
    }
    return {
        "schema": SCHEMA,
        "client": settings.client_name,
        "closing_date": book.closing.isoformat(),
        "settings": in_force,
        "source": {
            "file": source.file,
            "sha256": source.sha256,
            "rows_read": source.rows_read,
            "rows_kept": source.rows_kept,
            "set_aside": dict(source.set_aside),
            "files": [asdict(file) for file in source.files],
            "beside": [asdict(file) for file in source.beside],
        },
        "facts": as_json(_facts(book, outlook, plan)),
    }
