"""The calendar of a book: its contact log, those who want none, what every week comes to."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.action import plan_action
from toolkit.action.calendar import Rule, Rules, fallen_due, follow_up, read_rules, rules_of
from toolkit.action.calendar.of_book import sendings
from toolkit.book import LAYERS, keep_book
from toolkit.foresight import foresee
from toolkit.intake import read_sales
from toolkit.problems import InputProblem
from toolkit.settings import Settings

CLOSING = dt.date(2026, 3, 31)
COSTS = {"letter": 120.0, "mail": 0.0}


def rules(*rule, **given):
    channels = {"letter": "contact_cost", "mail": 0}
    given = {"printed": ("letter",)} | given
    return Rules(channels=channels, rule=tuple(Rule(**each) for each in rule), **given)


THANKS = {"name": "thanks", "after": "last_visit", "days": 1, "channel": "mail"}
CHECK = {"name": "check", "after": "last_visit", "days": 10, "channel": "letter"}


def shop(**last):
    rows = [(who, "steady", True, 3, dt.date(2025, 1, 1), day) for who, day in last.items()]
    names = ["customer_id", "layer", "active", "n_visits", "first_date", "last_date"]
    return pd.DataFrame(rows, columns=names)


def test_every_contact_due_is_made_or_left_out_for_one_reason():
    # a: both rules within 14 days, thanks first. b: check on 5 April. c: wants none, both; d: held
    # out of a list, both.
    people = shop(a=CLOSING, b=dt.date(2026, 3, 26), c=CLOSING, d=CLOSING)
    made = follow_up(
        people,
        rules(THANKS, CHECK),
        CLOSING,
        best_day=None,
        costs=COSTS,
        unwilling=frozenset({"c"}),
        held_out=frozenset({"c", "d"}),
    )
    assert made.made[["customer_id", "rule", "week"]].values.tolist() == [
        ["a", "thanks", 1],
        ["b", "check", 1],
    ]
    assert (made.cost, made.printed) == (120.0, 1)
    assert made.by_rule().values.tolist() == [
        ["thanks", "mail", 3, 1, 1, 0, 0, 0, 1, 0, 0.0],
        ["check", "letter", 4, 1, 1, 0, 1, 0, 1, 1, 120.0],
    ]
    assert made.by_week()[["week", "rule", "contacts", "cost"]].values.tolist() == [
        [1, "check", 1, 120.0],
        [1, "thanks", 1, 0.0],
    ]


def test_a_calendar_with_nobody_in_it_has_no_weeks():
    made = follow_up(shop(a=dt.date(2025, 6, 1)), rules(THANKS), CLOSING, best_day=4, costs=COSTS)
    assert (len(made.made), made.cost, made.printed) == (0, 0.0, 0)
    assert made.by_week().empty and made.by_rule().contacts.tolist() == [0]


people = st.lists(
    st.tuples(st.integers(0, 120), st.integers(0, 40), st.integers(1, 4), st.sampled_from(LAYERS)),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(people, st.integers(0, 30), *(st.sets(st.integers(0, 24)) for _ in range(3)))
def test_the_weeks_add_up_and_nobody_is_written_to_twice_or_against_their_will(
    drawn, rest_days, no, recent, held
):
    rows = [
        (
            f"c{i}",
            layer,
            gap < 90,
            n,
            CLOSING - dt.timedelta(gap + more),
            CLOSING - dt.timedelta(gap),
        )
        for i, (gap, more, n, layer) in enumerate(drawn)
    ]
    names = ["customer_id", "layer", "active", "n_visits", "first_date", "last_date"]
    found = follow_up(
        pd.DataFrame(rows, columns=names),
        read_rules().model_copy(update={"rest_days": rest_days}),
        CLOSING,
        best_day=30,
        costs=dict.fromkeys(("letter", "card", "mail", "line", "phone"), 5.0),
        unwilling=frozenset(f"c{i}" for i in no),
        held_out=frozenset(f"c{i}" for i in held),
        contacted=pd.Series({f"c{i}": CLOSING for i in recent}, dtype=object),
    )
    made, weeks, by_rule = found.made, found.by_week(), found.by_rule()
    assert len(made) == weeks.contacts.sum() == by_rule.contacts.sum()
    assert found.cost == weeks.cost.sum() == by_rule.cost.sum() == 5.0 * len(made)
    assert (by_rule.due == by_rule[["refused", "held_out", "rested", "contacts"]].sum(axis=1)).all()
    assert found.printed == by_rule.printed.sum()
    assert not set(made.customer_id) & {f"c{i}" for i in no | held}
    days = (pd.to_datetime(made.date) - pd.Timestamp(CLOSING)).dt.days
    assert days.between(1, 56).all() and ((days - 1) // 7 + 1).equals(made.week)
    for who, theirs in days.groupby(made.customer_id):
        apart = theirs.sort_values().diff().dropna()
        assert (apart >= max(rest_days, 1)).all()
        assert who not in {f"c{i}" for i in recent} or theirs.min() >= rest_days


def written(folder, sales, contacts=None, **given):
    path = folder / "sales.csv"
    path.write_text("customer_id,date,amount\n" + sales, encoding="utf-8")
    given = {"sales_file": str(path)} | given
    if contacts is not None:
        log = folder / "log.csv"
        log.write_text("customer_id,contact_date,kind,reason\n" + contacts, encoding="utf-8")
        given["contacts_file"] = str(log)
    chosen = Settings(**given)
    book = keep_book(read_sales(path, chosen), chosen)
    return plan_action(book, foresee(book, chosen), chosen)


# Sixty customers buy on 2023-01-01, twelve come again 300 days later, one after 420.
SALES = "".join(f"{1000 + i},2023-01-01,10000\n" for i in range(60))
SALES += "".join(f"{1000 + i},2023-10-28,10000\n" for i in range(12)) + "1000,2024-02-25,10000\n"
GIVEN = {"lapse_days": 100, "contact_cost": 100, "horizon_days": 140}


def test_those_who_opted_out_or_complained_are_on_no_list(tmp_path):
    log = "1001,2024-01-05,配信停止,\n1002,2024-01-05,call,Complaint about price\n"
    log += "1000,2024-02-25,ＤＭ 不要,\n1003,2024-01-05,letter,\n"
    plan = written(tmp_path, SALES, log, **GIVEN)
    assert plan.winback.customer_id.tolist() == [f"{1000 + i}" for i in range(3, 12)]
    assert plan.left_out == {"first_time": 48, "unwilling": 2}
    assert plan.follow_up.unwilling == {"1000", "1001", "1002"}
    assert plan.follow_up.made.empty
    assert plan.follow_up.refused.rule.tolist() == ["thank_you"]


def test_a_no_counts_whatever_its_date_and_is_no_contact(tmp_path):
    # Closing 25 February; what came from customers is no contact of ours and starts no rest period.
    log = "1001,,STOP,\n1002,2024-03-09,call,もう送らないで\n1003,2024-02-20,問い合わせ,\n"
    log += (
        "1004,2024-02-20,letter,\n1005,2024-01-05,call,クレームは解決済\n1006,2024-01-05,,お断り\n"
    )
    plan = written(tmp_path, SALES, log, **GIVEN)
    assert plan.follow_up.unwilling == {"1001", "1002", "1006"}
    assert plan.follow_up.lately == {"1004"}
    assert set(plan.winback.customer_id) == {"1003", *(f"{1000 + i}" for i in (5, 7, 8, 9, 10, 11))}
    assert plan.results.observed[["campaign", "contacted"]].values.tolist() == [
        ["2024-01", 1],
        ["2024-02", 1],
    ]


def test_what_nobody_understands_is_told_from_five_customers_on(tmp_path):
    log = "".join(f"{1001 + i},2024-01-05,X-17,letter sent\n" for i in range(5))
    log += (
        "1001,2024-01-06,Y,\n1002,2024-01-06,Z,\n1003,2024-01-06,配信停止,\n1004,2024-01-06,電話,\n"
    )
    told = written(tmp_path, SALES, log, **GIVEN).follow_up.puzzling
    assert told.values.tolist() == [["X-17", 5], ["", 2]]
    assert written(tmp_path, SALES, **GIVEN).follow_up.puzzling.empty


def test_the_last_contact_and_the_lists_count_for_the_rest_period(tmp_path):
    own = tmp_path / "own.toml"
    rule = '[[rule]]\nname = "all"\nafter = "date"\ndays = "03-05"\nchannel = "mail"\n'
    rule += "control = false\n"
    own.write_text("rest_days = 14\n[channels]\nmail = 2\n" + rule, encoding="utf-8-sig")
    log = "1020,2024-02-20,mail,\n1021,2024-02-19,mail,\n"
    sure = dict.fromkeys(("kappa_low", "kappa", "kappa_high"), 0.25)
    plan = written(tmp_path, SALES, log, **GIVEN, **sure, calendar_file=str(own))
    found = plan.follow_up
    listed = plan.winback[plan.winback.send].set_index("customer_id").group
    assert len(listed) == 11  # who lie nine days before 5 March: the lists go out with the report
    assert set(found.rested.customer_id) == set(listed.index[listed == "contact"])
    assert set(found.held_out.customer_id) == set(listed.index[listed == "hold_out"]) != set()
    assert len(found.made) == 60 - len(listed)  # 20 February is fourteen days before
    assert (found.cost, found.best_day) == (2.0 * len(found.made), 300)
    assert found.rules.unwilling == read_rules().unwilling  # inherited


GROUPS = "customer_id,list,campaign,closing_date,group,chance,layer,band,channel,contact_cost,"
GROUPS += "offer_cost,margin_share,sent,reason\n"
NAME = "{},winback,spring,2024-01-31,contact,.25,steady,3,letter,100,0,.4,{},{}\n"


def test_who_was_reached_lately_or_says_no_in_an_earlier_list_is_on_no_list(tmp_path):
    # Closing 25 February, so the rest period of fourteen days begins on 12 February.
    log = "1001,2024-02-12,letter,\n1002,2024-02-11,letter,\n1003,2024-02-20,redemption,\n"
    names = [("1004", "2024-02-12", ""), ("1005", "2024-02-11", ""), ("1006", "", "ＤＭ 不要")]
    names += [("1007", "2024-02-20", "Do not mail"), ("1008", "2024-03-01", "too dear")]
    earlier = tmp_path / "groups.csv"
    earlier.write_text(GROUPS + "".join(NAME.format(*each) for each in names), encoding="utf-8")
    plan = written(tmp_path, SALES, log, **GIVEN, earlier_lists=str(earlier))
    listed = {"1002", "1003", "1005", "1008", "1009", "1010", "1011"}
    assert set(plan.winback.customer_id) == listed
    assert plan.left_out == {"first_time": 48, "unwilling": 2, "rested": 2}
    assert plan.follow_up.unwilling == {"1006", "1007"}
    assert plan.follow_up.lately == {"1001", "1004"}


def test_a_contact_of_an_earlier_calendar_counts_where_its_day_is_filled_in(tmp_path):
    folder = tmp_path / "2024-01-31"
    folder.mkdir()
    head = "Date,Customer,Contacted on (YYYY-MM-DD)\n"
    due = "2024-02-20,1001,{}\n2024-02-20,1002,\n2024-02-21,1003,\n2024-03-01,1004,\n"
    calendar = folder / "calendar.csv"
    calendar.write_text(head + due.format("2024-02-20"), encoding="utf-8-sig")
    log = "1003,2024-02-21,mail,\n"
    plan = written(tmp_path, SALES, log, **GIVEN, earlier_lists=str(folder))
    assert plan.follow_up.lately == {"1001", "1003"}
    path = tmp_path / "sales.csv"
    chosen = Settings(sales_file=str(path), **GIVEN, earlier_lists=str(folder))
    assert fallen_due(read_book(path, chosen)) == 0  # a day is filled in
    calendar.write_text(head + due.format(""), encoding="utf-8-sig")
    assert fallen_due(read_book(path, chosen)) == 3
    logged = chosen.model_copy(update={"contacts_file": str(tmp_path / "log.csv")})
    assert fallen_due(read_book(path, logged)) == 2


def read_book(path, chosen):
    return keep_book(read_sales(path, chosen), chosen)


def test_a_list_with_days_counts_from_them():
    # a, b: act by 4 April and by the closing date. c: held out. d: not meant.
    listed = pd.DataFrame(
        {
            "customer_id": list("abcd"),
            "priority": [5.0, 5.0, 5.0, -5.0],
            "group": ["contact", "contact", "hold_out", None],
            "act_by": [dt.date(2026, 4, 4), dt.date(2026, 3, 1), CLOSING, CLOSING],
        }
    )
    assert sendings(listed, CLOSING).to_dict() == {"a": dt.date(2026, 4, 4), "b": CLOSING}
    assert sendings(listed.head(0), CLOSING).empty
    golden = listed.rename(columns={"act_by": "expected_on"}).drop(columns="group")
    assert sendings(golden, CLOSING)["a"] == dt.date(2026, 4, 4)


def test_a_file_without_amounts_has_a_calendar(tmp_path):
    plan = written(tmp_path, SALES.replace("10000", ""), no_amount=True)
    assert plan.winback is None
    assert plan.follow_up.made.rule.tolist() == ["thank_you"]


def test_bad_rules_of_a_client_are_told_in_the_language_asked_for(tmp_path):
    own = tmp_path / "own.toml"
    rule = 'name = "A b"\nafter = "date"\ndays = "02-31"\nvisits = [1, "x"]\ncolour = 1\n'
    own.write_text(f"weeks = 99\n[channels]\nmail = -1\n[[rule]]\n{rule}", encoding="utf-8")
    with pytest.raises(InputProblem) as problem:
        rules_of(Settings(calendar_file=str(own), language="en"))
    told = [(values["field"], values.get("value")) for _, values in problem.value.faults]
    assert sorted(told, key=str) == [
        ("channels mail cost", "-1"),
        ("rule 1 channel", None),
        ("rule 1 colour", None),
        ("rule 1 days", "02-31"),
        ("rule 1 name", "A b"),
        ("rule 1 visits", "x"),
        ("weeks", "99"),
    ]
    with pytest.raises(InputProblem) as problem:
        rules_of(Settings(calendar_file=str(tmp_path)))
    assert problem.value.faults[0][0] == "calendar_missing"


def test_a_rule_is_called_as_its_file_says():
    both = Rule(**THANKS, title={"ja": "お礼", "en": "Thanks"})
    assert (both.titled("ja"), both.titled("en")) == ("お礼", "Thanks")
    assert Rule(**THANKS, title="Merci").titled("ja") == "Merci"
    assert Rule(**THANKS, title={"ja": "お礼"}).titled("en") == "お礼"
    assert Rule(**THANKS).titled("en") == "thanks"
    for rule in read_rules().rule:
        assert rule.titled("ja") != rule.titled("en")
