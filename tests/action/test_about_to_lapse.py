"""About to lapse: who is due, by which day, and what is lost, worked by hand."""

import datetime as dt

import ibis
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.action.about_to_lapse import LAPSE_COLUMNS, Notice, about_to_lapse, with_risks
from toolkit.action.active import with_margin
from toolkit.action.active_views import by_layer, by_week
from toolkit.action.score import decided
from toolkit.frames import frame

CLOSING = dt.date(2024, 12, 31)
NOTICE = Notice(CLOSING, lapse_days=240, near_days=30, notice_days=14)


def day(n):
    return CLOSING + dt.timedelta(days=n)


@pytest.fixture
def active(customers):
    """Active customers: id, days silent, late from, unusual from, and changes."""

    def build(*rows):
        full = []
        for name, gap, late, unusual, *changes in rows:
            start = {"active": True, "gap_days": gap, "late_days": late, "unusual_days": unusual}
            start |= {"usual_days": 30.0, "expected_visits": 1.0} | (changes[0] if changes else {})
            full.append((name, 0.5, 1000.0, start))
        return customers(*full)

    return build


@pytest.fixture
def listed(active, economics):
    """The list of these customers by id."""

    def build(*rows, notice=NOTICE, money=True):
        known = economics() if money else None
        table = active(*rows)
        table = with_margin(table, known, 180) if money else table
        found = about_to_lapse(with_risks(table, notice), notice, known)
        return found.set_index("customer_id")

    return build


def test_a_silence_unusual_already_calls_for_the_day_after_closing(listed):
    found = listed(("a", 90, 50, 80)).loc["a"]
    assert (found.risk, found.act_by, found.risk_date) == ("silent", day(1), day(150))


def test_a_late_silence_is_due_its_notice_before_it_becomes_unusual(listed):
    found = listed(("soon", 60, 50, 80), ("later", 60, 50, 104), ("not yet", 60, 50, 105))
    assert found.loc["soon", ["risk", "act_by", "risk_date"]].tolist() == [
        *("unusual", day(6), day(20))
    ]
    assert found.act_by["later"] == day(30)  # 44 days less 14
    assert "not yet" not in found.index


def test_a_silence_that_is_not_late_counts_by_the_line_alone(listed):
    assert listed(("a", 20, 50, 25)).empty
    found = listed(("near", 196, 300, 400), ("far", 195, 300, 400))
    assert found.index.tolist() == ["near"]
    assert found.loc["near", ["risk", "act_by", "risk_date"]].tolist() == [
        *("line", day(30), day(44))
    ]


def test_without_a_rhythm_only_the_line_counts(listed):
    assert listed(("a", 200, None, None), ("b", 100, None, None)).index.tolist() == ["a"]


def test_notice_before_a_silence_is_at_most_a_quarter_of_the_line(listed):
    short = Notice(CLOSING, lapse_days=30, near_days=7, notice_days=14)
    found = listed(("a", 16, None, None), ("b", 15, None, None), notice=short)
    assert found.act_by.to_dict() == {"a": day(7)}  # 14 days to the line less 7


def test_a_contract_end_is_due_its_notice_before(listed):
    far, near, past = ({"contract_end": day(n)} for n in (45, 44, 0))
    found = listed(("far", 5, 50, 80, far), ("near", 5, 50, 80, near), ("past", 5, 50, 80, past))
    assert found.loc["near", ["risk", "act_by", "risk_date"]].tolist() == [
        *("contract", day(30), day(44))
    ]
    assert found.index.tolist() == ["near"]


def test_the_loss_is_the_margin_of_going_on_times_the_chance_of_staying_away(listed):
    # Expected visits 3 at a chance of 1/2: 6 visits of 1,000 at a margin of .4, if any.
    found = listed(("a", 90, 50, 80, {"expected_visits": 3.0})).loc["a"]
    assert found.visits_if_comes == 6 and found.margin_if_returns == 2400
    assert found.expected_loss == 1200
    # uplift .25 x .5 x .5; a letter of 100
    assert (found.uplift, found.priority) == (0.0625, 50.0)
    assert (found.priority_low, found.priority_high) == (pytest.approx(-40), 200)
    assert found.decision == "test" and found.break_even == round(100 / 2400, 6)


