"""Every table of what not every client has, beside its reference: (asked, worked out).

Asked of the toolkit's book, worked out of the reference's book and what lies beside it.
"""

import reference_baskets
import reference_contacts
import reference_products
import reference_subscriptions
from comparison import keyed
from public_tables import TABLES as EDGES

MONTHS = 12  # the usual months in which a contact counts


def _pair(found):
    return {"": dict(zip(("part", "whole"), found, strict=True))}


def _products(name, *keys):
    def ask(book):
        return keyed(getattr(book.products, name)(), *keys) if book.products else {}

    return ask


def _of_lines(work):
    return lambda book, given: work(book, given.lines)


def _of_visits(ask, work):
    """What needs nothing beside the sales, but more customers than most random ledgers have."""
    return ask, lambda book, given: work(book)


def _catalogue(book):
    return keyed(book.products.catalogue, "product") if book.products else {}


def _tiers(book):
    found = book.products and book.products.tiers()
    if not found:
        return {}
    parts = ("cuts", "up", "same", "down", "p")
    return {"": {name: getattr(found, name) for name in parts}} | keyed(
        found.matrix, "first_tier", "last_tier"
    )


def _tiers_wanted(book, given):
    found = reference_products.tiers(book, given.lines)
    return {"": found[0]} | found[1] if found else {}


TABLES = {
    "contacts by place": (
        lambda book: keyed(book.contacts.by_place(), "layer", "state"),
        lambda book, given: reference_contacts.contacted_places(book, given.contacts, MONTHS),
    ),
    "forgotten": (
        lambda book: keyed(book.contacts.forgotten(), "layer"),
        lambda book, given: reference_contacts.forgotten(book, given.contacts),
    ),
    "visits after contacts": (
        lambda book: keyed(book.contacts.lag(), "within_days"),
        lambda book, given: reference_contacts.lag(book, given.contacts),
    ),
    "prospects": (
        lambda book: keyed(book.prospects.stages(), "source"),
        lambda book, given: reference_contacts.stages(book, given.prospects, given.contacts),
    ),
    "share of subscriptions": (
        lambda book: keyed(book.subscriptions.share(), "measure"),
        lambda book, given: reference_subscriptions.subscription_share(book, given.marked),
    ),
    "came to a subscription": (
        lambda book: _pair(book.subscriptions.upgrade()),
        lambda book, given: _pair(reference_subscriptions.upgrade(book, given.marked)),
    ),
    "hole by subscription": (
        lambda book: keyed(book.subscriptions.churn(), "kind"),
        lambda book, given: reference_subscriptions.churn(book, given.marked),
    ),
    "layers without subscriptions": (
        lambda book: keyed(book.subscriptions.layers(), "layer", "state"),
        lambda book, given: reference_subscriptions.layers_without(
            book, given.marked, given.others
        ),
    ),
    "products": (_catalogue, _of_lines(reference_products.catalogue)),
    "first products": (
        _products("first_products", "product"),
        _of_lines(reference_products.first_products),
    ),
    "products left after": (_products("leaving", "product"), _of_lines(reference_products.leaving)),
    "bought together": (
        _products("together", "product", "other_product"),
        _of_lines(reference_baskets.together),
    ),
    "bought next": (
        _products("following", "product", "other_product"),
        _of_lines(reference_baskets.following),
    ),
    "price tiers": (_tiers, _tiers_wanted),
    **{name: _of_visits(*EDGES[name]) for name in ("last visits", "left edge", "open month")},
}
