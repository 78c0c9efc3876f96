"""About to lapse: who, by which day to act, and what is lost if nothing is done."""

from __future__ import annotations

import pandas as pd

from toolkit.action import RISKS, Plan, by_layer, by_week, to_contact
from toolkit.book import Book
from toolkit.foresight import LATE, UNUSUAL, Outlook
from toolkit.report.active_facts import active_facts
from toolkit.report.active_lists import head_of_list, money_key
from toolkit.report.amounts import in_major_units
from toolkit.report.book_facts import book_facts
from toolkit.report.cost_marks import cost_mark, margin_mark, profit_mark
from toolkit.report.facts import Facts
from toolkit.report.markup import Html, table
from toolkit.report.sections.certainty import blind, no_chances
from toolkit.report.sections.layers import place_name
from toolkit.report.shown import Shown, callout, figure_block, heading, paragraph
from toolkit.report.style import COLOURS, count_axis, drawing, new_figure
from toolkit.words import Words

SHADES = {"silent": "lost", "unusual": "returned", "line": "lapsed", "contract": "active"}
HEAD_COLUMNS = (
    *("rank", "customer_id", "place", "act_by", "chance", "expected_loss", "priority", "why"),
)


def about_to_lapse(book: Book, outlook: Outlook, plan: Plan) -> Shown:
    """The section on active customers about to lapse."""
    facts = book_facts(book) + active_facts(book, plan)

    def write(words: Words):
        title = words["about_to_lapse.title"]
        mark = profit_mark(book.settings, plan.economics.channels, words)
        if plan.about_to_lapse.empty:
            none = facts.say(words, "about_to_lapse.none")
            return title, [paragraph(none, "lead"), _unreached(facts, words)]
        rich = plan.golden is not None
        return title, [
            paragraph(_lead(facts, words), "lead"),
            paragraph(_money(book, outlook, plan, facts, words, mark)),
            _unreached(facts, words),
            paragraph(words["about_to_lapse.coin"]) if rich and blind(outlook) else None,
            callout(words["about_to_lapse.rule_title"], *_rules(book, facts, words, mark)),
            _weeks_figure(book, plan, facts, words),
            *(_layers(book, plan, words, mark) if rich else ()),
            heading(words["about_to_lapse.head_title"]),
            *head_of_list("about_to_lapse", plan.about_to_lapse, HEAD_COLUMNS, book, words, mark),
        ]

    return Shown.written("about_to_lapse", book.settings.languages, write)


def _lead(facts: Facts, words: Words) -> str:
    keys = ["lead", *(["lead_contract"] if facts.value("about_to_lapse.contract") else [])]
    return words.joined(facts.say(words, f"about_to_lapse.{key}") for key in keys)


def _unreached(facts: Facts, words: Words) -> Html | None:
    if not facts.value("about_to_lapse.unreached"):
        return None
    return paragraph(facts.say(words, "about_to_lapse.unreached"), "note")


def _money(book: Book, outlook: Outlook, plan: Plan, facts: Facts, words: Words, mark: str) -> str:
    if not facts.known("about_to_lapse.expected_loss"):
        none = no_chances(outlook, "about_to_lapse.no_chances")
        return words[none if book.has_money else "about_to_lapse.no_amounts"]
    profit = facts["about_to_lapse.expected_profit"]
    low, high = (words.write(end, "money", profit.unit) for end in profit.interval)
    key = money_key("about_to_lapse", facts)
    spent = cost_mark(book.settings, to_contact(plan.about_to_lapse).channel.unique(), words)
    values = {
        "mark": mark,
        "cost_mark": spent,
        "margin_mark": margin_mark(book.settings, words),
        "low": low,
        "high": high,
        "horizon": book.settings.horizon_days,
    }
    return facts.say(words, f"about_to_lapse.{key}", **values)


def _rules(book: Book, facts: Facts, words: Words, mark: str) -> list[str]:
    shares = {"late": f"{LATE:.0%}", "unusual": f"{UNUSUAL:.0%}"}
    told = [facts.say(words, "about_to_lapse.rule", **shares)]
    if book.contract_ends() is not None:
        told.append(facts.say(words, "about_to_lapse.rule_contract"))
    if facts.known("about_to_lapse.expected_loss"):
        told.append(words.say("about_to_lapse.rule_money", horizon=book.settings.horizon_days))
    return told


def _weeks_figure(book: Book, plan: Plan, facts: Facts, words: Words) -> Html:
    weeks = by_week(plan.about_to_lapse, book.closing)
    kinds = [risk for risk in RISKS if weeks[risk].sum()]
    named = weeks.assign(act_week=[_span(row, words) for row in weeks.itertuples()])
    shown = named[["act_week", *kinds, "customers"]].rename(columns={k: f"risk_{k}" for k in kinds})
    told = words["about_to_lapse.kinds_and"].join(
        words.say("about_to_lapse.kind", kind=words[f"risk.{kind}"], n=int(weeks[kind].sum()))
        for kind in kinds
    )
    return figure_block(
        words,
        name="lapse-weeks",
        figure=weeks_chart(named, kinds, words),
        finding=facts.say(words, "about_to_lapse.weeks_finding"),
        description=words.say("about_to_lapse.weeks_description", kinds=told),
        table_html=table(
            shown,
            words,
            caption=words["about_to_lapse.weeks_caption"],
            forms=dict.fromkeys(shown.columns[1:], "count"),
        ),
        note=words["about_to_lapse.weeks_note"],
    )


def _span(week, words: Words) -> str:
    ends = [f"{day.month}/{day.day}" for day in (week.starts, week.ends)]
    return words.say("about_to_lapse.week", first=ends[0], last=ends[1])


@drawing()
def weeks_chart(weeks: pd.DataFrame, kinds: list[str], words: Words):
    """People by the week in which to act, stacked by what threatens to lose them."""
    figure, axes = new_figure(6.0, 3.0)
    base = pd.Series(0, index=weeks.index)
    for kind in kinds:
        colour = COLOURS[SHADES[kind]]
        label = words[f"risk.{kind}"]
        axes.bar(weeks.act_week, weeks[kind], bottom=base, color=colour, width=0.62, label=label)
        base = base + weeks[kind]
    for at, n in enumerate(weeks.customers):
        text = words.write(int(n), "count")
        axes.annotate(text, (at, n), xytext=(0, 3), textcoords="offset points", ha="center")
    axes.set(ylabel=words["axis.customers"], xlabel=words["axis.act_week"])
    axes.set_ylim(0, max(1.0, 1.12 * weeks.customers.max()))
    count_axis(axes.yaxis)
    figure.legend(loc="outside upper left", ncols=2)
    return figure


def _layers(book: Book, plan: Plan, words: Words, mark: str) -> list[Html]:
    code = book.settings.currency
    layers = in_major_units(by_layer(plan.about_to_lapse), ["expected_loss"], code)
    layers.insert(0, "place", [place_name(layer, "active", words) for layer in layers.layer])
    forms = {"customers": "count", "expected_loss": "money", "worth_contacting": "count"}
    caption = words.say("about_to_lapse.layers_caption", mark=mark)
    shown = layers.drop(columns="layer")
    return [table(shown, words, caption=caption, forms=forms, currency=code)]
