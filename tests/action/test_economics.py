"""The money side of a contact, in minor units, with what is assumed named."""

from decimal import Decimal

import pytest

from toolkit.action.economics import Way, economics_of
from toolkit.action.trial.response import Response
from toolkit.problems import InputProblem
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


def test_a_client_has_letters_unless_told_otherwise():
    assert list(economics_of(Settings()).channels) == ["letter"]
    assert list(economics_of(Settings(channels=" ")).channels) == ["letter"]


def test_channels_have_a_cost_and_a_response_of_their_own():
    found = economics_of(Settings(channels="mail, letter、card,mail", contact_cost=Decimal(100)))
    assert list(found.channels) == ["mail", "letter", "card"]
    paper = ("fledgling", "steady", "prime")
    assert found.channels["letter"] == Way(100.0, 1.0, paper)
    assert found.channels["card"] == Way(70.0, 0.6, paper)
    mail = found.by("mail")
    assert (mail.contact_cost, mail.kappa) == (0.0, (0.02, 0.05, 0.1))
    assert found.by("letter").kappa == found.kappa


def test_a_channel_nobody_knows_is_told_with_those_there_are():
    with pytest.raises(InputProblem) as problem:
        economics_of(Settings(channels="letter,fax"))
    for language in ("ja", "en"):
        told = problem.value.text(language)
        assert "fax" in told and "letter, card, phone, line, mail" in told


def test_a_client_can_have_channels_of_its_own(tmp_path):
    path = tmp_path / "calendar.toml"
    path.write_text("rule = []\n[channels.fax]\ncost = 10\nresponse = 0.5\n", encoding="utf-8")
    found = economics_of(Settings(calendar_file=str(path), channels="fax", currency="USD"))
    assert found.channels["fax"].cost == 1000.0


def test_limits_and_the_cost_of_a_new_customer_are_in_minor_units():
    found = economics_of(Settings(currency="USD", budget=50, most_contacts=7, acquisition_cost=3))
    assert (found.budget, found.most_contacts, found.acquisition_cost) == (5000, 7, 300)
    assert found.limited and not economics_of(Settings()).limited
    assert economics_of(Settings(budget=0)).limited


def test_what_has_been_measured_takes_the_place_of_what_is_assumed():
    found = economics_of(Settings(), Response(-0.05, 0.1, 0.25, 400))
    assert (found.kappa, found.measured) == ((-0.05, 0.1, 0.25), 400)
    assert economics_of(Settings()).measured == 0
