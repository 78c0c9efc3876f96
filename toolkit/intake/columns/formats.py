"""Exports of known systems: what each looks like and how it is to be read.

One TOML file each in `templates/formats/`: a system is added there without any code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from toolkit import resources
from toolkit.intake.names import places, plain
from toolkit.words import Words, Written

KEYS = ("number", "mail", "phone", "name_phone", "name_postcode", "name")
PARTS = ("shipping", "shipping_tax", "fee", "points", "tax", "refund", "discount")  # of a total
ROLES = (
    *("order", "date", "customer", "mail", "phone", "name", "postcode", "total", "line", "price"),
    *("quantity", *PARTS, "currency", "product", "product_name", "unit_price", "units"),
    "subscription",
)
ITEM_ROLES = ("product", "product_name", "units", "amount")
STATUS = "status"  # beside the roles: status columns found by their common names


def _both(texts: dict[str, str]) -> dict[str, str]:
    if set(texts) != {"ja", "en"}:
        raise ValueError("a text has to be there in ja and en")
    return texts


Both = Annotated[dict[str, str], AfterValidator(_both)]
Reason = Literal["cancelled", "pending", "not_a_sale"]


@dataclass(frozen=True)
class InBoth(Written):
    """A text that a format has in both languages, written in the one it is told in."""

    texts: Mapping[str, str]

    def write(self, words: Words, form: str) -> str:
        return self.texts[words.language]


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

    cancelled, pending, not_a_sale: values that leave the row out for that reason. keep: any
    other value is `otherwise`. filled: any value at all, but 0, means that (a date of
    cancellation). money_back: rows whose amount is money going back, whatever its sign.
    """

    column: str
    cancelled: list[str] = []
    pending: list[str] = []
    not_a_sale: list[str] = []
    keep: list[str] = []
    otherwise: Reason = "not_a_sale"
    filled: Reason | None = None
    money_back: list[str] = []


class LineKinds(_Strict):
    """A column that says what a row of an order is. goods: product lines. taken_off: rows whose
    price x quantity is in the order's total and is no goods (fees; points, which are negative)."""

    column: str
    goods: list[str]
    taken_off: list[str] = []


class Format(_Strict):
    """One known export.

    system: its name. source: where the facts come from. fingerprint: how it is known. rows: what
    one row is; of `line`, an order's total stands on all its rows or the first and counts once.
    columns: role -> alternatives, the first that is there is used; an alternative of several
    names is joined, of a date and its time too. Of the parts of a total (`PARTS`) all that are
    there are used. common_names: roles looked for by the names of `aliases.toml` where none of
    their own is there, because the shop names the columns or the names are not verified. keys:
    how customers are told apart, best first. status: what status columns mean. items: role ->
    name of the columns of items that stand beside each other in a row, `{n}` for their number.
    lines_of: of an export of product lines, the format of the orders they belong to. export,
    limits: how to get it out of the system, and what does not work. refuse: what to export instead,
    said where nothing in the file tells customers apart.
    """

    system: Both
    source: Both
    fingerprint: Fingerprint
    rows: Literal["order", "line"] = "order"
    columns: dict[Literal[ROLES], list[str | list[str]]] = Field(default_factory=dict)
    common_names: list[Literal[(*ROLES, STATUS)]] = []
    keys: list[Literal[KEYS]] = []
    status: list[StatusRule] = []
    line_kinds: LineKinds | None = None
    items: dict[Literal[ITEM_ROLES], str] = Field(default_factory=dict)
    lines_of: str | None = None
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
        read[path.stem] = Format(**told | {"name": path.stem})
    return read


def recognise_format(header: Sequence[str]) -> Format | None:
    """The known format of a header: the one with most names in its fingerprint that fits."""
    names = set(places(header))
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
