"""The sales files of a client read from end to end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow.compute as pc

from toolkit.intake import overlap, sieve, statuses
from toolkit.intake.amounts import Numbers, read_amounts
from toolkit.intake.columns import KEY_PARTS, Roles, recognise
from toolkit.intake.dates import Stamps, business_days, joined, read_dates
from toolkit.intake.grid import Coded, Grid, Rows, renamed
from toolkit.intake.identity import Identity, identify
from toolkit.intake.ledger import REASONS
from toolkit.intake.paid import blocks, carried, goods_paid, less_kinds, parts_of_total
from toolkit.intake.rows import common_header, gather_all
from toolkit.intake.tables import open_parquet, open_workbook
from toolkit.intake.text import open_text
from toolkit.problems import InputProblem
from toolkit.settings import Settings

FEWEST_ROWS = 100  # in a smaller file a few slips may well be most of it
MOST_DAYS_BEYOND = 31  # a closing date later than this after the last order is an error
SalesFile = str | Path | Sequence[str | Path]


@dataclass(frozen=True)
class Reading:
    """The rows of the files with everything found out about them; arrays run parallel to `rows`.

    order: the order number of every row, None where there is none. goods: rows that are product
    lines (mask). overlapped: rows left out because a later file has their order as well.
    """

    grids: tuple[Grid, ...]
    header: tuple[str, ...]
    roles: Roles
    settings: Settings
    rows: Rows
    order: Coded | None
    identity: Identity
    stamps: Stamps
    days: np.ndarray
    numbers: Numbers | None
    goods: np.ndarray
    sieve: sieve.Sieve
    overlapped: int
    closing: dt.date

    @property
    def file(self) -> str:
        """What the file is called in a message; of several, the first and how many more."""
        return file_label(self.grids)

    def file_of(self, row: int) -> str:
        """The name of the file a row (by its place among all rows) is from."""
        return self.grids[self.rows.files[row]].file.name

    def names(self, role: str) -> tuple[str, ...]:
        """The files' names of the columns in this role."""
        return tuple(self.header[i] for i in self.roles.by_name().get(role, ()))

    def key_names(self) -> tuple[str, ...]:
        """The names of the columns that tell customers apart."""
        parts = dict.fromkeys(part for key in self.roles.keys for part in KEY_PARTS[key])
        return tuple(self.header[i] for part in parts for i in self.roles.columns[part])

    def column(self, role: str) -> Coded | None:
        """The column in a role."""
        return column_of(self.rows, self.roles, role)


def file_label(grids: Sequence[Grid]) -> str:
    """The name of the one file, or of the first and how many more."""
    first, more = grids[0].file.name, len(grids) - 1
    return f"{first} (+{more})" if more else first


def read(sales_file: SalesFile, settings: Settings) -> Reading:
    """Read, recognise and sieve the sales files of a client (InputProblem)."""
    grids = open_grids(sales_file)
    file = file_label(grids)
    header = common_header(grids)
    roles = recognise(header, settings, file)
    rows = whole_numbers(gather_all(grids, header, roles.positions()), _numbered(roles))
    if not len(rows) + len(rows.broken):
        raise InputProblem("no_rows", file=file)
    order = column_of(rows, roles, "order")
    lines = blocks(order, rows.files)
    identity = _identity(rows, roles, lines)
    stamps = _stamps(rows, roles, lines, header, file, settings)
    days = business_days(stamps, settings.day_starts_at)
    numbers = _numbers(rows, roles, lines, settings)
    goods = statuses.goods(column_of(rows, roles, "line_kind"), roles.format, len(rows))
    sifted = _sift(rows, header, roles, order, identity, stamps, numbers, settings)
    overlapped = overlap.leave_out(sifted, rows, order, identity.customer, days)
    if order is not None:
        sifted.leave_out("duplicate", sieve.repeated(rows))
    sieve.require_some_kept(sifted, rows.broken, file)
    _require_mostly_readable(sifted, file, header, roles)
    closing = _closing_date(days[sifted.kept].max().item(), settings, file)
    sifted.leave_out("after_closing", days > np.datetime64(closing))
    sieve.require_some_kept(sifted, rows.broken, file)
    return Reading(
        *(tuple(grids), header, roles, settings, rows, order, identity),
        *(stamps, days, numbers, goods, sifted, overlapped, closing),
    )


def open_grids(sales_file: SalesFile) -> list[Grid]:
    """Every file of the sales, opened (InputProblem)."""
    several = [sales_file] if isinstance(sales_file, str | Path) else list(sales_file)
    return [open_grid(Path(each)) for each in several]


def open_grid(path: Path) -> Grid:
    """The file opened as what its first bytes say it is (InputProblem)."""
    if not path.exists():
        raise InputProblem("file_missing", file=str(path))
    if not path.is_file():
        raise InputProblem("file_is_folder", file=str(path))
    with path.open("rb") as stream:
        start = stream.read(4)
    if not start:
        raise InputProblem("empty_file", file=path.name)
    if start == b"PAR1":
        return open_parquet(path)
    return open_workbook(path) if start == b"PK\x03\x04" else open_text(path)


def column_of(rows: Rows, roles: Roles, role: str) -> Coded | None:
    """The column of a role; several are joined with a blank between."""
    at = roles.columns.get(role, ())
    if not at:
        return None
    made = rows.columns[at[0]]
    for i in at[1:]:
        made = paired(made, rows.columns[i])
    return made


