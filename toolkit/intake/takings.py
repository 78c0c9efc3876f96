"""What every row of a sales file brings in: its own amount, or what its order comes to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from toolkit.intake import orders, statuses
from toolkit.intake.amounts import Numbers
from toolkit.intake.formats import PARTS
from toolkit.intake.paid import OFF, carried, goods_paid, less_kinds, parts_of_total, plus, rows_own
from toolkit.intake.sheet import Sheet


def settled(sheet: Sheet) -> Sheet:
    """The sheet with what is called a total as a row's own amount where it is that."""
    roles = sheet.roles
    if roles.basis == "line" and "refund" in roles.columns and not _row_is_order(sheet):
        columns = {role: at for role, at in roles.columns.items() if role != "refund"}
        return replace(sheet, roles=replace(roles, columns=columns))
    if roles.basis != "total" or not {"unit_price", "units"} <= roles.columns.keys():
        return sheet
    total, postage = _numbers(sheet, "amount"), _numbers(sheet, "shipping")
    if not rows_own(total, _product(sheet, "unit_price", "units"), postage, sheet.lines):
        return sheet
    columns = {role: at for role, at in roles.columns.items() if role not in PARTS}
    return replace(sheet, roles=replace(roles, basis="line", columns=columns))


def of_rows(sheet: Sheet) -> Numbers | None:
    """The amounts: with basis total the order's, on every row of it; else each row's own."""
    roles, basis = sheet.roles, sheet.roles.basis
    if basis == "none":
        return None
    if basis == "total":
        numbers = _goods_paid(sheet)
    elif basis == "price x quantity":
        numbers = _product(sheet, "price", "quantity")
    else:
        numbers = _less_refund(sheet, _numbers(sheet, "price" if basis == "price" else "amount"))
    back = statuses.money_back(sheet.statuses, roles.format, len(sheet.rows))
    return replace(numbers, units=np.where(back, -abs(numbers.units), numbers.units))


def counted_once(
    sheet: Sheet, numbers: Numbers | None, rows: np.ndarray, grouped: orders.Grouped
) -> bool:
    """Whether the amounts of these rows are of orders and stand on all their rows: as the known
    export has it, else as the file shows."""
    roles = sheet.roles
    if numbers is None or roles.basis != "total":
        return False
    if roles.decisions["amount"].how == "format":
        return roles.format.rows == "line" and grouped.count < len(rows)
    return orders.taken_once(numbers.of_rows(rows), grouped)


def gross(sheet: Sheet, numbers: Numbers) -> np.ndarray:
    """The amounts before parts are taken off: an order refunded in full is no return slip."""
    if sheet.roles.basis != "total" and sheet.roles.at("refund") is None:
        return numbers.units
    units = _numbers(sheet, "amount").units
    return np.where(slips(sheet), -abs(units), units)


def slips(sheet: Sheet) -> np.ndarray:
    """Rows of a file of no known system that are return slips by their kind (mask)."""
    if sheet.roles.format is not None:
        return np.zeros(len(sheet.rows), bool)
    return statuses.money_back(sheet.statuses, None, len(sheet.rows))


def _row_is_order(sheet: Sheet) -> bool:
    """Whether no order has rows below each other."""
    if sheet.lines is None:
        return True
    counts = np.bincount(sheet.lines.codes)[sheet.lines.codes]
    return not ((counts > 1) & ~sheet.lines.blank()).any()


def _less_refund(sheet: Sheet, numbers: Numbers) -> Numbers:
    """Amounts of rows that are orders without what was refunded of them; a return slip's own
    amount is the refund already."""
    refund = _numbers(sheet, "refund", numbers.mark)
    if refund is None:
        return numbers
    sales = (numbers.units > 0).astype(bool) & ~slips(sheet)
    return plus(
        numbers, replace(refund, units=np.where(sales, refund.units, 0)), OFF, absolute=True
    )


def _goods_paid(sheet: Sheet) -> Numbers:
    signs, known, columns = parts_of_total(sheet.settings), sheet.roles.format, sheet.roles.columns
    # a row that is an order is what it says, whatever other rows have its number
    lines = None if known is not None and known.rows == "order" else sheet.lines

    def read(at: int, usual: str | None = None) -> Numbers:
        return sheet.read_as_amounts(at, carried(sheet.rows.columns[at], lines), usual)

    total = read(sheet.roles.at("amount"))
    parts = [(role, read(at, total.mark)) for role in signs for at in columns.get(role, ())]
    found = goods_paid(total, parts, signs, lines)
    kinds = known.line_kinds if known is not None else None
    if kinds is None or not {"line_kind", "unit_price", "units"} <= columns.keys():
        return found
    taken = statuses.of_kinds(sheet.column("line_kind"), kinds.taken_off)
    return less_kinds(found, _product(sheet, "unit_price", "units"), taken, lines)


def _product(sheet: Sheet, price: str, units: str) -> Numbers:
    one = _numbers(sheet, price)
    return one.times(_numbers(sheet, units, one.mark))


def _numbers(sheet: Sheet, role: str, usual: str | None = None) -> Numbers | None:
    at = sheet.roles.at(role)
    return None if at is None else sheet.read_as_amounts(at, sheet.column(role), usual)
