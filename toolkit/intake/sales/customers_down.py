"""Lists by customer that write the customer once, above or beside the first of its sales."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from toolkit.intake.columns.roles import KEY_PARTS
from toolkit.intake.sales.filled_down import FEWEST, SHARE, nobody_of
from toolkit.intake.sales.sheet import Sheet, stamps_of
from toolkit.intake.tables.coded import from_above
from toolkit.intake.tables.strays import HEADING_OR_TOTAL

MANY = 0.2  # of the rows without a customer, below others, that are told
BACK = 0.5  # of the blocks that begin at an earlier day than the one above ended


def customers_down(sheet: Sheet) -> Sheet:
    """The sheet with customers carried to the dated rows below that lack them.

    Only in a file of no known system that begins with a customer and has none again right below
    itself, at least three and 2 % of the rows lacking theirs, each with its date. And only where
    every block ends with a row of totals; or no customer comes twice, the days of no block go
    back, but those of the whole do at half of the blocks at least. Where no customer comes twice
    and a fifth of the rows lack theirs, but nothing more shows it, a note tells so. Our rule.
    """
    roles, rows = sheet.roles, sheet.rows
    if roles.format is not None or rows.runs is not None or not roles.keys:
        return sheet
    blank = nobody_of(sheet)
    fewest = max(FEWEST, SHARE * len(blank))
    if blank.sum() < fewest:
        return sheet
    totals = sheet.sums
    blank &= ~totals
    if blank.sum() < fewest or not _begins(sheet, blank):
        return sheet
    first = ~blank & ~totals
    parts = dict.fromkeys(part for key in roles.keys for part in KEY_PARTS[key])
    at = [i for part in parts for i in roles.columns[part]]
    who = np.stack([rows.columns[i].codes[first] for i in at])
    same_file = np.diff(rows.files[first]) == 0
    if ((who[:, 1:] == who[:, :-1]).all(axis=0) & same_file).any():
        return sheet
    dated = not sheet.column("date").blank()[blank].any()
    once = len(np.unique(np.vstack([who, rows.files[first]]), axis=1).T) == first.sum()
    column = ", ".join(sheet.key_names())
    if not dated or not _by_customer(sheet, first, blank, once):
        lone = once and blank.sum() >= MANY * len(blank)
        values = {
            "column": column,
            "n": int(blank.sum()),
            "row": sheet.row_of(np.flatnonzero(blank)[0]),
        }
        return _told(sheet, "customers_blank_below", values) if lone else sheet
    columns = dict(rows.columns)
    for i in at:
        columns[i] = from_above(columns[i], first, blank, rows.files)
    told = _told(sheet, "customers_filled_down", {"column": column, "n": int(blank.sum())})
    return replace(told, rows=replace(rows, columns=columns))


def _told(sheet: Sheet, key: str, values: dict) -> Sheet:
    roles = replace(sheet.roles, told=(*sheet.roles.told, (key, values)))
    return replace(sheet, roles=roles)


def _begins(sheet: Sheet, blank: np.ndarray) -> bool:
    """Whether every file begins with a customer."""
    begins = np.r_[True, np.diff(sheet.rows.files) != 0]
    return not blank[begins].any()


def _totalled(sheet: Sheet, first: np.ndarray) -> bool:
    """Whether between any two blocks stands a row of totals, and there are several."""
    rows, totals = sheet.rows, sheet.sums
    aside = {(b.file, b.row) for b in rows.broken if b.reason == HEADING_OR_TOTAL}
    aside |= set(zip(rows.files[totals].tolist(), rows.numbers[totals].tolist(), strict=True))
    starts = np.flatnonzero(first)
    starts = starts[np.r_[False, np.diff(rows.files[starts]) == 0]]
    return len(starts) >= FEWEST - 1 and all(
        (int(rows.files[i]), int(rows.numbers[i]) - 1) in aside for i in starts
    )


def _by_customer(sheet: Sheet, first: np.ndarray, blank: np.ndarray, once: bool) -> bool:
    """Whether the blocks are of customers, by their totals or, no customer coming twice (`once`),
    by their days (`customers_down`); some go on to a later day, else they are days with guests."""
    days = stamps_of(sheet).at
    there = (first | blank) & ~np.isnat(days)
    days = days[there].astype("datetime64[D]").astype(np.int64)
    steps, new = np.diff(days), np.diff(np.cumsum(first)[there]) > 0
    if (steps[~new] > 0).sum() < FEWEST - 1:
        return False
    anew = new.sum() >= FEWEST - 1 and (steps[new] < 0).mean() >= BACK
    return _totalled(sheet, first) or bool(once and anew and not (steps[~new] < 0).any())
