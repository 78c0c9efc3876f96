"""Numbers of customers that a spreadsheet has rounded: 1.23E+11 stands for many of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.ledger import Note
from toolkit.problems import InputProblem

if TYPE_CHECKING:
    from toolkit.intake.customers.identity import Identity
    from toolkit.intake.reading import Reading
    from toolkit.intake.sales.sheet import Sheet

MANGLED = r"^\d([.,]\d+)?[eE]\+\d{2}$"
KEYS = ("customer", "phone")
TINY = 0.01  # share of the rows from which on it stops the run


def mangled(texts: pa.Array) -> pa.Array:
    """Which texts are numbers as Excel shows and saves those too long for a cell."""
    some = pc.match_substring(texts, "+")  # which few columns have, and is found sooner
    return pc.match_substring_regex(texts, MANGLED) if pc.any(some).as_py() else some


def require_whole(sheet: Sheet, identity: Identity) -> None:
    """At most 1 % of the rows have no customer because the number is rounded (InputProblem)."""
    lost = _rows(sheet) & identity.customer.blank()
    if lost.sum() > TINY * len(lost):
        raise InputProblem("mangled_numbers", **_told(sheet, lost))


def of_mangled(reading: Reading) -> list[Note]:
    """A note on the rows whose number is rounded."""
    rows = _rows(reading)
    if not rows.any():
        return []
    lost = rows & reading.identity.customer.blank()
    return [Note("mangled_numbers", _told(reading, rows) | {"lost": int(lost.sum())})]


def _rows(sheet: Sheet) -> np.ndarray:
    """Rows (mask) with a rounded number in a column that tells customers apart."""
    found = np.zeros(len(sheet.rows), bool)
    for column in _columns(sheet).values():
        found |= column.rows_of(mangled(column.texts))
    return found


def _columns(sheet: Sheet) -> dict[int, Any]:
    at = [i for role in KEYS for i in sheet.roles.columns.get(role, ())]
    return {i: sheet.rows.columns[i] for i in at}


def _told(sheet: Sheet, rows: np.ndarray) -> dict[str, Any]:
    first = int(rows.argmax())
    values = {"n": int(rows.sum()), "all": len(rows), "row": sheet.row_of(first)}
    for i, column in _columns(sheet).items():
        text = column.texts[int(column.codes[first])].as_py()
        if mangled(pa.array([text]))[0].as_py():
            values |= {"column": sheet.labels[i], "value": text}
    return values | {"file": sheet.file_of(first)}
