"""Histories of customers on a day, and the same histories counted once."""

import datetime as dt
import math

import pytest

from toolkit.foresight.counts import compressed, histories_at
from toolkit.frames import frame

ORIGIN = dt.date(2024, 6, 30)


def seen(visits):
    return frame(histories_at(visits, ORIGIN)).set_index("customer_id").to_dict("index")


def test_a_history_is_counted_by_hand(visits_of):
    # 2024-03-02 to 2024-06-30 are 120 days, with gaps of 60 and 40 days.
    days = ("2024-03-02", "2024-05-01", "2024-06-10")
    a = seen(visits_of(*(("a", day, 10) for day in days)))["a"]
    assert (a["repeats"], a["last_days"], a["age_days"]) == (2, 100, 120)
    assert a["log_gaps"] == pytest.approx(math.log(60) + math.log(40))


def test_one_visit_is_no_repeat_and_the_origin_is_known(visits_of):
    a = seen(visits_of(("a", "2024-06-30", 10)))["a"]
    assert a == {"repeats": 0, "last_days": 0, "age_days": 0, "log_gaps": 0.0}


def test_nothing_later_is_seen(visits_of):
    past = [("a", "2024-05-01", 10), ("a", "2024-06-30", 10), ("b", "2024-01-01", 10)]
    later = [("a", "2024-07-01", 10), ("b", "2024-07-02", 10), ("c", "2024-07-01", 10)]
    assert seen(visits_of(*past)) == seen(visits_of(*past, *later))


def test_like_histories_are_one_row_with_their_number(visits_of):
    visits = visits_of(
        ("a", "2024-06-01", 10),
        ("b", "2024-06-01", 99),
        ("c", "2024-06-01", 10),
        ("c", "2024-06-21", 10),
        ("d", "2024-06-01", 10),
        ("d", "2024-06-06", 10),
        ("d", "2024-06-21", 10),
    )
    rows = compressed(histories_at(visits, ORIGIN))
    assert list(rows) == ["repeats", "last_days", "age_days", "customers", "log_gaps"]
    assert rows.iloc[:, :4].to_numpy().tolist() == [[0, 0, 29, 2], [1, 20, 29, 1], [2, 20, 29, 1]]
    gaps = [0, math.log(20), math.log(5) + math.log(15)]
    assert rows.log_gaps.tolist() == pytest.approx(gaps)


def test_a_shop_adds_up(shop):
    book, _ = shop
    origin = book.closing - dt.timedelta(days=100)
    histories = frame(histories_at(book.visits_table, origin))
    rows = compressed(histories_at(book.visits_table, origin))
    assert rows.customers.sum() == len(histories)
    assert (rows.customers * rows.repeats).sum() == histories.repeats.sum()
    assert not rows.duplicated(["repeats", "last_days", "age_days"]).any()
    visits = book.visits()
    assert rows.customers @ (rows.repeats + 1) == (visits.date <= origin).sum()
