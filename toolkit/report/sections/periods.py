"""The bucket by quarter, year and layer, and the level it is heading for."""

from __future__ import annotations

import pandas as pd

from toolkit.book import FEW, Book
from toolkit.report.book_facts import book_facts
from toolkit.report.facts import Facts
from toolkit.report.markup import Html
from toolkit.report.sections.flows import layer_figure
from toolkit.report.sections.level import level_figure
from toolkit.report.sections.statements import layer_tables, statement_table
from toolkit.report.shown import Shown, figure_block, more, paragraph
from toolkit.report.style import COLOURS, drawing, new_figure, period_axis
from toolkit.words import Words

SHOWN_QUARTERS = 12
CLOSE = 0.03  # a level within three percent of the present one is called the same (our rule)
NO_LEVEL = {"too_few": "periods.level_few", "lost_within_a_month": "periods.level_too_fast"}


def periods(book: Book) -> Shown:
    """The section on where the bucket is heading, with its statements by period and by layer."""
    facts = book_facts(book)
    quarters, years = book.bucket_statement("quarter"), book.bucket_statement("year")
    layers = book.layer_statement("year")

    def write(words: Words):
        lead = facts.say(words, level_key(facts), inflow=_inflow(facts, words))
        blocks = [paragraph(lead, "lead")]
        if book.year_ago >= book.filled_from and facts.value("bucket.year.lost") >= FEW:
            key = "quick_ratio" if facts.value("bucket.year.inflow") else "quick_ratio_none"
            blocks.append(paragraph(facts.say(words, f"periods.{key}")))
        if facts.known("level.settles"):
            blocks.append(level_figure(book, facts, words))
        if book.has_money and years.complete.iloc[-1] and layers.opening.tail(5).sum() >= FEW:
            blocks.append(layer_figure(layers.tail(5), bool(years.trusted.iloc[-1]), words))
        blocks.append(more(words, *_second_rank(book, quarters, years, words)))
        return words["periods.title"], blocks

    return Shown.written("periods", book.settings.languages, write)


def level_key(facts: Facts) -> str:
    """The sentence on the level: where it is heading, or why that is not known."""
    if not facts.known("level.settles"):
        return NO_LEVEL.get(facts["level.settles"].why, "periods.level_unknown")
    now, then = facts.value("level.active"), facts.value("level.settles")
    if not facts.value("level.inflow_year"):
        return "periods.level_empty" if now else "periods.level_gone"
    if abs(then - now) <= CLOSE * now:
        return "periods.level_same"
    return "periods.level_rising" if then > now else "periods.level_falling"


def _inflow(facts: Facts, words: Words) -> str | None:
    """Who comes in, by the month; by the year where that is less than one a month."""
    if not facts.known("level.inflow"):
        return None
    return facts.say(words, f"periods.inflow_{'month' if facts.value('level.inflow') else 'year'}")


def _second_rank(book: Book, quarters: pd.DataFrame, years: pd.DataFrame, words: Words):
    known = quarters[quarters.trusted & quarters.complete & quarters.quick_ratio.notna()]
    stated = statement_table(quarters, "quarter", words)
    if len(known) > 1 and known.lost.mean() >= FEW:
        yield _quarter_figure(known.tail(SHOWN_QUARTERS), stated, words)
    else:
        yield stated
    yield statement_table(years, "year", words)
    yield from layer_tables(book, words)


def _quarter_figure(known: pd.DataFrame, stated: Html, words: Words):
    below = int((known.quick_ratio < 1).sum())
    return figure_block(
        words,
        name="periods-quarters",
        figure=quarter_chart(known, words),
        finding=words.say("periods.quarters_finding", below=below, n=len(known)),
        description=words["periods.quarters_description"],
        table_html=stated,
    )


@drawing()
def quarter_chart(known: pd.DataFrame, words: Words):
    """In for one out, quarter by quarter, from the line of one up or down."""
    figure, axes = new_figure(6.0, 2.8)
    ratio = known.quick_ratio
    colours = [COLOURS["new"] if value >= 1 else COLOURS["lost"] for value in ratio]
    axes.bar(range(len(known)), ratio - 1, bottom=1, color=colours, width=0.7)
    for i, value in enumerate(ratio):
        up = value >= 1
        axes.annotate(
            f"{value:.2f}",
            (i, value),
            xytext=(0, 3 if up else -3),
            textcoords="offset points",
            ha="center",
            va="bottom" if up else "top",
        )
    axes.axhline(1, color=COLOURS["neutral"], linewidth=1)
    period_axis(axes, known.period.tolist())
    axes.set(xlabel="", ylabel=words["axis.in_for_one_out"])
    axes.margins(y=0.16)
    return figure
