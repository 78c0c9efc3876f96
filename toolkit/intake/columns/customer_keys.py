"""By which columns customers are told apart: number, mail address, telephone, name with either."""

from __future__ import annotations

from toolkit.intake.columns.finder import Finder
from toolkit.intake.columns.formats import KEYS
from toolkit.intake.columns.keys import kind_of, of_several
from toolkit.intake.columns.roles import KEY_PARTS
from toolkit.intake.customers.identity import written
from toolkit.intake.names import quoted

MAYBE = 0.5  # confidence from which an unsettled number is told; our rule


def settle(find: Finder) -> tuple[str, ...]:
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
    alone = not given and find.by_content_alone("customer")
    if alone and _gives_way(find, *find.columns["customer"]):
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
        column = find.labels[best.columns[0]]
        values = {"column": column, "sure": best.confidence, "option": quoted(column)}
        find.told.append(("number_maybe", values))


def _gives_way(find: Finder, at: int) -> bool:
    """Whether a number that only its content shows is nobody's beside the other keys."""
    if "mail" in find.columns:
        return True
    columns = find.evidence.glance.columns
    for role in ("phone", "name"):
        if role in find.columns:
            who, _ = written(role, [columns[find.columns[role][0]]])
            if of_several(columns[at], who):
                return True
    return False


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
