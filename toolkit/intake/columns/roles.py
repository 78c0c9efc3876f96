"""Which column plays which part in a sales file, once that is settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from toolkit.intake.columns.formats import Format
from toolkit.intake.columns.recognition import Decision

KEY_PARTS = {  # kind of key -> the roles it is made of
    "number": ("customer",),
    "mail": ("mail",),
    "phone": ("phone",),
    "name_phone": ("name", "phone"),
    "name_postcode": ("name", "postcode"),
    "name": ("name",),
}
SHOWN_FIRST = ("customer", "mail", "phone", "name", "postcode", "date", "amount", "order", "status")


@dataclass(frozen=True)
class Roles:
    """Header positions by part.

    columns: role -> positions (several are joined; of the parts of a total, added up). basis as
    in `Source.amount_basis`. keys: how customers are told apart, best first (`formats.KEYS`).
    decisions: role -> how it was settled and how surely. passed_over: role -> names of columns that
    would have done too. format: the known export it is, if any. items: of items that stand beside
    each other in a row, role -> position of each. told: notes on what was decided, each a key of
    `[note]` and its values.
    """

    columns: Mapping[str, tuple[int, ...]]
    basis: str
    keys: tuple[str, ...] = ()
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    passed_over: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    format: Format | None = None
    items: tuple[Mapping[str, int], ...] = ()
    told: tuple[tuple[str, dict[str, Any]], ...] = ()

    def at(self, role: str) -> int | None:
        """The (first) position of a role, None where the file has no such column."""
        found = self.columns.get(role, ())
        return found[0] if found else None

    def positions(self) -> list[int]:
        """Every column in use, once."""
        beside = {i for item in self.items for i in item.values()}
        return sorted(beside | {i for columns in self.columns.values() for i in columns})

    def by_name(self) -> dict[str, tuple[int, ...]]:
        """Role -> positions as a person is told: a date with its time, what an amount is made of,
        and of the customer whatever tells customers apart."""
        shown = {role: at for role, at in self.columns.items() if role not in ("time", "quantity")}
        for whole, part in (("date", "time"), ("price", "quantity")):
            if whole in shown:
                shown[whole] += self.columns.get(part, ())
        if self.basis in ("price", "price x quantity"):
            shown["amount"] = shown.pop("price", ())
        for role, at in (self.items[0] if self.items else {}).items():
            shown.setdefault(role, (at,))
        order = {role: place for place, role in enumerate(SHOWN_FIRST)}
        return dict(sorted(shown.items(), key=lambda pair: order.get(pair[0], len(order))))
