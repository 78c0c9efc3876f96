"""The plan: who is on the list, who was left out and why, and the response that pays."""

import datetime as dt
from types import SimpleNamespace

import ibis
import pandas as pd
import pytest

from toolkit.action import plan_action
from toolkit.action.trial.response import Response
from toolkit.book import Cutoffs, keep_book
from toolkit.foresight import Outlook, foresee
from toolkit.intake import read_sales
from toolkit.settings import Settings

NOBODY = {"customer_id": "int32", "layer": "string", "active": "boolean", "n_visits": "int64"}
NOBODY = ibis.memtable([], schema=NOBODY | {"first_date": "date", "last_date": "date"})


def book_of(has_money=True):
    """As much of a book as the plan asks of it, without lines, contracts and sales."""
    return SimpleNamespace(
        has_money=has_money,
        closing=dt.date(2024, 12, 31),
        near_days=30,
        cutoffs=Cutoffs(90, 70_000 if has_money else None, 210, 240, {}, "classic"),
        ledger=SimpleNamespace(earlier=None, contacts=None, addresses=None, incoming=None),
        customers_table=NOBODY,
        named=lambda table: table,
        best_day=lambda: None,
        contract_ends=lambda: None,
        suggested_products=lambda: None,
        places=lambda: pd.DataFrame({"layer": [], "state": [], "per_head": []}),
    )


BOOK = book_of()
SETTINGS = Settings(contact_cost=100)
SURE = Settings(contact_cost=100, kappa_low=0.25, kappa_high=0.25)


def outlook_of(customers_table, method="regression"):
    # So much a visit that two of them come to the margin given: the share is .4.
    each = customers_table.margin_if_returns / (2.0 * 0.4)
    customers_table = customers_table.mutate(spend_per_visit=each)
    return Outlook(method, None, 180, None, None, None, 2.0, customers_table)


def plan_of(customers_table, settings=SETTINGS, response=None):
    return plan_action(BOOK, outlook_of(customers_table), settings, response)


def test_only_the_lapsed_are_listed_and_the_rest_is_counted_by_reason(customers):
    plan = plan_of(
        customers(
            ("active", 0.5, 5000.0, {"active": True, "gap_days": 20}),
            ("listed", 0.5, 5000.0),
            ("gone", 0.1, 5000.0, {"gap_days": 1096}),
            ("gone_too", 0.1, 5000.0, {"gap_days": 2000}),
            ("once", 0.1, 5000.0, {"n_visits": 1, "gap_days": 500}),
        )
    )
    assert plan.winback.customer_id.tolist() == ["listed"]
    assert plan.left_out == {"too_long": 2, "first_time": 1}


def test_break_even_response_is_the_letter_over_the_mean_margin_of_those_worth_it(customers):
    # Chance 1/2: worth a letter from a margin over 1,600. 100 / ((5500 + 3000 + 2000) / 3).
    margins = {"a": 5500.0, "b": 3000.0, "c": 2000.0, "d": 1599.0}
    rows = ((name, 0.5, margin) for name, margin in margins.items())
    plan = plan_of(customers(*rows), SURE)
    assert plan.worth_contacting().customer_id.tolist() == ["a", "b", "c"]
    assert plan.break_even_response() == pytest.approx(100 / 3500)


def test_a_contact_that_earns_exactly_nothing_is_not_worth_it(customers):
    plan = plan_of(customers(("a", 0.5, 1600.0)))
    assert plan.winback.priority.tolist() == [0.0]
    assert plan.worth_contacting().empty


def test_when_nobody_is_worth_a_letter_there_is_no_break_even(customers):
    plan = plan_of(customers(("a", 0.5, 500.0)))
    assert len(plan.winback) == 1
    assert plan.break_even_response() is None


def test_without_lapsed_customers_the_list_is_empty(customers):
    plan = plan_of(customers(("a", 0.5, 5000.0, {"active": True})))
    assert plan.winback.empty and plan.left_out == {}
    assert plan.break_even_response() is None


def test_the_curve_of_the_plan_is_that_of_its_list(customers):
    plan = plan_of(customers(("a", 0.5, 5000.0), ("b", 0.5, 500.0)))
    assert plan.profit_curve().middle.tolist() == pytest.approx([0, 212.5, 143.75])


@pytest.mark.parametrize(("has_money", "method"), [(False, "regression"), (True, "none")])
def test_without_amounts_or_chances_there_is_no_list(customers, has_money, method):
    book = book_of(has_money)
    plan = plan_action(book, outlook_of(customers(("a", 0.5, 5000.0)), method), SETTINGS)
    assert plan.winback is None
    assert plan.left_out == {}
    assert plan.economics.contact_cost == 100.0


def test_a_sales_file_becomes_a_plan(tmp_path):
    """60 customers buy on 2023-01-01; 12 come back in the window learnt from, one stays active."""
    opening = dt.date(2023, 1, 1)
    bought = [(f"{1000 + i}", opening, 10_000) for i in range(60)]
    bought += [(f"{1000 + i}", opening + dt.timedelta(days=300), 10_000) for i in range(12)]
    bought += [("1000", opening + dt.timedelta(days=420), 10_000)]
    path = tmp_path / "sales.csv"
    lines = [f"{name},{day},{amount}" for name, day, amount in bought]
    path.write_text("\n".join(["customer_id,date,amount", *lines]), encoding="utf-8")
    settings = Settings(sales_file=str(path), lapse_days=100, contact_cost=100, horizon_days=140)
    book = keep_book(read_sales(path, settings), settings)
    outlook = foresee(book, settings)
    plan = plan_action(book, outlook, settings)

    assert (outlook.method, outlook.why) == ("recency", "too_small")
    # Everyone was silent for 280 days on the day learnt from; 12 of 60 came: (12 + .2) / 61 = .2.
    # A returner made 13/12 visits of 10,000 at a margin of 0.4.
    margin = 13 / 12 * 4000
    assert plan.left_out == {"first_time": 48}
    assert plan.winback.customer_id.tolist() == [f"{1000 + i}" for i in range(1, 12)]
    assert plan.winback.chance.tolist() == pytest.approx([0.2] * 11)
    assert plan.winback.margin_if_returns.tolist() == pytest.approx([margin] * 11)
    # .04 x 4333.33 - 100 = 73.33
    assert plan.winback.priority.tolist() == [73.33] * 11
    # At a response of .1 a letter loses, so none is to be sent before that is known better.
    assert plan.winback.decision.tolist() == ["test"] * 11
    assert plan.worth_contacting().empty and len(plan.paying()) == 11


