"""What is known of a customer on a day: nothing later than it, and the edges of the outcome."""

import datetime as dt
import math

import pytest

from toolkit.foresight.features import features_at
from toolkit.frames import frame

ORIGIN = dt.date(2024, 6, 30)


def seen(visits, horizon=None, lapse_days=100):
    """Customer -> features as a dict."""
    rows = frame(features_at(visits, ORIGIN, lapse_days, horizon))
    rows = rows.set_index("customer_id").astype(object)
    return rows.where(rows.notna(), None).to_dict("index")


def test_features_of_one_customer_are_counted_by_hand(visits_of):
    visits = visits_of(("a", "2024-03-02", 1000), ("a", "2024-05-01", 500), ("a", "2024-06-10", 30))
    a = seen(visits)["a"]
    assert a["n_visits"] == 3
    assert a["recency_days"] == 20
    assert a["age_days"] == 120
    assert a["mean_amount"] == 510.0
    assert a["recent_visits"] == 2
    assert (a["repeats"], a["last_days"]) == (2, 100)
    assert (a["visits_30"], a["visits_60"], a["visits_180"]) == (1, 1, 3)  # 05-01 is 60 days ago
    assert (a["total_amount"], a["first_amount"], a["last_amount"]) == (1530, 1000.0, 30.0)
    # Gaps of 60 and 40 days.
    assert (a["gap_mean"], a["gap_last"], a["gap_max"]) == (50.0, 40.0, 60.0)
    assert a["gap_sd"] == pytest.approx(200**0.5)
    assert a["silence_in_gaps"] == pytest.approx(20 / 50)
    assert a["log_gaps"] == pytest.approx(math.log(60) + math.log(40))


def test_one_visit_has_no_gap_and_two_have_no_spread(visits_of):
    visits = visits_of(("a", "2024-06-01", 10), ("b", "2024-05-01", 10), ("b", "2024-06-01", 10))
    one, two = (seen(visits)[name] for name in "ab")
    gaps = ["gap_mean", "gap_sd", "gap_last", "gap_max", "silence_in_gaps"]
    assert [one[name] for name in gaps] == [None] * 5 and one["log_gaps"] == 0.0
    assert [two[name] for name in gaps] == [31.0, None, 31.0, 31.0, pytest.approx(29 / 31)]


def test_what_came_is_counted_in_money_too(visits_of):
    visits = visits_of(("a", "2024-06-01", 10), ("a", "2024-07-01", 30), ("a", "2024-07-02", 5))
    assert seen(visits, horizon=30)["a"]["came_amount"] == 35


def test_the_day_of_the_origin_is_known_and_the_next_is_not(visits_of):
    features = seen(visits_of(("a", "2024-06-30", 10), ("b", "2024-07-01", 10)))
    assert features["a"]["recency_days"] == features["a"]["age_days"] == 0
    assert "b" not in features


def test_recent_is_the_ninety_days_to_the_origin(visits_of):
    # 2024-04-01 is 90 days before the origin, 2024-04-02 is 89.
    features = seen(visits_of(("a", "2024-04-01", 10), ("b", "2024-04-02", 10)))
    assert (features["a"]["recent_visits"], features["b"]["recent_visits"]) == (0, 1)


@pytest.mark.parametrize(
    ("last", "overdue"),
    [
        ("2024-06-30", 0.0),
        ("2024-05-11", 0.0),  # 50 days: half the line of 100
        ("2024-05-10", 1 / 51),  # 51 days: 52 / 51 - 1
        ("2024-03-21", 1.0),  # 101 days: 102 / 51 - 1
    ],
)
def test_overdue_starts_at_half_the_lapse_line(visits_of, last, overdue):
    assert seen(visits_of(("a", last, 10)))["a"]["overdue"] == pytest.approx(overdue, abs=1e-12)


def test_later_visits_change_no_feature(visits_of):
    past = [
        ("a", "2024-03-02", 1000),
        ("a", "2024-06-30", 200),
        ("b", "2023-01-01", 700),
        ("c", "2024-04-02", 50),
    ]
    later = [("a", "2024-07-01", 9), ("b", "2024-12-27", 99_999), ("d", "2024-07-02", 5)]
    alone, along = seen(visits_of(*past)), seen(visits_of(*past, *later))
    assert along == alone
    outcome = seen(visits_of(*past, *later), horizon=180)
    known = {name: {k: outcome[name][k] for k in alone[name]} for name in outcome}
    assert known == alone


def test_the_outcome_excludes_the_origin_and_includes_its_last_day(visits_of):
    visits = visits_of(
        ("origin", "2024-06-30", 10),
        ("first_day", "2024-06-01", 10),
        ("first_day", "2024-07-01", 10),
        ("last_day", "2024-06-01", 10),
        ("last_day", "2024-12-27", 10),  # 180 days after the origin
        ("too_late", "2024-06-01", 10),
        ("too_late", "2024-12-28", 10),
    )
    came = {name: row["came"] for name, row in seen(visits, horizon=180).items()}
    assert came == {"origin": 0, "first_day": 1, "last_day": 1, "too_late": 0}


def test_visits_within_the_horizon_are_counted(visits_of):
    visits = visits_of(
        ("a", "2024-06-01", 10),
        ("a", "2024-07-01", 10),
        ("a", "2024-07-30", 10),
        ("a", "2024-07-31", 10),  # day 31
    )
    row = seen(visits, horizon=30)["a"]
    assert (row["came"], row["came_visits"]) == (1, 2)


def test_without_a_horizon_there_is_no_outcome(visits_of):
    assert {"came", "came_visits"}.isdisjoint(seen(visits_of(("a", "2024-06-01", 10)))["a"])


def test_without_amounts_the_mean_amount_is_missing(visits_of):
    rows = frame(features_at(visits_of(("a", "2024-06-01", None)), ORIGIN, 100))
    assert rows["mean_amount"].isna().all()
    assert rows["n_visits"].tolist() == [1]
