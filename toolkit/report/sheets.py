"""The sheets of lists.xlsx: win-back, about to lapse, golden, layers, bucket, definitions."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from toolkit.action import Plan
from toolkit.book import Book
from toolkit.report.active_lists import FORMS as ACTIVE_FORMS
from toolkit.report.active_sheets import active_frames
from toolkit.report.amounts import in_major_units
from toolkit.report.lists import list_in_words
from toolkit.report.sections.layers import place_name
from toolkit.report.sections.reading import terms
from toolkit.report.workbook import Sheet
from toolkit.words import Words

FORMS = ACTIVE_FORMS | {
    "rank": "count",
    "gap_days": "count",
    "n_visits": "count",
    "rhythm_days": "count",
    "customers": "count",
    "chance": "share",
    "uplift": "share",
    "break_even": "share",
    "share": "share",
    "sales_share": "share",
    "hole": "share",
    "amount": "money",
    "sales": "money",
    "per_head": "money",
    "margin_if_returns": "money",
    "contact_cost": "money",
    "priority": "money",
    "priority_low": "money",
    "priority_high": "money",
}
BOTH = " / "


def sheets(book: Book, plan: Plan) -> list[Sheet]:
    """The workbook's sheets in the report's language; in a report in both, headings are in both
    and sentences stand in one column each."""
    spoken = [Words(language) for language in book.settings.languages]
    made = []
    if plan.winback is not None:
        made.append(_sheet("winback", _winback(book, plan, spoken), spoken))
    active = active_frames(book, plan, spoken)
    made += [_sheet(name, table, spoken) for name, table in active.items()]
    if book.has_money:
        made.append(_sheet("layers", _layers(book, spoken), spoken))
    made.append(_sheet("bucket", book.bucket_months(), spoken))
    made.append(_sheet("definitions", _definitions(book, spoken), spoken))
    return made


def active_files(book: Book, plan: Plan) -> dict[str, tuple[pd.DataFrame, dict[str, str]]]:
    """The lists of active customers for a CSV file each, by name, with their headings."""
    spoken = [Words(language) for language in book.settings.languages]
    frames = active_frames(book, plan, spoken)
    return {name: (table, _headings(table.columns, spoken)) for name, table in frames.items()}


def list_file(book: Book, plan: Plan) -> tuple[pd.DataFrame, dict[str, str]] | None:
    """The whole win-back list for `winback.csv` with its headings; None without a list."""
    if plan.winback is None:
        return None
    spoken = [Words(language) for language in book.settings.languages]
    table = _winback(book, plan, spoken)
    return table, _headings(table.columns, spoken)


def _sheet(name: str, table: pd.DataFrame, spoken: list[Words]) -> Sheet:
    title = spoken[0][f"sheet.{name}"]
    return Sheet(title, table, _headings(table.columns, spoken), FORMS)


def _headings(columns: Iterable[str], spoken: list[Words]) -> dict[str, str]:
    found = {}
    for name in columns:
        stem, _, language = name.partition("@")
        own = [w for w in spoken if w.language == language] or spoken
        found[name] = BOTH.join(dict.fromkeys(w[f"column.{stem}"] for w in own))
    return found


def _in_all(spoken: list[Words], write) -> list[str]:
    """Each text of `write(words)`, in every language of the report, joined."""
    told = [write(words) for words in spoken]
    return [BOTH.join(dict.fromkeys(parts)) for parts in zip(*told, strict=True)]


def _winback(book: Book, plan: Plan, spoken: list[Words]) -> pd.DataFrame:
    code = book.settings.currency
    told = {w.language: list_in_words(plan.winback, code, w) for w in spoken}
    table = told[spoken[0].language]
    for name in ("place", "decision"):
        pairs = (told[w.language][name] for w in spoken)
        joined = next(pairs)
        for other in pairs:
            joined = joined + BOTH + other
        table = table.assign(**{name: joined})
    if len(spoken) > 1:
        at = table.columns.get_loc("why")
        table = table.drop(columns="why")
        for i, words in enumerate(spoken):
            table.insert(at + i, f"why@{words.language}", told[words.language]["why"])
    return table


def _layers(book: Book, spoken: list[Words]) -> pd.DataFrame:
    table = in_major_units(book.places(), ["sales", "per_head"], book.settings.currency)
    pairs = list(zip(table.layer, table.state, strict=True))
    names = _in_all(spoken, lambda w: [place_name(*pair, w) for pair in pairs])
    table = table.assign(place=names)
    return table[["place", "customers", "share", "sales", "sales_share", "per_head"]]


def _definitions(book: Book, spoken: list[Words]) -> pd.DataFrame:
    parts = [pd.DataFrame(terms(book, w), columns=["term", "definition"]) for w in spoken]
    return pd.concat(parts, ignore_index=True)
