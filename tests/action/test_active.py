"""The channel by which an active customer is contacted, worked by hand."""

import datetime as dt
from dataclasses import replace

import pytest

from toolkit.action.about_to_lapse import Notice, about_to_lapse, with_risks
from toolkit.action.active import by_best_channel, with_margin
from toolkit.action.economics import Way

CLOSING = dt.date(2024, 12, 31)
NOTICE = Notice(CLOSING, lapse_days=240, near_days=30, notice_days=14)
MAIL, PHONE = Way(1.0, 0.2), Way(400.0, 3.0)
PEOPLE = {"small": 1_000.0, "large": 100_000.0}


@pytest.fixture
def by_channel(customers, economics):
    """Customers of a chance of 1/2 by the best of the client's channels, by id."""

    def build(offer=0.0, **ways):
        rows = [(name, 0.5, margin) for name, margin in PEOPLE.items()]
        known = replace(economics(offer_cost=offer), ways=ways)
        return by_best_channel(customers(*rows), known).set_index("customer_id")

    return build


def test_each_has_the_channel_of_the_greatest_expected_profit(by_channel):
    found = by_channel(mail=MAIL, phone=PHONE)
    # uplift .0125 by mail and .1875 by phone: 11.5 against -212.5, 1,249 against 18,350
    assert found.channel.to_dict() == {"large": "phone", "small": "mail"}
    assert found.priority.to_dict() == {"large": 18_350.0, "small": 11.5}
    assert found.contact_cost.to_dict() == {"large": 400.0, "small": 1.0}
    assert found.kappa.to_dict() == {"large": 0.75, "small": 0.05}


def test_the_offer_is_that_of_all_channels(by_channel):
    assert by_channel(50.0, mail=MAIL, phone=PHONE).offer_cost.tolist() == [50.0, 50.0]


def test_at_equal_profits_the_first_channel_stands(by_channel):
    assert set(by_channel(post=MAIL, mail=MAIL).channel) == {"post"}


def test_a_list_takes_no_more_than_what_earns_at_the_low_response(customers, economics):
    # at a chance of 1/2: V/40 - 100 at the low response, V/16 - 100 at the middle one
    people = [("sure", 0.5, 4_800.0), *((f"c{n}", 0.5, 2_000.0 + 10 * n) for n in range(9))]
    found = by_best_channel(customers(*people), economics()).set_index("customer_id")
    assert (found.priority > 0).all() and found.send["sure"]
    assert found.send.sum() == 1  # any other loses near 50 at the low response, 20 is to be had
    assert found[found.send].priority_low.sum() >= 0


def test_customers_without_a_chance_are_not_contacted(customers, economics):
    people = customers(("a", None, 5_000.0), ("b", 0.5, 50_000.0))
    found = by_best_channel(people, economics()).set_index("customer_id")
    assert found.send.to_dict() == {"a": False, "b": True}
    assert by_best_channel(customers(("a", None, 5.0)), economics()).send.tolist() == [False]


def test_layers_of_a_channel_are_those_of_the_lapsed(by_channel):
    assert set(by_channel(mail=replace(MAIL, lapsed=("prime",))).channel) == {"mail"}


def test_a_client_without_letters_has_none_on_the_list(customers, economics):
    active = {"active": True, "gap_days": 90, "late_days": 50, "unusual_days": 80}
    people = customers(("a", 0.5, 1000.0, active | {"usual_days": 30.0, "expected_visits": 1.0}))
    known = replace(economics(), ways={"mail": MAIL})
    rich = about_to_lapse(with_risks(with_margin(people, known, 180), NOTICE), NOTICE, known)
    plain = about_to_lapse(with_risks(people, NOTICE), NOTICE, None, "mail")
    assert rich.channel.tolist() == plain.channel.tolist() == ["mail"]
    assert rich.contact_cost.tolist() == [1.0] and plain.contact_cost.isna().all()
