"""The sections on control groups and on what the last contacts earned."""

import datetime as dt
import re
from dataclasses import replace

import pandas as pd
import pytest
from read_sections import NOT_FOR_PEOPLE, soup, text
from test_sections import PARTS, numbers

from toolkit.action import Control, Results
from toolkit.action.trial.compared import ADDED, COUNTS, ERRORS, MONEY, RATES
from toolkit.action.trial.response import WHY, Response
from toolkit.report import show
from toolkit.report.groups_file import groups_file
from toolkit.report.trial_facts import trial_facts
from toolkit.words import LANGUAGES, Words

EN = Words("en")
DAY = dt.date(2025, 9, 30)


def campaign(name="winback", **changes):
    row = {"campaign": name, "list": "winback", "listed_on": DAY, "until": DAY, "days": 60}
    row |= {"status": "sent", "judged": "yes", "contacted": 400, "held_out": 100, "reached": 400}
    row |= {"crossed": 0, "contacted_came": 60, "held_out_came": 10, "contacted_share": 0.15}
    row |= {"held_out_share": 0.1, "uplift": 0.05, "uplift_low": 0.01, "uplift_high": 0.09}
    row |= {"contacted_margin": 300.0, "held_out_margin": 250.0, "margin": 50.0}
    row |= {"margin_low": -10.0, "margin_high": 110.0, "uplift_error": 0.02, "margin_error": 30.0}
    row |= changes
    own = {"counted": row["contacted"], "follow_ups": 0, "follow_up_cost": 0.0}
    return own | row


NOTHING = dict.fromkeys((*RATES, *MONEY, *ERRORS))


def results_of(*rows, observed=None, reasons=(), measured=500):
    table = pd.DataFrame([*rows], columns=list(campaign()))
    table = table.astype(dict.fromkeys((*RATES, *MONEY, *ERRORS), "float64"))
    table = table.astype(dict.fromkeys((*COUNTS, *ADDED[:2]), "Int64"))
    given = pd.DataFrame(reasons, columns=["reason", "customers"])
    told = Response(0.2, 0.31, 0.42, measured) if measured else Response(0.1, 0.25, 0.5)
    return Results(table, observed, given, told, ("2025-09-30/groups.csv",))


@pytest.fixture
def shown(client, plan):
    """The section of results for some results of a client."""
    book = client("ledger").book
    return lambda found: show.results(book, replace(plan, results=found))


CASES = {
    "proven": (results_of(campaign()), "results.lead_proven"),
    "open": (results_of(campaign(uplift_low=-0.02)), "results.lead_open"),
    "harm": (results_of(campaign(uplift_high=-0.01, uplift_low=-0.09)), "results.lead_harm"),
    "none": (results_of(campaign(**NOTHING, judged="never_sent"), measured=0), "results.lead_none"),
}


@pytest.mark.parametrize("case", CASES)
def test_the_lead_says_what_is_proven(shown, case):
    found, key = CASES[case]
    made = shown(found)
    beginning = EN[key].split("{")[0]
    assert beginning in text(made)
    others = {k for _, k in CASES.values()} - {key}
    assert not any(EN[k].split("{")[0] in text(made) for k in others)
    for language in LANGUAGES:
        assert not NOT_FOR_PEOPLE.search(text(made, language))


def test_money_is_told_of_the_contacts_it_is_known_of(shown):
    few = campaign("f", contacted=70, judged="few_came", margin=None, margin_error=None)
    both = shown(results_of(campaign(), few))
    said = text(both)
    assert "of 470 contacted" in said
    assert "what 400 of these names earned comes to ¥20,000" in said
    assert "70 others have no figure in money" in said
    assert "a customer counts once in each of the 2 campaigns" in said
    assert "このうち400人" in text(both, "ja") and "70人については" in text(both, "ja")
    assert "人数は延べで、2回の施策" in text(both, "ja")
    whole = text(shown(results_of(campaign())))
    assert "what these contacts earned comes to ¥20,000" in whole and "no figure" not in whole
    assert "a customer counts once" not in whole


def test_what_is_told_per_name_is_the_sum_over_the_names(shown):
    # 400 x 50 + 600 x -20 = 8,000 over 1,000 names: 8 each, although by inverse variance the
    # difference would be -13.
    many = campaign("b", contacted=600, margin=-20.0, margin_error=10.0)
    said = text(shown(results_of(campaign(), many))).replace("\u2060", "")
    half = 1.959964 * ((400 * 30) ** 2 + (600 * 10) ** 2) ** 0.5
    low, high = 8000 - half, 8000 + half
    assert "comes to ¥8,000" in said
    assert f"(95% interval -¥{-low:,.0f} to ¥{high:,.0f})" in said
    assert f"which is ¥8 per name (-¥{-low / 1000:,.0f} to ¥{high / 1000:,.0f})" in said


