"""Lists that write a day once, or day and customer, and order number, once per purchase."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa

from toolkit.intake.columns.roles import KEY_PARTS
from toolkit.intake.sales.sheet import Sheet, stamps_of
from toolkit.intake.tables.coded import Coded, from_above

FEWEST, SHARE = 3, 0.02  # rows without a date that are no slips, and their share of all


def filled_down(sheet: Sheet) -> Sheet:
    """The sheet with dates, and customers beside them, carried to the rows below that lack them.

    Only in a file of no known system without order numbers, where the days are in order and the
    blanks have a system: no day is written again right below itself, or date and customer are
    always written together. A row is filled if it has a customer, or without one names what was
    bought; at least three and 2 % of the rows lack a date. Where both are always
    written together, such rows are one order. Our rule, told in a note.
    """
    roles = sheet.roles
    if roles.format is not None or len(roles.columns["date"]) != 1:
        return sheet
    if "order" in roles.columns:
        return _orders_filled_down(sheet)
    blank = sheet.column("date").blank()
    if not blank.sum() >= FEWEST or not SHARE * len(blank) <= blank.sum() or blank[0]:
        return sheet
    nobody = nobody_of(sheet)
    bought = sheet.bought
    told = ~nobody if bought is None else ~nobody | ~bought.blank()
    told &= ~sheet.sums
    if not _in_order(sheet, blank):
        return sheet
    together = bool((blank == nobody)[~sheet.sums].all())
    if not together and not _written_once(sheet, blank):
        return sheet
    files = sheet.rows.files
    columns = dict(sheet.rows.columns)
    (date,) = roles.columns["date"]
    for i in {date, *roles.columns.get("time", ())}:
        columns[i] = from_above(columns[i], ~blank, blank & told, files)
    parts = {part for key in roles.keys for part in KEY_PARTS[key]}
    further = blank & nobody & told
    for i in {i for part in parts for i in roles.columns[part]}:
        columns[i] = from_above(columns[i], ~blank | ~nobody, further, files)
    n = int((blank & ~columns[date].blank()).sum())
    if not n:
        return sheet
    note = ("dates_filled_down", {"column": sheet.labels[date], "n": n})
    rows = replace(sheet.rows, columns=columns)
    roles = replace(roles, told=(*roles.told, note))
    return replace(sheet, rows=rows, roles=roles, purchases=_begun(~blank) if together else None)


def _orders_filled_down(sheet: Sheet) -> Sheet:
    """The sheet with order number, date and customer carried to the further lines of an order
    that have none of the three but name what was bought: where `orders_once` and such lines are
    there. Not in a portion, which has not the rows between. Our rule, told in a note."""
    roles, files = sheet.roles, sheet.rows.files
    order = sheet.order
    if sheet.rows.runs is not None or not order.blank().any():
        return sheet
    named = line_named({role: sheet.column(role) for role in roles.columns})
    nobody = nobody_of(sheet)
    blanks = (order.blank(), sheet.column("date").blank(), nobody)
    if named is None or not orders_once(order, blanks, files, named & ~sheet.sums):
        return sheet
    named &= ~sheet.sums
    where, columns = blanks[0] & named, dict(sheet.rows.columns)
    parts = {part for key in roles.keys for part in KEY_PARTS[key]} | {"order", "date", "time"}
    for i in {i for part in parts for i in roles.columns.get(part, ())}:
        columns[i] = from_above(columns[i], ~blanks[0], where, files)
    told = ("orders_filled_down", {"column": sheet.names("order")[0], "n": int(where.sum())})
    roles = replace(roles, told=(*roles.told, told))
    return replace(sheet, rows=replace(sheet.rows, columns=columns), roles=roles)


def line_named(columns: Mapping[str, Coded]) -> np.ndarray | None:
    """The rows (mask) that name what was bought, else those with a price and a quantity; None
    without such columns."""
    named = [columns[role].blank() for role in ("product_name", "product") if role in columns]
    if named:
        return ~np.logical_and.reduce(named)
    if {"price", "quantity"} <= columns.keys():
        return ~(columns["price"].blank() | columns["quantity"].blank())
    return None


def orders_once(
    order: Coded, blanks: tuple[np.ndarray, ...], files: np.ndarray, named: np.ndarray
) -> bool:
    """Whether order number, date and customer (`blanks`, masks of those without) are written once
    per order: of the rows that are `named` each has all three or none, three and 2 % at the least
    have none, and no number is written again right below itself."""
    none = np.logical_and.reduce(blanks)
    some = np.logical_or.reduce(blanks) & ~none
    if (some & named).any() or not (none & named).sum() >= max(FEWEST, SHARE * len(none)):
        return False
    codes, there = order.codes[~blanks[0]], files[~blanks[0]]
    return not none[0] and not ((codes[1:] == codes[:-1]) & (np.diff(there) == 0)).any()


def _begun(first: np.ndarray) -> Coded:
    """Rows by the purchase that the nearest `first` row above begins."""
    codes = np.cumsum(first) - 1
    return Coded(codes, pa.array(range(int(codes[-1]) + 1)).cast(pa.string()))


def nobody_of(sheet: Sheet) -> np.ndarray:
    """Rows in which every column that tells customers apart is blank (mask)."""
    return np.logical_and.reduce(
        [
            sheet.rows.columns[i].blank()
            for part in {part for key in sheet.roles.keys for part in KEY_PARTS[key]}
            for i in sheet.roles.columns[part]
        ]
    )


def _in_order(sheet: Sheet, blank: np.ndarray) -> bool:
    """Whether the days of every file never go back, or never forward."""
    days = stamps_of(sheet).at
    there = ~blank & ~np.isnat(days)
    steps = np.diff(days[there].astype(np.int64))[np.diff(sheet.rows.files[there]) == 0]
    return bool((steps >= 0).all() or (steps <= 0).all())


def _written_once(sheet: Sheet, blank: np.ndarray) -> bool:
    """Whether no date stands again right below itself, blanks between them left out."""
    column, files = sheet.column("date"), sheet.rows.files
    codes = column.codes[~blank]
    return not ((codes[1:] == codes[:-1]) & (np.diff(files[~blank]) == 0)).any()
