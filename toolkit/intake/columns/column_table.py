"""Every column of a file with what it was taken for, how surely, and what takes another."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from toolkit.intake.columns.recognition import OPTIONS
from toolkit.intake.columns.survey import Survey
from toolkit.words import Words

WIDEST_NAME, WIDEST_EXAMPLE = 32, 24  # columns of a terminal
DASH = "–"


@dataclass(frozen=True)
class Column:
    """One column of the file.

    name, example: as in the file, the first value it has. role: what it was taken for, "" where
    it is not used. how, confidence: of that decision (`recognition.Decision`; None where a format
    has it beside). rival: for a column in use the column that comes next for its role; for
    another the role it comes nearest to; with the confidence in that, None where there is none.
    option: what changes it, "" for nothing.
    """

    name: str
    example: str
    role: str
    how: str = ""
    confidence: float | None = None
    rival: tuple[str, float] | None = None
    option: str = ""


def column_table(survey: Survey) -> tuple[Column, ...]:
    """The columns of a file in its order."""
    used = {i: role for role, at in survey.roles.columns.items() for i in at}
    return tuple(
        _used(survey, i, used[i]) if i in used else _spare(survey, i)
        for i in range(len(survey.header))
    )


def _used(survey: Survey, at: int, role: str) -> Column:
    name, example = survey.labels[at], survey.examples[at]
    decision = survey.decisions.get(role)
    if decision is None:
        return Column(name, example, role, option=OPTIONS.get(role, ""))
    other = next((c for c in decision.others if c.columns[0] != at), None)
    rival = other and (survey.labels[other.columns[0]], other.confidence)
    return Column(name, example, role, decision.how, decision.confidence, rival, decision.option)


def _spare(survey: Survey, at: int) -> Column:
    found = [
        (candidate.confidence, decision)
        for decision in survey.decisions.values()
        for candidate in decision.others
        if at in candidate.columns
    ]
    if not found:
        return Column(survey.labels[at], survey.examples[at], "")
    confidence, best = max(found, key=lambda pair: pair[0])
    rival = (best.role, confidence)
    return Column(survey.labels[at], survey.examples[at], "", rival=rival, option=best.option)


def table_lines(columns: Sequence[Column], words: Words) -> list[str]:
    """The columns as aligned text below a line of headings."""
    keys = ("column", "example", "taken_for", "confidence", "rival", "option")
    rows = [tuple(words[f"check.head_{key}"] for key in keys)]
    return aligned(rows + [_row(column, words) for column in columns], "  ")


def _row(column: Column, words: Words) -> tuple[str, ...]:
    rival = DASH
    if column.rival is not None:
        name, confidence = column.rival
        shown = name if column.role else words[f"role.{name}"]
        rival = f"{cut(shown, WIDEST_NAME)} {percent(confidence)}"
    return (
        cut(column.name, WIDEST_NAME),
        cut(column.example, WIDEST_EXAMPLE) or DASH,
        words[f"role.{column.role}"] if column.role else words["check.not_used"],
        words["check.as_set"] if column.how == "given" else percent(column.confidence),
        rival,
        column.option or DASH,
    )


def percent(confidence: float | None) -> str:
    """A confidence in whole percent; certain is nothing but what was set."""
    return DASH if confidence is None else f"{min(int(100 * confidence + 0.5), 99)}%"


def aligned(rows: list[tuple[str, ...]], indent: str = "") -> list[str]:
    """Rows of cells as lines whose cells stand below each other."""
    if not rows:
        return []
    widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]

    def padded(row: tuple[str, ...]) -> str:
        cells = (text + " " * (most - width(text)) for text, most in zip(row, widths, strict=True))
        return (indent + "  ".join(cells)).rstrip()

    return [padded(row) for row in rows]


def width(text: str) -> int:
    """Columns a text takes in a terminal: East Asian wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def cut(text: str, widest: int) -> str:
    """A text on one line, shortened to a width in a terminal."""
    text = " ".join(text.split())
    ends = list(accumulate(map(width, text[: widest + 1])))  # of a cell of megabytes no more
    if len(ends) == len(text) and (not ends or ends[-1] <= widest):
        return text
    return text[: bisect_right(ends, widest - 1)] + "…"
