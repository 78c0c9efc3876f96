"""Win-back: who is worth a letter, and how many letters pay."""

from __future__ import annotations

import pandas as pd

from toolkit.action import Plan
from toolkit.book import Book
from toolkit.foresight import Outlook
from toolkit.report.amounts import axis_amount, in_major_units
from toolkit.report.book_facts import book_facts
from toolkit.report.facts import Facts
from toolkit.report.lists import CSV_NAME, headers, list_in_words
from toolkit.report.markup import table
from toolkit.report.plan_facts import plan_facts
from toolkit.report.sections.certainty import blind
from toolkit.report.shown import Shown, bullets, callout, figure_block, heading, paragraph
from toolkit.report.style import (
    COLOURS,
    count_axis,
    drawing,
    new_figure,
)
from toolkit.report.workbook import csv_link
from toolkit.words import Words

HEAD = 20
EMBEDDED = 200
HEAD_COLUMNS = (
    "rank",
    "customer_id",
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
    facts = book_facts(book) + plan_facts(book, plan)

    def write(words: Words):
        if plan.winback is None or plan.winback.empty:
            key = "winback.none" if plan.winback is None else "winback.empty"
            return words["winback.title"], [paragraph(words[key])]
        worth = facts.value("winback.worth_contacting") > 0
        key = "winback.lead" if worth else "winback.lead_none"
        mark = words["summary.assumed_mark"] if book.settings.assumed() else ""
        cost = words.write(book.settings.cost_per_contact, "money", book.settings.currency)
        return words["winback.title"], [
            paragraph(facts.say(words, key, cost=cost, mark=mark), "lead"),
            paragraph(words["winback.coin"]) if blind(outlook) else None,
            _economics(book, outlook, plan, words),
            _curve_figure(book, plan, facts, words, mark),
            heading(words["winback.head_title"]),
            *_head(book, plan, words, mark),
            bullets(left) if (left := _left_out(facts, book, words)) else None,
        ]

    return Shown.written("winback", book.settings.languages, write)


def _economics(book: Book, outlook: Outlook, plan: Plan, words: Words):
    settings = book.settings
    low, middle, high = plan.economics.kappa
    measured = plan.results.response.measured if plan.results else 0
    values = {
        "margin": words.write(settings.margin_share, "share"),
        "cost": words.write(settings.cost_per_contact, "money", settings.currency),
        "offer": words.write(settings.offer_cost, "money", settings.currency),
        "visits": words.write(outlook.visits_if_back, "ratio"),
        "horizon": outlook.horizon_days,
        "low": words.write(low, "ratio"),
        "middle": words.write(middle, "ratio"),
        "high": words.write(high, "ratio"),
    }
    asked = {f"{name}_mark": words["summary.assumed_mark"] for name in settings.assumed()}
    marks = {"margin_mark": "", "contact_cost_mark": ""} | asked
    keys = ("money", "measured" if measured else "uplift")
    values |= {"names": measured}
    lines = [words.say(f"winback.economics_{k}", **values, **marks) for k in keys]
    return callout(words["winback.economics_title"], *lines, kind="assumed")


def _curve_figure(book: Book, plan: Plan, facts: Facts, words: Words, mark: str):
    code = book.settings.currency
    curve = in_major_units(plan.profit_curve(), ["low", "middle", "high"], code)
    n = facts.value("winback.worth_contacting")
    shown = curve.iloc[:: max(1, len(curve) // 20)]
    key = "winback.curve_finding" if n else "winback.curve_finding_none"
    return figure_block(
        words,
        name="winback-curve",
        figure=curve_chart(curve, n, words, code),
        finding=facts.say(words, key),
        description=words.say(
            "winback.curve_description",
            listed=len(plan.winback),
            mark=mark,
            all=words.write(curve.middle.iloc[-1], "money", code),
        ),
        table_html=table(
            shown,
            words,
            caption=words["winback.curve_caption"],
            forms={"letters": "count", "low": "money", "middle": "money", "high": "money"},
            currency=code,
        ),
        note=words["winback.curve_note"],
    )


@drawing()
def curve_chart(curve: pd.DataFrame, stop: int, words: Words, code: str):
    """Expected profit by number of letters under three responses; the stopping point marked."""
    figure, axes = new_figure(6.0, 3.1)
    looks = (("high", "returned", "--"), ("middle", "active", "-"), ("low", "lost", ":"))
    for name, colour, line in looks:
        axes.plot(
            curve.letters,
            curve[name],
            color=COLOURS[colour],
            linestyle=line,
            label=words[f"winback.{name}"],
        )
    axes.axhline(0, color=COLOURS["neutral"], linewidth=1)
    if stop:
        axes.axvline(stop, color=COLOURS["neutral"], linewidth=1, linestyle="--")
        late = stop > 0.6 * curve.letters.iloc[-1]
        axes.annotate(
            words.say("winback.stop", n=stop),
            (stop, 0),
            xycoords=("data", "axes fraction"),
            xytext=(-5 if late else 5, 5),
            textcoords="offset points",
            ha="right" if late else "left",
        )
    axes.set(xlabel=words["axis.letters"], ylabel="")
    count_axis(axes.xaxis)
    axes.yaxis.set_major_formatter(axis_amount(code, words.language))
    figure.legend(loc="outside upper left", ncols=3)
    return figure


def _head(book: Book, plan: Plan, words: Words, mark: str) -> list:
    """The head of the list, and more of it to save; names and mail addresses stay in the lists."""
    code = book.settings.currency
    spoken = list_in_words(plan.winback.head(EMBEDDED), code, words)
    if book.ledger.source.personal:
        spoken = spoken.drop(columns="customer_id")
    n, of = min(HEAD, len(spoken)), len(plan.winback)
    caption = words.say("winback.head_caption", n=n, of=of, mark=mark)
    text = words.say("winback.download", n=len(spoken))
    shown = spoken.head(HEAD)[[c for c in HEAD_COLUMNS if c in spoken]]
    return [
        table(shown, words, caption=caption, forms=FORMS, currency=code),
        csv_link(spoken, headers(spoken.columns, words), CSV_NAME, text),
    ]


def _left_out(facts: Facts, book: Book, words: Words) -> list[str]:
    settings = book.settings
    days = {
        "too_long": settings.max_silence_days,
        "first_time": book.cutoffs.lapse_days + settings.first_time_days,
    }
    left = [name for name in days if facts.value(f"winback.{name}")]
    told = [facts.say(words, f"winback.{name}", days=days[name]) for name in left]
    return [*told, words["winback.rest"]] if told else []
