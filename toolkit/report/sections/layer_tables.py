"""Shares, amounts and visits per head, and changes of the layers month by month, as tables."""

from __future__ import annotations

import pandas as pd

from toolkit.book import FEW, LAYERS, Book
from toolkit.report.amounts import in_major_units
from toolkit.report.layer_names import by_layer, by_place
from toolkit.report.markup import Html, table
from toolkit.report.sections.period_marks import marked
from toolkit.words import Words

SHOWN_ROWS = 36  # of the tables with money and rates; LAYER_FILE has every month
LAYER_FILE = "tables/layer_table.csv"


def active(months: pd.DataFrame, value: str) -> pd.DataFrame:
    """A value of the active places, month ends down and layers across."""
    there = months[months.state == "active"]
    return there.pivot(index="month_end", columns="layer", values=value)[list(LAYERS)]


def share_table(months: pd.DataFrame, words: Words) -> Html:
    """What part of all customers stood in each place at each month end."""
    shown = by_place(months, "share", words)
    forms = dict.fromkeys(shown.columns[1:], "share")
    return _table(shown, "shares", forms, months, words)


def head_table(book: Book, months: pd.DataFrame, words: Words) -> Html:
    """Sales and visits of the month per active customer, a column each for every layer; nothing
    where fewer than five stand."""
    code = book.settings.currency
    known = in_major_units(months, ["sales_per_head"], code)
    means = ["sales_per_head", "visits_per_head"]
    known[means] = known[means].where(known.customers >= FEW)
    amounts, visits = (by_layer(active(known, name), words) for name in means)
    names = {name: words.say("layers.visits_of", layer=name) for name in visits.columns[1:]}
    both = amounts.merge(visits.rename(columns=names), on="month_end")
    forms = dict.fromkeys(amounts.columns[1:], "money") | dict.fromkeys(names.values(), "ratio")
    return _table(both, "heads", forms, months, words, code)


def change_table(months: pd.DataFrame, words: Words) -> Html:
    """Active customers of each month end less those of a year before."""
    change = active(months, "customers") - active(months, "year_ago")
    change = change[change.notna().any(axis=1)].astype("int64")
    change["total"] = change.sum(axis=1)
    shown = by_layer(change, words)
    return _table(shown, "change", dict.fromkeys(shown.columns[1:], "count"), months, words)


def _table(
    shown: pd.DataFrame,
    name: str,
    forms: dict[str, str],
    months: pd.DataFrame,
    words: Words,
    code: str = "JPY",
) -> Html:
    caption, shown = words[f"layers.{name}_caption"], marked(shown, months, words, SHOWN_ROWS)
    return table(shown, words, caption=caption, forms=forms, currency=code, head=SHOWN_ROWS)
