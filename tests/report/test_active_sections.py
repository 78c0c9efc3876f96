"""The sections on the active: about to lapse and golden, in small and large clients."""

from dataclasses import replace

import pytest
from read_sections import soup, text

from toolkit.action import meant, to_contact
from toolkit.report import show
from toolkit.report.active_facts import active_facts
from toolkit.words import Words

EN = Words("en")


@pytest.fixture
def told(client):
    """`told(name, section)`: the client, and what the section shows."""

    def read(name, section, **settings):
        found = client(name, **settings)
        return found, getattr(show, section)(found.book, found.outlook, found.plan)

    return read


def test_nobody_is_on_both_lists_and_nobody_lapsed_on_either(client):
    found = client("sample")
    customers = found.outlook.customers().set_index("customer_id")
    near, golden = found.plan.about_to_lapse, found.plan.golden
    assert len(near) and len(golden)
    assert not set(near.customer_id) & set(golden.customer_id)
    for listed in (near, golden):
        assert listed.customer_id.is_unique
        assert customers.active[listed.customer_id].all()
    assert (near.act_by > found.book.closing).all() and (near.act_by <= near.risk_date).all()


def test_page_one_the_section_and_the_facts_count_the_same_people(client, told):
    found, shown = told("sample", "about_to_lapse")
    n = len(found.plan.about_to_lapse)
    facts = active_facts(found.book, found.plan)
    assert facts.value("customers.near_lapse") == n
    parts = [facts.value(f"about_to_lapse.{k}") for k in ("silent", "unusual", "line", "contract")]
    assert sum(parts) == n
    page_one = text(show.summary(found.book, found.outlook, found.plan), "en")
    made = facts.value("about_to_lapse.contacted")
    assert made == len(to_contact(found.plan.about_to_lapse)) < n
    assert made + facts.value("about_to_lapse.held_out") == len(meant(found.plan.about_to_lapse))
    assert f"{n} customers are about to lapse: contact {made} of them" in page_one
    assert f"{n} of " in text(shown, "en")
    rows = soup(shown, "en").find_all("table")[-1].tbody.find_all("tr")
    assert len(rows) == min(20, n)


def test_the_head_of_the_golden_list_is_the_list(told):
    found, shown = told("sample", "golden")
    rows = soup(shown, "en").find_all("table")[-1].tbody.find_all("tr")
    ids = [row.find_all(["th", "td"])[1].get_text() for row in rows]
    assert ids == found.plan.golden.customer_id.head(20).tolist()


def test_a_list_that_would_lose_at_the_low_response_is_to_be_tested(told, client):
    for name in ("about_to_lapse", "golden"):
        found = client("sample")
        listed = getattr(found.plan, name).assign(send=False, group=None)
        plan = replace(found.plan, **{name: listed})
        said = text(getattr(show, name)(found.book, found.outlook, plan), "en")
        assert "any list would lose: try a few" in said
        plan = replace(found.plan, **{name: listed.assign(priority=-1.0)})
        said = text(getattr(show, name)(found.book, found.outlook, plan), "en")
        assert "no contact is expected to pay" in said


def test_lists_of_the_active_do_not_lose_at_the_low_response(client):
    plan = client("sample").plan
    for listed in (plan.about_to_lapse, plan.golden):
        assert listed[listed.send].priority_low.sum() >= 0
    assert (plan.golden.counts_from <= plan.golden.expected_on).all()


def test_without_amounts_dates_are_all_there_is(told):
    found, shown = told("no amounts", "about_to_lapse", lapse_days=100)
    said = text(shown, "en")
    assert EN["about_to_lapse.no_amounts"] in said and "¥" not in said
    assert told("no amounts", "golden")[1] is None


def test_without_chances_it_is_said_plainly(told):
    said = text(told("ledger", "about_to_lapse", lapse_days=100)[1], "en")
    assert EN["about_to_lapse.no_chances"] in said
    assert EN["golden.none"] in text(told("ledger", "golden")[1], "en")


def test_nobody_due_is_said_plainly(told):
    found, shown = told("one date", "about_to_lapse")
    assert found.plan.about_to_lapse.empty
    assert "who may be contacted now falls due within" in text(shown, "en")


def test_mail_addresses_stay_out_of_the_page(told):
    for section in ("about_to_lapse", "golden"):
        _, shown = told("mail addresses", section, lapse_days=100)
        assert "example.com" not in "".join(str(html) for html in shown.html.values())
