"""Reasons for leaving that people wrote into the win-back list of an earlier diagnosis."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pandas as pd
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from toolkit.intake.tables.coded import Coded
from toolkit.intake.tables.files import open_grid
from toolkit.intake.tables.grid import gather
from toolkit.problems import InputProblem
from toolkit.words import LANGUAGES, Words

CSV, WORKBOOK = "winback.csv", "lists.xlsx"  # beside the names of a diagnosis
GUARD = r"^'([=+\-@\t\r\n＝＋－＠])"  # the apostrophe before what Excel would run
BOTH = " / "  # between the headings of a report in both languages


def reasons_beside(folder: Path) -> pd.DataFrame:
    """The reasons in the win-back lists of a diagnosis (`CSV`, `WORKBOOK`), as written.

    One row per customer with a reason, in the first file that has one; columns: customer_id (text,
    as the list has it), reason. A list that is not there, was replaced by something else or cannot
    be read has none. Our rule.
    """
    ways = ((CSV, _of_csv), (WORKBOOK, _of_workbook))
    found = [read(folder / name) for name, read in ways if (folder / name).is_file()]
    found = [told for told in found if told is not None and len(told)]
    if not found:
        return pd.DataFrame(columns=["customer_id", "reason"], dtype=object)
    whole = pd.concat(found, ignore_index=True)
    return whole.drop_duplicates("customer_id", ignore_index=True)


def headings(column: str) -> set[str]:
    """What the heading of a list's column may be: in either language, or in both."""
    told = [Words(language)[f"column.{column}"] for language in LANGUAGES]
    return {*told, *(BOTH.join(each) for each in permutations(told))}


def _of_csv(path: Path) -> pd.DataFrame | None:
    try:
        grid = open_grid(path)
        at = _places(grid.header)
        rows = None if at is None else gather(grid, at)
    except InputProblem:
        return None
    return None if rows is None else _told(*(_texts(rows.columns[i]) for i in at))


def _of_workbook(path: Path) -> pd.DataFrame | None:
    """The reasons of the first sheet that has such columns."""
    try:
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).iter_rows()
            at = _places(next(rows, []))
            if at is not None:
                pairs = [[_text(row[i]) for i in at] for row in rows]
                return _told(
                    *(pd.Series([pair[k] for pair in pairs], dtype=object) for k in (0, 1))
                )
    except (CalamineError, OSError):
        return None
    return None


def _places(names: Sequence[object]) -> list[int] | None:
    """Where the customer and the reason stand; None where one of them is missing."""
    names = [str(name).strip() for name in names]
    wanted = (headings("customer_id"), headings("reason"))
    at = [next((i for i, n in enumerate(names) if n in told), None) for told in wanted]
    return None if None in at else at


def _told(who: pd.Series, why: pd.Series) -> pd.DataFrame:
    who = who.str.replace(GUARD, r"\1", regex=True)
    told = pd.DataFrame({"customer_id": who, "reason": why})
    return told[(told.customer_id != "") & (told.reason != "")]


def _texts(column: Coded) -> pd.Series:
    texts = column.texts.take(pa.array(column.codes)).to_pylist()
    return pd.Series(texts, dtype=object).str.strip()


def _text(value: object) -> str:
    """A cell as it is seen: whole numbers without a fraction."""
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value) if whole else value).strip()
