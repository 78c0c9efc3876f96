"""Page one: the verdict, five numbers, three findings, three things to do."""

from __future__ import annotations

from toolkit.action import Plan
from toolkit.book import Book
from toolkit.foresight import Outlook
from toolkit.report.active_facts import active_facts
from toolkit.report.book_facts import book_facts
from toolkit.report.cost_marks import costs_of_ways, letters_only, profit_mark
from toolkit.report.facts import CUSTOMERS, Facts
from toolkit.report.findings import actions, findings
from toolkit.report.plan_facts import plan_facts
from toolkit.report.sections.urgent import urgent
from toolkit.report.shown import (
    Shown,
    Tile,
    action_list,
    bullets,
    callout,
    finding_cards,
    heading,
    paragraph,
    tiles,
)
from toolkit.report.verdict import verdict
from toolkit.words import Words

NUMBERS = (
    ("hole", "hole.year", "hole.previous"),
    ("active", "customers.active", "customers.previous"),
    ("prime", "layers.prime.active", "layers.previous.prime.active"),
    ("sales", "sales.total", "sales.previous.total"),
    ("f2", "f2.rate", "f2.previous"),
)


def summary(book: Book, outlook: Outlook, plan: Plan) -> Shown:
    """The first page, on its own sheet when printed."""
    facts = book_facts(book) + plan_facts(book, plan) + active_facts(book, plan)
    settings = book.settings
    held = settings.control_share > 0
    page = {
        "client": settings.client_name,
        "closing_date": book.closing.isoformat(),
        "titles": {lang: Words(lang)["page.title"] for lang in settings.languages},
    }

    def write(words: Words):
        cost = words.write(settings.cost_per_contact, "money", settings.currency)
        mark = profit_mark(settings, plan.economics.channels, words)
        only = letters_only(plan.economics)
        ways = None if only else costs_of_ways(settings, plan.economics, words)
        said = verdict(facts, settings.small_hole)
        found = findings(facts, words, settings.currency, bool(mark))
        found = [] if said == "too_little" else found
        blocks = [
            paragraph(facts.say(words, f"verdict.{said}"), "verdict"),
            tiles(words, _numbers(facts, words)),
        ]
        told = urgent(book, facts, words)
        if told:
            blocks.append(callout(words["summary.read_first"], *told, kind="caution"))
        if found:
            blocks += [heading(words["summary.findings"]), finding_cards(words, found)]
        blocks += [
            heading(words["summary.actions"]),
            action_list(actions(facts, words, cost, book.has_money, mark, ways, held)),
        ]
        if settings.assumed() and plan.winback is not None:
            blocks.append(_to_ask(book, words))
        return words["summary.title"], blocks

    return Shown.written("summary", settings.languages, write, front=True, page=page)


def _numbers(facts: Facts, words: Words) -> list[Tile]:
    shown = []
    for name, now, before in NUMBERS:
        if now not in facts:
            continue
        key = f"summary.{name}_note"
        if name == "f2" and facts.known("f2.rate") and facts.value("f2.filling"):
            key = "summary.f2_note_filling"
        note = facts.say(words, key) if key in words else None
        last = _number(facts, before, words) if facts.known(before) else None
        shown.append(Tile(words[f"summary.{name}"], _number(facts, now, words), last, note))
    return shown


def _number(facts: Facts, key: str, words: Words) -> str:
    fact = facts[key]
    text = fact.write(words, "")
    known = fact.unit == CUSTOMERS and fact.value is not None
    return words.say("summary.people", n=text) if known else text


def _to_ask(book: Book, words: Words):
    settings = book.settings
    values = {
        "margin": words.write(settings.margin_share, "share"),
        "contact_cost": words.write(settings.cost_per_contact, "money", settings.currency),
    }
    lines = [words.say(f"summary.ask_{name}", value=values[name]) for name in settings.assumed()]
    return callout(
        words["summary.ask_title"], words["summary.ask_text"], bullets(lines), kind="assumed"
    )
