"""Rows that add up others by what stands in a column that is in no use: 得意先計, 日計."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from toolkit.intake.columns.glance import Glance
from toolkit.intake.columns.roles import KEY_PARTS, Roles
from toolkit.intake.tables.coded import Coded
from toolkit.intake.tables.grid import Broken, Rows
from toolkit.intake.tables.strays import HEADING_OR_TOTAL, named_totals


def total_columns(glance: Glance, roles: Roles) -> list[int]:
    """Columns in no use of which the first rows name totals, on less than half of them; none in a
    known export, which says itself."""
    used = set(roles.positions())
    if roles.format is not None or "date" not in roles.columns or not roles.keys:
        return []
    return [i for i, each in enumerate(glance.columns) if i not in used and _some(each)]


def without_totals(rows: Rows, beside: Sequence[int], roles: Roles) -> Rows:
    """The rows without the columns `beside`, and without those that lack their date or customer
    and name a total in one of them: they are told in `broken`. Our rule."""
    if not beside:
        return rows
    keys = [i for key in roles.keys for part in KEY_PARTS[key] for i in roles.columns[part]]
    nobody = np.logical_and.reduce([rows.columns[i].blank() for i in keys])
    undated = np.logical_and.reduce([rows.columns[i].blank() for i in roles.columns["date"]])
    named = np.logical_or.reduce([named_totals(rows.columns[i]) for i in beside])
    total = named & (nobody | undated)
    broken = [
        Broken(int(rows.numbers[i]), _text(rows, i), HEADING_OR_TOTAL, int(rows.files[i]))
        for i in np.flatnonzero(total).tolist()
    ]
    kept = {i: each for i, each in rows.columns.items() if i not in beside}
    rows = replace(rows, columns=kept)
    return rows.taken(~total, broken) if broken else rows


def _some(column: Coded) -> bool:
    named = named_totals(column)
    return bool(named.any()) and 2 * named.sum() < len(named)


def _text(rows: Rows, row: int) -> str:
    return ",".join(each.texts[int(each.codes[row])].as_py() for each in rows.columns.values())
