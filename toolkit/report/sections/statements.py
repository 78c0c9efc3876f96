"""The bucket statement by period, in total and per layer, as tables."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from toolkit.book import Book
from toolkit.report.markup import Html, details, table
from toolkit.report.sections.period_marks import period_mark
from toolkit.report.sections.year_names import year_name
from toolkit.report.shown import paragraph
from toolkit.words import Words

STATED = ("opening", "new", "returned", "lost", "closing")
FLOWS = ("opening", "new", "returned", "moved_in", "moved_out", "lost", "closing")
SHOWN = {"quarter": 8, "month": 12}  # of the layers: the latest; all are in LAYER_FILE
LAYER_FILE = "tables/layer_statement.csv"


def statement_table(statement: pd.DataFrame, span: str, words: Words) -> Html:
    """A statement in total, newest first, with its rates and what to beware of."""
    # of a year the hole is another thing: not lost / opening
    hole = "hole_of_year" if span == "year" else "hole"
    columns = ["period", *STATED, hole, "quick_ratio", "mark"]
    marked = statement.rename(columns={"hole": hole}).assign(
        mark=[period_mark(row, words) for row in statement.itertuples()],
        period=_names(statement, span, words),
    )
    forms = dict.fromkeys(STATED, "count") | {hole: "share", "quick_ratio": "ratio"}
    caption = words[f"periods.{span}s_caption"]
    return table(marked[columns][::-1], words, caption=caption, forms=forms)


def layer_tables(book: Book, words: Words) -> Iterator[Html]:
    """The statement of every layer: by year, and on demand the latest quarters and months."""
    years = book.layer_statement("year")
    if years.empty:
        return
    yield _layer_table(years, "year", words, words["periods.layer_years_caption"])
    for span, n in SHOWN.items():
        whole = book.layer_statement(span)
        shown = whole[whole.period.isin(whole.period.unique()[-n:])]
        n = shown.period.nunique()
        if n < 2:
            continue
        caption = words.say(f"periods.layer_{span}s_caption", n=n)
        inner = _layer_table(shown, span, words, caption)
        yield details(words.say(f"periods.layer_{span}s", n=n), inner)
    yield paragraph(words.say("periods.layer_file", file=LAYER_FILE), "note")


def _layer_table(layers: pd.DataFrame, span: str, words: Words, caption: str) -> Html:
    """Newest period first, the layers of each in their order."""
    ordered = layers.assign(order=range(len(layers)), period=_names(layers, span, words))
    ordered = ordered.sort_values(["end", "order"], ascending=[False, True])
    named = ordered.assign(
        layer=[words[f"layer.{name}"] for name in ordered.layer],
        mark=[period_mark(row, words) for row in ordered.itertuples()],
    )
    forms, remark = dict.fromkeys(FLOWS, "count"), ["mark"] if named.mark.any() else []
    shown = named[["period", "layer", *FLOWS, *remark]]
    return table(shown, words, caption=caption, forms=forms)


def _names(statement: pd.DataFrame, span: str, words: Words) -> pd.Series | list[str]:
    if span != "year":
        return statement.period
    return [year_name(end, words) for end in statement.end]
