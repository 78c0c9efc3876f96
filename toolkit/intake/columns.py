"""Which column plays which part: as set, as a known format says, by name, or by content."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.intake.formats import KEYS, PARTS, STATUS, Format, InBoth, recognise_format
from toolkit.intake.names import aliases, places, plain, told
from toolkit.intake.roles import KEY_PARTS, Roles
from toolkit.problems import InputProblem
from toolkit.settings import Settings

Fault = tuple[str, dict[str, Any]]
GIVEN = {  # roles that have an option of their own
    "customer": "customer_column",
    "date": "date_column",
    "amount": "amount_column",
    "order": "order_column",
    "product": "product_column",
    "product_name": "product_name_column",
    "subscription": "subscription_column",
}


class _Finder:
    """Picks columns for roles and remembers how, what else would have done, and all faults."""

    def __init__(self, header: Sequence[str], settings: Settings, file: str, known: Format | None):
        self.header, self.settings, self.file, self.format = header, settings, file, known
        self.names = [plain(name) for name in header]
        self.places = {name: i for i, name in reversed(list(enumerate(self.names)))}
        if known is not None:
            self.places = places(header)
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
            role_there = as_format or role
            for alternative in self.format.names_of(role_there):
                at = self._all_of([plain(name) for name in alternative])
                if at:
                    return self._settle(role, at, "format", role_there)
            if role_there not in self.format.common_names:
                return None
            lists = [as_format] if as_format else lists
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

    def every(self, role: str) -> None:
        """Settle a part of a total: all columns the known export has of it, else as `pick`."""
        listed = self.format.names_of(role) if self.format is not None else []
        names = [plain(name) for alternative in listed for name in alternative]
        at = dict.fromkeys(self.places[name] for name in names if name in self.places)
        if not self._settle(role, tuple(at), "format", role) and role in aliases():
            self.pick(role)

    def _all_of(self, names: list[str]) -> tuple[int, ...]:
        if not all(name in self.places for name in names):
            return ()
        return tuple(self.places[name] for name in names)

    def _settle(self, role: str, at: tuple[int, ...], how: str, what: str) -> str | None:
        if at:
            self.columns[role], self.how[role] = at, how
        return what if at else None


def recognise(header: Sequence[str], settings: Settings, file: str) -> Roles:
    """The roles of a file's columns; all that is missing is told at once (InputProblem)."""
    known = recognise_format(header)
    find = _Finder(header, settings, file, known)
    keys = _keys(find)
    if known is not None and known.refuse and not keys and settings.customer_column is None:
        told_by = {"system": InBoth(known.system), "reason": InBoth(known.refuse)}
        raise InputProblem("format_refused", file=file, **told_by)
    find.pick("date")
    _time(find)
    find.pick("order")
    basis = _money(find)
    _products(find, basis)
    find.pick("subscription")
    find.pick("currency")
    _statuses(find)
    _require(find, keys, basis)
    return Roles(find.columns, basis, keys, find.how, find.passed, known, _items(find))


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
            found = "total" if name in _totals(find) else "line"
        if found == "total":
            for role in PARTS:
                find.every(role)
        if found:
            return found
    price, quantity = find.pick("price"), find.pick("quantity")
    if price:
        return "price x quantity" if quantity else "price"
    find.columns.pop("quantity", None)
    return ""


def _totals(find: _Finder) -> set[str]:
    own = find.format.names_of("total") if find.format is not None else []
    return {plain(name) for names in own for name in names} | set(aliases()["total"]["names"])


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


def _items(find: _Finder) -> tuple[Mapping[str, int], ...]:
    """The columns of items that stand beside each other in a row, as far as they are numbered."""
    named = find.format.items if find.format is not None else {}
    found = []
    for n in itertools.count(1):
        there = {role: find.places.get(plain(name.format(n=n))) for role, name in named.items()}
        there = {role: at for role, at in there.items() if at is not None}
        if not {"product", "product_name"} & there.keys():
            return tuple(found)
        found.append(there)


def _time(find: _Finder) -> None:
    """A column of times beside a column of days."""
    if "date" not in find.columns or find.how["date"] == "given":
        return
    if find.how["date"] == "format":
        day, *beside = find.columns["date"]
        find.columns["date"] = (day,)
        if beside:
            find._settle("time", (beside[0],), "format", "time")
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
        common = names if STATUS in find.format.common_names else []
        names = [*(plain(rule.column) for rule in find.format.status), *common]
        kinds = find.format.line_kinds
        if kinds is not None and plain(kinds.column) in find.places:
            find.columns["line_kind"] = (find.places[plain(kinds.column)],)
    found = {find.places[name] for name in names if name in find.places}
    if find.format is None:
        found = {i for i, name in enumerate(find.names) if name in names}
    if found:
        find.columns["status"] = tuple(sorted(found))


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
