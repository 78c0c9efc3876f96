"""Concentration: how much of the sales rests on how few customers."""

from __future__ import annotations

import pandas as pd

from toolkit.book import Book
from toolkit.report.amounts import in_major_units
from toolkit.report.book_facts import book_facts
from toolkit.report.facts import Facts, in_major
from toolkit.report.markup import join, table
from toolkit.report.shown import Shown, figure_block, paragraph
from toolkit.report.style import (
    COLOURS,
    drawing,
    new_figure,
    share_axis,
)
from toolkit.words import Words

FIGURES = ("customers", "top_fifth", "top_ten", "gini")
LARGEST = 10  # the customers looked at singly
HEAVY = 0.1  # share of the ten largest from which on the section says to mind them (our rule)
MOVED = 0.005  # a smaller change of a share is none (our rule)


def concentration(book: Book) -> Shown | None:
    """The section on concentration; None for a file without amounts."""
    if not book.has_money:
        return None
    facts, deciles = book_facts(book), book.deciles()
    known = facts.known("concentration.top_fifth")

    def write(words: Words):
        if not known:
            few = facts["concentration.top_fifth"].why == "too_few"
            key = "concentration.too_few" if few else "concentration.no_sales"
            return words["concentration.title"], [paragraph(facts.say(words, key), "lead")]
        fifth = int(deciles[deciles.decile <= 2].customers.sum())
        many = _many(facts.value("concentration.customers"))
        key = "concentration.lead" if many else "concentration.lead_few"
        blocks = [
            paragraph(facts.say(words, key, fifth=fifth), "lead"),
            _decile_figure(book, deciles, facts, words),
            paragraph(_largest(book, fifth, facts, words)),
        ]
        return words["concentration.title"], blocks

    return Shown.written("concentration", book.settings.languages, write, brief=True)


def _decile_figure(book: Book, deciles: pd.DataFrame, facts: Facts, words: Words):
    code = book.settings.currency
    money = ["sales", "per_customer", "least"]
    forms = {"decile": "count", "customers": "count", **dict.fromkeys(money, "money")}
    forms |= {"sales_share": "share", "cumulative_share": "share"}
    ends = [in_major(float(deciles.per_customer.iloc[i]), code) for i in (0, -1)]
    tables = [
        table(
            in_major_units(deciles, money, code).rename(columns={"share": "sales_share"}),
            words,
            caption=words["concentration.deciles_caption"],
            forms=forms,
            currency=code,
        ),
        _figures(facts, words),
    ]
    return figure_block(
        words,
        name="concentration-deciles",
        figure=decile_chart(deciles, words),
        finding=_finding(facts, words),
        description=words.say(
            "concentration.description", first=ends[0], last=ends[1], currency=code
        ),
        table_html=join(tables, "\n"),
        note=facts.say(words, "concentration.saying"),
    )


def _finding(facts: Facts, words: Words) -> str:
    if not facts.known("concentration.previous.top_fifth"):
        return facts.say(words, "concentration.finding")
    change = facts.value("concentration.top_fifth") - facts.value(
        "concentration.previous.top_fifth"
    )
    way = "same" if abs(change) < MOVED else "more" if change > 0 else "less"
    return facts.say(words, f"concentration.finding_{way}")


@drawing()
def decile_chart(deciles: pd.DataFrame, words: Words):
    """Share of sales of each tenth of the customers, the first two (the top 20 %) marked."""
    figure, axes = new_figure(6.0, 3.0)
    colours = [COLOURS["active" if d <= 2 else "neutral"] for d in deciles.decile]
    axes.bar(deciles.decile, deciles.share, color=colours, width=0.72)
    for decile, share in zip(deciles.decile, deciles.share, strict=True):
        axes.annotate(
            f"{100 * share:.0f}%",
            (decile, max(share, 0)),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
        )
    axes.set(xlabel=words["axis.deciles"], ylabel=words["axis.share_of_sales"])
    axes.set_xticks(deciles.decile)
    share_axis(axes.yaxis)
    axes.margins(y=0.12)
    return figure


def _figures(facts: Facts, words: Words):
    """Customers, the two shares and Gini, this year and last; no ten largest of a handful."""
    shown = [k for k in FIGURES if k != "top_ten" or _many(facts.value("concentration.customers"))]
    rows = pd.DataFrame({"step": [words[f"concentration.{k}"] for k in shown]})
    for column, prefix in (("this_year", ""), ("last_year", "previous.")):
        if facts.known(f"concentration.{prefix}top_fifth"):
            rows[column] = [facts[f"concentration.{prefix}{k}"].write(words, "") for k in shown]
    forms = dict.fromkeys(("this_year", "last_year"), "count")
    return table(rows, words, caption=words["concentration.figures_caption"], forms=forms)


def _many(customers: int) -> bool:
    """Whether there are so many that the ten largest are fewer than the largest fifth."""
    return customers > 5 * LARGEST


def _largest(book: Book, fifth: int, facts: Facts, words: Words) -> str:
    """What the ten largest customers mean for the shop; the largest fifth where that is fewer."""
    code = book.settings.currency
    n, top = facts.value("concentration.customers"), facts["concentration.top_fifth"]
    if not _many(n):
        sales = in_major(top.numerator, code)
        mean = sales / fifth
        return words.say(
            "concentration.few", fifth=fifth, sales=sales, mean=mean, n=n, currency=code
        )
    ten = facts["concentration.top_ten"]
    sales = in_major(ten.numerator, code)
    return facts.say(
        words,
        "concentration.ten_heavy" if ten.value >= HEAVY else "concentration.ten_light",
        sales=sales,
        mean=sales / LARGEST,
        of_customers=LARGEST / n,
        of_fifth=ten.numerator / top.numerator,
        currency=code,
    )
