"""The quality of the file: what was read and left out, and what looks wrong though it was kept."""

from __future__ import annotations

import pandas as pd

from toolkit import currency
from toolkit.book import Book
from toolkit.frames import scalar
from toolkit.intake import Audit, known_formats
from toolkit.report.book_facts import book_facts
from toolkit.report.facts import Facts
from toolkit.report.markup import Html, table
from toolkit.report.sections.oddities import influence_table, oddities, oddity_table
from toolkit.report.sections.quality_weeks import weeks_figure
from toolkit.report.sections.row_names import row_names
from toolkit.report.shown import Shown, bullets, definitions, heading, paragraph
from toolkit.words import Words

ENOUGH = 100  # orders, and customers of a year, from which amounts and buyers are compared
RULES = ("outliers", "spikes", "gaps", "twins", "buyers")
OF_MONEY = ("outliers",)


def quality(book: Book) -> Shown:
    """The section on the quality of the file: a page."""
    facts, ledger = book_facts(book), book.ledger
    read = "quality.lead" if facts.value("quality.set_aside") else "quality.lead_all"

    def write(words: Words):
        found = oddities(book, facts, words)
        blocks = [
            paragraph(facts.say(words, read), "lead"),
            paragraph(_found(len(found), book, words)),
            definitions(_scope(book, facts, words)),
            _reasons(book, words) if facts.value("quality.set_aside") else None,
            *oddity_table(found, book, words),
            influence_table(book, facts, words),
            paragraph(words["quality.too_few"], "note") if _too_few(book, facts) else None,
            weeks_figure(book, words),
            heading(words["quality.notes"]),
            bullets([words.say(f"note.{n.key}", **n.values) for n in ledger.notes]),
            _outside(book, words),
            paragraph(words["quality.rules_below"], "note"),
        ]
        return words["quality.title"], blocks

    return Shown.written("quality", book.settings.languages, write)


def _found(n: int, book: Book, words: Words) -> str:
    """On how many of the things looked for there is something to check."""
    if not n:
        return words["quality.nothing"]
    of = len(rules(book, words)) - (book.ledger.twins is None)
    return words.say("quality.found", n=n, of=of)


def _scope(book: Book, facts: Facts, words: Words) -> list[tuple[str, str]]:
    """How far the file goes, how much of it is identified, by what, and what the file is."""
    source = book.ledger.source
    months = book.bucket_statement("month")
    trusted = months.period[months.trusted]
    span = {"first": book.first, "closing": book.closing, "days": book.cutoffs.lapse_days}
    if len(trusted):
        period = words.say("quality.period", month=trusted.iloc[0], **span)
    else:
        period = words.say("quality.period_untrusted", **span)
    file = source.file
    if len(source.files) > 1:
        file = words.say("quality.files", n=len(source.files))
    known = known_formats().get(source.format)
    if known is not None:
        file += words.say("quality.format", system=known.system[words.language])
    keys = source.keys or source.columns.get("customer", ())
    told = [
        (words["quality.term_period"], period),
        (words["quality.term_identified"], _identified(facts, words)),
        (words["quality.term_key"], words["note.and"].join(keys)),
        (words["quality.term_file"], file),
    ]
    if book.ledger.people is not None:
        told.append((words["quality.term_master"], _master(facts, words)))
    return told


def _identified(facts: Facts, words: Words) -> str:
    if not facts.value("quality.nameless_rows"):
        return words["quality.identified_all"]
    if facts.known("quality.identified_sales", "quality.identified_rows"):
        return facts.say(words, "quality.identified")
    if facts.known("quality.identified_rows"):
        return facts.say(words, "quality.identified_row_share")
    return facts.say(words, "quality.nameless")


def _master(facts: Facts, words: Words) -> str:
    """How much of the customers the customer master knows, and of how many it tells what."""
    if not facts.known("quality.master_people"):
        return words["quality.master_few"]
    return facts.say(words, "quality.master")


def _reasons(book: Book, words: Words) -> Html:
    """Why rows were left out: how many, what they come to, and where three of them stand."""
    ledger, code = book.ledger, book.settings.currency
    amounts = (ledger.audit or Audit()).amounts
    left, rows = ledger.set_aside, []
    for reason, n in ledger.source.set_aside.items():
        some = left[left.reason == reason].head(3)
        places = zip(some.source_file, some.source_row, strict=True)
        rows.append(
            {
                "set_aside_reason": words[f"reason.{reason}"],
                "rows": n,
                "amount": currency.major(amounts.get(reason), code),
                "examples": row_names(places, book, words),
            }
        )
    columns = ["set_aside_reason", "rows", "amount", "examples"]
    frame = pd.DataFrame(rows, columns=columns if book.has_money else columns[:2] + columns[3:])
    forms = {"rows": "count", "amount": "money"}
    return table(frame, words, caption=words["quality.reasons"], forms=forms, currency=code)


def _too_few(book: Book, facts: Facts) -> bool:
    """Whether there is too little to tell what is out of the ordinary."""
    return facts.value("year.active") < ENOUGH or scalar(book.orders_table.count()) < ENOUGH


def _outside(book: Book, words: Words) -> Html | None:
    """Customers with returns or zero orders only: they are in the money, not in the counts."""
    known = scalar(book.days_table.customer_id.nunique())
    n = known - book_facts(book).value("customers.ever")
    return paragraph(words.say("quality.outside", n=n)) if n else None


def rules(book: Book, words: Words) -> list[tuple[str, str]]:
    """What was looked for and by which rule, for the section on definitions."""
    told = [rule for rule in RULES if book.has_money or rule not in OF_MONEY]
    without = {"buyers": "buyers_by_visits"} if not book.has_money else {}
    return [
        (words[f"oddity.{rule}"], words[f"oddity_rule.{without.get(rule, rule)}"]) for rule in told
    ]