def paired(one: Coded, two: Coded) -> Coded:
    """Two columns as one, a blank between what stands in them."""
    pairs, codes = np.unique(
        one.codes.astype(np.int64) * len(two.texts) + two.codes, return_inverse=True
    )
    first, second = (
        column.texts.take(at)
        for column, at in ((one, pairs // len(two.texts)), (two, pairs % len(two.texts)))
    )
    made = Coded(codes, pc.binary_join_element_wise(first, second, " "))
    return renamed(made, pc.utf8_trim_whitespace(made.texts))


def _numbered(roles: Roles) -> tuple[int | None, ...]:
    return tuple(roles.at(role) for role in ("customer", "order", "product"))


def whole_numbers(rows: Rows, positions: tuple[int | None, ...]) -> Rows:
    """Numbers of things that came through a column of fractions: "17850.0" is 17850."""
    columns = dict(rows.columns)
    for i in (each for each in positions if each is not None):
        whole = pc.replace_substring_regex(columns[i].texts, r"^(\d+)\.0$", r"\1")
        columns[i] = renamed(columns[i], whole)
    return replace(rows, columns=columns)


def _identity(rows: Rows, roles: Roles, lines: Coded | None) -> Identity:
    """Who every row's customer is; further lines of an order are the order's customer's.

    A further line is one without a date of its own, or any row of a known export. In other files
    a row that lacks nothing but its customer is a row without a customer (our rule).
    """
    further = None if roles.format else column_of(rows, roles, "date").blank()
    parts = {
        key: [carried(column_of(rows, roles, part), lines, further) for part in KEY_PARTS[key]]
        for key in roles.keys
    }
    return identify(roles.keys, parts, len(rows))


def _stamps(
    rows: Rows,
    roles: Roles,
    lines: Coded | None,
    header: Sequence[str],
    file: str,
    settings: Settings,
) -> Stamps:
    column = carried(column_of(rows, roles, "date"), lines)
    if "time" in roles.columns:
        column = joined(column, carried(column_of(rows, roles, "time"), lines))
    return read_dates(column, header[roles.at("date")], file, settings.timezone)


def _numbers(rows: Rows, roles: Roles, lines: Coded | None, settings: Settings) -> Numbers | None:
    """The amounts: with basis total the order's, on every row of it; else each row's own."""
    if roles.basis == "none":
        return None
    columns = {role: column_of(rows, roles, role) for role in roles.columns}
    if roles.basis == "price x quantity":
        return read_amounts(columns["price"]).times(read_amounts(columns["quantity"]))
    if roles.basis != "total":
        return read_amounts(columns["price" if roles.basis == "price" else "amount"])
    signs = parts_of_total(settings)
    parts = {role: [columns[role]] for role in signs if role in columns}
    found = goods_paid(columns["amount"], parts, signs, lines)
    kinds = roles.format.line_kinds if roles.format is not None else None
    if kinds is None or not {"line_kind", "unit_price"} <= columns.keys():
        return found
    worth = read_amounts(columns["unit_price"]).times(read_amounts(columns["units"]))
    taken = statuses.of_kinds(columns["line_kind"], kinds.taken_off)
    return less_kinds(found, worth, taken, lines)


def _sift(
    rows: Rows,
    header: Sequence[str],
    roles: Roles,
    order: Coded | None,
    identity: Identity,
    stamps: Stamps,
    numbers: Numbers | None,
    settings: Settings,
) -> sieve.Sieve:
    sifted = sieve.Sieve(len(rows))
    unreadable = np.isnat(stamps.at)
    if numbers is not None:
        unreadable = unreadable | ~numbers.readable
    sifted.leave_out("unreadable", unreadable)
    sifted.leave_out("no_customer", identity.customer.blank())
    lines = blocks(order, rows.files)
    columns = {header[i]: carried(rows.columns[i], lines) for i in roles.columns.get("status", ())}
    for reason, where in statuses.told_out(columns, roles.format, len(rows)).items():
        if reason == "cancelled" and numbers is not None and where.any():
            where = where & ~sieve.return_slips(numbers.units, order)
        sifted.leave_out(reason, where)
    if settings.exclude_zero and numbers is not None:
        sifted.leave_out("test_or_zero", (numbers.units == 0).astype(bool))
    return sifted


def _require_mostly_readable(
    sifted: sieve.Sieve, file: str, header: Sequence[str], roles: Roles
) -> None:
    """More rows read than not: else a column is not what it was taken for (InputProblem)."""
    bad = int((sifted.reasons == REASONS.index("unreadable")).sum())
    if len(sifted.reasons) < FEWEST_ROWS or 2 * bad <= len(sifted.reasons):
        return
    amounts = roles.by_name().get("amount", ())
    raise InputProblem(
        "mostly_unreadable",
        file=file,
        n=len(sifted.reasons),
        bad=bad,
        date=header[roles.at("date")],
        amount=", ".join(header[i] for i in amounts) or "–",
    )


def _closing_date(last: dt.date, settings: Settings, file: str) -> dt.date:
    closing = settings.closing_date or last
    if (closing - last).days > MOST_DAYS_BEYOND:
        raise InputProblem("closing_too_late", file=file, closing=closing, last=last)
    return closing
