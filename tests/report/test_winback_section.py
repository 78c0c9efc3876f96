"""The win-back section: what its sentences say for lists worked by hand."""

from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest
from read_sections import soup, text

from toolkit.action import Plan
from toolkit.action.choice import best_possible
from toolkit.action.economics import Way
from toolkit.report import sections as show
from toolkit.report.book_facts import book_facts
from toolkit.report.own_facts import own_facts
from toolkit.report.plan_facts import plan_facts
from toolkit.words import LANGUAGES, Words

EN = Words("en")
PAPER = ("fledgling", "steady", "prime")


@pytest.fixture
def said(client):
    """`said(plan)`: the section's text in English; both languages are written."""

    def write(plan, name="ledger"):
        told = client(name)
        made = show.winback(told.book, told.outlook, plan)
        assert not any("{" in text(made, language) for language in LANGUAGES)
        return text(made, "en")

    return write


def start(key):
    """The words of a sentence after its first hole, up to the next."""
    return EN[f"winback.{key}"].split("}")[-1].strip()


def with_(plan, ranked, left_out=None, **economics):
    changed = replace(plan.economics, **economics)
    return Plan(changed, ranked, left_out or plan.left_out, best=best_possible(ranked))


def test_it_says_how_many_to_contact_and_what_is_beyond(said, plan, ranked):
    told = said(with_(plan, ranked.assign(send=[True, False, False, False])))
    assert "Contacting 1 of them should bring ¥240 (assumed)" in told
    assert "At the middle response 2 contacts pay, at each of the three 1." in told
    assert "at least 75.5% of the most" in told  # 600 of 795 at the high response
    assert "1 more would bring ¥38 (assumed) at the middle response and -" in told
    assert "The next 2 would lose ¥194 (assumed)." in told
    assert "¥120 (assumed) would be lost" in told
    assert start("leak") not in told  # no offer, nothing to leak


def test_an_offer_leaks_to_those_who_would_come_anyway(said, plan, ranked):
    told = said(with_(plan, ranked.assign(offer_cost=100)))
    assert "Of the offers, ¥20 (assumed)" in told  # .2 x 100: the other is held out


def test_a_list_that_is_safe_at_no_response_is_to_be_tested(said, plan, ranked):
    none = ranked.assign(send=False)
    told = said(with_(plan, none))
    assert "pays for 2 of them at the middle response, but at the low one" in told
    assert EN["winback.own_unknown"] in told
    assert "leaves room for none" in said(with_(plan, none, budget=0.0))
    lost = none.assign(priority=-1.0, priority_low=-2.0)
    assert "no contact is expected to pay" in said(with_(plan, lost))


def curve_title(plan, client, language="en", **settings):
    told = client("ledger", **settings)
    page = soup(show.winback(told.book, told.outlook, plan), language)
    return page.find("figure", id="winback-curve").h3.get_text()


@pytest.mark.parametrize(
    ("limits", "key", "low"),
    [
        ({"budget": 0.0}, "limit", 100.0),
        ({"most_contacts": 0}, "limit", -1.0),
        ({"budget": 50.0}, "limit", -1.0),
        ({"budget": 200.0}, "limit", 100.0),
        ({"budget": 200.0}, "test", -1.0),
        ({}, "test", -1.0),
    ],
    ids=["no money", "none", "less than one", "pays at low", "loses at low", "no limit"],
)
def test_why_no_contact_is_made_is_told_truly(client, plan, ranked, limits, key, low):
    none = with_(plan, ranked.assign(send=False, priority_low=low), **limits)
    title, said_ = EN[f"winback.curve_finding_{key}"], EN[f"winback.lead_{key}"].split("}")[-1]
    assert title.split("{")[0] in curve_title(none, client)
    told = client("ledger")
    assert said_ in text(show.winback(told.book, told.outlook, none))
    facts = plan_facts(told.book, none)
    assert facts.value("winback.no_room") == (2 if key == "limit" else 0)
    lost = with_(plan, ranked.assign(send=False, priority=-1.0, priority_low=-2.0), **limits)
    assert curve_title(lost, client).endswith(EN["winback.curve_finding_none"])


