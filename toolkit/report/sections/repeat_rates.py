"""リピート率 and リピーター率 side by side: part of the section on coming again."""

from __future__ import annotations

import pandas as pd

from toolkit.book import Book
from toolkit.report.book_facts import book_facts
from toolkit.report.facts import Facts
from toolkit.report.markup import Html, table
from toolkit.report.shown import callout, definitions, figure_block, heading, paragraph
from toolkit.report.style import (
    COLOURS,
    HATCH_OPEN,
    MARKERS,
    drawing,
    new_figure,
    period_axis,
    share_axis,
)
from toolkit.words import Words

RATES = {"repeater_rate": "returned", "repeat_rate": "active"}  # and the colour of each
SHOWN_MONTHS = 24
LEAST_MONTHS = 3  # fewer months that can be trusted are no curve


def rate_blocks(book: Book, words: Words) -> list[Html]:
    """Both rates with what they divide by what, by month, and what the higher one hides."""
    facts, months = book_facts(book), book.repeat_rates()
    title = heading(words["rates.title"])
    if not facts.known("repeat.repeater_rate"):
        short = facts["repeat.repeater_rate"].why == "file_too_short"
        return [title, paragraph(words["rates.too_short" if short else "rates.too_few"])]
    both = [(words[f"rates.{k}"], _divided(facts, k, words)) for k in RATES]
    sure = months[months.trusted & months.complete & months.repeater_rate.notna()]
    blocks = [title, definitions(both)]
    if len(sure) >= LEAST_MONTHS:
        blocks.append(_rate_figure(months, facts, words))
    return [*blocks, callout(words["rates.warning_title"], facts.say(words, warning_key(facts)))]


def _divided(facts: Facts, name: str, words: Words) -> str:
    fact = facts[f"repeat.{name}"]
    return facts.say(words, f"rates.{name}_text", part=fact.numerator, whole=fact.denominator)


def warning_key(facts: Facts) -> str:
    """Which warning to give: that of a リピーター率 that rose only because fewer came new."""
    known = facts.known("repeat.previous.repeater_rate", "repeat.previous.new")
    if known and facts.value("repeat.new") < facts.value("repeat.previous.new"):
        before = facts.value("repeat.previous.repeater_rate")
        if facts.value("repeat.repeater_rate") > before:
            return "rates.warning_now"
    return "rates.warning"


def _rate_figure(months: pd.DataFrame, facts: Facts, words: Words) -> Html:
    recent = months.tail(SHOWN_MONTHS)
    marked = months.assign(mark=[_mark(row, words) for row in months.itertuples()])[::-1]
    columns = ["month", "buyers", "repeaters", "ever", *RATES, "mark"]
    forms = dict.fromkeys(columns[1:4], "count") | dict.fromkeys(RATES, "share")
    return figure_block(
        words,
        name="repeat-rates",
        figure=rate_chart(recent, words),
        finding=facts.say(words, "rates.finding"),
        description=words["rates.description"],
        table_html=table(
            marked[columns], words, caption=words["rates.caption"], forms=forms, head=SHOWN_MONTHS
        ),
        note=words["rates.note"],
    )


def _mark(row, words: Words) -> str:
    marks = [] if row.trusted else [words["mark.filling"]]
    marks += [] if row.complete else [words["mark.incomplete"]]
    return words["mark.and"].join(marks)


@drawing()
def rate_chart(months: pd.DataFrame, words: Words):
    """The two rates month by month; months not to be trusted and the open one are hatched."""
    figure, axes = new_figure(6.0, 3.0)
    x = range(len(months))
    step = max(1, len(months) // 9)
    for name, colour in RATES.items():
        axes.plot(
            x,
            months[name].astype(float),
            color=COLOURS[colour],
            marker=MARKERS[colour],
            markersize=5,
            markevery=step,
            label=words[f"rates.{name}"],
        )
    for i, known in enumerate(months.trusted & months.complete):
        if not known:
            axes.axvspan(
                i - 0.5,
                i + 0.5,
                facecolor="none",
                edgecolor=COLOURS["neutral"],
                hatch=HATCH_OPEN,
                linewidth=0,
                alpha=0.5,
            )
    period_axis(axes, months.month.tolist())
    axes.set(xlabel="", ylabel=words["axis.share"], xlim=(-0.5, len(months) - 0.5))
    axes.set_ylim(0, min(1.0, 1.15 * float(months[list(RATES)].max(axis=None)) or 1.0))
    share_axis(axes.yaxis)
    figure.legend(loc="outside upper left", ncols=2)
    return figure