def test_visits_are_at_least_one_and_at_most_what_the_rhythm_has_room_for(listed):
    few, many = ({"expected_visits": n} for n in (0.1, 9.0))
    found = listed(("few", 90, 50, 80, few), ("many", 90, 50, 80, many))
    assert found.visits_if_comes.to_dict() == {"many": 6.0, "few": 1.0}  # 180 / 30


def test_the_best_contact_stands_first_and_ties_go_by_the_dates(listed):
    rich = {"spend_per_visit": 5000.0}
    found = listed(
        ("b", 90, 50, 80), ("a", 90, 50, 80), ("late", 60, 50, 80), ("r", 90, 50, 80, rich)
    )
    assert found.index.tolist() == ["r", "a", "b", "late"]
    assert found["rank"].tolist() == [1, 2, 3, 4]


def test_without_economics_there_is_no_money_and_the_dates_rank(listed):
    found = listed(("a", 60, 50, 80), ("b", 90, 50, 80), money=False)
    assert found.index.tolist() == ["b", "a"]
    unknown = ["priority", "expected_loss", "margin_if_returns", "contact_cost", "decision"]
    assert found[unknown].isna().all(axis=None)
    assert found.channel.tolist() == ["letter"] * 2


def test_a_list_of_nobody_has_its_columns(listed):
    assert listed(("a", 5, 50, 80)).reset_index().columns.tolist() == [
        "customer_id",
        *(name for name in LAPSE_COLUMNS if name != "customer_id"),
    ]


def test_decisions_are_those_of_the_three_responses():
    pays = pd.DataFrame(
        {"priority_low": [1, -1, -1], "priority": [2, 1, -1], "priority_high": [3, 2, 0]}
    )
    assert decided(pays).tolist() == ["contact", "test", "leave"]


def test_weeks_count_from_the_day_after_closing(listed):
    found = listed(("a", 90, 50, 80), ("b", 60, 50, 82), ("c", 210, None, None)).reset_index()
    weeks = by_week(found, CLOSING)  # due on day 1, 8 and 16
    assert weeks.customers.tolist() == [1, 1, 1]
    assert weeks[["silent", "unusual", "line"]].sum().tolist() == [1, 1, 1]
    assert (weeks.starts[1], weeks.ends[1]) == (day(8), day(14))
    assert by_week(found.iloc[:0], CLOSING).empty


def test_layers_add_up_to_the_list(listed):
    prime = {"layer": "prime", "spend_per_visit": 9000.0}
    found = listed(("a", 90, 50, 80), ("b", 90, 50, 80), ("p", 90, 50, 80, prime)).reset_index()
    layers = by_layer(found)
    assert layers.layer.tolist() == ["prime", "steady"]
    assert layers.customers.tolist() == [1, 2] and layers.worth_contacting.tolist() == [1, 0]
    assert layers.expected_loss.sum() == pytest.approx(found.expected_loss.sum())


days = st.integers(0, 900)
somebody = st.tuples(days, st.none() | days, st.none() | days, st.none() | st.integers(-50, 400))
shops = st.tuples(st.integers(1, 400), st.integers(0, 365), st.lists(somebody, max_size=12))


@settings(max_examples=60, deadline=None)
@given(shops)
def test_nobody_is_due_after_the_risk_or_before_the_day_after_closing(shop):
    lapse, ahead, people = shop
    rows = [
        {"customer_id": str(n), "gap_days": min(gap, lapse - 1), "late_days": late}
        | {"unusual_days": unusual}
        | {"contract_end": None if ends is None else day(ends)}
        for n, (gap, late, unusual, ends) in enumerate(people)
    ]
    notice = Notice(CLOSING, lapse, min(30, max(1, lapse // 4)), ahead)
    found = frame(with_risks(in_typed(rows), notice))
    assert (found.act_in >= 1).all() and (found.act_in <= found.risk_in).all()
    assert (found.risk_in <= lapse - found.gap_days).all()
    assert (found.due == (found.act_in <= notice.near_days)).all()
    assert found.due[found.risk == "silent"].all()


def in_typed(rows):
    whole = dict.fromkeys(("gap_days", "late_days", "unusual_days"), pa.int64())
    schema = pa.schema({"customer_id": pa.string(), **whole, "contract_end": pa.date32()})
    return ibis.memtable(pa.Table.from_pylist(rows, schema=schema))
