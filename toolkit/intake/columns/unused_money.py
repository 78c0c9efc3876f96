"""Columns of points, vouchers, charges and rates of discount that are not used, told in notes."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.intake.columns import points
from toolkit.intake.columns.finder import Finder
from toolkit.intake.names import aliases, quoted


def tell(find: Finder, basis: str) -> None:
    """Keep a note on every free column of a file of no known system whose name and numbers are of
    money that may belong to the amounts, with the option that uses it: points, vouchers and
    charges beside a total, rates of discount beside any amount. Our rule."""
    if find.format is not None or find.evidence.fit is None or basis in ("", "none"):
        return
    role = "amount" if "amount" in find.columns else "price"
    if role not in find.columns:
        return
    amount = find.labels[find.columns[role][0]]
    for at, key in _found(find, basis):
        name = find.labels[at]
        told = {"column": name, "amount": amount, "option": quoted(name)}
        find.told.append((key, told))


def _found(find: Finder, basis: str) -> Iterator[tuple[int, str]]:
    looks, words = find.evidence.fit.looks, aliases()["unused"]
    total = basis == "total"
    for at, name in enumerate(find.bases):
        look = looks[at]
        if at in find.taken or not look.rows or any(w in name for w in words["of_else"]):
            continue
        if name.endswith(tuple(words["rates"])):
            yield at, "rate_unused"
        elif not total or look.numbers < 0.9 or max(-look.low, look.high) <= 1:
            continue
        elif name.endswith(tuple(words["points"])):
            if not points.granted(find, find.columns["amount"][0], (at,)):
                yield at, "points_unused"
        elif name.endswith(tuple(words["vouchers"])):
            yield at, "voucher_unused"
        elif name.endswith(tuple(words["charges"])):
            yield at, "charge_unused"