def test_follow_ups_of_the_calendar_are_told_with_what_they_cost(shown):
    listed = campaign(follow_ups=24, follow_up_cost=3720.0)
    dated = campaign("check_90", list="calendar", contacted=100, counted=70)
    made = shown(results_of(listed, dated))
    said = text(made)
    assert "24 contacts so far. Their cost of ¥3,720 is taken off" in said
    assert "30 names of calendar follow-ups were contacted by a list as well" in said
    assert "what 470 of these names earned comes to ¥23,500" in said and "¥50 per name" in said
    assert "24件の効果" in text(made, "ja") and "うち30人は、名簿でも連絡" in text(made, "ja")


def test_names_of_unknown_fate_earn_nothing_and_are_counted(shown):
    open_ = campaign("b", **NOTHING, judged="unknown", status="unknown", reached=0, contacted=619)
    dated = [
        campaign(n, **NOTHING, list="calendar", judged="unknown", contacted=7) for n in ("c", "d")
    ]
    made = shown(results_of(campaign(), open_, *dated))
    said = text(made)
    assert "of 400 contacted" in said and "comes to ¥20,000" in said
    assert "Left out are 633 names of whom it is not known" in said
    assert "earlier calendars of which it is not known whether they were made" in said
    assert ": c; d. They count as not made" in said
    assert "連絡したかどうかわからない633人" in text(made, "ja")
    alone = text(shown(results_of(open_, measured=0)))
    assert (
        "can an effect be told yet. Left out are 619 names" in alone and "earned comes" not in alone
    )


def test_each_list_says_what_is_to_be_known_of_it(shown):
    rows = [
        campaign("a", **NOTHING, judged="never_sent", status="never_sent", reached=0),
        campaign("b", **NOTHING, judged="unknown", status="unknown", reached=0),
        campaign("c", reached=390, crossed=3),
        campaign("d", **NOTHING, judged="too_early", days=9),
        campaign("e", **NOTHING, judged="too_few", contacted=30, held_out=7, reached=30),
        campaign("f", judged="few_came", margin=None, margin_low=None, margin_high=None),
    ]
    said = [li.get_text() for li in soup(shown(results_of(*rows))).ul.find_all("li")]
    keys = ["never_sent", "unknown", "reached", "crossed", "too_early", "too_few", "few_came"]
    assert len(said) == len(keys)
    for line, key, name in zip(said, keys, "abccdef", strict=True):
        shape = re.sub(r"\\\{[^}]*\\\}", ".+?", re.escape(EN[f"results.{key}"]))
        assert re.fullmatch(shape, line) and line.startswith(
            f"{name} (Win-back), list of 2025-09-30"
        )


def test_campaigns_are_drawn_together_and_their_numbers_stand_in_the_table(shown):
    page = soup(shown(results_of(campaign("a"), campaign("b", uplift=0.03))))
    figure = page.find("figure", id="results-effects")
    assert EN["results.together"] in figure.svg.get_text(" ")
    cells = [td.get_text() for td in figure.table.tbody.tr.find_all(["th", "td"])]
    assert cells[:10] == [
        *("a (Win-back)", "2025-09-30", "400", "100", "60", "15.0%", "10.0%"),
        *("5.0 points", "1.0 points", "9.0 points"),
    ]
    assert cells[10:] == ["¥300", "¥250", "¥50", "-¥10", "¥110"]
    assert "in 2 campaigns: 4.0 points" in figure.h3.get_text()


def test_what_changes_in_the_score_is_said(shown):
    said = text(shown(results_of(campaign())))
    assert "0.10 / 0.25 / 0.50. With 500 names measured it is 0.20 / 0.31 / 0.42" in said
    assert "still assumed to be 0.10 / 0.25 / 0.50" in text(
        shown(results_of(campaign(), measured=0))
    )


@pytest.mark.parametrize("why", WHY)
def test_why_campaigns_do_not_correct_the_response_is_said(shown, client, plan, why):
    found = results_of(campaign(judged="few_came"), measured=0)
    found = replace(found, response=replace(found.response, why=why))
    for language in LANGUAGES:
        words = Words(language)
        assert words[f"no_correction.{why}"] in text(shown(found), language)
    told = client("ledger")
    said = text(show.winback(told.book, told.outlook, replace(plan, results=found)))
    assert "not measured yet" not in said and EN[f"no_correction.{why}"] in said


