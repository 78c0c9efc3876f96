"""Win-back: who is worth a letter, and how many letters pay."""

from __future__ import annotations

from toolkit.action import Plan, rules_of
from toolkit.book import LAYERS, Book
from toolkit.foresight import Outlook
from toolkit.report.book_facts import book_facts
from toolkit.report.cost_marks import costs_of_ways, letters_only, profit_mark
from toolkit.report.facts import Facts
from toolkit.report.lists import CSV_NAME, headers, list_in_words
from toolkit.report.markup import table
from toolkit.report.own_facts import own_facts
from toolkit.report.plan_facts import plan_facts
from toolkit.report.sections.certainty import blind, no_chances
from toolkit.report.sections.winback_curve import curve_figure
from toolkit.report.sections.winback_money import economics, how_many, own_figures, ways
from toolkit.report.shown import Shown, bullets, heading, paragraph
from toolkit.report.workbook import csv_link
from toolkit.words import Words

HEAD = 20
EMBEDDED = 200
HEAD_COLUMNS = (
    "rank",
    "customer_id",
    "channel",
    "place",
    "last_date",
    "chance",
    "margin_if_returns",
    "priority",
    "why",
)
FORMS = {
    "rank": "count",
    "chance": "share",
    "margin_if_returns": "money",
    "break_even": "share",
    "priority": "money",
}


def winback(book: Book, outlook: Outlook, plan: Plan) -> Shown | None:
    """The section on winning back the lapsed; None without amounts."""
    if not book.has_money:
        return None
    known = book_facts(book)
    facts = known + plan_facts(book, plan) + own_facts(book, plan, known)

    def write(words: Words):
        if plan.winback is None or plan.winback.empty:
            none = no_chances(outlook, "winback.none")
            key = none if plan.winback is None else "winback.empty"
            told = [] if plan.winback is None else _left_out(facts, book, plan, words)
            return words["winback.title"], [
                paragraph(words[key]),
                *([bullets(told)] if told else []),
            ]
        mark = profit_mark(book.settings, plan.economics.channels, words)
        cost = words.write(book.settings.cost_per_contact, "money", book.settings.currency)
        costs = {"cost": cost, "ways": costs_of_ways(book.settings, plan.economics, words)}
        left = _left_out(facts, book, plan, words)
        return words["winback.title"], [
            paragraph(facts.say(words, _lead(facts, plan), **costs, mark=mark), "lead"),
            paragraph(words["winback.coin"]) if blind(outlook) else None,
            economics(book, plan, outlook, facts, words),
            ways(book, plan, words, mark),
            curve_figure(book, plan, facts, words, mark),
            how_many(book, plan, facts, words, mark),
            *own_figures(book, facts, words, mark),
            heading(words["winback.head_title"]),
            *_head(book, plan, words, mark),
            bullets(left) if left else None,
        ]

    return Shown.written("winback", book.settings.languages, write)


def _lead(facts: Facts, plan: Plan) -> str:
    """Key of the first sentence."""
    if facts.value("winback.worth_contacting"):
        return "winback.lead_held" if facts.value("winback.held_out") else "winback.lead"
    if not facts.value("winback.paying"):
        letters = letters_only(plan.economics)
        return "winback.lead_none" if letters else "winback.lead_none_ways"
    return "winback.lead_limit" if facts.value("winback.no_room") else "winback.lead_test"


def _head(book: Book, plan: Plan, words: Words, mark: str) -> list:
    """The head of the list, and more of it to save; names and mail addresses stay in the lists."""
    code = book.settings.currency
    spoken = list_in_words(plan.winback.head(EMBEDDED), code, words)
    if book.ledger.source.personal:
        spoken = spoken.drop(columns="customer_id")
    n, of = min(HEAD, len(spoken)), len(plan.winback)
    alone = "_one" if of == 1 else ""
    caption = words.say(f"winback.head_caption{alone}", n=n, of=of, mark=mark)
    text = words.say(f"winback.download{alone}", n=len(spoken))
    several = len(plan.economics.channels) > 1
    wanted = [c for c in HEAD_COLUMNS if c in spoken and (several or c != "channel")]
    shown = spoken.head(HEAD)[wanted]
    return [
        table(shown, words, caption=caption, forms=FORMS, currency=code),
        csv_link(spoken, headers(spoken.columns, words), CSV_NAME, text),
    ]


def _left_out(facts: Facts, book: Book, plan: Plan, words: Words) -> list[str]:
    settings = book.settings
    used = {x for way in plan.economics.channels.values() for x in way.lapsed or LAYERS}
    layers = words["winback.and"].join(words[f"layer.{x}"] for x in LAYERS if x not in used)
    more = {
        "too_long": {"days": settings.max_silence_days},
        "first_time": {"days": book.cutoffs.lapse_days + settings.first_time_days},
        "no_channel": {"layers": layers},
        "unreached": {},
        "unwilling": {},
        "rested": {"days": rules_of(settings).rest_days},
    }
    left = [name for name in more if facts.value(f"winback.{name}")]
    told = [facts.say(words, f"winback.{name}", **more[name]) for name in left]
    return [*told, words["winback.rest"]] if told else []
