"""Sales = price per visit x visits per customer x customers: what moved them."""

from __future__ import annotations

import pandas as pd
import seaborn as sns

from toolkit.book import FACTORS, FEW, Book
from toolkit.report.amounts import axis_amount
from toolkit.report.book_facts import book_facts
from toolkit.report.facts import Facts
from toolkit.report.findings import signed
from toolkit.report.markup import table
from toolkit.report.sections.sales_groups import groups_figure
from toolkit.report.shown import Shown, figure_block, heading, paragraph
from toolkit.report.style import COLOURS, drawing, new_figure
from toolkit.words import Words

ROWS = ("total", "per_visit", "visits_per_customer", "customers", "visits")


def sales(book: Book) -> Shown | None:
    """The section on sales; None for a file without amounts."""
    if not book.has_money:
        return None
    facts, code = book_facts(book), book.settings.currency

    def write(words: Words):
        blocks = [paragraph(facts.say(words, "sales.lead"), "lead")]
        if facts.known("sales.change.per_visit") and _enough(facts):
            blocks.append(_figure(facts, words, code))
            blocks.append(groups_figure(book, facts, words, chart))
        else:
            blocks.append(paragraph(words[f"sales.{_not_split(facts)}"]))
        blocks += [heading(words["sales.table_title"]), _table(facts, words)]
        if _matters(facts):
            blocks.append(paragraph(facts.say(words, "sales.no_visit"), "note"))
        return words["sales.title"], blocks

    return Shown.written("sales", book.settings.languages, write)


def _not_split(facts: Facts) -> str:
    """Why the change is not split: too few customers, a year not above zero, or no year before."""
    if facts.known("sales.change.per_visit"):
        return "few"
    return "no_split" if facts.known("sales.change") else "no_previous"


def _enough(facts: Facts) -> bool:
    """Whether both years have customers enough to speak of price and frequency."""
    return min(facts.value("sales.customers"), facts.value("sales.previous.customers")) >= FEW


def _matters(facts: Facts) -> bool:
    """Whether the money of days without a visit is over half a percent of sales."""
    total, rest = facts.value("sales.total"), facts.value("sales.no_visit")
    return abs(rest) > abs(total) * 5 / 1000


def changes(facts: Facts) -> pd.DataFrame:
    """The change in sales by factor: one row each, columns factor and change (major units)."""
    values = [float(facts.value(f"sales.change.{f}")) for f in FACTORS]
    return pd.DataFrame({"factor": FACTORS, "change": values})


def _figure(facts: Facts, words: Words, code: str):
    change = facts.value("sales.change")
    way = "up" if change > 0 else "down" if change < 0 else "same"
    frame = changes(facts)
    named = frame.assign(factor=[words[f"factor.{f}"] for f in frame.factor])
    shown = pd.concat(
        [named, pd.DataFrame({"factor": [words["factor.total"]], "change": [float(change)]})]
    )
    parts = {f: signed(facts.value(f"sales.change.{f}"), words, code) for f in FACTORS}
    return figure_block(
        words,
        name="sales-change",
        figure=chart(named, words, code),
        finding=facts.say(words, f"sales.finding_{way}", change=signed(change, words, code)),
        description=facts.say(words, "sales.description", **parts),
        table_html=table(
            shown,
            words,
            caption=words["sales.change_caption"],
            forms={"change": "money"},
            currency=code,
        ),
        note=words["sales.split_note"],
    )


@drawing()
def chart(frame: pd.DataFrame, words: Words, code: str):
    """Bars of the change by factor, to the right for more sales and to the left for less."""
    figure, axes = new_figure(6.0, 2.2)
    colours = [COLOURS["new"] if c >= 0 else COLOURS["lost"] for c in frame.change]
    sns.barplot(
        frame,
        x="change",
        y="factor",
        hue="factor",
        palette=colours,
        legend=False,
        saturation=1,
        ax=axes,
    )
    axes.axvline(0, color=COLOURS["neutral"], linewidth=1)
    axes.xaxis.set_major_formatter(axis_amount(code, words.language))
    axes.set(xlabel="", ylabel="")
    axes.grid(visible=True, axis="x")
    return figure


def _table(facts: Facts, words: Words):
    previous = facts.known("sales.previous.total")
    rows = []
    for name in ROWS:
        row = {"factor": words[f"factor.{name}"], "this_year": _cell(facts, "sales.", name, words)}
        if previous:
            row["last_year"] = _cell(facts, "sales.previous.", name, words)
        rows.append(row)
    forms = {"this_year": "count", "last_year": "count"}
    return table(pd.DataFrame(rows), words, caption=words["sales.table_caption"], forms=forms)


def _cell(facts: Facts, prefix: str, name: str, words: Words) -> str:
    return facts[f"{prefix}{name}"].write(words, "")
