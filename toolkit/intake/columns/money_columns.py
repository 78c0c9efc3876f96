"""Which columns the amounts are in, and what they are: an order's total, a row's own, a price."""

from __future__ import annotations

import numpy as np

from toolkit.intake.columns import order_totals
from toolkit.intake.columns.bonds import EXACT, OFTEN
from toolkit.intake.columns.finder import Finder
from toolkit.intake.columns.formats import PARTS
from toolkit.intake.columns.qualifiers import WITHOUT, heading
from toolkit.intake.names import aliases, plain, quoted
from toolkit.intake.sales.cancel_names import names_money

OF_ORDERS = ("合計", "総", "請求", "支払", "total", "grand", "settle")  # in the name of a total
GROWS, FLAT = 0.4, 0.15  # growth with each unit above which it is a row's own, below which a price


def settle(find: Finder) -> str:
    """Settle the amount columns; their basis (`Source.amount_basis`), "" where there is none.

    An amount is an order's total where its name says so or where it is the same on all rows of
    an order; only from a total named as one are postage, fees and the like taken off. Else it is
    the row's own. It is price x quantity without an amount, and where an amount of no known name
    is the same for a product, or does not grow with the quantity. Our rules.
    """
    if find.settings.no_amount:
        return "none"
    if find.format is not None and not find.is_given("amount"):
        return _price(find) if find.is_given("price") else _as_format(find)
    basis = _basis(find)
    if basis and find.format is None:
        _refund(find)
    return basis


def _basis(find: Finder) -> str:
    if find.is_given("price") and not find.is_given("amount"):
        return _price(find)
    if order_totals.settle(find) or find.pick("amount"):
        return _kind(find)
    return "" if find.is_given("amount") else _price(find)


def _as_format(find: Finder) -> str:
    for basis in ("total", "line"):
        if find.pick_as_format("amount", basis):
            if basis == "total":
                _beside(find)
            return basis
    return _price(find)


def _price(find: Finder) -> str:
    if not find.pick("price"):
        return ""
    if not find.pick("quantity") and not find.is_given("quantity"):
        known = find.evidence.known("quantity", find.taken) if find.format is None else []
        if known:  # the rows that have none are told, rather than all counted as one
            find.settle_like("quantity", known[0])
    return "price x quantity" if "quantity" in find.columns else "price"


def _kind(find: Finder) -> str:
    """What the amount settled on is."""
    at = find.columns["amount"][0]
    name = find.bases[at]
    known = name in aliases()["line"]["names"]
    total = bool({name, find.names[at]} & _totals(find))
    if total or (not known and any(w in name for w in OF_ORDERS)):
        _beside(find)
        return "total"
    if _once_per_order(find, at):
        return "total"
    if known or find.is_given("amount"):
        return "line"
    counted, sure = _counted(find)
    costs = _costs_a_piece(find, at, counted, sure)
    if costs is False:
        return "line"
    if costs is None or not (sure or len(counted) == 1):
        find.fault("doubtful_price", column=find.labels[at], option=quoted(find.labels[at]))
        return "line"
    find.settle("price", (at,), like="amount")
    find.drop("amount")
    find.settle_like("quantity", counted[0])
    return "price x quantity"


def _refund(find: Finder) -> None:
    """A column of refunds, which may stand beside any amount; no column of marks is one."""
    if "refund" not in find.columns and not find.pick_listed("refund"):
        names = aliases()["refund"]["more_names"]
        at = next((find.places[name] for name in names if name in find.places), None)
        at = _cancelled(find) if at is None else at
        if at is None or at in find.taken:
            return
        find.settle_listed("refund", (at,))
    fit = find.evidence.fit
    look = None if fit is None else fit.looks[find.columns["refund"][0]]
    if look is not None and look.rows and (look.numbers < 0.5 or max(-look.low, look.high) <= 1):
        find.drop("refund")


def _cancelled(find: Finder) -> int | None:
    """The column of money of what was cancelled, where it is in the amounts still: none of it is
    more than the amount of its row, and no other amount is what both come to. Our rule."""
    fit, at = find.evidence.fit, None
    for i, name in enumerate(find.bases):
        at = i if at is None and names_money(name) and i not in find.taken else at
    amount = find.columns.get("amount", find.columns.get("price"))
    if at is None or fit is None or amount is None:
        return None
    money = {i: np.abs(np.nan_to_num(fit.bonds.numbers(i))) for i in {at, *amount}}
    own, off = money[amount[0]], money[at]
    if "quantity" in find.columns and "price" in find.columns:
        own = own * np.abs(np.nan_to_num(fit.bonds.numbers(find.columns["quantity"][0])))
    rows = off > 0
    others = [i for i in range(len(fit.looks)) if i not in money and fit.looks[i].money]
    net = any((fit.bonds.numbers(i) == own + off)[rows].all() for i in others)
    return None if net or not rows.any() or (off > own).any() else at


def _totals(find: Finder) -> set[str]:
    own = find.format.names_of("total") if find.format is not None else []
    return {plain(name) for names in own for name in names} | set(aliases()["total"]["names"])


def _counted(find: Finder) -> tuple[list[int], bool]:
    """The column of quantities, and that it is sure; else those that may be, by their content."""
    decision = find.evidence.decide("quantity", find.taken)
    if decision.columns:
        return list(decision.columns), True
    some = [each.columns[0] for each in decision.others]
    return [i for i in some if find.evidence.factor("quantity", i) >= 2], False


def _costs_a_piece(find: Finder, at: int, counted: list[int], sure: bool) -> bool | None:
    """Whether the amount is the price of a piece: the same for a product however many were
    bought, or no larger where more were, unless its name says otherwise or another column is the
    price; None where that cannot be told. Where a heading says what the pieces are, rows are
    compared within a product first, as cheap goods may be bought in larger numbers than dear
    ones; a price for every visit, whoever comes along, looks the same in other columns."""
    fit = find.evidence.fit
    if fit is None or not counted or find.evidence.decide("price", find.taken).columns:
        return False
    for role in ("product", "product_name"):
        if role in find.columns:
            one = fit.bonds.holds(find.columns[role][0], at)
            if one is not None and one >= EXACT:
                return True
            within = [fit.bonds.grows(at, i, find.columns[role][0]) for i in counted]
            if sure and all(g is not None and abs(g) <= 1 - EXACT for g in within):
                return True
    growth = [g for i in counted if (g := fit.bonds.grows(at, i)) is not None]
    if not growth or max(growth) >= GROWS:
        return False
    speaks = find.evidence.says("amount", at) == "word"
    priced = find.evidence.says("price", at) in ("known", "word")
    plainly = max(growth) <= FLAT and len(counted) == 1 and (priced or not speaks)
    return True if plainly else None


def _once_per_order(find: Finder, at: int) -> bool:
    """Whether the amount is the same on all rows of an order, though other orders differ."""
    fit = find.evidence.fit
    if fit is None or fit.order is None:
        return False
    one = fit.within_order(at)
    return one is not None and one >= EXACT and fit.bonds.alike(at) <= OFTEN


def _beside(find: Finder) -> None:
    """The parts of a total; no tax where the total is without it."""
    at = find.columns["amount"][0]
    known = find.format is not None
    taxed = at not in find.untaxed and heading(find.header[at]).tax != WITHOUT
    for role in PARTS:
        if (known or role != "discount") and (role != "tax" or taxed):
            find.every(role)
