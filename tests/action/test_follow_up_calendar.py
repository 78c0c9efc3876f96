"""The follow-up calendar, worked by hand on a handful of customers."""

import datetime as dt
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.action.calendar import Rule, Rules, due, read_rules, rested, unwilling
from toolkit.action.calendar.rest import by_week
from toolkit.intake import Said
from toolkit.problems import InputProblem

CLOSING = dt.date(2026, 3, 31)


def customers(*rows):
    names = ["customer_id", "layer", "active", "n_visits", "first_date", "last_date"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(
        first_date=pd.to_datetime(table.first_date), last_date=pd.to_datetime(table.last_date)
    )


SHOP = customers(
    ("new", "first", True, 1, "2026-03-31", "2026-03-31"),
    ("month", "first", True, 1, "2026-03-01", "2026-03-01"),
    ("steady", "steady", True, 5, "2025-01-01", "2026-01-10"),
    ("gone", "prime", False, 9, "2023-01-01", "2025-04-01"),
)


def rules(*rule, **given):
    channels = {"letter": "contact_cost", "mail": 0}
    return Rules(channels=channels, rule=tuple(Rule(**each) for each in rule), **given)


def called(table):
    return [(str(d.date()), who) for d, who in zip(table.date, table.customer_id, strict=True)]


THANKS = {"name": "thanks", "after": "last_visit", "days": 1, "channel": "mail"}


def test_thanks_go_out_on_the_day_after_the_visit():
    assert called(due(SHOP, rules(THANKS), CLOSING, None)) == [("2026-04-01", "new")]


def test_a_day_that_is_past_or_beyond_the_weeks_calls_for_nobody():
    late = THANKS | {"days": 31}  # month: 1 April; new: 1 May, steady and gone: past
    assert called(due(SHOP, rules(late), CLOSING, None)) == [
        ("2026-04-01", "month"),
        ("2026-05-01", "new"),
    ]
    assert called(due(SHOP, rules(late, weeks=4), CLOSING, None)) == [("2026-04-01", "month")]


def test_the_clients_own_best_day_counts_from_the_first_visit():
    offer = {"name": "offer", "after": "first_visit", "days": "best", "visits": (1, 1)}
    offer |= {"channel": "letter"}
    assert called(due(SHOP, rules(offer), CLOSING, 40)) == [
        ("2026-04-10", "month"),
        ("2026-05-10", "new"),
    ]
    assert called(due(SHOP, rules(offer), CLOSING, None)) == []


def test_a_seasonal_letter_goes_to_its_places_and_layers():
    spring = {"name": "spring", "after": "date", "days": "05-01", "channel": "letter"}
    only = spring | {"places": ("active",), "layers": ("steady", "prime")}
    assert called(due(SHOP, rules(only), CLOSING, None)) == [("2026-05-01", "steady")]
    lapsed = spring | {"places": ("lapsed",)}
    assert called(due(SHOP, rules(lapsed), CLOSING, None)) == [("2026-05-01", "gone")]
    past = spring | {"days": "03-31"}
    assert called(due(SHOP, rules(past), CLOSING, None)) == []


def test_the_more_important_of_two_contacts_too_close_is_made():
    first = {"name": "a", "after": "last_visit", "days": 5, "channel": "mail"}
    second = {"name": "b", "after": "last_visit", "days": 1, "channel": "mail"}
    both = due(SHOP.head(1), rules(first, second), CLOSING, None)
    made, left = rested(both, 14)
    assert (made.rule.tolist(), left.rule.tolist()) == (["a"], ["b"])
    made, left = rested(both, 4)
    assert made.rule.tolist() == ["b", "a"]


def test_a_contact_in_the_log_counts():
    both = due(SHOP.head(1), rules(THANKS), CLOSING, None)
    recent = pd.Series({"new": dt.date(2026, 3, 25)})
    assert rested(both, 14, recent)[0].empty
    assert len(rested(both, 7, recent)[0]) == 1


contacts = st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 55), st.integers(0, 3)))


@settings(max_examples=80)
@given(contacts, st.integers(0, 30), st.randoms(use_true_random=False))
def test_nobody_is_contacted_twice_within_the_rest_period(rows, rest_days, shuffling):
    table = pd.DataFrame(rows, columns=["customer_id", "day", "importance"])
    table["date"] = pd.Timestamp(CLOSING) + pd.to_timedelta(table.day.astype("int64"), unit="D")
    made, left = rested(table, rest_days)
    assert len(made) + len(left) == len(table)
    for _, days in made.groupby("customer_id").day:
        gaps = days.sort_values().diff().dropna()
        assert (gaps >= max(rest_days, 1)).all()
    for row in left.itertuples():  # each is left out for a contact that is made
        near = made[
            (made.customer_id == row.customer_id) & ((made.day - row.day).abs() < max(rest_days, 1))
        ]
        assert (near.importance <= row.importance).any()


def test_those_who_want_none_are_found_by_the_words_of_their_contacts():
    log = pd.DataFrame(
        {"customer_id": ["A", "B", "C", "D"], "kind": ["Opt-out mail", "配信停止", "thanks", None]}
    )
    assert unwilling(log, Said(unwilling=("opt-out", "配信停止"))) == {"A", "B"}


def test_weeks_are_counted_from_the_day_after_the_closing_date():
    made = pd.DataFrame(
        {
            "date": pd.to_datetime(["2026-04-01", "2026-04-07", "2026-04-08"]),
            "rule": "thanks",
            "channel": "letter",
        }
    )
    table = by_week(made, CLOSING, {"letter": 120.0})
    assert table.week.tolist() == [1, 2]
    assert [str(d.date()) for d in table.starts] == ["2026-04-01", "2026-04-08"]
    assert (table.contacts.tolist(), table.cost.tolist()) == ([2, 1], [240.0, 120.0])


