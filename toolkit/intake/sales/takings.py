"""What every row of a sales file brings in: its own amount, or what its order comes to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from toolkit.intake.columns.formats import PARTS
from toolkit.intake.sales import charges, orders, statuses, taken_back
from toolkit.intake.sales.beside_rows import less, once_per_order
from toolkit.intake.sales.paid import (
    carried,
    goods_paid,
    less_kinds,
    not_beyond,
    of_orders,
    parts_of_total,
    repeated,
    rows_own,
)
from toolkit.intake.sales.sheet import Sheet
from toolkit.intake.tables.coded import Coded
from toolkit.intake.values.amounts import Numbers

BY_ROW = ("refund", "discount")  # parts that may stand beside rows' own amounts


def settled(sheet: Sheet) -> Sheet:
    """The sheet with what is called a total as a row's own amount where it is that."""
    roles = sheet.roles
    if roles.basis != "total" or not {"unit_price", "units"} <= roles.columns.keys():
        return sheet
    total, postage = _numbers(sheet, "amount"), _numbers(sheet, "shipping")
    if not rows_own(total, _product(sheet, "unit_price", "units"), postage, sheet.lines):
        return sheet
    gone = set(PARTS) - set(BY_ROW if roles.format is None else ())
    columns = {role: at for role, at in roles.columns.items() if role not in gone}
    return replace(sheet, roles=replace(roles, basis="line", columns=columns))


def of_rows(sheet: Sheet) -> Numbers | None:
    """The amounts: with basis total the order's, on every row of it; else each row's own."""
    if sheet.roles.basis == "none":
        return None
    back = statuses.money_back(sheet.statuses, sheet.roles.format, len(sheet.rows))
    numbers = _goods_paid(sheet) if sheet.roles.basis == "total" else _own(sheet)
    if sheet.roles.basis != "total":
        numbers = _less_beside(sheet, numbers)
    numbers = replace(numbers, units=np.where(back, -abs(numbers.units), numbers.units))
    if sheet.roles.basis in ("line", "total"):
        numbers = taken_back.as_returns(sheet, numbers)
    own = charges.there(sheet) and not whole_orders(sheet)
    return charges.taken_off(sheet, numbers, back) if own else numbers


def whole_orders(sheet: Sheet) -> bool:
    """Whether the amounts are totals that stand on all rows of an order."""
    if sheet.roles.basis != "total" or sheet.lines is None:
        return False
    return repeated(_carried(sheet, sheet.roles.at("amount"), sheet.lines), sheet.lines)


def no_sale(sheet: Sheet) -> np.ndarray:
    """Rows left out because they name no product, but postage, say (mask)."""
    found = charges.no_sale(sheet)
    return np.zeros(len(found), bool) if not found.any() or whole_orders(sheet) else found


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
    roles = sheet.roles
    if roles.basis != "total" and not roles.columns.keys() & set(BY_ROW):
        return numbers.units
    units = _numbers(sheet, "amount").units if roles.basis == "total" else _own(sheet).units
    return np.where(slips(sheet), -abs(units), units)


def slips(sheet: Sheet) -> np.ndarray:
    """Rows of a file of no known system that are return slips by their kind (mask)."""
    if sheet.roles.format is not None:
        return np.zeros(len(sheet.rows), bool)
    return statuses.money_back(sheet.statuses, None, len(sheet.rows))


def _own(sheet: Sheet) -> Numbers:
    """Each row's own amount, before anything is taken off it."""
    basis = sheet.roles.basis
    if basis == "price x quantity":
        return _product(sheet, "price", "quantity")
    return _numbers(sheet, "price" if basis == "price" else "amount")


def _less_beside(sheet: Sheet, numbers: Numbers) -> Numbers:
    """Rows' own amounts without the refunds and discounts beside them; a return's own amount is
    the refund already."""
    own, slip = numbers, slips(sheet)
    for role in BY_ROW:
        where = (own.units > 0).astype(bool) & ~slip if role == "refund" else own.readable
        for at in sheet.roles.columns.get(role, ()):
            part = sheet.read_as_amounts(at, sheet.rows.columns[at], own.mark)
            once = once_per_order(numbers, part, sheet.lines)
            if once:
                part = replace(part, told=(*part.told, _told_once(sheet, at)))
            numbers = less(numbers, part, sheet.lines, where)
            if once is not None:
                ruled = (*numbers.ruled, (f"once {at}", once))
                numbers = replace(numbers, ruled=ruled)
    return numbers


def _told_once(sheet: Sheet, at: int) -> tuple[str, dict[str, str]]:
    return "part_once", {"column": sheet.labels[at]}


def _goods_paid(sheet: Sheet) -> Numbers:
    signs, known, columns = parts_of_total(sheet.settings), sheet.roles.format, sheet.roles.columns
    # a row that is an order is what it says, whatever other rows have its number
    lines = None if known is not None and known.rows == "order" else sheet.lines

    total = _carried(sheet, sheet.roles.at("amount"), lines)
    once = known is not None or lines is None or repeated(total, lines)
    parts = [
        (role, _part(sheet, role, at, total, lines))
        for role in signs
        if once or role not in BY_ROW
        for at in columns.get(role, ())
    ]
    found = goods_paid(total, parts, signs, lines)
    found = not_beyond(found, total, [part for role, part in parts if role == "refund"])
    if known is None:
        return _without_charges(sheet, found) if once else _less_beside(sheet, found)
    kinds = known.line_kinds
    if kinds is None or not {"line_kind", "unit_price", "units"} <= columns.keys():
        return found
    taken = statuses.of_kinds(sheet.column("line_kind"), kinds.taken_off)
    return less_kinds(found, _product(sheet, "unit_price", "units"), taken, lines)


def _part(sheet: Sheet, role: str, at: int, total: Numbers, lines: Coded | None) -> Numbers:
    """A part of the orders' totals. In a file of no known system what its rows have of it where
    these differ, and no refund that a return slip names again."""
    if sheet.roles.format is not None:
        return _carried(sheet, at, lines, total.mark)
    part = sheet.read_as_amounts(at, sheet.rows.columns[at], total.mark)
    part = part if lines is None else of_orders(part, lines)
    sales = (total.units > 0).astype(bool) & ~slips(sheet)
    return replace(part, units=np.where(sales, part.units, 0)) if role == "refund" else part


def _carried(sheet: Sheet, at: int, lines: Coded | None, usual: str | None = None) -> Numbers:
    return sheet.read_as_amounts(at, carried(sheet.rows.columns[at], lines), usual)


def _without_charges(sheet: Sheet, found: Numbers) -> Numbers:
    """Totals without rows of postage, fees and points, where the file has no columns of them."""
    columns = sheet.roles.columns
    beside = columns.keys() & {"shipping", "fee", "points"}
    priced = {"unit_price", "units"} <= columns.keys() and sheet.lines is not None
    if beside or not priced or not charges.no_sale(sheet).any():
        return found
    return charges.out_of_totals(sheet, found, _product(sheet, "unit_price", "units"))


def _product(sheet: Sheet, price: str, units: str) -> Numbers:
    one = _numbers(sheet, price)
    return one.times(_numbers(sheet, units, one.mark))


def _numbers(sheet: Sheet, role: str, usual: str | None = None) -> Numbers | None:
    at = sheet.roles.at(role)
    return None if at is None else sheet.read_as_amounts(at, sheet.column(role), usual)
