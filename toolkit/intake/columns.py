"""Which column plays which part: as set, as a known format says, by name, or by content."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit.intake.formats import KEYS, Format, recognise_format
from toolkit.intake.names import aliases, plain, told
from toolkit.problems import InputProblem
from toolkit.settings import Settings
from toolkit.words import Words, Written

Fault = tuple[str, dict[str, Any]]
KEY_PARTS = {  # kind of key -> the roles it is made of
    "number": ("customer",),
    "mail": ("mail",),
    "phone": ("phone",),
    "name_phone": ("name", "phone"),
    "name_postcode": ("name", "postcode"),
    "name": ("name",),
}
BESIDE_TOTAL = ("shipping", "fee", "points", "tax", "refund")  # parts of an order's total
GIVEN = {  # roles that have an option of their own
    "customer": "customer_column",
    "date": "date_column",
    "amount": "amount_column",
    "order": "order_column",
    "product": "product_column",
    "product_name": "product_name_column",
    "subscription": "subscription_column",
}


@dataclass(frozen=True)
class Roles:
    """Header positions by part.

    columns: role -> positions (several are joined). basis as in `Source.amount_basis`. keys: how
    customers are told apart, best first (`formats.KEYS`). how: role -> `given`, `format`, `name`
    or `content`. passed_over: role -> names of columns that would have done too. format: the
    known export it is, if any.
    """

    columns: Mapping[str, tuple[int, ...]]
    basis: str
    keys: tuple[str, ...] = ()
    how: Mapping[str, str] = field(default_factory=dict)
    passed_over: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    format: Format | None = None

    def at(self, role: str) -> int | None:
        """The (first) position of a role, None where the file has no such column."""
        found = self.columns.get(role, ())
        return found[0] if found else None

    def positions(self) -> list[int]:
        """Every column in use, once."""
        return sorted({i for columns in self.columns.values() for i in columns})

    def by_name(self) -> dict[str, tuple[int, ...]]:
        """Role -> positions as a person is told: a date with its time, what an amount is made of,
        and of the customer whatever tells customers apart."""
        shown = {role: at for role, at in self.columns.items() if role not in ("time", "quantity")}
        for whole, part in (("date", "time"), ("price", "quantity")):
            if whole in shown:
                shown[whole] += self.columns.get(part, ())
        if self.basis in ("price", "price x quantity"):
            shown["amount"] = shown.pop("price", ())
        first = [
            "customer",
            "mail",
            "phone",
            "name",
            "postcode",
            "date",
            "amount",
            "order",
            "status",
        ]
        order = {role: place for place, role in enumerate(first)}
        return dict(sorted(shown.items(), key=lambda pair: order.get(pair[0], len(order))))


@dataclass(frozen=True)
class InBoth(Written):
    """A text that a format has in both languages."""

    texts: Mapping[str, str]

    def write(self, words: Words, form: str) -> str:
        return self.texts[words.language]


class _Finder:
    """Picks columns for roles and remembers how, what else would have done, and all faults."""

    def __init__(self, header: Sequence[str], settings: Settings, file: str, known: Format | None):
        self.header, self.settings, self.file, self.format = header, settings, file, known
        self.names = [plain(name) for name in header]
        self.columns: dict[str, tuple[int, ...]] = {}
        self.how: dict[str, str] = {}
        self.passed: dict[str, tuple[str, ...]] = {}
        self.faults: list[Fault] = []

    def pick(self, role: str, lists: Sequence[str] = (), as_format: str = "") -> str | None:
        """Settle a role; what it was found as (a list of aliases or a role of the format)."""
        option = GIVEN.get(role)
        named = option and getattr(self.settings, option)
        if named:
            at = _named(named, role, self.header, self.file, self.faults)
            return self._settle(role, () if at is None else (at,), "given", "given")
        if self.format is not None:
            for alternative in self.format.names_of(as_format or role):
                at = self._all_of([plain(name) for name in alternative])
                if at:
                    return self._settle(role, at, "format", as_format or role)
            return None
        found = [
            (at, each)
            for each in lists or [role]
            for alias in aliases()[each]["names"]
            if (at := self._all_of([alias] if isinstance(alias, str) else alias))
        ]
        if len({at for at, _ in found}) > 1:
            others = dict.fromkeys(self.header[at[0]] for at, _ in found if at != found[0][0])
            self.passed[role] = tuple(others)
        return self._settle(role, *found[0][:1], "name", found[0][1]) if found else None

    def _all_of(self, names: list[str]) -> tuple[int, ...]:
        if not all(name in self.names for name in names):
            return ()
        return tuple(self.names.index(name) for name in names)

    def _settle(self, role: str, at: tuple[int, ...], how: str, what: str) -> str | None:
        if at:
            self.columns[role], self.how[role] = at, how
        return what if at else None


def recognise(header: Sequence[str], settings: Settings, file: str) -> Roles:
    """The roles of a file's columns; all that is missing is told at once (InputProblem)."""
    known = recognise_format(header)
    find = _Finder(header, settings, file, known)
    if known is not None and known.refuse and settings.customer_column is None:
        told_by = {"system": InBoth(known.system), "reason": InBoth(known.refuse)}
        raise InputProblem("format_refused", file=file, **told_by)
    keys = _keys(find)
    find.pick("date")
    _time(find)
    find.pick("order")
    basis = _money(find)
    _products(find, basis)
    find.pick("subscription")
    find.pick("currency")
    _statuses(find)
    _require(find, keys, basis)
    return Roles(find.columns, basis, keys, find.how, find.passed, known)