def test_the_projects_own_rules_can_be_read():
    own = read_rules()
    assert len(own.rule) >= 6
    assert own.cost("letter", Decimal(85)) == 85
    assert own.cost("mail", Decimal(85)) == 0


RULE = '[channels]\nmail = 0\n[[rule]]\nname = "a"\n'
CALL = 'after = "last_visit"\ndays = 3\nchannel = "mail"\n'
PRINTED = 'printed = ["letter", "mail"]\n'


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("rest_days =", "calendar_unreadable", id="no toml"),
        pytest.param(
            RULE + 'after = "date"\ndays = 3\nchannel = "mail"',
            "calendar_entry_days",
            id="days for date",
        ),
        pytest.param(
            RULE + 'after = "last_visit"\ndays = 3\nchannel = "fax"',
            "calendar_channel",
            id="channel",
        ),
        pytest.param(
            RULE + 'after = "date"\ndays = "02-31"\nchannel = "mail"',
            "calendar_entry_days",
            id="day",
        ),
        pytest.param(RULE + 'after = "last_visit"\ndays = 3', "calendar_lacks", id="missing"),
        pytest.param(RULE + CALL + "visit = 3", "calendar_foreign", id="misspelt"),
        pytest.param(RULE + CALL + "visits = [5, 2]", "calendar_entry_visits", id="visits"),
        pytest.param(RULE + CALL + "visits = [0, 0]", "calendar_entry_visits", id="no visits"),
        pytest.param(RULE + CALL + "places = []", "calendar_entry_places", id="no places"),
        pytest.param(RULE + CALL + "layers = []", "calendar_entry_layers", id="no layers"),
        pytest.param(RULE + CALL + 'layers = ["vip"]', "calendar_entry_layers", id="layers"),
        pytest.param("weeks = 0\n" + RULE + CALL, "calendar_entry_whole", id="weeks"),
        pytest.param(PRINTED + RULE + CALL, "calendar_printed", id="printed"),
    ],
)
def test_a_file_of_rules_that_cannot_be_used_is_told(tmp_path, text, fault):
    path = tmp_path / "calendar.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputProblem) as problem:
        read_rules(path)
    assert {key for key, _ in problem.value.faults} == {fault}
    for language in ("ja", "en"):
        assert "calendar.toml" in problem.value.text(language)


def test_rules_that_do_not_fit_each_other_are_told_by_their_names_and_values(tmp_path):
    path = tmp_path / "own.toml"
    end = 'after = "last_visit"\ndays = 3\nchannel = '
    rules = (
        f'{RULE}{end}"mail"\n[[rule]]\nname = "b"\n{end}"fax"\n[[rule]]\nname = "a"\n{end}"post"'
    )
    path.write_text(rules, encoding="utf-8")
    with pytest.raises(InputProblem) as problem:
        read_rules(path)
    assert [(key, values["n"], values["rule"]) for key, values in problem.value.faults] == [
        *(("calendar_channel", 2, "b"), ("calendar_twice", 3, "a"), ("calendar_channel", 3, "a")),
    ]
    told = problem.value.text("en")
    assert "own.toml, rule 2 (b): there is no channel “fax”" in told
    assert "rule 3: the name “a” is that of rule 1 already" in told
    assert "規則2（b）：「fax」" in problem.value.text("ja")
    assert "規則3：名前「a」は規則1と同じ" in problem.value.text("ja")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (RULE + 'after = "date"\ndays = 3\nchannel = "mail"', "rule 1 days: 3 "),
        (RULE.replace("[[rule]]", "[rule]") + "days = 3", "rule: { name, days } "),
        (RULE + 'after = "date"\ndays = "07-01"\nchannel = true', "rule 1 channel: true "),
        (RULE + 'after = "last_visit"\ndays = 3\nchannel = ["x"]', 'rule 1 channel: ["x"] '),
        ("channels = 3\nrule = []", "channels: 3 "),
        (RULE + CALL + "visits = [2]", "rule 1 visits: [2] "),
        (RULE + CALL + "visits = [2, 3, 4]", "rule 1 visits: [2, 3, 4] "),
    ],
    ids=["days", "one table", "truth", "list", "no channels", "one number", "three numbers"],
)
def test_what_stands_in_the_file_is_told_as_it_stands_there(tmp_path, text, said):
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputProblem) as problem:
        read_rules(path)
    told = problem.value.text("en")
    assert f"own.toml, {said}cannot be used" in told and "{'" not in told


def test_a_file_of_rules_may_be_saved_as_windows_does(tmp_path):
    path, text = tmp_path / "own.toml", RULE + CALL + 'title = "お礼"\nplaces = ["active"]\n'
    for encoding in ("cp932", "utf-8-sig"):
        path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
        assert read_rules(path).rule[0].title == "お礼"
    path.write_bytes(b"# \x81\n" + text.encode("utf-16"))
    with pytest.raises(InputProblem) as problem:
        read_rules(path)
    assert "UTF-8" in problem.value.text("ja") and "UTF-8" in problem.value.text("en")


def test_only_channels_there_are_can_be_printed(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(RULE + CALL, encoding="utf-8")
    assert read_rules(path).printed == ()  # of ours, letter and card, it has none
    path.write_text(PRINTED + RULE + CALL, encoding="utf-8")
    with pytest.raises(InputProblem) as problem:
        read_rules(path)
    assert "printed: there is no channel “letter”" in problem.value.text("en")
