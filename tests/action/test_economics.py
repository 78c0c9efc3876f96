"""The money side of a contact, in minor units, with what is assumed named."""

from decimal import Decimal

import pytest

from toolkit.action.economics import economics_of
from toolkit.settings import Settings


@pytest.mark.parametrize(
    ("currency", "cost", "contact", "offer"),
    [("JPY", "85", 85, 300), ("USD", "1.25", 125, 30_000), ("KWD", "0.125", 125, 300_000)],
)
def test_costs_are_in_minor_units_of_the_currency(currency, cost, contact, offer):
    settings = Settings(currency=currency, contact_cost=Decimal(cost), offer_cost=Decimal(300))
    found = economics_of(settings)
    assert (found.contact_cost, found.offer_cost) == (contact, offer)


def test_defaults_are_named_as_assumed():
    found = economics_of(Settings())
    assert (found.margin_share, found.contact_cost, found.offer_cost) == (0.4, 120.0, 0.0)
    assert found.kappa == (0.1, 0.25, 0.5)
    assert found.assumed == ("margin", "contact_cost")


def test_the_default_contact_cost_of_another_currency_is_one_major_unit():
    assert economics_of(Settings(currency="USD")).contact_cost == 100.0


def test_what_is_given_is_not_assumed():
    found = economics_of(Settings(margin=0.5, kappa_low=0.05, kappa=0.2, kappa_high=0.4))
    assert found.margin_share == 0.5
    assert found.kappa == (0.05, 0.2, 0.4)
    assert found.assumed == ("contact_cost",)
    assert economics_of(Settings(margin=0.5, contact_cost=Decimal(0))).assumed == ()
