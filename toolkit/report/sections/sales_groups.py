"""The change in sales by who bought: came, left, or bought more or less than last year."""

from __future__ import annotations

import pandas as pd

from toolkit.book import Book
from toolkit.report.amounts import in_major_units
from toolkit.report.facts import Facts
from toolkit.report.findings import signed
from toolkit.report.markup import table
from toolkit.report.shown import figure_block
from toolkit.words import Words

BARS = ("new", "revived", "frequency", "price", "lost", "other")
SEEN = 0.01  # of the longest bar: a shorter one for the rest is left out of the chart
MONEY = ["previous_sales", "sales", "change"]


def groups_figure(book: Book, facts: Facts, words: Words, chart):
    """The figure on who moved sales; `chart` draws bars of the columns factor and change."""
    code = book.settings.currency
    bars = pd.DataFrame(
        {
            "factor": [words[f"mover.{name}"] for name in BARS],
            "change": [float(facts.value(f"change.{name}")) for name in BARS],
        }
    )
    longest = bars.change.abs().max()
    named = bars[(bars.factor != words["mover.other"]) | (bars.change.abs() > SEEN * longest)]

    def told(*names: str) -> dict[str, str]:
        return {name: signed(facts.value(f"change.{name}"), words, code) for name in names}

    return figure_block(
        words,
        name="sales-groups",
        figure=chart(named, words, code),
        finding=words.say(f"sales.{_finding(facts)}", **told("new", "lost", "kept")),
        description=words.say(
            "sales.groups_description", **told("kept", "frequency", "price", "revived")
        ),
        table_html=_table(book, words, code),
        note=words["sales.groups_note"],
    )


def _finding(facts: Facts) -> str:
    """Who the change is put down to: those who came and left, the kept alone, or nobody."""
    if any(facts.value(f"change.{name}") for name in ("new", "revived", "lost")):
        return "groups_finding"
    return "groups_finding_kept" if facts.value("change.kept") else "groups_finding_none"


def _table(book: Book, words: Words, code: str):
    """Both years' customers, visits and sales of every group, with the sum."""
    groups = book.sales_groups()
    counted = ["customers", "previous_visits", "visits", *MONEY]
    total = {"who": words["mover.total"], **groups[counted].sum().to_dict()}
    named = groups.assign(who=[words[f"mover.{name}"] for name in groups.group])
    shown = pd.concat([named[["who", *counted]], pd.DataFrame([total])])
    forms = dict.fromkeys(counted[:3], "count") | dict.fromkeys(MONEY, "money")
    return table(
        in_major_units(shown, MONEY, code),
        words,
        caption=words["sales.groups_caption"],
        forms=forms,
        currency=code,
    )