def test_reasons_are_counted_and_told_of_nobody_alone(shown):
    said = text(shown(results_of(campaign(), reasons=[("too dear", 7), ("", 2)])))
    assert f"too dear 7 {EN['results.reason_alone']} 2" in said


def test_contacts_without_lots_have_no_difference(shown):
    row = ("sale", True, DAY, DAY, 90, 50, 9, 4, 2, 0, 0.18, 0.5)
    columns = "campaign named since until days contacted contacted_came others others_came answered"
    columns += " contacted_share others_share"
    seen = pd.DataFrame([row], columns=columns.split())
    made = shown(results_of(observed=seen, measured=0))
    said = text(made)
    assert EN["results.no_effect"] in said and soup(made).figure is None
    cells = [td.get_text() for td in soup(made).table.tbody.tr.find_all(["th", "td"])]
    assert cells[-6:] == ["50", "9", "18.0%", "4", "2", "–"]
    assert "points" not in said


def test_logged_contacts_of_less_than_two_weeks_are_too_early_to_show(shown):
    columns = "campaign named since until days contacted contacted_came others others_came answered"
    columns += " contacted_share others_share"
    rows = [
        ("sale", True, DAY, DAY, 90, 50, 9, 40, 2, 0, 0.18, 0.05),
        ("new", True, DAY, DAY, 9, 50, None, 40, None, None, None, None),
    ]
    counts = dict.fromkeys(("contacted_came", "others_came", "answered"), "Int64")
    seen = pd.DataFrame(rows, columns=columns.split()).astype(counts)
    made = shown(results_of(observed=seen, measured=0))
    last = soup(made).table.tbody.find_all("tr")[-1]
    assert [td.get_text() for td in last.find_all("td")][-6:] == ["50", "–", "–", "40", "–", "–"]
    assert "Less than two weeks have passed since new:" in text(made)


def test_where_the_share_is_nought_nothing_is_said_of_groups(client, plan):
    told = Control("winback", "winback", 80, 0, 0, 0.1, 0.03, None, None)
    made = show.control(client("ledger", control_share=0).book, controls(plan, told))
    assert EN["control.lead_off"] in text(made) and soup(made).table is None


def test_there_is_no_section_without_earlier_contacts(client, plan, shown):
    assert show.results(client("ledger").book, plan) is None
    assert shown(results_of(measured=0)) is None


def test_who_goes_without_what_is_said_of_lists_and_of_the_calendar(client, plan):
    listed = Control("winback", "winback", 80, 20, 0, 0.1, 0.03, None, None)
    dated = Control("calendar", "check_90", 80, 20, 0, 0.1, 0.03, None, None)
    book = client("ledger").book
    for some, has in (((listed,), (1, 0)), ((dated,), (0, 1)), ((listed, dated), (1, 1))):
        made = show.control(book, controls(plan, *some))
        for language in LANGUAGES:
            words, said = Words(language), text(made, language)
            lists = words["list_name.winback"]
            steps = (words.say("control.step_hold", lists=lists),)
            steps += (words["control.step_hold_calendar"],)
            assert tuple(int(step in said) for step in steps) == has


def controls(plan, *some):
    return replace(plan, controls=some)


@pytest.mark.parametrize(
    ("smallest", "pool", "key"),
    [
        (0.02, 1, "proves"),
        (0.08, 6, "pool"),
        (0.08, None, "pool_never"),
        (None, 40, "pool_small"),
        (None, None, "proves_nothing"),
    ],
    ids=["proves", "pool", "never", "small", "nothing"],
)
def test_the_control_section_says_whether_one_campaign_proves_it(client, plan, smallest, pool, key):
    told = Control("winback", "spring", 80, 20, 0, 0.1, 0.03, smallest, pool)
    made = show.control(client("ledger").book, controls(plan, told))
    shape = re.sub(r"\\\{[^}]*\\\}", ".+?", re.escape(EN[f"control.{key}"]))
    assert re.search(shape, text(made))
    assert "Of the 100 customers worth a contact, 20 are held out" in text(made)
    assert "spring (Win-back)" in text(made)
    assert EN.say("control.left", n=2) in text(made)
    for language in LANGUAGES:
        assert not NOT_FOR_PEOPLE.search(text(made, language))


