"""The rules of the calendar as campaigns: who is held out, who stays so, what is counted later."""

import datetime as dt

import pandas as pd
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from toolkit.action import Economics
from toolkit.action.calendar import Rule, Rules, follow_up
from toolkit.action.trial.groups import HOLD_OUT
from toolkit.action.trial.of_calendar import campaigns_of_calendar, rule_of
from toolkit.action.trial.outcomes import fallen_due
from toolkit.action.trial.sent import NEVER, SENT, UNKNOWN, once_each, waves_of
from toolkit.settings import Settings

CLOSING = dt.date(2026, 3, 31)
ECONOMICS = Economics(0.4, 120.0, 30.0, (0.1, 0.25, 0.5), ())
THANKS = {"name": "thanks", "after": "last_visit", "days": 1, "channel": "mail", "control": False}
CHECK = {"name": "check", "after": "last_visit", "days": 10, "channel": "letter"}
SEASON = {"name": "season", "after": "date", "days": "04-12", "channel": "mail"}


def rules(*rule):
    channels = {"letter": "contact_cost", "mail": 0}
    return Rules(channels=channels, printed=("letter",), rule=tuple(Rule(**each) for each in rule))


def shop(n, last=CLOSING):
    rows = [
        (f"C{i:03}", "steady" if i % 3 else "prime", True, 3, dt.date(2025, 1, 1), last)
        for i in range(n)
    ]
    names = ["customer_id", "layer", "active", "n_visits", "first_date", "last_date"]
    return pd.DataFrame(rows, columns=names)


def calendar(people, *rule):
    costs = {"letter": 120.0, "mail": 0.0}
    return follow_up(people, rules(*rule), CLOSING, best_day=None, costs=costs)


def chances(people):
    return pd.Series([0.1 + i % 7 / 10 for i in range(len(people))], people.customer_id)


def drawn(people, *rule, earlier=None, known=None, **given_):
    found = calendar(people, *rule)
    known = chances(people) if known is None else known
    return campaigns_of_calendar(found, known, ECONOMICS, Settings(**given_), earlier)


def test_a_fifth_of_every_rule_is_held_out_and_keeps_its_place():
    people = shop(60)
    whole = calendar(people, CHECK, SEASON)
    found, names, (control,) = drawn(people, CHECK, SEASON)  # the season lies too close for all
    assert (len(found.made), len(found.control), len(found.rested)) == (48, 12, 60)
    assert set(found.control.rule) == {"check"} and not len(whole.control)
    kept = pd.concat([found.made, found.control]).sort_values("customer_id", ignore_index=True)
    assert kept.equals(whole.made)
    assert (found.cost, found.printed) == (48 * 120.0, 48)
    held = set(names.customer_id[names.group == HOLD_OUT])
    assert held == set(found.control.customer_id)
    row = names.iloc[0]
    assert (row.list, row.campaign, row.due) == ("calendar", "check", dt.date(2026, 4, 10))
    assert (row.channel, row.contact_cost, row.offer_cost) == ("letter", 120.0, 30.0)
    assert names.groupby(["layer", "band"]).group.agg(lambda g: (g == HOLD_OUT).sum()).max() <= 3
    assert (control.list, control.contacted, control.held_out, control.kept) == (
        *("calendar", 48, 12),
        0,
    )
    told = found.by_rule().set_index("rule")
    parts = ["refused", "held_out", "unreached", "rested", "control", "contacts"]
    assert told[parts].sum(axis=1).tolist() == told.due.tolist() == [60, 60]


def test_what_is_owed_is_not_held_out_nor_anything_without_a_share():
    people = shop(40)
    found, names, controls = drawn(people, THANKS)
    assert (len(found.made), len(names), controls, found.campaigns) == (40, 0, (), {})
    none, names, controls = drawn(people, CHECK, control_share=0)
    assert none.made.equals(calendar(people, CHECK).made) and not len(none.control)
    assert names.empty and controls == ()


def test_an_empty_calendar_is_no_campaign():
    found, names, controls = drawn(shop(3, dt.date(2025, 1, 1)), CHECK)
    assert found.made.empty and names.empty and controls == ()


def test_without_chances_groups_are_drawn_and_no_effect_is_assumed():
    people = shop(40).assign(layer=None)
    found, names, (control,) = drawn(people, CHECK, known=pd.Series(dtype=float))
    assert len(found.control) == 8 and set(names.layer) == {""} and set(names.chance) == {0.0}
    assert (control.base, control.uplift, control.smallest, control.pool) == (None,) * 4
    assert not control.proves