def test_the_table_under_the_curve_has_the_stopping_point_and_the_end(client, plan, ranked):
    many = pd.concat([ranked.head(1)] * 997, ignore_index=True)
    many = many.assign(send=[i < 431 for i in range(997)], rank=range(1, 998))
    told = client("ledger")
    page = soup(show.winback(told.book, told.outlook, with_(plan, many)), "en")
    rows = page.find("figure", id="winback-curve").table.tbody.find_all("tr")
    shown = [[c.get_text() for c in row.find_all(["th", "td"])] for row in rows]
    assert {"0", "431", "997"} <= {row[0] for row in shown} and len(shown) < 30
    assert {row[-1] for row in shown[1:]} == {"¥240"}  # per contact since the row above


def test_a_shop_without_letters_is_told_of_the_ways_it_has(client, plan, ranked, said):
    ways = {"phone": Way(480.0, 1.5), "mail": Way(0.0, 0.2)}
    told = said(with_(plan, ranked.assign(channel="phone"), ways=ways))
    assert "cost of a contact: phone ¥480 (assumed), mail ¥0 (assumed); offer" in told
    assert "a letter (assumed)" not in told and "effect of a letter" not in told
    lost = ranked.assign(send=False, priority=-1.0, priority_low=-2.0)
    told = said(with_(plan, lost, ways=ways))
    assert "but no contact (phone ¥480 (assumed), mail ¥0 (assumed)) is expected" in told


def test_costs_of_the_programs_own_calendar_are_marked_where_all_else_is_given(
    client, plan, ranked
):
    told = client("ledger", margin=0.4, contact_cost=120)
    for ways, mark in ({"letter": Way(120.0)}, ""), ({"phone": Way(480.0)}, " (assumed)"):
        made = show.winback(told.book, told.outlook, with_(plan, ranked, ways=ways))
        assert f"should bring ¥240{mark} after cost" in text(made)


def test_one_customer_is_spoken_of_as_one(client, plan, ranked, said):
    one = ranked.assign(send=[True, False, False, False], group=["contact", None, None, None])
    told = said(with_(plan, one))
    assert "The first alone is as many as lose least" in told and "The first 1" not in told
    title = curve_title(with_(plan, one), client)
    assert title.endswith("the best one of 4")
    told = said(with_(plan, one.head(1)))
    assert "The only one on the list" in told and "Save the list as CSV" in told


def test_without_a_control_group_nothing_is_said_of_one(client, plan, ranked):
    all_ = ranked.assign(group=["contact", "contact", None, None])
    told = client("ledger", control_share=0, budget=1000)
    made = show.winback(told.book, told.outlook, with_(plan, all_, budget=1000.0))
    assert "held out" not in text(made) and "残す人" not in text(made, "ja")
    kept = client("ledger", budget=1000)
    made = show.winback(kept.book, kept.outlook, with_(plan, ranked, budget=1000.0))
    assert EN["winback.economics_limit_held"] in text(made)


def test_a_limit_is_told_and_what_lies_beyond_it(said, client, plan, ranked):
    told = client("ledger", budget=120, most_contacts=1)
    limited = with_(
        plan, ranked.assign(send=[True, False, False, False]), budget=120.0, most_contacts=1
    )
    given = text(show.winback(told.book, told.outlook, limited), "en")
    assert "Money for win-back contacts: ¥120." in given and "At most 1 win-back contact." in given
    assert "1 more would bring" in given and "beyond the limit" in given


def test_what_lies_beyond_a_limit_is_not_said_to_lose(said, plan, ranked):
    some = ranked.assign(send=[True, False, False, False])
    safe = some.assign(priority_low=[100.0, 20.0, -1.0, -1.0])
    assert "even at the low one, but lie beyond the limit" in said(
        with_(plan, safe, most_contacts=1)
    )
    assert "loses at the low response" in said(with_(plan, some, most_contacts=1))


def test_amounts_that_round_to_nothing_are_told_in_words(said, plan, ranked):
    some = ranked.assign(send=[True, False, False, False])
    small = some.assign(priority=[240.0, 0.3, -0.2, -0.1], priority_low=[100.0, -0.2, -1.0, -1.0])
    told = said(with_(plan, small))
    assert "At the middle response 1 more would pay, but together come to next to nothing" in told
    assert "The next 2 together would gain or lose next to nothing" in told
    assert "¥0 (assumed)" not in told


