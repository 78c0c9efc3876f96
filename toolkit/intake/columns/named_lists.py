"""Files and sheets that by their names list returns, cancelled orders, or no sales at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyarrow.compute as pc

from toolkit.intake.columns.formats import recognise_format
from toolkit.intake.columns.glance import first_rows
from toolkit.intake.columns.list_names import (
    BACK,
    CANCELLED,
    NO_SALES,
    kind_of_name,
    says_planned,
)
from toolkit.intake.columns.other_files import Contents, files_named
from toolkit.intake.columns.recognition import Evidence
from toolkit.intake.columns.refund_files import sent_back
from toolkit.intake.ledger import Note
from toolkit.intake.tables.coded import whole_number
from toolkit.intake.tables.grid import Grid, gather
from toolkit.settings import Settings

FOUND = 0.5  # share of the numbers of a list from which on they are those of the sales


def by_names(grids: Sequence[Grid], settings: Settings) -> list[Grid]:
    """The files with those that by their names (`list_names`) are no sales put right beside a file
    of sales, with notes of the first one.

    Returns become money going back on their own date, or are left out where they have no date,
    customer or amount. Orders of a list of cancelled ones are taken out of the sales, where half
    of its numbers or more are among those of the sales; it is no sales itself. Quotes, invoices,
    payments, bookings and purchases are left out. Where no other file has sales, bookings and the
    like are the sales, or else all are; a note tells what their names say. Exports of known
    systems say for themselves what they hold, and files that the settings name are left alone. Our
    rules.
    """
    own = files_named(settings)
    kinds = [("", "") if grid.stored.path.resolve() in own else _kind(grid) for grid in grids]
    named = [grid for grid, (kind, _) in zip(grids, kinds, strict=True) if kind]
    if not named:
        return list(grids)
    sales = [
        grid
        for grid, (kind, _) in zip(grids, kinds, strict=True)
        if not kind and not grid.refunds and _sold(grid, settings)
    ]
    others = [g for g, (kind, _) in zip(grids, kinds, strict=True) if kind == NO_SALES]
    as_sales = [] if sales else others or named
    first = (sales or as_sales)[0]
    kept, notes, gone = [], [], set()
    for grid, (kind, word) in zip(grids, kinds, strict=True):
        told = {"file": grid.name, "word": word}
        if not kind:
            kept.append(grid)
        elif any(grid is each for each in as_sales):
            kept.append(grid)
            if not says_planned(word):  # a sample or test read alone is what was asked for
                notes.append(Note("list_read", told))
        elif kind == BACK:
            back = sent_back(grid, first)
            kept += [] if back is None else [back]
            notes.append(Note("list_unplaced" if back is None else "list_sent_back", told))
        elif kind == CANCELLED:
            numbers = _listed(grid, sales or as_sales)
            gone |= numbers
            key = "list_cancelled" if numbers else "list_cancelled_left_out"
            notes.append(Note(key, told | ({"n": len(numbers)} if numbers else {})))
        else:
            notes.append(Note("list_left_out", told))
    kept.sort(key=lambda each: each.refunds)
    kept = [each if each.refunds else replace(each, cancelled=frozenset(gone)) for each in kept]
    kept[0] = replace(kept[0], notes=(*kept[0].notes, *notes))
    return kept


def _kind(grid: Grid) -> tuple[str, str]:
    """What a file is by its name, and the word for it; nothing for one of a known system, or of
    refunds already."""
    if grid.refunds or not grid.headed or recognise_format(grid.header) is not None:
        return "", ""
    file = grid.name.removesuffix(f"/{grid.sheet}") if grid.sheet else grid.name
    return kind_of_name(file, grid.sheet)


def _sold(grid: Grid, settings: Settings) -> bool:
    if recognise_format(grid.header) is not None:
        return True
    found = Contents.of(grid, settings)
    return found is not None and found.sold and not found.kind


def _listed(grid: Grid, sales: Sequence[Grid]) -> frozenset[str]:
    """The order numbers of a list of cancelled orders that the sales have; none where less than
    half of its numbers are theirs."""
    own = _numbers(grid)
    there = frozenset().union(*(_numbers(each) for each in sales))
    found = own & there
    return found if len(found) >= FOUND * len(own) else frozenset()


def _numbers(grid: Grid) -> frozenset[str]:
    seen = Evidence(grid.header, first_rows([grid], grid.header))
    at = list(seen.known("order")) or list(seen.decide("order").columns)
    if not at:
        return frozenset()
    texts = pc.utf8_trim_whitespace(gather(grid, at[:1]).columns[at[0]].texts)
    return frozenset(whole_number(texts).to_pylist()) - {""}
