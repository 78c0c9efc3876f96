"""Cumulative sales per customer of each year's cohorts: part of the section on cohorts."""

from __future__ import annotations

import pandas as pd

from toolkit.book import FEW, Book, yearly_spend
from toolkit.report.amounts import axis_amount, in_major_units
from toolkit.report.markup import Html, table
from toolkit.report.shown import figure_block
from toolkit.report.style import BLUE, OCHRE, PLUM, TEAL, drawing, new_figure
from toolkit.words import Words

SHOWN_YEARS, SHOWN_AGES = 4, 24
LEAST_AGES = 3  # a line needs its first month and two more
NEWEST_FIRST = (BLUE, TEAL, OCHRE, PLUM)


def spend_blocks(months: pd.DataFrame, book: Book, words: Words) -> list[Html]:
    """One figure, or nothing where no year has been followed for two months."""
    code = book.settings.currency
    years = in_major_units(yearly_spend(months), ["per_customer"], code)
    years = years[(years.age <= SHOWN_AGES) & (years.customers >= FEW)]
    years = years.groupby("year").filter(lambda part: len(part) >= LEAST_AGES)
    if years.empty:
        return []
    names = sorted(years.year.unique())[-SHOWN_YEARS:]
    years = years[years.year.isin(names)]
    unsure = {name for name in names if f"{name}-01-01" < book.filled_from.isoformat()}
    wide = years.pivot(index="age", columns="year", values="per_customer")
    return [
        figure_block(
            words,
            name="cohorts-spend",
            figure=spend_chart(wide, unsure, code, words),
            finding=_finding(wide, unsure, code, words),
            description=words["cohorts.spend_description"],
            table_html=_spend_table(wide, unsure, code, words),
            note=words["cohorts.spend_note"] if unsure else None,
        )
    ]


def _finding(wide: pd.DataFrame, unsure: set[str], code: str, words: Words) -> str:
    """The newest year, beside the one before it at the same age where both are sure."""
    newest = wide.columns[-1]
    age = int(wide[newest].last_valid_index())
    values = {"year": newest, "age": age, "now": wide[newest][age], "currency": code}
    before = f"{int(newest) - 1}"
    if before not in wide or {newest, before} & unsure:
        return words.say("cohorts.spend_finding", **values)
    return words.say("cohorts.spend_against", before=wide[before][age], **values)


def _label(year: str, unsure: set[str], words: Words) -> str:
    key = "cohorts.year_filling" if year in unsure else "cohorts.year"
    return words.say(key, year=year)


def _spend_table(wide: pd.DataFrame, unsure: set[str], code: str, words: Words) -> Html:
    names = {year: _label(year, unsure, words) for year in wide.columns}
    shown = wide.rename(columns=names).reset_index().rename_axis(None, axis=1)
    return table(
        shown,
        words,
        caption=words["cohorts.spend_caption"],
        forms={"age": "count"} | dict.fromkeys(names.values(), "money"),
        currency=code,
    )


@drawing()
def spend_chart(wide: pd.DataFrame, unsure: set[str], code: str, words: Words):
    """Money per customer to date by months since the first, one line a year, the newest bold."""
    figure, axes = new_figure(6.0, 3.2)
    for i, year in enumerate(wide.columns[::-1]):
        line = wide[year].dropna()
        axes.plot(
            line.index,
            line,
            color=NEWEST_FIRST[i],
            linewidth=2.8 if i == 0 else 1.5,
            linestyle="--" if year in unsure else "-",
            marker="o" if i == 0 else None,
            markersize=4,
            label=_label(year, unsure, words),
        )
    axes.set(xlabel=words["axis.months_since_first"], ylabel=words["axis.per_customer"])
    axes.set_xlim(0, None)
    axes.set_ylim(0, None)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.yaxis.set_major_formatter(axis_amount(code, words.language))
    figure.legend(loc="outside upper left", ncols=4)
    return figure
