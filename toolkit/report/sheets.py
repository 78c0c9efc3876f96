"""The sheets of lists.xlsx: the lists, the calendar, layers, bucket, definitions."""

from __future__ import annotations

import pandas as pd

from toolkit.action import CALENDAR, Plan
from toolkit.book import Book
from toolkit.report.active_lists import FORMS as ACTIVE_FORMS
from toolkit.report.active_sheets import active_formulas, active_frames
from toolkit.report.amounts import in_major_units
from toolkit.report.calendar_sheets import dated_names, weekly
from toolkit.report.lists import answers_in_words, list_in_words
from toolkit.report.sections.layers import place_name
from toolkit.report.sections.reading import terms
from toolkit.report.spoken import BOTH, headings, in_all
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
    "spend_per_visit": "money",
    "visits_if_back": "ratio",
    "margin_share": "share",
    "contact_cost": "money",
    "offer_cost": "money",
    "kappa_low": "ratio",
    "kappa": "ratio",
    "kappa_high": "ratio",
    "priority": "money",
    "priority_low": "money",
    "priority_high": "money",
    "week_ahead": "count",
    "contacts": "count",
    "cost": "money",
}
ADDRESSED = ("name", "mail", "phone", "postcode", "address", "line_user")
WORKED_OUT = (  # columns of the win-back sheet that the definitions say how to work out
    *("margin_if_returns", "uplift", "break_even", "priority"),
    *("decision", "send", "reason"),
)


def sheets(book: Book, plan: Plan) -> list[Sheet]:
    """The workbook's sheets in the report's language; in a report in both, headings are in both
    and sentences stand in one column each. Names and addresses are in them only where the settings
    ask for personal columns."""
    spoken = [Words(language) for language in book.settings.languages]
    made = list(list_sheets(book, plan).values())
    if plan.follow_up is not None:
        weeks = weekly(plan.follow_up, book.settings.currency, spoken)
        made.append(_sheet("calendar_counts", weeks, spoken))
    if book.has_money:
        made.append(_sheet("layers", _layers(book, spoken), spoken))
    made.append(_sheet("bucket", _bucket(book, spoken), spoken))
    made.append(_sheet("definitions", _definitions(book, plan, spoken), spoken))
    return made


def list_sheets(book: Book, plan: Plan) -> dict[str, Sheet]:
    """The sheets with names of customers, by the names of their files: every list of the plan and
    the calendar (`calendar`)."""
    spoken = [Words(language) for language in book.settings.languages]
    tables = {}
    if plan.winback is not None:
        tables["winback"] = _winback(book, plan, spoken)
    tables |= active_frames(book, plan, spoken)
    if plan.follow_up is not None:
        tables["calendar"] = dated_names(plan.follow_up, book.settings.currency, spoken)
    addresses = book.addresses()
    return {
        name: _sheet(name, with_addresses(table, addresses), spoken)
        for name, table in tables.items()
    }


def with_addresses(table: pd.DataFrame, addresses: pd.DataFrame | None) -> pd.DataFrame:
    """A list with what is known of each customer's name and address behind the customer's id."""
    if addresses is None:
        return table
    parts = [part for part in ADDRESSED if (addresses[part] != "").any()]
    known = addresses.set_index("customer_id")[parts]
    at = table.columns.get_loc("customer_id") + 1
    joined = table.join(known, on="customer_id")
    columns = list(table.columns)
    return joined[[*columns[:at], *parts, *columns[at:]]]


def _sheet(name: str, table: pd.DataFrame, spoken: list[Words]) -> Sheet:
    title = spoken[0][f"sheet.{name}"]
    return Sheet(title, table, headings(table.columns, spoken), FORMS)


def _winback(book: Book, plan: Plan, spoken: list[Words]) -> pd.DataFrame:
    code = book.settings.currency
    told = {w.language: list_in_words(plan.winback, code, w) for w in spoken}
    table = told[spoken[0].language]
    for name in ("place", "decision", "group", "send", "channel"):
        pairs = (told[w.language][name] for w in spoken)
        joined = next(pairs)
        for other in pairs:
            joined = joined.where(joined == other, joined + BOTH + other)
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
    names = in_all(spoken, lambda w: [place_name(*pair, w) for pair in pairs])
    table = table.assign(place=names)
    return table[["place", "customers", "share", "sales", "sales_share", "per_head"]]


def _bucket(book: Book, spoken: list[Words]) -> pd.DataFrame:
    table = book.bucket_months()
    for name in ("complete", "trusted"):
        table[name] = in_all(spoken, lambda w, name=name: answers_in_words(table[name], w))
    return table


def _definitions(book: Book, plan: Plan, spoken: list[Words]) -> pd.DataFrame:
    told = [[*terms(book, w), *_worked_out(plan, w)] for w in spoken]
    parts = [pd.DataFrame(each, columns=["term", "definition"]) for each in told]
    return pd.concat(parts, ignore_index=True)


def _worked_out(plan: Plan, words: Words) -> list[tuple[str, str]]:
    """How the amounts of the lists with money follow from each other."""
    held = any(each.held_out for each in plan.controls if each.list != CALENDAR)
    group = [words["sheet_term.send_group"]] if held else []
    back = [] if plan.winback is None else _formulas(words, group)
    return back if plan.golden is None else back + active_formulas(words, group)


def _formulas(words: Words, group: list[str]) -> list[tuple[str, str]]:
    """How the columns of the win-back sheet follow from each other (group: `active_formulas`)."""
    of, said = words["sheet_term.of"], {x: [words[f"sheet_term.{x}"]] for x in WORKED_OUT}
    said["send"] += group
    return [(of.format(words[f"column.{x}"]), words.joined(told)) for x, told in said.items()]
