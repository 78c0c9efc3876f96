"""One column after another given its role: as set, as a known format says, or by the evidence."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from toolkit import currency
from toolkit.intake.columns.formats import Format
from toolkit.intake.columns.headings import has_against
from toolkit.intake.columns.qualifiers import heading
from toolkit.intake.columns.recognition import BY_NAME, OPTIONS, SPEAKS, Decision, Evidence
from toolkit.intake.names import aliases, labels, place_of, places, plain, quoted, told
from toolkit.settings import Settings

Fault = tuple[str, dict[str, Any]]
GIVEN = {  # roles that have an option of their own
    "customer": "customer_column",
    "date": "date_column",
    "time": "time_column",
    "amount": "amount_column",
    "order": "order_column",
    "price": "price_column",
    "quantity": "quantity_column",
    "product": "product_column",
    "product_name": "product_name_column",
    "status": "status_column",
    "subscription": "subscription_column",
    "discount": "discount_column",
    "points": "points_column",
    "line_kind": "row_kind_column",
}
NEEDED = ("customer", "date", "amount")  # roles that `none` cannot be named for
NO_COLUMN = "none"
ROUNDED = 0.51  # of the smallest unit, by which parts may miss their sum
BY_FORMAT = 100.0  # odds that a column is what a known format says


class Finder:
    """Settles roles one by one and keeps the columns taken, the decisions, and all faults.

    labels: the names of the columns as they are told (`names.labels`).
    columns: role -> positions. decisions: role -> what was decided, doubtful ones too. passed:
    role -> names of columns with known names that were not used. aside: columns that give way to
    another, by position, as an amount without tax to the one with it; untaxed: those without tax.
    parts: columns of amounts that are parts of another one, by position.
    told: notes on what was decided, each a key of `[note]` and its values.
    """

    def __init__(
        self, header: Sequence[str], settings: Settings, file: str, known: Format | None, seen
    ):
        self.header, self.settings, self.file, self.format = header, settings, file, known
        self.labels = labels(header)
        self.evidence: Evidence = seen
        self.names = [plain(name) for name in header]
        self.bases = [plain(heading(name).name) for name in header]
        self.places = {name: i for i, name in reversed(list(enumerate(self.names)))}
        for i, name in enumerate(self.bases):
            self.places.setdefault(name, i)
        if known is not None:
            self.places = places(header)
        self.held: set[int] = set()
        self.aside: dict[int, int] = {}
        self.untaxed: set[int] = set()
        self.parts: dict[int, int] = {}
        self.columns: dict[str, tuple[int, ...]] = {}
        self.decisions: dict[str, Decision] = {}
        self.passed: dict[str, tuple[str, ...]] = {}
        self.faults: list[Fault] = []
        self.told: list[Fault] = []

    @property
    def taken(self) -> set[int]:
        """Columns that have a role, are held for one, or give way to another."""
        return (
            self.held
            | self.aside.keys()
            | self.parts.keys()
            | {i for columns in self.columns.values() for i in columns}
        )

    @property
    def rounded(self) -> float:
        """By how much parts may miss their sum, in the major unit of the currency."""
        return ROUNDED / 10 ** currency.decimals(self.settings.currency)

    def hold(self, role: str) -> None:
        """Keep the column that is surely a role's from the roles settled before it."""
        self.held = set()
        if self.format is None and not self.is_given(role):
            self.held = set(self.evidence.decide(role, self.taken).columns)

    def release(self) -> None:
        """Let go of the column that was held."""
        self.held = set()

    def give(self) -> None:
        """Settle the roles whose columns the settings name."""
        for role, setting in GIVEN.items():
            name = getattr(self.settings, setting)
            if not name:
                continue
            at = self._named(name, role)
            self.decisions[role] = Decision(role, at, "given", 1.0, option=OPTIONS[role])
            if at:
                self.columns[role] = at

    def is_given(self, role: str) -> bool:
        """Whether the settings say what the column of a role is, or that there is none."""
        return role in GIVEN and bool(getattr(self.settings, GIVEN[role]))

    def pick(self, role: str, as_role: str = "") -> bool:
        """Settle a role, by the evidence for `as_role` where that is another; whether it could."""
        if self.is_given(role):
            return role in self.columns
        if as_role and self.is_given(as_role):
            return self._move(as_role, role)
        as_role = as_role or role
        if self.format is not None:
            return self.pick_as_format(role, role, as_role)
        several = self._several(as_role)
        if several:
            return self._settle(self._by_list(role, several))
        decision = self.evidence.decide(as_role, self.taken)
        self._pass(role, self.evidence.known(as_role, self.taken), decision.columns)
        option = OPTIONS.get(role, decision.option)
        return self._settle(replace(decision, role=role, option=option))

    def pick_as_format(self, role: str, as_format: str, names: str = "") -> bool:
        """Settle a role by the known format's columns for `as_format`, the first that are not
        blank, else by the common names (`names`, a list of `aliases.toml`) where it says so."""
        listed = self.format.names_of(as_format)
        found = [at for names in listed if (at := self._all_of([plain(name) for name in names]))]
        if found:
            at = next((at for at in found if self._filled(at)), found[0])
            confidence = BY_FORMAT / (BY_FORMAT + 1)
            option = OPTIONS.get(role, "")
            return self._settle(Decision(role, at, "format", confidence, option=option))
        common = as_format in self.format.common_names
        return common and self._by_names(role, names or as_format)

    def every(self, role: str) -> None:
        """Settle a part of a total: all columns the known export has of it, else as listed."""
        if self.is_given(role):
            return
        listed = self.format.names_of(role) if self.format is not None else []
        names = [plain(name) for alternative in listed for name in alternative]
        at = tuple(dict.fromkeys(self.places[name] for name in names if name in self.places))
        if at:
            self.settle_listed(role, at)
        elif role in aliases():
            self.pick_listed(role)

    def pick_listed(self, role: str) -> bool:
        """Settle a role that only known names tell; whether it could."""
        if self.is_given(role) or self.format is not None:
            return self.pick(role)
        return self._by_names(role, role)

    def _by_names(self, role: str, names: str) -> bool:
        found = [
            at
            for alias in aliases()[names]["names"]
            if (at := self._all_of([alias] if isinstance(alias, str) else alias))
            and not set(at) & self.taken
        ]
        if not found:
            return False
        self._pass(role, [at[0] for at in found], found[0])
        confidence = BY_NAME["known"] / (BY_NAME["known"] + 1)
        return self._settle(
            Decision(role, found[0], "name", confidence, option=OPTIONS.get(role, ""))
        )

    def settle_by_content(self, role: str, at: int, confidence: float) -> bool:
        """Settle a role on a column that its values alone tell."""
        option = OPTIONS.get(role, "")
        return self._settle(Decision(role, (at,), "content", confidence, option=option))

    def settle_like(self, role: str, at: int) -> None:
        """Settle a role on the column that is the likeliest, sure or not."""
        decision = self.evidence.decide(role, self.taken - {at})
        own = next((e for e in decision.best() if e.columns == (at,)), None)
        confidence = own.confidence if own else 0.0
        others = tuple(each for each in decision.best() if each is not own)
        self._settle(replace(decision, columns=(at,), confidence=confidence, others=others))

    def settle_listed(self, role: str, columns: tuple[int, ...]) -> None:
        """Settle a role as columns whose names are known for it."""
        self._settle(self._by_list(role, columns))

    def by_content_alone(self, role: str) -> bool:
        """Whether only the content of a column speaks for the role it was given."""
        return role in self.columns and self.decisions[role].how == "content"

    def contradicted(self, role: str) -> bool:
        """Whether the content of a role's column speaks against what its name says."""
        if self.format is not None or self.decisions[role].how == "given":
            return False
        return self.evidence.factor(role, self.columns[role][0]) < SPEAKS

    def pass_over(self, role: str, at: int) -> None:
        """Keep the other columns with known names for a role as passed over."""
        self._pass(role, self.evidence.known(role, self.taken - {at}), (at,))

    def drop(self, role: str) -> None:
        """Take a role back."""
        for held in (self.columns, self.decisions, self.passed):
            held.pop(role, None)

    def settle(self, role: str, columns: tuple[int, ...], like: str) -> None:
        """Settle a role by what was decided for another."""
        option = OPTIONS.get(role, "")
        self._settle(replace(self.decisions[like], role=role, columns=columns, option=option))

    def fault(self, key: str, **values: Any) -> None:
        """Keep a fault, a key of `[problem]`, told with the file and its columns."""
        self.faults.append((key, {"file": self.file, "columns": told(self.labels)} | values))

    def _move(self, old: str, role: str) -> bool:
        if old not in self.columns:
            return False
        self.settle(role, self.columns[old], like=old)
        self.drop(old)
        return True

    def _settle(self, decision: Decision) -> bool:
        if decision.confidence:
            self.decisions[decision.role] = decision
        if decision.columns:
            self.columns[decision.role] = decision.columns
        return bool(decision.columns)

    def _by_list(self, role: str, at: tuple[int, ...]) -> Decision:
        how = "name" if self.format is None else "format"
        odds = BY_NAME["known"] if self.format is None else BY_FORMAT
        return Decision(role, at, how, odds / (odds + 1), option=OPTIONS.get(role, ""))

    def _several(self, role: str) -> tuple[int, ...]:
        """Columns that together have a known name (姓 and 名), where no single one comes first."""
        if role not in ("name", "phone", "postcode"):
            return ()
        halves = self._halves() if role == "name" else []
        for alias in aliases()[role]["names"]:
            at = self._all_of([alias] if isinstance(alias, str) else alias)
            if at:
                several = at if len(at) > 1 else next((two for two in halves if at[0] in two), ())
                return () if set(several) & self.taken else several
        return next((two for two in halves if not set(two) & self.taken), ())

    def _halves(self) -> list[tuple[int, int]]:
        """Columns of family and given names whose names are otherwise one (購入者姓 and 購入者名),
        but those of who receives or of how a name is read."""
        found = []
        words = aliases()["name"]
        for at, name in enumerate(self.bases):
            for family, given in product(words["family"], words["given"]):
                other = self.places.get(name.replace(family, given)) if family in name else None
                if other in (None, at) or has_against("name", name.replace(family, "")):
                    continue
                found.append((at, other))
        return found

    def _filled(self, at: tuple[int, ...]) -> bool:
        """Whether anything stands in columns, as far as their first rows show."""
        fit = self.evidence.fit
        return fit is None or any(fit.looks[i].rows for i in at)

    def _all_of(self, names: list[str]) -> tuple[int, ...]:
        if not all(name in self.places for name in names):
            return ()
        return tuple(self.places[name] for name in names)

    def _pass(self, role: str, known: list[int], used: tuple[int, ...]) -> None:
        others = dict.fromkeys(self.labels[i] for i in known if i not in used)
        if used and used[0] in known and others:
            self.passed[role] = tuple(others)

    def _named(self, name: str, role: str) -> tuple[int, ...]:
        """The column a person named (`place_of`); else a fault with the nearest."""
        at = place_of(name, self.header)
        if at is not None:
            return (at,)
        if plain(name) == NO_COLUMN and role not in NEEDED:
            return ()
        near = difflib.get_close_matches(plain(name), self.names, n=1, cutoff=0.0)
        nearest = self.header[self.names.index(near[0])] if near else ""
        values = {"option": OPTIONS[role], "near": nearest, "typed": quoted(nearest)}
        self.fault("unknown_column", column=name, **values)
        return ()
