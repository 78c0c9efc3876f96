"""The rows of the sales files with the part each column plays, and what the columns come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.columns.finder import NO_COLUMN
from toolkit.intake.columns.roles import KEY_PARTS, Roles
from toolkit.intake.customers.excluded import excluding
from toolkit.intake.customers.identity import Identity, identify
from toolkit.intake.customers.walk_ins import without_walk_ins
from toolkit.intake.ledger import File
from toolkit.intake.names import labels, plain
from toolkit.intake.sales import flags, row_kinds, statuses
from toolkit.intake.sales.kind_sums import Added, in_sheet
from toolkit.intake.sales.paid import blocks, carried
from toolkit.intake.tables.coded import Coded, half_width, paired, renamed, whole_number
from toolkit.intake.tables.grid import Grid, Rows
from toolkit.intake.tables.strays import named_totals
from toolkit.intake.values.amount_forms import undress
from toolkit.intake.values.amounts import Numbers, mixed_told, read_amounts
from toolkit.intake.values.clocks import joined
from toolkit.intake.values.count_units import without_units
from toolkit.intake.values.dates import Stamps, read_dates
from toolkit.intake.values.place import Place
from toolkit.intake.values.split_dates import ORDER, in_one
from toolkit.intake.values.units import in_full
from toolkit.settings import Settings

MONEY = ("amount", "price", "quantity")  # roles of what a row comes to
COUNTS = ("quantity", "units", "points")  # roles whose numbers are in no unit of money


@dataclass(frozen=True)
class Sheet:
    """The rows of all files of a client under one header, and the roles of its columns.

    purchases: without order numbers, which rows are one order, where the file shows it.
    """

    grids: tuple[Grid, ...]
    header: tuple[str, ...]
    roles: Roles
    settings: Settings
    rows: Rows
    purchases: Coded | None

    @property
    def file(self) -> str:
        """What the file is called in a message; of several, the first and how many more."""
        return file_label(self.grids)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The names of the columns as they are told, each once (`names.labels`)."""
        return labels(self.header)

    def file_of(self, row: int) -> str:
        """The name of the file a row (by its place among all rows) is from."""
        return self.grids[self.rows.files[row]].name

    def row_of(self, row: int) -> int | str:
        """The number in its file of a row (by its place among all rows), for messages; of several
        files with the name of that file, but in a portion, whose numbers are yet compared."""
        return self.place(0).number(row)

    def names(self, role: str) -> tuple[str, ...]:
        """The files' names of the columns in this role."""
        return tuple(self.labels[i] for i in self.roles.by_name().get(role, ()))

    def key_names(self, keys: Sequence[str] | None = None) -> tuple[str, ...]:
        """The names of the columns that tell customers apart, or those of some of the keys."""
        keys = self.roles.keys if keys is None else keys
        parts = dict.fromkeys(part for key in keys for part in KEY_PARTS[key])
        return tuple(self.labels[i] for part in parts for i in self.roles.columns[part])

    def column(self, role: str) -> Coded | None:
        """The column in a role; several are joined with a blank between, of a date as one
        (`split_dates`). None without one."""
        at = self.roles.columns.get(role, ())
        if role == "date" and len(at) > 1:
            return in_one([self.rows.columns[i] for i in at])
        made = self.rows.columns[at[0]] if at else None
        for i in at[1:]:
            made = paired(made, self.rows.columns[i])
        return made

    @cached_property
    def order(self) -> Coded | None:
        """The order number of every row, None where there is none."""
        return self.column("order")

    @cached_property
    def lines(self) -> Coded | None:
        """The rows of one order that follow each other (`paid.blocks`)."""
        return blocks(self.order, self.rows.files, self.rows.runs)

    @property
    def minus(self) -> np.ndarray:
        """The rows of which an amount, a price or a quantity is written negative (mask)."""
        found = np.zeros(len(self.rows), bool)
        for i in (i for role in MONEY for i in self.roles.columns.get(role, ())):
            column = self.rows.columns[i]
            found |= column.look_up(undress(half_width(column.texts)).negative)
        return found

    @property
    def customer_days(self) -> Coded | None:
        """The customer, as the first column of a key has it, and the day of every row; None
        without them."""
        days = self.column("date")
        if days is None or not self.roles.keys:
            return None
        customers = self.column(KEY_PARTS[self.roles.keys[0]][0])
        return paired(customers, renamed(days, pc.utf8_slice_codeunits(days.texts, 0, 10)))

    @property
    def bought(self) -> Coded | None:
        """The names of what was bought, else the codes; None where the file has neither."""
        named = self.column("product_name")
        return self.column("product") if named is None else named

    @cached_property
    def row_kinds(self) -> Mapping[str, np.ndarray]:
        """Kind -> the rows that are no product by their name or kind (`row_kinds`); none in an
        export of a known system, which says so in its own way."""
        named = self.bought if self.roles.format is None else None
        found = row_kinds.kinds_in(named, len(self.rows))
        found = row_kinds.kinds_told(found, self.kind_columns, named)
        if self.roles.format is None:
            orders = self.customer_days if self.lines is None else self.lines
            found = row_kinds.with_goods(found, orders, self.minus, self.kind_columns)
        return row_kinds.beside_products(found, self.lines)

    @cached_property
    def kind_columns(self) -> tuple[Coded, ...]:
        """The columns of a file of no known system that say what kind of row each is: of kinds of
        rows (明細区分), and of slips where some are no discount or the like."""
        unwanted = plain(self.settings.row_kind_column or "") == NO_COLUMN
        if self.roles.format is not None or unwanted:
            return ()
        told = self.column("line_kind")
        slips = [
            each
            for name, each in self.statuses.items()
            if flags.sort_of(name, each.texts) == "kind"
            and any(text.strip() and not row_kinds.kind_of(text) for text in each.texts.to_pylist())
        ]
        return (*(() if told is None else (told,)), *slips)

    @cached_property
    def kind_sums(self) -> tuple[Added, ...]:
        """The kinds of rows that add up others (`kind_sums.in_sheet`)."""
        return in_sheet(self)

    @cached_property
    def sums(self) -> np.ndarray:
        """The rows that add up others (mask): by their kind, the name of what was bought, or what
        stands in place of the customer or the date, or without one of these in place of the order
        number."""
        parts = dict.fromkeys(part for key in self.roles.keys for part in KEY_PARTS[key])
        named = [self.rows.columns[i] for part in parts for i in self.roles.columns[part]]
        found = [self.row_kinds["sum"], *(named_totals(each) for each in named)]
        found += [each.rows for each in self.kind_sums]
        days = self.column("date")
        if days is not None and self.roles.format is None:
            found.append(named_totals(days))
            if self.order is not None and (days.blank().any() or named[0].blank().any()):
                lacks = days.blank() | np.logical_and.reduce([each.blank() for each in named])
                found.append(named_totals(self.order) & lacks)
        return np.logical_or.reduce(found)

    @cached_property
    def statuses(self) -> Mapping[str, Coded]:
        """The status columns by their names, on every line of an order.

        In a file of no known system a mark, date or reason of cancelling or a kind of slip is each
        row's own, blank ones too, but on further lines of an order, without a date of their own.
        """
        at = self.roles.columns.get("status", ())
        own = ("mark", "date", "reason", "kind")
        sorts = {i: flags.sort_of(self.header[i], self.rows.columns[i].texts) for i in at}
        whole = {i: sort not in own for i, sort in sorts.items()}
        days = self.column("date")  # product lines beside the sales have none
        further = np.zeros(len(self.rows), bool) if days is None else days.blank()
        further = further if self.roles.format is None else None
        return {
            self.header[i]: carried(self.rows.columns[i], self.lines, None if whole[i] else further)
            for i in at
        }

    def carried(self, role: str, where: np.ndarray | None = None) -> Coded | None:
        """A column of what an order has once, on every line of the order (`paid.carried`)."""
        column = self.column(role)
        return None if column is None else carried(column, self.lines, where)

    def place(self, position: int) -> Place:
        """Where a column stands, for messages."""
        names = tuple(grid.name for grid in self.grids) if self.rows.runs is None else ()
        return Place(self.file, self.labels[position], self.rows.numbers, names, self.rows.files)

    def read_as_amounts(self, position: int, column: Coded, usual: str | None) -> Numbers:
        """The numbers of a column, `usual` the decimal mark where it shows none; money in full
        where it is written in thousands, say (InputProblem)."""
        place = self.place(position)
        counts = {i for role in COUNTS for i in self.roles.columns.get(role, ())}
        if position in counts:
            column = renamed(column, without_units(half_width(column.texts)))
        numbers = read_amounts(column, place, self.settings.decimal_mark, usual)
        if self.rows.runs is None:  # no portion, whose other rows may have the other kind
            numbers = replace(numbers, told=tuple(n for n in numbers.told if mixed_told(*n)))
        above = () if position in counts else tuple(grid.unit for grid in self.grids)
        return in_full(numbers, column, place, above, self.rows.files)


