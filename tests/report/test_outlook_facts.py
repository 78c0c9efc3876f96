"""Facts on the outlook are those of its tables."""

import pytest

from toolkit.foresight import LEVERS, look_ahead
from toolkit.report.facts import as_json
from toolkit.report.outlook_facts import outlook_facts


@pytest.fixture(scope="module")
def told(client):
    book = client("sample").book
    return look_ahead(book), outlook_facts(book, look_ahead(book))


def test_the_level_is_the_fans_last_month(told):
    ahead, facts = told
    row = ahead.fan[(ahead.fan.measure == "active") & (ahead.fan.month == 12)].iloc[0]
    fact = facts["outlook.active"]
    assert fact.value == round(row.expected)
    assert fact.interval == (round(row.low), round(row.high))


def test_the_flows_lead_from_the_present_level_to_it(told):
    ahead, facts = told
    opening = ahead.months.opening.iloc[0]
    flows = {name: facts.value(f"outlook.{name}") for name in ("new", "returned", "lost")}
    closing = opening + flows["new"] + flows["returned"] - flows["lost"]
    assert closing == pytest.approx(facts.value("outlook.active"), abs=3)


def test_every_lever_has_its_people(told):
    ahead, facts = told
    for lever in LEVERS:
        if lever != "base":
            row = ahead.levers.set_index("lever").loc[lever]
            assert facts.value(f"lever.{lever}.active") == round(row.more_active_1)
            low, high = facts[f"lever.{lever}.active"].interval
            assert (low, high) == (row.more_active_1_low, row.more_active_1_high)
    assert as_json(facts)


def test_where_there_is_no_outlook_a_fact_says_why(client):
    book = client("one customer").book
    fact = outlook_facts(book, look_ahead(book))["outlook.active"]
    assert (fact.value, fact.why) == (None, look_ahead(book).why)
    assert fact.why


def test_without_amounts_no_sales_are_foretold(client):
    book = client("no amounts").book
    facts = outlook_facts(book, look_ahead(book))
    assert "outlook.sales" not in facts
