"""The sales files of a client read from end to end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, fields, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from toolkit.intake.columns.column_table import cut
from toolkit.intake.columns.opening import Opened, look_over
from toolkit.intake.columns.roles import Roles
from toolkit.intake.customers.identity import Identity
from toolkit.intake.customers.mangled import require_whole
from toolkit.intake.ledger import REASONS
from toolkit.intake.sales import far_dates, left_out, overlap, sieve, taken_back, takings
from toolkit.intake.sales.customers_down import customers_down
from toolkit.intake.sales.filled_down import filled_down
from toolkit.intake.sales.left_out import WIDEST
from toolkit.intake.sales.sheet import (
    Sheet,
    goods_of,
    identity_of,
    stamps_of,
    told_out,
    whole_numbers,
)
from toolkit.intake.sales.total_rows import total_columns, without_totals
from toolkit.intake.sales.visits import with_visits
from toolkit.intake.tables.ditto import ditto, without_ditto
from toolkit.intake.tables.files import Named, open_files
from toolkit.intake.tables.grid import Grid, Rows
from toolkit.intake.tables.portions import Portion
from toolkit.intake.tables.rows import gather_all
from toolkit.intake.tables.sheet_choice import naming_sheets
from toolkit.intake.values.amounts import Numbers
from toolkit.intake.values.dates import Stamps, business_days
from toolkit.intake.values.short_dates import kind_of
from toolkit.problems import InputProblem
from toolkit.settings import Settings

FEWEST_IN_FILE = 5  # unreadable rows of one of several files that are no slips
FEWEST_ROWS = 20  # in a smaller file a few slips may well be most of it
MOST_DAYS_BEYOND = 31  # a closing date later than this after the last order is an error


@dataclass(frozen=True)
class Reading(Sheet):
    """A sheet with everything found out about its rows; arrays run parallel to `rows`.

    again: rows equal in every column to an earlier one of their file (mask). goods: rows that are
    product lines (mask). overlapped: rows left out because a later file has their order as well.
    line_grids: files of product lines beside the sales. visits: the purchases are visits, whose
    amount is on all their rows (`visits`).
    """

    identity: Identity
    stamps: Stamps
    days: np.ndarray
    numbers: Numbers | None
    again: np.ndarray
    goods: np.ndarray
    sieve: sieve.Sieve
    overlapped: int
    closing: dt.date
    line_grids: tuple[Grid, ...] = ()
    visits: bool = False

    def keys_used(self) -> tuple[str, ...]:
        """The names of the columns by which customers are told apart: those of the keys that any
        row goes by."""
        used = [key for key in self.roles.keys if self.identity.counts.get(key)]
        return self.key_names(used or None)

    def amounts(self, position: int) -> Numbers:
        """The numbers of a column in use, the file's decimal mark the usual one (InputProblem)."""
        usual = None if self.numbers is None else self.numbers.mark
        return self.read_as_amounts(position, self.rows.columns[position], usual)


class Known(NamedTuple):
    """The closing date, and the latest day of every file (`overlap.latest_days`)."""

    closing: dt.date
    latest: pd.Series


def open_beside(sales_file: Named, settings: Settings, beside: Executor) -> Opened:
    """The sales files of a client opened and looked over (InputProblem); `beside` begins with
    their rows and hashes meanwhile."""
    grids = open_files(sales_file, settings)
    grids[0].begin(beside)
    for grid in grids:
        beside.submit(grid.sha256)  # which it keeps
    with naming_sheets(grids):
        return look_over(grids, settings)


