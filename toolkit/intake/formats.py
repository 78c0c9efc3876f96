"""Exports of known systems: what each looks like and how it is to be read.

One TOML file each in `templates/formats/`: a system is added there without any code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from toolkit import resources
from toolkit.intake.names import plain

KEYS = ("number", "mail", "phone", "name_phone", "name_postcode", "name")
ROLES = (
    *("order", "date", "time", "customer", "mail", "phone", "name", "postcode", "total", "line"),
    *("price", "quantity", "shipping", "fee", "points", "tax", "refund", "discount", "currency"),
    *("product", "product_name", "unit_price", "units", "subscription"),
)
Both = dict[Literal["ja", "en"], str]
Alternatives = list[str | list[str]]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Fingerprint(_Strict):
    """Column names by which an export is known: `all` of them, one of `any`, and no `none`."""

    all: list[str]
    any: list[str] = []
    none: list[str] = []

    def fits(self, names: set[str]) -> bool:
        """Whether a header of these plain names is one of the system's."""
        held = [{plain(each) for each in some} for some in (self.all, self.any, self.none)]
        every, one, never = held
        return every <= names and (not one or bool(one & names)) and not never & names


class StatusRule(_Strict):
    """What the values of one status column mean. Values are compared in their plain form.

    cancelled, pending, not_a_sale: values that leave the row out for that reason. keep: all
    other values are `not_a_sale`. filled: any value at all means that (a date of cancellation).
    """

    column: str
    cancelled: list[str] = []
    pending: list[str] = []
    not_a_sale: list[str] = []
    keep: list[str] = []
    filled: Literal["cancelled", "pending", "not_a_sale"] | None = None


class LineKinds(_Strict):
    """A column that says what a row of an order is. goods: product lines. taken_off: rows whose
    price x quantity is in the order's total and is no goods (fees; points, which are negative)."""

    column: str
    goods: list[str]
    taken_off: list[str] = []


class Format(_Strict):
    """One known export.

    system: its name. source: where the facts come from. fingerprint: how it is known. rows: what
    one row is. columns: role -> alternatives, the first that is there is used; an alternative of
    several names is joined. keys: how customers are told apart, best first. status: what status
    columns mean. export, limits: how to get it out of the system, and what does not work.
    refuse: why it cannot be diagnosed and what to export instead.
    """

    system: Both
    source: str
    fingerprint: Fingerprint
    rows: Literal["order", "line"] = "order"
    columns: dict[str, Alternatives] = Field(default_factory=dict)
    keys: list[Literal["number", "mail", "phone", "name_phone", "name_postcode", "name"]] = []
    status: list[StatusRule] = []
    line_kinds: LineKinds | None = None
    export: Both
    limits: Both
    refuse: Both | None = None
    name: str = ""

    def names_of(self, role: str) -> list[list[str]]:
        """The alternatives of a role, each as a list of names."""
        return [[a] if isinstance(a, str) else a for a in self.columns.get(role, [])]


@cache
def known_formats() -> Mapping[str, Format]:
    """Every known format by its name (that of its file), in the order of the names."""
    read = {}
    for path in sorted((resources.folder("templates") / "formats").glob("*.toml")):
        told: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        found = Format(**told | {"name": path.stem})
        strange = set(found.columns) - set(ROLES)
        if strange:
            raise ValueError(f"{path.name}: no such role: {', '.join(sorted(strange))}")
        read[path.stem] = found
    return read


def recognise_format(header: Sequence[str]) -> Format | None:
    """The known format of a header: the one with most names in its fingerprint that fits."""
    names = {plain(name) for name in header}
    fitting = [f for f in known_formats().values() if f.fingerprint.fits(names)]
    return max(fitting, key=lambda f: len(f.fingerprint.all), default=None)


@cache
def names_in_formats() -> frozenset[str]:
    """The names of columns that known exports are recognised or read by, in their plain form."""
    found: set[str] = set()
    for known in known_formats().values():
        found |= {*known.fingerprint.all, *known.fingerprint.any}
        found |= {n for role in known.columns for some in known.names_of(role) for n in some}
    return frozenset(map(plain, found))