@pytest.mark.parametrize(("name", "section"), [("sample", "control"), ("whole", "results")])
def test_a_section_is_whole_in_both_languages(client, name, section):
    told = client(name)
    made = getattr(show, section)(told.book, told.plan)
    ja, en = (soup(made, language) for language in LANGUAGES)
    for page in (ja, en):
        assert not NOT_FOR_PEOPLE.search(page.get_text(" "))
        assert page.section["id"] == section and page.find("p").get_text(strip=True)
    assert [len(ja.find_all(x)) for x in PARTS] == [len(en.find_all(x)) for x in PARTS]
    said = [set(numbers(page.table.get_text(" "))) for page in (ja, en)]
    assert {n for n in said[0] if len(n) > 2} == {n for n in said[1] if len(n) > 2}


@pytest.mark.parametrize("name", ["one customer", "one date", "no amounts"])
def test_small_clients_have_no_such_section(client, name):
    told = client(name)
    assert show.control(told.book, told.plan) is None
    assert show.results(told.book, told.plan) is None


def test_nobody_held_out_is_said_and_nobody_listed_is_no_section(client, plan):
    book = client("ledger").book
    none = Control("winback", "winback", 80, 0, 0, 0.1, 0.03, None, None)
    assert "None of the 80 customers" in text(show.control(book, controls(plan, none)))
    assert show.control(book, plan) is None
    empty = replace(none, contacted=0)
    assert show.control(book, controls(plan, empty)) is None


def test_the_facts_are_those_of_the_frames(client, plan):
    told = Control("winback", "spring", 80, 20, 0, 0.1, 0.03, None, None)
    full = replace(controls(plan, told), results=results_of(campaign(), campaign("b")))
    facts = trial_facts(client("ledger").book, full)
    assert facts.value("control.winback.held_out") == 20
    assert facts["control.winback.smallest"].why == "groups_too_small"
    assert facts["control.winback.pool"].why == "not_in_a_hundred"
    assert facts.value("results.contacted") == 800
    assert facts.value("results.uplift") == pytest.approx(0.05)
    assert facts.value("results.earned") == 40_000
    assert facts.value("results.kappa") == 0.31
    assert not list(trial_facts(client("ledger").book, plan))


def test_the_active_who_pay_at_the_middle_only_wait_as_well(client, plan):
    told = Control("winback", "winback", 1, 0, 0, 0.1, 0.03, 0.08, 6)
    near = plan.winback.assign(send=False, group=None)
    both = replace(plan, about_to_lapse=near, winback=plan.winback.assign(send=True))
    made = show.control(client("ledger").book, controls(both, told))
    assert EN.say("control.waiting", n=int((near.priority > 0).sum())) in text(made)


def test_who_pays_at_the_middle_only_is_told_apart_from_who_never_does(client, plan):
    told = Control("winback", "winback", 1, 0, 0, 0.1, 0.03, 0.08, 6)
    ranked = plan.winback.assign(
        send=[True, False, False, False], group=["contact", None, None, None]
    )
    made = show.control(client("ledger").book, controls(replace(plan, winback=ranked), told))
    assert EN.say("control.left", n=2) in text(made)
    assert EN.say("control.waiting", n=1) in text(made)
    assert "(as “2025-12”)" in text(made)


def test_the_file_of_groups_is_in_major_units_with_room_for_people():
    row = ("=1", "winback", "spring", DAY, "hold_out", 0.123456789, "steady", 3, "letter")
    columns = "customer_id list campaign closing_date group chance layer band channel"
    columns += " contact_cost offer_cost margin_share due"
    told = groups_file(
        pd.DataFrame([(*row, 12050.0, 0.0, 0.4, None)], columns=columns.split()), "USD"
    )
    assert list(told)[-2:] == ["sent", "reason"]
    assert told.iloc[0][["contact_cost", "chance", "sent", "reason"]].tolist() == [
        *(120.5, 0.123457, "", "")
    ]


def test_a_customer_told_apart_by_telephone_is_in_no_section(client):
    told = client("whole by telephone")
    for made in (show.control(told.book, told.plan), show.results(told.book, told.plan)):
        assert made is None or not re.search(r"03-?1234|0312345", str(made.html["en"]))


def test_the_whole_client_has_a_sent_list_and_one_that_was_not(client):
    told = client("whole")
    found = told.plan.results.campaigns.set_index("campaign").judged
    assert found.to_dict() == {"to 2025-06": "yes", "to 2025-09": "never_sent"}
    said = text(show.results(told.book, told.plan))
    assert "to 2025-09 (Win-back), list of 2025-09-30: never sent" in said
    assert "=too dear" in said and "moved" not in said