def test_the_setting_stands_before_the_rule():
    *_, (control,) = drawn(shop(10), CHECK, campaign="spring 26")
    assert control.campaign == "spring 26 check"
    assert rule_of("spring 26 check") == ("check", "spring 26")
    assert rule_of("check") == ("check", "")


@tries(max_examples=12, deadline=None)
@given(st.integers(0, 60), st.randoms(use_true_random=False))
def test_rows_in_any_order_draw_the_same_and_add_up(n, shuffling):
    people = shop(n)
    order = list(range(n))
    shuffling.shuffle(order)
    found, names, _ = drawn(people, CHECK, SEASON)
    known = {"known": chances(people)}
    again, same, _ = drawn(people.iloc[order].reset_index(drop=True), CHECK, SEASON, **known)
    assert same.equals(names) and again.made.equals(found.made)
    assert abs(len(found.control) - 0.2 * n) <= 0.5
    assert not set(found.control.customer_id) & set(found.made.customer_id)


def names_read(names, closing=CLOSING, **sent):
    day = names.customer_id.map(sent)
    return names.assign(
        closing_date=closing, sent=day.where(day.notna(), None), reason="", file="f"
    )


def test_whoever_was_held_out_stays_so_and_a_list_of_that_name_decides_nothing():
    _, names, _ = drawn(shop(50), CHECK)
    earlier = names_read(names)
    found, after, (control,) = drawn(shop(60), CHECK, earlier=earlier)
    both = after.set_index("customer_id").group
    assert both[names.customer_id].tolist() == names.group.tolist()
    assert control.kept == 50 and 12 <= len(found.control) <= 15
    flipped = names_read(names).assign(list="winback", group="contact")
    assert drawn(shop(50), CHECK, earlier=flipped)[1].equals(names)


def test_contacts_count_from_two_weeks_after_they_fell_due_until_the_next_calendar():
    _, names, _ = drawn(shop(5), CHECK)  # due on 10 April
    earlier = names_read(names)
    assert fallen_due(earlier, dt.date(2026, 4, 23)).empty
    assert len(fallen_due(earlier, dt.date(2026, 4, 24))) == 5
    later = pd.concat([earlier, names_read(names, dt.date(2026, 4, 9))], ignore_index=True)
    left = fallen_due(later, dt.date(2026, 5, 31))  # the calendar of 9 April has them
    assert left.closing_date.tolist() == [dt.date(2026, 4, 9)] * 5
    assert fallen_due(earlier.assign(list="winback", due=None), CLOSING).shape[0] == 5


def test_a_rule_is_sent_by_its_own_days_and_its_windows_begin_when_due():
    _, names, _ = drawn(shop(10), CHECK)
    closing = dt.date(2026, 5, 31)
    who = names.customer_id[names.group == "contact"].iloc[0]
    sent = waves_of(names_read(names, **{who: dt.date(2026, 4, 11)}), None, closing)
    assert set(sent.status) == {SENT} and sent.reached.sum() == 1
    assert set(sent.since) == {dt.date(2026, 4, 10)}
    assert set(waves_of(names_read(names), None, closing).status) == {UNKNOWN}
    # days of a list do not say that the calendar was not sent
    letter = names_read(names.head(1), **{names.customer_id[0]: dt.date(2026, 4, 2)})
    both = pd.concat([names_read(names), letter.assign(list="winback", campaign="w", due=None)])
    told = waves_of(both.reset_index(drop=True), None, closing).groupby("list").status.first()
    assert told.to_dict() == {"calendar": UNKNOWN, "winback": SENT}
    log = [(who, dt.date(2026, 5, 20), "")]  # the log goes on, with no contact near the day
    log = pd.DataFrame(log, columns=["customer_id", "date", "campaign"])
    assert set(waves_of(names_read(names), log, closing).status) == {NEVER}
    near = waves_of(names_read(names), log.assign(date=dt.date(2026, 4, 14)), closing)
    assert set(near.status) == {SENT} and near.customer_id[near.reached].tolist() == [who]


def test_a_customer_counts_once_with_a_rule_and_once_with_a_list_of_the_same_name():
    _, names, _ = drawn(shop(4), CHECK)
    rows = [names_read(names), names_read(names).assign(list="winback", due=None)]
    rows.append(names_read(names, dt.date(2026, 4, 9)))
    waves = waves_of(pd.concat(rows, ignore_index=True), None, dt.date(2026, 5, 31))
    assert once_each(waves).groupby("list").size().to_dict() == {"calendar": 4, "winback": 4}
