"""The follow-up calendar as it is shown: by week, by rule, who is left out and why."""

import json
from dataclasses import replace

import pandas as pd
from read_sections import soup, text

from toolkit.report import show
from toolkit.report.delivery import facts_document
from toolkit.report.follow_up_facts import follow_up_facts
from toolkit.report.sections.follow_up import _puzzling
from toolkit.words import LANGUAGES, Words

EN = Words("en")


def shown(told, language="en"):
    return text(show.follow_up(told.book, told.plan), language)


def test_the_facts_are_those_of_the_calendar(client):
    told = client("sample")
    facts, found = follow_up_facts(told.book, told.plan), told.plan.follow_up
    assert facts.value("follow_up.contacts") == len(found.made) > 0
    assert facts.value("follow_up.customers") == found.made.customer_id.nunique()
    assert facts.value("follow_up.cost") == found.cost == found.by_week().cost.sum()
    assert facts.value("follow_up.printed") == found.by_rule().printed.sum()
    assert facts["follow_up.rest_days"].value == 14


def test_without_amounts_contacts_are_counted_and_no_cost_is_told(client):
    told = client("no amounts")
    facts = follow_up_facts(told.book, told.plan)
    assert facts["follow_up.cost"].why == "no_amount"
    for language in LANGUAGES:
        assert Words(language)["column.cost"] not in shown(told, language)


def test_the_table_of_weeks_adds_up_to_the_lead(client):
    told = client("sample")
    page = soup(show.follow_up(told.book, told.plan), "en")
    weeks, rules, *_ = page.find_all("table")
    for table, column in ((weeks, -2), (rules, -3)):
        cells = [row.find_all(["th", "td"])[column] for row in table.tbody.find_all("tr")]
        counted = sum(int(cell.get_text().replace(",", "")) for cell in cells)
        assert counted == len(told.plan.follow_up.made)


def test_nobody_is_named_on_the_page(client):
    told = client("sample")
    html = str(show.follow_up(told.book, told.plan).html)
    assert not [i for i in told.plan.follow_up.made.customer_id if f">{i}<" in html]
    document = json.dumps(facts_document(told.book, told.outlook, told.plan)["facts"])
    assert not [i for i in told.plan.follow_up.made.customer_id if f'"{i}"' in document]


def test_without_a_log_that_is_said_and_with_one_who_wants_none(client):
    assert EN["follow_up.no_log"] in shown(client("sample"))
    said = shown(client("whole"))
    assert EN["follow_up.no_log"] not in said
    assert "after the closing date among them: 0. They are on no list" in said
    assert EN["follow_up.only_lists"] not in said
    lately = client("whole").plan.follow_up.lately
    assert lately and f"that they are on no list of this report: {len(lately)}." in said


def test_whoever_is_held_out_of_a_list_is_not_in_the_calendar(client):
    sure = dict.fromkeys(("kappa_low", "kappa", "kappa_high"), 0.5)
    told = client("sample", contact_cost=1, **sure)
    found, lists = told.plan.follow_up, told.plan.lists()
    held = set().union(*(set(t.customer_id[t.group == "hold_out"]) for t in lists.values()))
    assert held and not held & set(found.made.customer_id)
    assert set(found.held_out.customer_id) <= held and len(found.held_out)
    facts = follow_up_facts(told.book, told.plan)
    assert (
        facts.value("follow_up.held_out") == len(found.held_out) == found.by_rule().held_out.sum()
    )
    said = shown(told)
    assert f"Contacts left out for this: {len(found.held_out):,}." in said


def test_reasons_for_leaving_are_counted_and_told(client):
    told = client("whole")
    reasons = told.book.reasons_for_leaving()
    n = int(reasons.lapsed[reasons.reason.notna()].sum())
    title = EN.say("follow_up.reasons_title", n=n, all=int(reasons.lapsed.sum()))
    assert title in shown(told) and "=moved" in shown(told)
    assert "Why they left" not in shown(client("sample"))


def test_a_calendar_that_calls_for_nobody_says_so(client, tmp_path):
    own = tmp_path / "none.toml"
    rule = '[[rule]]\nname = "hi"\nafter = "last_visit"\ndays = 1\nvisits = [900, 999]\n'
    own.write_text("[channels]\nfax = 7\n" + rule + 'channel = "fax"\n', encoding="utf-8")
    said = shown(client("half a year", calendar_file=str(own)))
    assert EN.say("follow_up.lead_none", weeks=8) in said
    assert EN.say("follow_up.idle", titles="hi") in said


def test_files_for_mail_tools_are_told_only_with_personal_columns(client):
    assert EN["follow_up.files_off"] in shown(client("sample"))
    said = shown(client("sample", personal_columns=True))
    assert EN["follow_up.files_off"] not in said
    assert "Not written" in said and "Klaviyo" in said


def test_own_rules_are_shown_by_their_titles(client, tmp_path):
    own = tmp_path / "own.toml"
    rule = '[[rule]]\nname = "hi"\ntitle = "Hello <b>you</b>"\nafter = "last_visit"\ndays = {}\n'
    rules = rule.format(9) + 'channel = "fax"\n'
    own.write_text("weeks = 3\n[channels]\nfax = 7\n" + rules, encoding="utf-8")
    told = client("sample", calendar_file=str(own))
    made = show.follow_up(told.book, told.plan)
    assert soup(made, "en").b is None
    said = shown(told)
    assert "Hello <b>you</b>" in said and "fax" in said
    assert EN["follow_up.rules_title"] not in said


def test_what_nobody_understands_is_told_without_those_of_few(client):
    told = client("sample")
    found = told.plan.follow_up
    for rows, key, values in (
        ([["X-17", 6], ["", 3]], "puzzling_others", {"n": 3, "few": 5}),
        ([["X-17", 6]], "puzzling_text", {"said": "X-17", "n": 6}),
        ([["", 3]], "puzzling_rare", {"n": 3, "few": 5}),
    ):
        texts = pd.DataFrame(rows, columns=["said", "customers"])
        for language in LANGUAGES:
            words = Words(language)
            lines = _puzzling(replace(found, puzzling=texts), words)
            assert len(lines) == 1 and words.say(f"follow_up.{key}", **values) in lines[0]
    assert _puzzling(replace(found, puzzling=texts.head(0)), EN) == []
