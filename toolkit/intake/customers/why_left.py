"""Reasons for leaving that people wrote into the win-back list of an earlier diagnosis."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pandas as pd
import pyarrow as pa

from toolkit.intake.tables.files import open_files
from toolkit.intake.tables.grid import Coded, Grid, gather
from toolkit.problems import InputProblem
from toolkit.words import LANGUAGES, Words

FILES = ("winback.csv", "lists.xlsx")  # beside the names of a diagnosis, with the same headings
GUARD = r"^'([=+\-@\t\r\n＝＋－＠])"  # the apostrophe before what Excel would run
BOTH = " / "  # between the headings of a report in both languages


def reasons_beside(folder: Path) -> pd.DataFrame:
    """The reasons in the win-back lists of a diagnosis (`FILES`), as written.

    One row per customer with a reason, in the first file that has one; columns: customer_id (text,
    as the list has it), reason. A list that is not there, was replaced by something else or cannot
    be read has none. Our rule.
    """
    found = [_reasons(grid) for name in FILES for grid in _grids(folder / name)]
    if not found:
        return pd.DataFrame(columns=["customer_id", "reason"], dtype=object)
    whole = pd.concat(found, ignore_index=True)
    return whole.drop_duplicates("customer_id", ignore_index=True)


def headings(column: str) -> set[str]:
    """What the heading of a list's column may be: in either language, or in both."""
    told = [Words(language)[f"column.{column}"] for language in LANGUAGES]
    return {*told, *(BOTH.join(each) for each in permutations(told))}


def _grids(path: Path) -> list[Grid]:
    try:
        return open_files(path) if path.is_file() else []
    except InputProblem:
        return []


def _reasons(grid: Grid) -> pd.DataFrame:
    names = [str(name).strip() for name in grid.header]
    at = [
        next((i for i, name in enumerate(names) if name in headings(column)), None)
        for column in ("customer_id", "reason")
    ]
    if None in at:
        return pd.DataFrame(columns=["customer_id", "reason"], dtype=object)
    try:
        rows = gather(grid, at)
    except InputProblem:
        return pd.DataFrame(columns=["customer_id", "reason"], dtype=object)
    who, why = (_texts(rows.columns[i]) for i in at)
    told = pd.DataFrame({"customer_id": who.str.replace(GUARD, r"\1", regex=True), "reason": why})
    return told[(told.customer_id != "") & (told.reason != "")]


def _texts(column: Coded) -> pd.Series:
    texts = column.texts.take(pa.array(column.codes)).to_pylist()
    return pd.Series(texts, dtype=object).str.strip()