def test_who_is_left_out_for_want_of_a_channel_is_counted(customers):
    rows = [
        ("once", 0.3, 9000.0, {"layer": "first", "n_visits": 1}),
        ("burst", 0.3, 9000.0, {"layer": "burst"}),
        ("steady", 0.3, 9000.0),
    ]
    plan = plan_of(customers(*rows))
    assert plan.winback.customer_id.tolist() == ["steady"]
    assert plan.left_out == {"no_channel": 2}
    plan = plan_of(customers(*rows), Settings(contact_cost=100, channels="letter, mail"))
    assert plan.left_out == {}
    channels = plan.winback.set_index("customer_id").channel.to_dict()
    assert channels == {"steady": "letter", "once": "mail", "burst": "mail"}


def test_what_campaigns_have_shown_takes_the_place_of_the_assumption(customers):
    plan = plan_of(customers(("a", 0.5, 1000.0)), response=Response(0.45, 0.5, 0.55, 900))
    assert plan.economics.measured == 900
    assert plan.winback.loc[0, ["kappa_low", "kappa", "kappa_high"]].tolist() == [0.45, 0.5, 0.55]
    assert plan.winback.uplift[0] == 0.125 and plan.winback.send[0]


def test_the_contacts_are_added_up_by_channel(customers):
    # Chance 1/2, response .25: uplift .0625 by letter and .0125 by mail; an offer of 40.
    settings = SURE.model_copy(update={"offer_cost": 40, "channels": "letter,mail,card"})
    settings = settings.model_copy(update={"control_share": 0})
    rows = customers(("a", 0.5, 5040.0), ("b", 0.5, 5040.0), ("c", 0.5, 2000.0))
    told = plan_of(rows, settings).spending().set_index("channel")
    assert told.index.tolist() == ["letter", "mail", "card"]
    letter = told.loc["letter"]
    assert (letter.contacts, letter.cost, letter.contact_cost, letter.response) == (2, 200, 100, 1)
    # .0625 x 5000 - 100 - .5 x 40 = 192.50 each
    assert letter[["offers", "leak", "caused", "profit"]].tolist() == [45, 40, 0.125, 385]
    # .0125 x 1960 - .5 x 40 = 4.50
    assert told.loc["mail", ["contacts", "cost", "leak", "profit"]].tolist() == [1, 0, 20, 4.5]
    assert told.loc["card", ["contacts", "profit"]].tolist() == [0, 0]


def test_those_held_out_are_worth_it_but_cost_nothing(customers):
    rows = customers(*((f"c{i}", 0.5, 5000.0) for i in range(10)))
    plan = plan_of(rows, SURE.model_copy(update={"control_share": 0.2}))
    assert (len(plan.worth_contacting()), len(plan.contacted())) == (10, 8)
    assert plan.spending().set_index("channel").loc["letter", ["contacts", "cost"]].tolist() == [
        8,
        800,
    ]


def test_what_it_costs_to_win_one_back_stands_beside_a_new_customer(customers):
    # Two letters and .0625 returns each: 200 / .125 = 1,600; a new customer at 6,400 is 4 times it.
    rows = customers(("a", 0.5, 5000.0), ("b", 0.5, 5000.0))
    plan = plan_of(rows, SURE.model_copy(update={"acquisition_cost": 6400}))
    assert plan.cost_per_return() == pytest.approx(1600)
    assert plan.own_ratio() == pytest.approx(4)
    assert plan_of(rows, SURE).own_ratio() is None


def test_without_a_contact_there_is_no_cost_of_a_return(customers):
    plan = plan_of(customers(("a", 0.5, 500.0)), SURE.model_copy(update={"acquisition_cost": 6400}))
    assert plan.cost_per_return() is None and plan.own_ratio() is None
    assert plan.spending().contacts.tolist() == [0]


def test_the_next_contacts_are_those_after_the_last_to_be_made(customers):
    rows = customers(*((f"c{i:03}", 0.5, 5000.0 - 40 * i) for i in range(120)))
    plan = plan_of(rows, SURE)
    worth = plan.worth_contacting()
    assert len(worth) == 85  # .0625 x (5000 - 40 i) > 100 up to i = 84
    following = plan.next_contacts(20)
    assert following.customer_id.tolist() == [f"c{i:03}" for i in range(85, 105)]
    assert (following.priority <= 0).all()


def test_a_limit_leaves_the_best_contacts(customers):
    rows = customers(*((f"c{i}", 0.5, 3000.0 + 100 * i) for i in range(9)))
    for limit in ({"budget": 350}, {"most_contacts": 3}):
        plan = plan_of(rows, SURE.model_copy(update=limit))
        assert plan.worth_contacting().customer_id.tolist() == ["c8", "c7", "c6"]
        assert plan.economics.limited and len(plan.paying()) == 9
