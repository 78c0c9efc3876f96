"""A calendar with control groups, its days filled in, and the month after that reads it."""

import csv
import datetime as dt
from types import SimpleNamespace

import pandas as pd
import pytest
from read_sections import text

from toolkit import Settings, foresee, keep_book, plan_action, read_sales, show
from toolkit.action.calendar import fallen_due
from toolkit.action.trial.results import read_back
from toolkit.report.calendar_sheets import dated_names
from toolkit.report.groups_file import groups_file
from toolkit.report.tables import trial
from toolkit.report.trial_facts import trial_facts
from toolkit.words import Words

FIRST, SECOND = dt.date(2024, 1, 31), dt.date(2024, 3, 10)
RULES = """
rest_days = 5
[channels]
mail = 2
[[rule]]
name = "thanks"
after = "last_visit"
days = 27
channel = "mail"
control = false
[[rule]]
name = "month"
title = { ja = "ひと月", en = "After a month" }
after = "last_visit"
days = 35
channel = "mail"
"""


def shop():
    """300 customers buy on one day; the calendar calls them all twice, on 1 and 9 February."""
    return [(f"{i:03}", dt.date(2024, 1, 5), 1000) for i in range(1, 301)] + [("x", FIRST, 1000)]


def kept(folder, name, rows, **settings):
    path, own = folder / f"{name}.csv", folder / "own.toml"
    own.write_text(RULES, encoding="utf-8")
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("customer_id", "date", "amount"), *rows])
    given = {"lapse_days": 100, "contact_cost": 10, "language": "en", "horizon_days": 60}
    given |= {"sales_file": str(path), "calendar_file": str(own)}
    chosen = Settings.checked(given | settings)
    book = keep_book(read_sales(path, chosen), chosen)
    return SimpleNamespace(book=book, settings=chosen)


def diagnosed(folder, name, rows, **settings):
    told = kept(folder, name, rows, **settings)
    plan = plan_action(told.book, foresee(told.book, told.settings), told.settings)
    return SimpleNamespace(book=told.book, plan=plan)


def write(table, path, headings=()):
    table.rename(columns=dict(headings)).to_csv(path, index=False, encoding="utf-8-sig")


def month_after(groups):
    """One visit of the thirty first held out, and of the ninety first contacted."""
    rows = []
    for group, n in (("hold_out", 6), ("contact", 72)):
        names = sorted(groups.customer_id[groups.group == group])
        rows += [(who, dt.date(2024, 2, 20), 500) for who in names[:n]]
    return [*rows, ("x", SECOND, 1000)]


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("calendars")
    first = diagnosed(folder, "first", shop())
    out = folder / "out" / str(FIRST)
    out.mkdir(parents=True)
    groups = first.plan.groups
    write(groups_file(groups, "JPY"), out / "groups.csv")
    words = Words("en")
    dated = dated_names(first.plan.follow_up, "JPY", [words])
    told = {name: words[f"column.{name}"] for name in dated}
    write(dated, out / "calendar.csv", told)
    rows = shop() + month_after(groups[groups.campaign == "month"])
    unfilled = kept(folder, "unfilled", rows, earlier_lists=str(out))
    made = dated.date <= dt.date(2024, 2, 9)
    write(dated.assign(sent=dated.date.where(made, "")), out / "calendar.csv", told)
    second = diagnosed(folder, "second", rows, earlier_lists=str(out))
    return SimpleNamespace(first=first, second=second, unfilled=unfilled, dated=dated)


def test_the_first_calendar_has_a_group_for_the_one_rule_and_names_it(runs):
    plan = runs.first.plan
    assert set(plan.groups.campaign) == {"month"} and len(plan.groups) == 301
    assert len(plan.follow_up.control) == 60
    assert set(runs.dated.campaign) == {"", "month"}
    by_rule = plan.follow_up.by_rule().set_index("rule")
    assert by_rule.control.to_dict() == {"thanks": 0, "month": 60}
    said = text(show.control(runs.first.book, plan))
    assert "After a month" in said and "Of the 301 contacts" in said
    facts = trial_facts(runs.first.book, plan)
    assert facts.value("control.calendar.names") == 301
    assert facts.value("control.calendar.month.held_out") == 60
    assert "Contacts left out for this: 60." in text(show.follow_up(runs.first.book, plan))
    assert len(trial.control(SimpleNamespace(plan=plan))) == 1


def test_the_days_come_back_to_the_names_of_the_rule(runs):
    earlier = runs.second.book.ledger.earlier
    month = earlier[earlier.campaign == "month"]
    assert len(month) == 301 and not earlier.duplicated(["customer_id", "campaign"]).any()
    assert set(month.sent[(month.group == "contact") & (month.customer_id != "x")]) == {
        dt.date(2024, 2, 9)
    }
    assert month.sent[month.group == "hold_out"].isna().all()
    thanks = earlier[earlier.campaign == ""]
    assert set(thanks.list) == {"calendar"} and thanks.due.notna().all()
    assert len(thanks) == len(runs.dated) - int((month.group == "contact").sum())
    assert set(thanks.contact_cost) == {2.0}  # as the calendar tells it


def test_both_groups_are_compared_under_the_title_of_the_rule(runs):
    found = runs.second.plan.results
    (row,) = found.campaigns.to_dict("records")
    assert (row["campaign"], row["list"], row["status"]) == ("month", "calendar", "sent")
    assert (row["contacted"], row["held_out"]) == (240, 60)
    assert (row["contacted_came"], row["held_out_came"], row["days"]) == (72, 6, 30)
    assert row["uplift"] == pytest.approx(0.2)
    assert found.response.why == "calendar"
    said = text(show.results(runs.second.book, runs.second.plan))
    assert "After a month" in said and "not those of the lists" in said


def test_who_was_held_out_stays_so_and_was_not_contacted(runs):
    before = runs.first.plan.groups.set_index("customer_id").group
    after = runs.second.plan.groups.set_index("customer_id").group
    both = after.index.intersection(before.index)
    assert len(both) > 50 and after[both].equals(before[both])
    assert fallen_due(runs.second.book) == 0
    due = runs.dated[pd.to_datetime(runs.dated.date) <= pd.Timestamp(SECOND)]
    assert fallen_due(runs.unfilled.book) == len(due)


def test_a_calendar_in_which_nothing_is_filled_in_counts_as_not_made(runs):
    found = read_back(runs.unfilled.book, runs.unfilled.settings)
    (row,) = found.campaigns.to_dict("records")
    assert (row["status"], row["judged"], row["reached"]) == ("unknown", "unknown", 0)
    assert found.earned() is None and found.response.why == "none"
