"""The rows of the files of product lines beside the sales, and the ones that are used."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from toolkit.intake.columns.glance import first_rows
from toolkit.intake.columns.line_columns import line_roles
from toolkit.intake.ledger import Note
from toolkit.intake.sales import sieve, takings
from toolkit.intake.sales.discount_shares import less_shares
from toolkit.intake.sales.filled_down import FEWEST, SHARE
from toolkit.intake.sales.sheet import Sheet, file_label, goods_of, told_out, whole_numbers
from toolkit.intake.tables.abreast import require_one_table
from toolkit.intake.tables.coded import Coded, from_above
from toolkit.intake.tables.grid import Grid
from toolkit.intake.tables.rows import common_header, gather_all
from toolkit.intake.values.amounts import Numbers
from toolkit.problems import InputProblem
from toolkit.settings import Settings


@dataclass(frozen=True)
class LineRows:
    """The rows of all files of lines; arrays run parallel to `sheet.rows`.

    numbers: what each row comes to, None without amounts. goods: rows that are products and no
    postage, discount or sum (mask). used: rows with an order number and a product that are not
    cancelled and not there twice. notes: on the others, and on what was decided from the columns.
    """

    sheet: Sheet
    numbers: Numbers | None
    goods: np.ndarray
    used: np.ndarray
    notes: tuple[Note, ...]

    def where(self, rows: np.ndarray) -> str:
        """The number of the first of these rows (mask), with its file where there are several."""
        first = int(np.flatnonzero(rows)[0])
        number = str(self.sheet.rows.numbers[first])
        several = len(self.sheet.grids) > 1
        return f"{self.sheet.file_of(first)}: {number}" if several else number


def read_line_rows(grids: tuple[Grid, ...], settings: Settings, order: str) -> LineRows:
    """The rows of files of lines that were opened beside the sales, which call their order number
    `order`.

    Raises InputProblem for files without order numbers or products, or without any row.
    """
    header, file = common_header(grids), file_label(grids)
    glance = first_rows(grids, header)
    require_one_table(header, dict(enumerate(glance.columns)), file)
    roles = line_roles(header, glance, settings, file, order)
    numbered = tuple(roles.at(role) for role in ("order", "product"))
    rows = whole_numbers(gather_all(grids, header, roles.positions()), numbered)
    if not len(rows):
        raise InputProblem("no_rows", file=file)
    sheet = takings.settled(_filled(Sheet(grids, header, roles, settings, rows, None)))
    numbers = takings.of_rows(sheet)
    if numbers is not None and roles.format is None and "discount" not in roles.columns:
        numbers = less_shares(numbers, grids, header, sheet.roles.basis)
    return _sifted(LineRows(sheet, numbers, goods_of(sheet), np.ones(len(rows), bool), ()))


def _filled(sheet: Sheet) -> Sheet:
    """The sheet with order numbers carried to the rows of products below that have none, in a
    file that writes each once: of no known system, where at least three rows and 2 % lack it, and
    no number is written again right below itself (`filled_down`)."""
    (at,) = sheet.roles.columns["order"][:1]
    order, files = sheet.rows.columns[at], sheet.rows.files
    blank = order.blank()
    if sheet.roles.format is not None or blank.sum() < max(FEWEST, SHARE * len(blank)):
        return sheet
    codes = order.codes[~blank]
    if ((codes[1:] == codes[:-1]) & (np.diff(files[~blank]) == 0)).any():
        return sheet
    where = blank & ~sheet.bought.blank() & ~sheet.sums
    filled = from_above(order, ~blank, where, files)
    n = int((blank & ~filled.blank()).sum())
    told = (*sheet.roles.told, ("lines_filled_down", {"column": sheet.labels[at], "n": n}))
    rows = replace(sheet.rows, columns={**sheet.rows.columns, at: filled})
    roles = replace(sheet.roles, told=told if n else sheet.roles.told)
    return replace(sheet, roles=roles, rows=rows)


def _sifted(lines: LineRows) -> LineRows:
    sheet, rows = lines.sheet, lines.sheet.rows
    named = [each for each in (sheet.column("product"), sheet.column("product_name")) if each]
    nameless = np.logical_and.reduce([each.blank() for each in named])
    reasons = {
        "lines_left_out": (sheet.order.blank() | nameless) & ~sheet.sums,
        "lines_void": np.logical_or.reduce([*told_out(sheet).values(), np.zeros(len(rows), bool)]),
        "lines_overlapped": _in_later_file(sheet.order, named[0], rows.files),
        "lines_repeated": sieve.repeated(rows),
    }
    used, told = ~sheet.sums, []
    for key, out in reasons.items():
        out = out & used
        used = used & ~out
        if out.any():
            told.append(Note(key, {"n": int(out.sum()), "row": lines.where(out)}))
    torn = [each.row for each in rows.broken if each.reason == "unreadable"]
    told += [Note("lines_torn", {"n": len(torn), "row": torn[0]})] if torn else []
    if lines.numbers is not None and (unread := used & ~lines.numbers.readable).any():
        values = {"n": int(unread.sum()), "row": lines.where(unread)}
        told.append(Note("lines_unpriced", values))
    decided = [*sheet.roles.told, *(lines.numbers.told if lines.numbers is not None else ())]
    grids = [note for grid in sheet.grids for note in grid.notes]
    return replace(lines, used=used, notes=(*grids, *(Note(*each) for each in decided), *told))


def _in_later_file(order: Coded, product: Coded, files: np.ndarray) -> np.ndarray:
    """Rows (mask) of orders whose lines a later file has as well: of files that share a product of
    an order the last one named has the order. Files that share none complete each other."""
    if files.max(initial=0) == 0:
        return np.zeros(len(files), bool)
    table = pd.DataFrame({"order": order.codes, "product": product.codes, "file": files})
    shared = table.groupby(["order", "product"])["file"].transform("nunique") > 1
    twice = table["order"].isin(table["order"][shared].unique())
    last = table.groupby("order")["file"].transform("max")
    return (twice & (table["file"] < last)).to_numpy() & ~order.blank()