def file_label(grids: Sequence[Grid]) -> str:
    """The name of the one file, or of the first and how many more."""
    first, more = grids[0].name, len(grids) - 1
    return f"{first} (+{more})" if more else first


def files_read(grids: Sequence[Grid], rows: Rows) -> tuple[File, ...]:
    """The files, each with the rows read of it."""
    read = np.bincount(rows.files, minlength=len(grids))
    for misfit in rows.broken:
        read[misfit.file] += 1
    return tuple(
        File(grid.name, grid.sha256(), int(n)) for grid, n in zip(grids, read, strict=True)
    )


def whole_numbers(rows: Rows, positions: tuple[int | None, ...]) -> Rows:
    """Numbers of things that came through a column of fractions: "17850.0" is 17850."""
    columns = dict(rows.columns)
    for i in (each for each in positions if each is not None):
        texts = columns[i].texts
        if pc.any(pc.ends_with(texts, ".0")).as_py():
            columns[i] = renamed(columns[i], whole_number(texts))
    return replace(rows, columns=columns)


def key_columns(sheet: Sheet) -> dict[str, list[Coded]]:
    """The columns of each kind of key; further lines of an order have the order's customer.

    A further line is one without a date of its own, or any row of a known export. In other files
    a row that lacks nothing but its customer is a row without a customer (our rule).
    """
    further = None if sheet.roles.format else sheet.column("date").blank()
    return {
        key: [sheet.carried(part, further) for part in KEY_PARTS[key]] for key in sheet.roles.keys
    }


