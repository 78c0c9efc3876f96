"""The settings that name columns, as a file that was looked over answers them."""

from __future__ import annotations

from toolkit.intake.check import Check
from toolkit.intake.columns.doubts import likeliest
from toolkit.intake.columns.finder import GIVEN, NEEDED
from toolkit.intake.columns.points import UNSAID
from toolkit.intake.columns.recognition import WORTH_TELLING
from toolkit.intake.columns.roles import KEY_PARTS


def columns_to_set(check: Check, *, alone: bool = False) -> dict[str, tuple[str, ...]]:
    """Setting -> names of the columns recognised for it.

    `alone`: only where naming that one column in the setting changes nothing. A known export is
    read as its format says, and customers who are told apart by more than a number are told apart
    by less once a column is named.
    """
    survey, roles = check.survey, check.survey.roles
    places = {role: roles.columns.get(role, ()) for role in GIVEN}
    places |= {"price": places["price"] or roles.columns.get("unit_price", ())}
    places |= {"quantity": places["quantity"] or roles.columns.get("units", ())}
    parts = dict.fromkeys(part for key in roles.keys for part in KEY_PARTS[key])
    places["customer"] = tuple(i for part in parts for i in roles.columns[part])
    found = {
        GIVEN[role]: tuple(survey.labels[i] for i in at)
        for role, at in places.items()
        if at and (not alone or len(at) == 1)
    }
    if alone and roles.format is not None:
        return {}
    if alone and roles.keys != ("number",):
        found.pop("customer_column", None)
    if alone and any(key in UNSAID for key, _ in roles.told):  # still to be asked
        found.pop("points_column", None)
    return found


def columns_passed_over(check: Check) -> dict[str, tuple[str, ...]]:
    """Setting -> names of other columns that come into question beside the one recognised for it,
    those with known names first. None in a known export, which says itself."""
    survey, roles = check.survey, check.survey.roles
    if roles.format is not None:
        return {}
    found = {}
    for role, setting in GIVEN.items():
        decision = roles.decisions.get(role)
        if decision is None or decision.how == "given" or role not in roles.columns:
            continue
        own = {survey.labels[i] for i in roles.columns[role]}
        known = roles.passed_over.get(role, ())
        likely = (each for each in decision.others if each.confidence >= WORTH_TELLING)
        names = [*known, *(survey.labels[each.columns[0]] for each in likely)]
        others = tuple(name for name in dict.fromkeys(names) if name not in own)
        found |= {setting: others} if others else {}
    return found


def columns_in_doubt(check: Check) -> dict[str, tuple[tuple[str, float], ...]]:
    """Setting -> names and confidences of the columns that come into question for it, where the
    run cannot go on without it."""
    survey = check.survey
    settled = {"customer": bool(survey.roles.keys), "date": survey.roles.at("date") is not None}
    settled |= {"amount": bool(survey.roles.basis)}
    return {
        GIVEN[role]: tuple(
            (survey.labels[each.columns[0]], each.confidence)
            for each in likeliest(survey.decisions, role)
            if each.confidence >= WORTH_TELLING
        )
        for role in NEEDED
        if not settled[role]
    }
