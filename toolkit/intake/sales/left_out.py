"""Some of the rows left out, with what stands in them, for a message."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toolkit.intake.columns.column_table import cut
from toolkit.intake.ledger import REASONS
from toolkit.intake.sales.sheet import Sheet
from toolkit.intake.sales.sieve import Sieve
from toolkit.intake.values.dates import Stamps
from toolkit.words import Words, Written

MOST = 3
WIDEST = 40  # of a value, in a terminal


@dataclass(frozen=True)
class Shown(Written):
    """Rows left out: (number, column, what stands there, reason); no column for a row that is no
    row of the table. files: of each, where there are several."""

    rows: tuple[tuple[int, str, str, str], ...]
    files: tuple[str, ...] = ()

    def write(self, words: Words, form: str) -> str:
        told = []
        for place, (row, column, value, reason) in enumerate(self.rows):
            file = self.files[place] if self.files else ""
            where = words.say("check.row_of_file" if file else "check.row", file=file, row=row)
            values = {"where": where, "column": column, "reason": words[f"reason.{reason}"]}
            values["value"] = value or words["note.status_blank"]
            told.append(words.say("problem.row_left" if column else "problem.line_left", **values))
        return words["problem.next"].join(told)


def examples(sheet: Sheet, stamps: Stamps, sifted: Sieve) -> Shown:
    """Up to three rows, the first of every reason before the second of any."""
    told = [
        (
            rank,
            int(sheet.rows.files[i]),
            int(sheet.rows.numbers[i]),
            *_value(sheet, stamps, i, reason),
            reason,
        )
        for place in range(len(REASONS))
        for rank, i, reason in _ranked(sifted, place)
    ]
    told += [
        (rank, each.file, each.row, "", cut(each.text, WIDEST), each.reason)
        for rank, each in enumerate(sheet.rows.broken[:MOST])
    ]
    some = sorted(told, key=lambda each: each[:3])[:MOST]
    names = [sheet.grids[each[1]].name for each in some] if len(sheet.grids) > 1 else []
    return Shown(tuple(each[2:] for each in some), tuple(names))


def _ranked(sifted: Sieve, place: int) -> list[tuple[int, int, str]]:
    rows = np.flatnonzero(sifted.reasons == place)[:MOST]
    return [(rank, int(i), REASONS[place]) for rank, i in enumerate(rows)]


def _value(sheet: Sheet, stamps: Stamps, row: int, reason: str) -> tuple[str, str]:
    """The columns that a row is left out for, and what stands in them."""
    columns = sheet.roles.columns
    dated, charge = not np.isnat(stamps.at[row]), any(k[row] for k in sheet.row_kinds.values())
    if reason == "no_customer":
        at = tuple(sheet.labels.index(name) for name in sheet.key_names())
    elif reason in ("cancelled", "pending", "not_a_sale"):
        at = columns.get("product_name" if charge else "status", ())
    elif reason == "test_or_zero" or (reason == "unreadable" and dated):
        at = sheet.roles.by_name().get("amount", ())
    else:
        at = columns.get("order" if reason == "duplicate" else "date", ())
    cells = [sheet.rows.columns[i] for i in at]
    texts = [column.texts[int(column.codes[row])].as_py() for column in cells]
    names = " + ".join(sheet.labels[i] for i in at)
    return names, cut(" ".join(texts).strip(), WIDEST)
