"""Facts on what the customers are worth: the value's own figures, in major units."""

from decimal import Decimal

import pytest

from toolkit.foresight import Equity, foresee_value
from toolkit.report.equity_facts import equity_facts
from toolkit.report.facts import as_json


@pytest.fixture(scope="module")
def told(client, counting):
    story = client("sample")
    found = foresee_value(story.book, story.settings, fit=counting)
    return found, equity_facts(story.book, found)


def test_the_total_is_that_of_the_places(told):
    found, facts = told
    assert facts.value("equity.margin_12") == found.total()["margin_12"]
    places = [f for f in facts if f.id.count(".") == 3 and f.id.endswith("margin_36")]
    assert len(places) == 10
    assert sum(f.value for f in places) == facts.value("equity.margin_36")


def test_the_interval_is_in_major_units_about_the_value(told):
    for fact in told[1]:
        if fact.interval:
            assert fact.interval[0] <= fact.value <= fact.interval[1]
            assert all(isinstance(end, Decimal) for end in fact.interval)
    assert as_json(told[1])


def test_one_kept_and_one_who_comes_back_are_per_customer(told):
    found, facts = told
    assert float(facts.value("equity.kept_12")) == pytest.approx(found.kept_value(12), abs=0.01)
    head = found.total("lapsed")["second_head_36"]
    assert float(facts.value("equity.second_36")) == pytest.approx(head, abs=0.01)


def test_what_cannot_be_said_has_its_why(client):
    facts = equity_facts(client("one customer").book, Equity("none", "nothing_to_learn"))
    assert {(f.value, f.why) for f in facts} == {(None, "nothing_to_learn")}


def test_cents_are_cents(client, counting):
    story = client("dollars")
    found = foresee_value(story.book, story.settings, fit=counting)
    facts = equity_facts(story.book, found)
    assert facts.value("equity.margin_12") == Decimal(int(found.total()["margin_12"])).scaleb(-2)
    assert facts["equity.kept_12"].why == "too_few"


def test_without_amounts_there_is_no_fact(client, counting):
    story = client("no amounts")
    found = foresee_value(story.book, story.settings, fit=counting)
    assert list(equity_facts(story.book, found)) == []
