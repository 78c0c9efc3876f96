"""The lists of active customers as sheets and CSV files, in one language of the report or both."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from toolkit.action import Plan
from toolkit.book import Book
from toolkit.report.active_lists import IN_WORDS, in_words
from toolkit.words import Words

BOTH = " / "
WORKED_OUT = {  # of each sheet: column, and the definition that says how to work it out
    "about_to_lapse": {
        "send": "send_active",
        "margin_if_returns": "kept_margin",
        "expected_loss": "expected_loss",
        "uplift": "uplift",
        "break_even": "break_even",
        "priority": "priority",
    },
    "golden": {
        "send": "send_active",
        "margin_if_returns": "kept_margin",
        "step_gain": "step_gain",
        "uplift": "uplift",
        "expected_gain": "expected_gain",
        "break_even": "step_break_even",
        "priority": "step_priority",
    },
}


def active_frames(book: Book, plan: Plan, spoken: list[Words]) -> dict[str, pd.DataFrame]:
    """The lists there are by name (`about_to_lapse`, `golden`), in words: names in all languages
    of the report in one cell, sentences in a column each, and `reason`, empty, to be filled in."""
    there = {"about_to_lapse": plan.about_to_lapse, "golden": plan.golden}
    code = book.settings.currency
    return {
        name: _to_fill(_in_all([in_words(listed, code, words) for words in spoken], spoken))
        for name, listed in there.items()
        if listed is not None
    }


def _to_fill(table: pd.DataFrame) -> pd.DataFrame:
    """The list with an empty column behind its sentences for what a customer tells."""
    at = max(i for i, name in enumerate(table.columns) if name.split("@")[0] == "why") + 1
    return pd.concat(
        [table.iloc[:, :at], pd.DataFrame({"reason": ""}, index=table.index), table.iloc[:, at:]],
        axis=1,
    )


def active_formulas(words: Words, group: Sequence[str] = ()) -> list[tuple[str, str]]:
    """How the columns of both sheets follow from each other: term and definition. group: what is
    added on who of those worth a contact is held out."""
    of, said = words["sheet_term.of_list"], []
    for name, columns in WORKED_OUT.items():
        sheet = words[f"sheet.{name}"]
        for column, key in columns.items():
            term = of.format(sheet=sheet, column=words[f"column.{column}"])
            more = group if column == "send" else ()
            said.append((term, words.joined([words[f"sheet_term.{key}"], *more])))
    return said


def _in_all(told: list[pd.DataFrame], spoken: list[Words]) -> pd.DataFrame:
    table = told[0]
    if len(spoken) == 1:
        return table
    for name in IN_WORDS:
        if name in table and table[name].notna().any():
            joined = table[name]
            for other in told[1:]:
                differ = other[name] != joined
                joined = joined.where(~differ, joined + BOTH + other[name])
            table = table.assign(**{name: joined})
    at = table.columns.get_loc("why")
    table = table.drop(columns="why")
    for i, (words, frame) in enumerate(zip(spoken, told, strict=True)):
        table.insert(at + i, f"why@{words.language}", frame["why"])
    return table
