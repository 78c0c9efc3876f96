"""Columns of several files that play one part under different names, brought under one name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit.intake.columns.glance import first_rows
from toolkit.intake.columns.survey import survey
from toolkit.intake.ledger import Note
from toolkit.intake.names import plain
from toolkit.intake.tables.grid import Grid
from toolkit.problems import InputProblem
from toolkit.settings import Settings

MET = (
    "customer",
    "mail",
    "phone",
    "name",
    "date",
    "time",
    "amount",
    "order",
    "price",
    "quantity",
    "product",
)


def under_one_header(grids: Sequence[Grid], settings: Settings) -> list[Grid]:
    """The files with the names of the first one's columns for what plays the same part in them.

    A shop renames a column, and the months after have the new name: without this they would have
    no amount, say. Only where a file lacks the first one's column and the first one lacks its
    own (our rule); each is told in a note of the file.
    """
    first, *others = grids
    if all(set(map(plain, grid.header)) == set(map(plain, first.header)) for grid in others):
        return list(grids)
    parts = _parts(first, settings)
    return [first, *(_renamed(grid, first, parts, _parts(grid, settings)) for grid in others)]


def _parts(grid: Grid, settings: Settings) -> dict[str, str]:
    """The names of the columns that play one part each; none where the file alone says too little
    (then the files together may)."""
    try:
        found = survey(grid.header, settings, grid.name, first_rows([grid], grid.header))
        columns = found.settled().columns
    except InputProblem:
        return {}
    return {role: grid.header[at[0]] for role, at in columns.items() if len(at) == 1}


def _renamed(grid: Grid, first: Grid, parts: dict[str, str], own: dict[str, str]) -> Grid:
    here, there = (set(map(plain, each.header)) for each in (grid, first))
    names, notes = list(grid.header), grid.notes
    for role in MET:
        if role not in parts or role not in own:
            continue
        name, common = own[role], parts[role]
        if plain(name) not in there and plain(common) not in here:
            names[names.index(name)] = common
            values = {"file": grid.name, "own": name, "common": common}
            notes = (*notes, Note("columns_met", values))
    return replace(grid, header=tuple(names), own=grid.header, notes=notes)