def _keys(find: _Finder) -> tuple[str, ...]:
    """How customers are told apart, of what the file has; by a number alone where it was named."""
    if find.pick("customer") == "given" or find.settings.customer_column:
        return ("number",) if "customer" in find.columns else ()
    for role in ("mail", "phone", "name", "postcode"):
        find.pick(role)
    wanted = find.format.keys if find.format is not None and find.format.keys else KEYS
    keys = tuple(key for key in wanted if all(part in find.columns for part in KEY_PARTS[key]))
    if len(keys) > 1:  # a name alone is nobody's number: only where there is nothing else
        keys = tuple(key for key in keys if key != "name")
    used = {part for key in keys for part in KEY_PARTS[key]}
    for role in ("customer", "mail", "phone", "name", "postcode"):
        if role not in used:
            find.columns.pop(role, None)
            find.how.pop(role, None)
            find.passed.pop(role, None)
    return keys


def _money(find: _Finder) -> str:
    """The amount columns and their basis, "" where there is none."""
    if find.settings.no_amount:
        return "none"
    for as_format in ("total", "line") if find.format else ("",):
        found = find.pick("amount", ["total", "line"], as_format)
        if find.settings.amount_column is not None and not found:
            return ""
        if found == "given":
            name = find.names[find.columns["amount"][0]]
            found = "total" if name in aliases()["total"]["names"] else "line"
        if found == "total":
            for role in BESIDE_TOTAL:
                find.pick(role)
        if found:
            return found
    price, quantity = find.pick("price"), find.pick("quantity")
    if price:
        return "price x quantity" if quantity else "price"
    find.columns.pop("quantity", None)
    return ""


def _products(find: _Finder, basis: str) -> None:
    """The columns of product lines; none in a file that names no product."""
    product = find.pick("product")
    named = find.pick("product_name", ["product_name", "product_text"] if product else [])
    if not product and not named:
        return
    if basis == "total":
        find.pick("unit_price", ["price"])
    if basis in ("total", "line"):
        find.pick("units", ["quantity"])


def _time(find: _Finder) -> None:
    """A column of times beside a column of days."""
    if "date" not in find.columns or find.how["date"] == "given":
        return
    if find.format is not None:
        find.pick("time")
        return
    day = find.names[find.columns["date"][0]]
    beside = (time for date, time in aliases()["time"]["pairs"] if date == day)
    at = next((find.names.index(time) for time in beside if time in find.names), None)
    if at is not None:
        find.columns["time"], find.how["time"] = (at,), "name"


def _statuses(find: _Finder) -> None:
    """Every column that can leave a row out: those the format has rules for, else by name."""
    names = aliases()["status"]["names"]
    if find.format is not None:
        names = [plain(rule.column) for rule in find.format.status]
        kinds = find.format.line_kinds
        if kinds is not None and plain(kinds.column) in find.names:
            find.columns["line_kind"] = (find.names.index(plain(kinds.column)),)
    found = tuple(i for i, name in enumerate(find.names) if name in names)
    if found:
        find.columns["status"] = found


def _require(find: _Finder, keys: tuple[str, ...], basis: str) -> None:
    """Customer, date and amount are there, or all faults are told (InputProblem)."""
    if find.settings.subscription_words and "product_name" not in find.columns:
        find.faults.append(("subscription_words_alone", _values(find)))
    options = {v.get("option") for _, v in find.faults}
    lacks = {"customer": not keys, "date": "date" not in find.columns, "amount": basis == ""}
    for role, missing in lacks.items():
        if missing and f"--{role}" not in options:
            find.faults.append((f"no_{role}_column", _values(find)))
    if find.faults:
        raise InputProblem.of(find.faults)


def _values(find: _Finder) -> dict[str, str]:
    return {"file": find.file, "columns": told(find.header)}


def _named(
    named: str, role: str, header: Sequence[str], file: str, faults: list[Fault]
) -> int | None:
    """The column a person named: exactly, else in its plain form; else a fault with the nearest."""
    if named in header:
        return list(header).index(named)
    names = {plain(name): i for i, name in reversed(list(enumerate(header)))}
    if plain(named) in names:
        return names[plain(named)]
    near = difflib.get_close_matches(plain(named), names, n=1, cutoff=0.0)
    values = {
        "file": file,
        "option": "--" + role.replace("_", "-"),
        "column": named,
        "near": header[names[near[0]]] if near else "",
        "columns": told(header),
    }
    faults.append(("unknown_column", values))
    return None
