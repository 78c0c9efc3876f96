"""Which column plays which part: as set, as a known format says, by name, or by content."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.intake.columns import (
    closing_days,
    day_times,
    discounts,
    doubts,
    fees,
    key_names,
    lapsed,
    money_columns,
    points,
    row_kind_columns,
    status_columns,
    sum_kind_columns,
    sums,
    tax_pairs,
    unused_money,
)
from toolkit.intake.columns.finder import Fault, Finder
from toolkit.intake.columns.formats import KEYS, InBoth, recognise_format
from toolkit.intake.columns.glance import Glance
from toolkit.intake.columns.keys import kind_of, of_several
from toolkit.intake.columns.looks import days_of
from toolkit.intake.columns.recognition import Decision, Evidence
from toolkit.intake.columns.roles import KEY_PARTS, Roles
from toolkit.intake.names import aliases, labels, plain, quoted
from toolkit.intake.values import split_dates
from toolkit.problems import InputProblem
from toolkit.settings import Settings

MOST_KINDS = 12  # values of a column that tells subscriptions from other orders
MAYBE = 0.5  # confidence from which an unsettled number is told; our rule
BY_VALUES = 0.9  # the confidence where the values alone tell it; our rule


@dataclass(frozen=True)
class Survey:
    """What was found out about the columns of a file before its rows are read.

    roles: those that are settled. decisions: role -> what was decided, doubtful ones without a
    column. faults: what is missing, doubtful or named wrongly. examples: the first value of every
    column, "" without rows.
    """

    header: tuple[str, ...]
    roles: Roles
    decisions: Mapping[str, Decision]
    faults: tuple[Fault, ...]
    examples: tuple[str, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of the columns as they are told, each once (`names.labels`)."""
        return labels(self.header)

    def settled(self) -> Roles:
        """The roles; all that is missing or doubtful is told at once (InputProblem)."""
        if self.faults:
            raise InputProblem.of(list(self.faults))
        return self.roles


def survey(
    header: Sequence[str], settings: Settings, file: str, glance: Glance | None = None
) -> Survey:
    """What is found out about the columns; `glance`: their first rows, without which names alone
    decide. A known export is read as its format says (InputProblem where it cannot be used)."""
    known = recognise_format(header)
    seen = Evidence(header, glance)
    find = Finder(header, settings, file, known, seen)
    find.give()
    tax_pairs.part(find)
    sums.part(find)
    split_dates.settle(find)
    closing_days.settle(find)
    if seen.fit is not None and "date" in find.columns:
        dates = [glance.columns[i] for i in find.columns["date"]]
        seen.fit.bonds.days = days_of(split_dates.in_one(dates) if len(dates) > 2 else dates[0])
    day_times.settle(find)
    status_columns.settle(find)
    find.hold("amount")
    keys = _customers(find)
    find.release()
    if known is not None and known.refuse and not keys and settings.customer_column is None:
        told_by = {"system": InBoth(known.system), "reason": InBoth(known.refuse)}
        raise InputProblem("format_refused", file=file, **told_by)
    pick_products(find)
    row_kind_columns.settle(find)
    basis = money_columns.settle(find)
    fees.settle(find, basis)
    discounts.settle(find, basis)
    points.settle(find)
    pick_units(find, basis)
    unused_money.tell(find, basis)
    _subscription(find, glance)
    find.pick_listed("currency")
    if find.format is None:
        find.pick_listed("contract_end")
    sum_kind_columns.settle(find)
    key_names.settle(find, keys)
    lapsed.take_back(find)
    status_columns.ask(find)
    _require(find, keys, basis)
    found = (find.columns, basis, keys, find.decisions, find.passed, known, _items(find))
    roles = Roles(*found, (*tax_pairs.notes(find), *sums.notes(find), *find.told))
    looks = seen.fit.looks if seen.fit is not None else []
    examples = tuple(look.example for look in looks) or ("",) * len(header)
    return Survey(tuple(header), roles, find.decisions, tuple(find.faults), examples)


def _subscription(find: Finder, glance: Glance | None) -> None:
    """The column of marks by its name, else by its values: some of few are words for a
    subscription, all others words for bought once. Not for a known system, which says itself."""
    if find.pick_listed("subscription") or find.is_given("subscription") or find.format is not None:
        return
    words = aliases()["subscription"]
    for at, column in enumerate(glance.columns if glance is not None else ()):
        if at in find.taken or not 2 <= len(column.texts) <= MOST_KINDS:
            continue
        every = {plain(text) for text in column.texts.to_pylist()}
        values = every - set(words["not_marked"])
        if 0 < len(values) < len(every) and all(
            any(word in value for word in words["marked"]) for value in values
        ):
            find.settle_by_content("subscription", at, BY_VALUES)
            return