def read_opened(
    opened: Opened,
    settings: Settings,
    beside: Executor,
    portion: Portion | None = None,
    known: Known | None = None,
) -> Reading:
    """Read and sieve files that were looked over; doubts about columns stop it (InputProblem).

    `portion`: only its rows; `known`: what only the rows of all portions can tell.
    """
    sheet = customers_down(filled_down(takings.settled(_sheet(opened, settings, portion))))
    stamped = beside.submit(stamps_of, sheet)
    counted = beside.submit(takings.of_rows, sheet)
    identity = identity_of(sheet)
    require_whole(sheet, identity)
    again = sieve.repeated(sheet.rows)
    numbers, stamps = counted.result(), stamped.result()
    days = business_days(stamps, settings.day_starts_at)
    visits = with_visits(sheet, numbers, identity.customer, days)
    sheet, numbers = visits.sheet, visits.numbers
    sifted = _sift(sheet, identity, stamps, days, numbers)
    whose = (sheet.rows, sheet.order, identity.customer, days)
    overlapped = overlap.leave_out(sifted, *whose, known and known.latest)
    if sheet.order is not None:
        sifted.leave_out("duplicate", again)
    _require_some_kept(sifted, sheet, stamps)
    _require_mostly_readable(sifted, sheet, stamps)
    closing = (
        known.closing
        if known
        else _closing_date(days[sifted.kept], identity.customer.codes[sifted.kept], sheet)
    )
    sifted.leave_out("after_closing", _late(sheet, identity, days, closing))
    _require_some_kept(sifted, sheet, stamps)
    return Reading(
        **{each.name: getattr(sheet, each.name) for each in fields(sheet)},
        identity=identity,
        stamps=stamps,
        days=days,
        numbers=numbers,
        again=again,
        goods=goods_of(sheet),
        sieve=sifted,
        overlapped=overlapped,
        closing=closing,
        line_grids=opened.lines,
        visits=visits.found,
    )


def _sheet(opened: Opened, settings: Settings, portion: Portion | None) -> Sheet:
    """The rows of all files below each other, their columns recognised (InputProblem)."""
    grids, header, roles = opened.grids, opened.survey.header, opened.survey.settled()
    numbered = tuple(roles.at(role) for role in ("customer", "phone", "order", "product"))
    beside = total_columns(opened.glance, roles) if portion is None else []
    rows = gather_all(grids, header, sorted({*roles.positions(), *beside}), portion)
    rows = without_totals(rows, beside, roles)
    if portion is None and roles.format is None:
        rows, roles = _as_above(rows, roles, opened.survey.labels)
    rows = whole_numbers(rows, numbered)
    if not len(rows) + len(rows.broken):
        raise InputProblem("no_rows", file=opened.file)
    return Sheet(grids, header, roles, settings, rows, None)


def _as_above(rows: Rows, roles: Roles, labels: Sequence[str]) -> tuple[Rows, Roles]:
    """The rows with values in place of ditto marks, told in notes."""
    marks = {i: int(ditto(column).sum()) for i, column in rows.columns.items()}
    found = {i: n for i, n in marks.items() if n}
    columns = rows.columns | {i: without_ditto(rows.columns[i], rows.files) for i in found}
    told = [("ditto", {"column": labels[i], "n": n}) for i, n in found.items()]
    return replace(rows, columns=columns), replace(roles, told=(*roles.told, *told))


def _sift(
    sheet: Sheet, identity: Identity, stamps: Stamps, days: np.ndarray, numbers: Numbers | None
) -> sieve.Sieve:
    sifted = sieve.Sieve(len(sheet.rows))
    unreadable = np.isnat(stamps.at)
    if numbers is not None:
        unreadable = unreadable | ~numbers.readable
    sifted.leave_out("unreadable", unreadable & ~sheet.sums)
    sifted.leave_out("heading_or_total", sheet.sums)
    sifted.leave_out("no_customer", identity.customer.blank())
    for reason, where in told_out(sheet).items():
        if reason == "cancelled" and numbers is not None and where.any():
            units = takings.gross(sheet, numbers)
            where = where & ~sieve.return_slips(units, sheet.order, where)
            where |= sieve.undone(units, sheet.order, days, takings.slips(sheet), where)
            where |= taken_back.of_void(sheet, where)
        sifted.leave_out(reason, where)
    if numbers is not None:
        sifted.leave_out("not_a_sale", takings.no_sale(sheet))
    if sheet.settings.exclude_zero and numbers is not None:
        sifted.leave_out("test_or_zero", (numbers.units == 0).astype(bool))
    return sifted