def identity_of(sheet: Sheet) -> Identity:
    """Who every row's customer is (`key_columns`), nobody for those the settings leave out and for
    numbers whose name is nobody's."""
    everybody = identify(sheet.roles.keys, key_columns(sheet), len(sheet.rows))
    everybody = without_walk_ins(everybody, sheet.column("key_name"))
    return excluding(everybody, sheet.settings.exclude_customers)


def stamps_of(sheet: Sheet) -> Stamps:
    """When every row's order was (InputProblem)."""
    column = sheet.carried("date")
    if "time" in sheet.roles.columns:
        column = joined(column, sheet.carried("time"))
    settings = sheet.settings
    place = sheet.place(sheet.roles.at("date"))
    order = ORDER if len(sheet.roles.columns["date"]) > 1 else settings.date_order
    return read_dates(column, place, settings.timezone, order)


def told_out(sheet: Sheet) -> Mapping[str, np.ndarray]:
    """Rows that a status column leaves out, by reason (`statuses.told_out`), and those of orders
    that a list of cancelled ones beside the sales names."""
    out = statuses.told_out(sheet.statuses, sheet.roles.format, len(sheet.rows))
    gone = frozenset().union(*(grid.cancelled for grid in sheet.grids))
    if gone and sheet.order is not None:
        texts = pc.utf8_trim_whitespace(sheet.order.texts)
        listed = pc.is_in(texts, pa.array(sorted(gone), pa.string()))
        out["cancelled"] = out["cancelled"] | sheet.order.look_up(np.asarray(listed))
    return out


def goods_of(sheet: Sheet) -> np.ndarray:
    """Rows that are product lines (mask)."""
    told = statuses.goods(sheet.column("line_kind"), sheet.roles.format, len(sheet.rows))
    return told & ~np.logical_or.reduce(list(sheet.row_kinds.values()))
