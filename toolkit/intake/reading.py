"""A sales file read from end to end."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import pyarrow.compute as pc

from toolkit.intake import sieve
from toolkit.intake.amounts import Numbers, read_amounts
from toolkit.intake.columns import Roles, recognise
from toolkit.intake.dates import Stamps, business_days, joined, read_dates
from toolkit.intake.files import Named, open_files
from toolkit.intake.grid import Coded, Grid, Rows, gather, renamed
from toolkit.intake.ledger import REASONS
from toolkit.problems import InputProblem
from toolkit.settings import Settings

FEWEST_ROWS = 100  # in a smaller file a few slips may well be most of it
MOST_DAYS_BEYOND = 31  # a closing date later than this after the last order is an error


@dataclass(frozen=True)
class Reading:
    """A file's rows with everything found out about them; row arrays run parallel to `rows`."""

    grid: Grid
    roles: Roles
    settings: Settings
    rows: Rows
    stamps: Stamps
    days: np.ndarray
    numbers: Numbers | None
    sieve: sieve.Sieve
    closing: dt.date

    def names(self, role: str) -> tuple[str, ...]:
        """The file's names of the columns in this role."""
        return tuple(self.grid.header[i] for i in self.roles.by_name().get(role, ()))

    def column(self, position: int | None) -> Coded | None:
        """A column in use, by header position."""
        return None if position is None else self.rows.columns[position]


def read(sales_file: Named, settings: Settings) -> Reading:
    """Read, recognise and sieve a sales file (InputProblem)."""
    grid = open_files(sales_file)[0]
    roles = recognise(grid.header, settings, grid.name)
    numbered = (roles.customer, roles.order, roles.product)
    rows = whole_numbers(gather(grid, roles.positions()), numbered)
    if not len(rows) + len(rows.broken):
        raise InputProblem("no_rows", file=grid.name)
    stamps = _stamps(rows, roles, grid, settings)
    days = business_days(stamps, settings.day_starts_at)
    numbers = _numbers(rows, roles)
    sifted = _sift(rows, roles, stamps, numbers, settings)
    sieve.require_some_kept(sifted, rows.broken, grid.name)
    _require_mostly_readable(sifted, grid, roles)
    closing = _closing_date(days[sifted.kept].max().item(), settings, grid.name)
    sifted.leave_out("after_closing", days > np.datetime64(closing))
    sieve.require_some_kept(sifted, rows.broken, grid.name)
    return Reading(grid, roles, settings, rows, stamps, days, numbers, sifted, closing)


def whole_numbers(rows: Rows, positions: tuple[int | None, ...]) -> Rows:
    """Numbers of things that came through a column of fractions: "17850.0" is 17850."""
    columns = dict(rows.columns)
    for i in (each for each in positions if each is not None):
        whole = pc.replace_substring_regex(columns[i].texts, r"^(\d+)\.0$", r"\1")
        columns[i] = renamed(columns[i], whole)
    return replace(rows, columns=columns)


def _stamps(rows: Rows, roles: Roles, grid: Grid, settings: Settings) -> Stamps:
    column = rows.columns[roles.date]
    if roles.time is not None:
        column = joined(column, rows.columns[roles.time])
    return read_dates(column, grid.header[roles.date], grid.name, settings.timezone)


def _numbers(rows: Rows, roles: Roles) -> Numbers | None:
    if roles.basis == "none":
        return None
    if roles.price is not None:
        price, quantity = rows.columns[roles.price], rows.columns[roles.quantity]
        return read_amounts(price).times(read_amounts(quantity))
    return read_amounts(rows.columns[roles.amount])


def _sift(
    rows: Rows, roles: Roles, stamps: Stamps, numbers: Numbers | None, settings: Settings
) -> sieve.Sieve:
    sifted = sieve.Sieve(len(rows))
    unreadable = np.isnat(stamps.at)
    if numbers is not None:
        unreadable = unreadable | ~numbers.readable
    sifted.leave_out("unreadable", unreadable)
    sifted.leave_out("no_customer", sieve.nameless(rows.columns[roles.customer]))
    statuses = [rows.columns[i] for i in roles.statuses]
    void = sieve.void(statuses, len(rows))
    if numbers is not None and void.any():
        order = None if roles.order is None else rows.columns[roles.order]
        void &= ~sieve.return_slips(numbers.units, order)
    sifted.leave_out("cancelled", void)
    if settings.exclude_zero and numbers is not None:
        sifted.leave_out("test_or_zero", (numbers.units == 0).astype(bool))
    if roles.order is not None:
        sifted.leave_out(
            "duplicate", sieve.repeated(rows.fingerprints, list(rows.columns.values()))
        )
    return sifted


def _require_mostly_readable(sifted: sieve.Sieve, grid: Grid, roles: Roles) -> None:
    """More rows read than not: else a column is not what it was taken for (InputProblem)."""
    bad = int((sifted.reasons == REASONS.index("unreadable")).sum())
    if len(sifted.reasons) < FEWEST_ROWS or 2 * bad <= len(sifted.reasons):
        return
    amounts = roles.by_name().get("amount", ())
    raise InputProblem(
        "mostly_unreadable",
        file=grid.name,
        n=len(sifted.reasons),
        bad=bad,
        date=grid.header[roles.date],
        amount=", ".join(grid.header[i] for i in amounts) or "–",
    )


def _closing_date(last: dt.date, settings: Settings, file: str) -> dt.date:
    closing = settings.closing_date or last
    if (closing - last).days > MOST_DAYS_BEYOND:
        raise InputProblem("closing_too_late", file=file, closing=closing, last=last)
    return closing