def _customers(find: Finder) -> tuple[str, ...]:
    """The order number, and how customers are told apart by what the file has; by a number alone
    where it was named. A mail address goes before a number that nothing but its content shows, so
    does a telephone number or name that differs within it, and any key before a number that its
    content contradicts."""
    given, fit = find.is_given("customer"), find.evidence.fit
    if not given:
        find.pick("mail")
    find.pick("order")
    if fit is not None and "order" in find.columns:
        fit.set_order(find.columns["order"][0])
    for role in () if given else ("customer", "phone", "name", "postcode"):
        find.pick(role)
    if (
        not given
        and find.by_content_alone("customer")
        and _gives_way(find, *find.columns["customer"])
    ):
        find.drop("customer")
    keys = ("number",) if "customer" in find.columns else ()
    if not given:
        keys = _keys(find)
    if keys[:1] == ("number",) and (given or find.format is None):
        keys = _by_kind(find, keys)
    if fit is not None and keys:
        fit.customer = find.columns[KEY_PARTS[keys[0]][0]][0]
    if not given and fit is not None and keys and keys[0] not in ("number", "mail"):
        _maybe_number(find)
    return keys


def _maybe_number(find: Finder) -> None:
    """A note on a column that may well be the customer number, where none is sure to be."""
    best = next(iter(find.evidence.decide("customer", find.taken).others), None)
    if best is not None and best.confidence >= MAYBE and not _gives_way(find, best.columns[0]):
        values = {"column": find.labels[best.columns[0]], "sure": best.confidence}
        option = quoted(find.labels[best.columns[0]])
        find.told.append(("number_maybe", values | {"option": option}))


def _gives_way(find: Finder, at: int) -> bool:
    """Whether a number that only its content shows is nobody's beside the other keys."""
    if "mail" in find.columns:
        return True
    columns = find.evidence.glance.columns
    others = [find.columns[role][0] for role in ("phone", "name") if role in find.columns]
    return any(of_several(columns[at], columns[other]) for other in others)


def _keys(find: Finder) -> tuple[str, ...]:
    wanted = find.format.keys if find.format is not None and find.format.keys else KEYS
    keys = tuple(key for key in wanted if all(part in find.columns for part in KEY_PARTS[key]))
    if len(keys) > 1:  # a name alone is nobody's number: only where there is nothing else
        keys = tuple(key for key in keys if key != "name")
    if len(keys) > 1 and keys[0] == "number" and find.contradicted("customer"):
        keys = keys[1:]
    used = {part for key in keys for part in KEY_PARTS[key]}
    for role in ("customer", "mail", "phone", "name", "postcode"):
        if role in find.columns and role not in used:
            find.drop(role)
    return keys


def _by_kind(find: Finder, keys: tuple[str, ...]) -> tuple[str, ...]:
    """The keys with what the customer's column holds in place of a number: it stays the first."""
    (at,), glance = find.columns["customer"], find.evidence.glance
    column = glance.columns[at] if glance is not None and glance.rows else None
    kind = kind_of(find.header[at] if find.evidence.headed else "", column)
    if kind == "number":
        return keys
    find.drop(kind)
    find.settle(kind, (at,), like="customer")
    find.drop("customer")
    return kind, *(key for key in keys if key not in ("number", kind))


def pick_products(find: Finder) -> None:
    """What was bought: a code, a name, or both."""
    named = find.pick("product_name")
    if find.pick("product") and not named and find.pick_listed("product_text"):
        find.settle("product_name", find.columns["product_text"], like="product_text")
        find.drop("product_text")


def pick_units(find: Finder, basis: str) -> None:
    """Price and number of the pieces, beside an amount; in a file that names no product only
    numbers of which some are negative, as of goods taken back."""
    if "product" not in find.columns and "product_name" not in find.columns:
        _taken_back(find, basis)
        return
    if basis == "total":
        find.pick("unit_price", "price")
    if basis in ("total", "line"):
        find.pick("units", "quantity")


def _taken_back(find: Finder, basis: str) -> None:
    fit = find.evidence.fit
    if find.format is not None or fit is None or basis not in ("total", "line"):
        return
    if find.pick("units", "quantity"):
        (at,) = find.columns["units"]
        known = (
            find.decisions["units"].how == "given" or find.evidence.says("quantity", at) == "known"
        )
        if not known or not (fit.bonds.numbers(at) < 0).any():
            find.drop("units")


def _items(find: Finder) -> tuple[Mapping[str, int], ...]:
    """The columns of items that stand beside each other in a row, as far as they are numbered."""
    named = find.format.items if find.format is not None else {}
    found = []
    for n in itertools.count(1):
        there = {role: find.places.get(plain(name.format(n=n))) for role, name in named.items()}
        there = {role: at for role, at in there.items() if at is not None}
        if not {"product", "product_name"} & there.keys():
            return tuple(found)
        found.append(there)


def _require(find: Finder, keys: tuple[str, ...], basis: str) -> None:
    """Customer, date and amount are there, or all that is missing or doubtful is kept."""
    if find.settings.subscription_words and "product_name" not in find.columns:
        find.fault("subscription_words_alone")
    options = {values.get("option") for _, values in find.faults}
    lacks = {"customer": not keys, "date": "date" not in find.columns, "amount": basis == ""}
    for role, missing in lacks.items():
        if missing and f"--{role}" not in options:
            doubts.tell(find, role)
