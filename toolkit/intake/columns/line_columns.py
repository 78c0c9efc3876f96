"""Which column of a file of product lines plays which part: order, product, pieces, money."""

from __future__ import annotations

import re

from toolkit.intake.columns import discounts, money_columns, status_columns, tax_pairs
from toolkit.intake.columns.finder import GIVEN, Finder
from toolkit.intake.columns.formats import recognise_format
from toolkit.intake.columns.glance import Glance
from toolkit.intake.columns.headings import LISTS, says
from toolkit.intake.columns.recognition import Evidence
from toolkit.intake.columns.roles import Roles
from toolkit.intake.columns.survey import pick_products, pick_units
from toolkit.intake.names import plain, told
from toolkit.problems import InputProblem
from toolkit.settings import Settings

OWN = ("order", "product", "product_name", "price", "quantity", "amount", "discount", "status")
NOT_OF_LINES = ("customer", "mail", "phone", "name", "postcode", "date")
PRODUCTS = {"product", "product_name"}
OPTION = "--lines-file"
NUMBER = re.compile(r"[¥￥]?\d[\d,.]*円?")


def line_roles(
    header: tuple[str, ...], glance: Glance, settings: Settings, file: str, order: str
) -> Roles:
    """The roles of the columns of a file of product lines, settled as those of a sales file.

    `order`: what the sales call their order number; a column of that name is it. The columns that
    the settings name count where the file has them. What tells customers and days is not looked
    at. Raises InputProblem without a column of order numbers or of products, and for amounts that
    are in doubt.
    """
    known, seen = recognise_format(header), Evidence(header, glance)
    find = Finder(header, _own(settings, header, order), file, known, seen)
    find.give()
    tax_pairs.part(find)
    find.held = {at for role in NOT_OF_LINES for at in seen.known(role, find.taken)}
    find.pick("order")
    if seen.fit is not None and "order" in find.columns:
        seen.fit.set_order(find.columns["order"][0])
    pick_products(find)
    basis = money_columns.settle(find)
    discounts.settle(find, basis)
    pick_units(find, basis if basis not in ("", "none") else "line")
    status_columns.settle(find)
    _require(find, order, glance)
    roles = (find.columns, basis or "none", (), find.decisions, find.passed, find.format)
    return Roles(*roles, told=(*tax_pairs.notes(find), *find.told))


def _own(settings: Settings, header: tuple[str, ...], order: str) -> Settings:
    """The settings with those columns alone that the file has."""
    there = {plain(name) for name in header}
    named = {role: getattr(settings, setting) for role, setting in GIVEN.items() if role in OWN}
    if plain(order) in there:
        named["order"] = order
    ours = {role: name for role, name in named.items() if plain(name or "") in there}
    return settings.model_copy(update={GIVEN[role]: ours.get(role) for role in GIVEN})


def _has_no_headings(header: tuple[str, ...], glance: Glance) -> bool:
    """Whether the first row is one of values: none of its cells is a known name or has a word of
    one, and one is a number or stands again below itself."""
    if not glance.headed:
        return True
    if any(says(role, name) in ("known", "word") for role in LISTS for name in header):
        return False
    return any(
        name.strip() and (NUMBER.fullmatch(name.strip()) or name in column.texts.to_pylist())
        for name, column in zip(header, glance.columns, strict=True)
    )


def _require(find: Finder, order: str, glance: Glance) -> None:
    """An order number and a product are there; all that is missing is told at once, or that the
    file has no headings."""
    values = {"file": find.file, "option": OPTION, "columns": told(find.header)}
    found = find.columns.keys()
    if ("order" not in found or not found & PRODUCTS) and _has_no_headings(find.header, glance):
        first = (
            find.header if glance.headed else [each.at([0])[0].as_py() for each in glance.columns]
        )
        raise InputProblem("lines_no_headings", **values, column=order, first=told(first))
    faults = list(find.faults)
    if "order" not in find.columns:
        faults.append(("lines_no_order", values | {"column": order}))
    if not found & PRODUCTS:
        faults.append(("lines_no_product", values))
    elif find.settings.subscription_words and "product_name" not in find.columns:
        faults.append(("subscription_words_alone", values))
    if faults:
        raise InputProblem.of(faults)
