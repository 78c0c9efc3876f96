"""The golden list: active customers due soon whose next visit is a step up."""

from __future__ import annotations

import pandas as pd

from toolkit.action import Plan, by_step
from toolkit.book import Book
from toolkit.foresight import Outlook
from toolkit.report.active_facts import active_facts
from toolkit.report.active_lists import head_of_list, money_key, steps_in_words
from toolkit.report.amounts import in_major_units
from toolkit.report.book_facts import book_facts
from toolkit.report.cost_marks import margin_mark, profit_mark
from toolkit.report.facts import Facts
from toolkit.report.markup import Html, table
from toolkit.report.sections.certainty import blind, no_chances
from toolkit.report.shown import Shown, callout, figure_block, heading, paragraph
from toolkit.report.style import COLOURS, count_axis, drawing, new_figure
from toolkit.words import Words

HEAD_COLUMNS = (
    *("rank", "customer_id", "layer_step", "expected_on", "expected_gain", "priority", "why"),
)


def golden(book: Book, outlook: Outlook, plan: Plan) -> Shown | None:
    """The section on the golden list; None without amounts."""
    if not book.has_money:
        return None
    facts = book_facts(book) + active_facts(book, plan)

    def write(words: Words):
        title = words["golden.title"]
        mark = profit_mark(book.settings, plan.economics.channels, words)
        if plan.golden is None or plan.golden.empty:
            none = no_chances(outlook, "golden.none")
            key = none if plan.golden is None else "golden.empty"
            return title, [paragraph(facts.say(words, key))]
        return title, [
            paragraph(_lead(facts, words, mark), "lead"),
            paragraph(words["about_to_lapse.coin"]) if blind(outlook) else None,
            callout(words["golden.rule_title"], *_rules(book, plan, facts, words)),
            _steps_figure(book, plan, facts, words, mark),
            heading(words["golden.head_title"]),
            *head_of_list("golden", plan.golden, HEAD_COLUMNS, book, words, mark),
        ]

    return Shown.written("golden", book.settings.languages, write)


def _lead(facts: Facts, words: Words, mark: str) -> str:
    profit = facts["golden.expected_profit"]
    low, high = (words.write(end, "money", profit.unit) for end in profit.interval)
    keys = ["lead", *(["lead_prime"] if facts.value("golden.prime") else [])]
    keys.append(money_key("golden", facts))
    told = {"mark": mark, "low": low, "high": high}
    return words.joined(facts.say(words, f"golden.{key}", **told) for key in keys)


def _rules(book: Book, plan: Plan, facts: Facts, words: Words) -> list[str]:
    told = [facts.say(words, "golden.rule"), words["golden.rule_gain"]]
    if book.products is not None:
        named = int(plan.golden.talk_about.notna().sum())
        told.append(words.say("golden.rule_talk" if named else "golden.rule_no_talk", n=named))
    return told


def _steps_figure(book: Book, plan: Plan, facts: Facts, words: Words, mark: str) -> Html:
    code = book.settings.currency
    steps = in_major_units(by_step(plan.golden), ["expected_gain"], code)
    named = steps.assign(step=steps_in_words(steps.layer, steps.next, words))
    forms = {"customers": "count", "expected_gain": "money", "worth_contacting": "count"}
    top = named.loc[named.customers.idxmax()]
    return figure_block(
        words,
        name="golden-steps",
        figure=steps_chart(named, words),
        finding=words.say("golden.steps_finding", step=top.step, n=int(top.customers)),
        description=facts.say(
            words, "golden.steps_description", margin_mark=margin_mark(book.settings, words)
        ),
        table_html=table(
            named[["step", "customers", "expected_gain", "worth_contacting"]].rename(
                columns={"step": "layer_step"}
            ),
            words,
            caption=words.say("golden.steps_caption", mark=mark),
            forms=forms,
            currency=code,
        ),
    )


@drawing()
def steps_chart(steps: pd.DataFrame, words: Words):
    """People one visit from a higher layer, by the step."""
    figure, axes = new_figure(6.0, 0.9 + 0.34 * len(steps))
    at = range(len(steps))
    colours = [COLOURS[layer] for layer in steps.next]
    axes.barh(list(at), steps.customers, color=colours, height=0.62)
    for place, n in enumerate(steps.customers):
        text = words.write(int(n), "count")
        axes.annotate(text, (n, place), xytext=(5, 0), textcoords="offset points", va="center")
    axes.set_yticks(list(at), steps.step)
    axes.invert_yaxis()
    axes.set(xlabel=words["axis.customers"], xlim=(0, max(1.0, 1.12 * steps.customers.max())))
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    count_axis(axes.xaxis)
    return figure