def _require_some_kept(sifted: sieve.Sieve, sheet: Sheet, stamps: Stamps) -> None:
    """At least one row is kept (InputProblem with the reasons, and rows of each)."""
    if not sifted.kept.any():
        _require_whole_dates(sheet, stamps)
        reasons = sieve.why_none(sifted, sheet.rows.broken)
        shown = left_out.examples(sheet, stamps, sifted)
        raise InputProblem("no_row_kept", file=sheet.file, reasons=reasons, examples=shown)


def _require_whole_dates(sheet: Sheet, stamps: Stamps) -> None:
    """The dates of a column none of which can be read have a year and a day (InputProblem)."""
    if not np.isnat(stamps.at).all() or len(sheet.roles.columns["date"]) != 1:
        return
    found = kind_of(sheet.column("date"))
    if found is not None:
        values = {"file": sheet.file, "column": sheet.names("date")[0], "value": found[1]}
        raise InputProblem(found[0], **values)


def _require_mostly_readable(sifted: sieve.Sieve, sheet: Sheet, stamps: Stamps) -> None:
    """More rows read than not: else a column is not what it was taken for (InputProblem)."""
    unreadable = sifted.reasons == REASONS.index("unreadable")
    _require_readable_files(unreadable, sheet)
    torn = [each for each in sheet.rows.broken if each.reason == "unreadable"]
    bad, rows = int(unreadable.sum()) + len(torn), len(sifted.reasons) + len(torn)
    if 2 * bad <= rows or (rows < FEWEST_ROWS and len(torn) < FEWEST_IN_FILE):
        return
    _require_whole_dates(sheet, stamps)
    if 2 * len(torn) > bad:
        values = {"file": sheet.file, "n": rows, "bad": len(torn), "row": torn[0].row}
        raise InputProblem("mostly_torn", **values, text=cut(torn[0].text.strip(), WIDEST))
    raise InputProblem(
        "mostly_unreadable",
        file=sheet.file,
        n=rows,
        bad=bad,
        date=", ".join(sheet.names("date")[:1]),
        amount=", ".join(sheet.names("amount")) or "–",
        examples=left_out.examples(sheet, stamps, sifted),
    )


def _require_readable_files(unreadable: np.ndarray, sheet: Sheet) -> None:
    """Of each of several files more rows are read than not: else its columns have other names, or
    it is no file of sales (InputProblem naming every such file)."""
    faults = []
    for k, grid in enumerate(sheet.grids if len(sheet.grids) > 1 else ()):
        rows = np.flatnonzero(sheet.rows.files == k)
        broken = [e for e in sheet.rows.broken if (e.file, e.reason) == (k, "unreadable")]
        bad = [*sheet.rows.numbers[rows[unreadable[rows]]].tolist(), *(e.row for e in broken)]
        count = len(rows) + len(broken)
        if len(bad) >= FEWEST_IN_FILE and 2 * len(bad) > count:
            values = {"file": grid.name, "n": count, "bad": len(bad), "row": min(bad)}
            values |= {"date": ", ".join(sheet.names("date")[:1])}
            values |= {"amount": ", ".join(sheet.names("amount")) or "–"}
            faults.append(("file_unreadable", values))
    if faults:
        raise InputProblem.of(faults)


def _late(sheet: Sheet, identity: Identity, days: np.ndarray, closing: dt.date) -> np.ndarray:
    """Rows after the closing date (mask); not those of nobody known after the last order of
    somebody known, which are sales all the same, unless the date was set or they are far off."""
    late = days > np.datetime64(closing)
    if sheet.settings.closing_date is not None:
        return late
    near = days <= np.datetime64(closing) + far_dates.FAR_DAYS
    return late & ~(identity.customer.blank() & near)


def _closing_date(days: np.ndarray, customers: np.ndarray, sheet: Sheet) -> dt.date:
    """The closing date: as set, else the last day of the kept rows (InputProblem)."""
    closing, last = sheet.settings.closing_date, days.max().item()
    if closing is None:
        return far_dates.last_day(days, customers).item()
    if (closing - last).days > MOST_DAYS_BEYOND:
        raise InputProblem("closing_too_late", file=sheet.file, closing=closing, last=last)
    return closing