def test_what_has_been_measured_is_told_as_such(said, plan, ranked):
    told = said(with_(plan, ranked, measured=1234))
    assert "1,234 names of past campaigns" in told and "not measured yet" not in told


def test_every_channel_has_its_row(client, plan, ranked):
    ways = {"letter": Way(120.0, 1.0, PAPER), "mail": Way(0.0, 0.2), "fax": Way(50.0, 0.5)}
    table = ranked.assign(channel=["letter", "mail", "letter", "letter"])
    told = client("ledger")
    page = soup(show.winback(told.book, told.outlook, with_(plan, table, ways=ways)), "en")
    rows = [[c.get_text() for c in r.find_all(["th", "td"])] for r in page.table.find_all("tr")]
    assert [row[0] for row in rows[1:]] == ["letter", "mail", "fax"]
    assert [row[3] for row in rows[1:]] == ["1", "0", "0"]  # who gets mail is held out
    assert "Channel" in [
        cell.get_text() for cell in page.find_all("table")[-1].thead.find_all("th")
    ]


def test_those_no_channel_is_used_for_are_named(said, plan, ranked):
    ways = {"letter": Way(120.0, 1.0, PAPER)}
    told = said(with_(plan, ranked, {"no_channel": 3}, ways=ways))
    assert "3 customers (First-time, Burst) are left out" in told


def test_those_who_are_not_to_be_contacted_now_are_counted(said, plan, ranked):
    left = {"unwilling": 1, "rested": 2}
    for rows in (ranked, ranked.head(0)):
        told = said(with_(plan, rows, left))
        assert "1 customer who opted out or complained is left out." in told
        assert "2 customers contacted within 14 days before the closing date are left out" in told


def test_the_clients_own_ratio_stands_beside_the_sayings(said, plan, ranked):
    # Two letters of 120 cause .04 returns each: 240 / .08 = 3,000.
    assert "Winning one customer back costs ¥3,000 (assumed)" in said(plan)
    told = said(with_(plan, ranked, acquisition_cost=9000.0))
    assert "1 : 3.00. Winning a new customer costs ¥9,000, winning one back ¥3,000" in told
    assert "1 : 5" in told  # the footnote


def test_five_points_of_retention_are_worked_out_from_the_file(client, plan, said):
    """Five active a year ago. A, E and I bought in both years, in the last for 20,000, 9,000 and
    3,000: 5 % of 5 customers x 32,000 / 3 of the year's 113,000."""
    book = client("ledger").book
    facts = own_facts(book, plan, book_facts(book))
    assert facts.value("own.five_points_sales") == Decimal("2666.67")
    assert facts.value("own.five_points") == pytest.approx(8000 / 3 / 113_000, rel=1e-6)
    assert facts.value("own.five_points_profit") == Decimal("1066.67")
    assert "2.4% of the year’s gross profit: ¥2,667 more sales, ¥1,067 (assumed)" in said(plan)


def test_without_two_years_there_are_no_five_points(client, plan, said):
    assert EN["winback.own_points_none"] in said(plan, "one date")
    book = client("one date").book
    assert own_facts(book, plan, book_facts(book))["own.five_points"].why == "file_too_short"


def test_within_a_limit_it_is_said_how_the_contacts_are_chosen(client, plan):
    told = client("ledger", most_contacts=1)
    sent = plan.winback.assign(send=[True, False, False, False])
    economics = replace(plan.economics, most_contacts=1)
    cases = [((30.0, 300.0, 800.0), "choice"), ((0.0, 9.0, 9.0), "careful")]
    for best, key in [*cases, ((24.0, 240.0, 600.0), "best")]:
        limited = replace(plan, winback=sent, economics=economics, best_within=best)
        made = show.winback(told.book, told.outlook, limited)
        for language in LANGUAGES:
            words, said = Words(language), text(made, language)
            whole = words.say(
                f"winback.economics_limit_{key}",
                **{"winback.guaranteed_within": words.write(0.75, "share")},
            )
            assert whole in said
    assert "at least 75.0% of the best" in EN.say(
        "winback.economics_limit_choice", **{"winback.guaranteed_within": "75.0%"}
    )
