import datetime as dt

import pytest
from hypothesis import given
from random_orders import CUTS, few, orders

from toolkit.book.balances import movement
from toolkit.book.bucket import bucket_of, hole
from toolkit.book.calendar import year_before
from toolkit.book.moves import moves_by_day
from toolkit.book.statement import bucket_statement

D = dt.date
COLUMNS = ["month", "opening", "new", "returned", "lost", "closing"]

# classic line of 240 days: A is lost on 28 August 2023 and returns; B stays away from 29 September
ROWS = [
    ("A", "2022-12-31", 1),
    ("A", "2023-10-05", 1),
    ("B", "2023-02-01", 1),
    ("C", "2023-10-01", 1),
]


def bucket_months(moves, first, closing, lapse_days):
    found = bucket_statement(moves_by_day(moves), {}, first, closing, lapse_days, "month")
    return found.rename(columns={"period": "month"})


def hole_of(typed, rows, start, end):
    return hole(movement(*(typed.places(rows, day) for day in (start, end))))


@pytest.fixture(scope="module")
def moves(typed):
    return typed.moves(ROWS, "2023-12-31")


def test_every_month_opens_where_the_last_one_closed(moves):
    found = bucket_months(moves, D(2022, 12, 31), D(2023, 10, 15), 240)
    quiet = [(f"2023-{n:02}", 2, 0, 0, 0, 2) for n in range(3, 8)]
    assert list(found[COLUMNS].itertuples(index=False, name=None)) == [
        ("2022-12", 0, 1, 0, 0, 1),
        ("2023-01", 1, 0, 0, 0, 1),
        ("2023-02", 1, 1, 0, 0, 2),
        *quiet,
        ("2023-08", 2, 0, 0, 1, 1),
        ("2023-09", 1, 0, 0, 1, 0),
        ("2023-10", 0, 1, 1, 0, 2),
    ]


def test_a_month_cut_by_the_closing_date_is_incomplete(moves):
    cut = bucket_months(moves, D(2022, 12, 31), D(2023, 10, 30), 240)
    whole = bucket_months(moves, D(2022, 12, 31), D(2023, 10, 31), 240)
    assert list(cut.complete) == [True] * 10 + [False]
    assert whole.complete.all()


def test_a_month_is_trusted_once_it_begins_on_first_date_plus_lapse_days(moves):
    # 3 January 2023 + 240 days = 31 August; 4 January: 1 September; 5 January: 2 September
    for first, since in ((3, "2023-09"), (4, "2023-09"), (5, "2023-10")):
        found = bucket_months(moves, D(2023, 1, first), D(2023, 10, 31), 240)
        assert found[found.trusted].month.iloc[0] == since


def year_of_bucket(moves, after, until):
    return bucket_of(moves_by_day(moves), moves, after, until)


def test_a_customer_lost_and_back_within_the_period_is_counted_both_ways(moves):
    found = year_of_bucket(moves, D(2022, 12, 31), D(2023, 12, 31))
    assert found == {
        "opening": 1,
        "new": 2,
        "returned": 1,
        "lost": 2,
        "closing": 2,
        "came_back": 1,
    }


def test_a_move_on_the_day_before_the_period_is_in_the_opening(moves):
    assert year_of_bucket(moves, D(2023, 1, 31), D(2023, 2, 1))["new"] == 1
    assert year_of_bucket(moves, D(2023, 2, 1), D(2023, 3, 1)) == {
        "opening": 2,
        "new": 0,
        "returned": 0,
        "lost": 0,
        "closing": 2,
        "came_back": 0,
    }


def test_one_customer_lost_twice_counts_twice(typed):
    rows = [("A", "2020-01-01", 1), ("A", "2021-01-01", 1), ("A", "2022-01-01", 1)]
    found = year_of_bucket(typed.moves(rows, "2022-01-31"), D(2019, 12, 31), D(2022, 1, 31))
    assert (found["lost"], found["returned"], found["came_back"]) == (2, 2, 2)


def test_a_loss_before_the_period_is_not_among_those_that_came_back(typed):
    rows = [("A", "2020-01-01", 1), ("A", "2021-03-01", 1)]  # back, then lost for good
    found = year_of_bucket(typed.moves(rows, "2021-12-31"), D(2020, 12, 31), D(2021, 12, 31))
    assert (found["lost"], found["returned"], found["came_back"]) == (1, 1, 0)


def test_the_hole_is_who_was_active_a_year_ago_and_is_lapsed_now(typed):
    rows = [
        ("early", "2021-01-01", 1),  # lapsed at both ends
        ("gone", "2023-06-01", 1),
        ("kept", "2023-06-01", 1),
        ("kept", "2024-06-01", 1),
        ("lost and back", "2023-06-01", 1),
        ("lost and back", "2024-12-01", 1),
        ("new and gone", "2024-01-05", 1),  # not there a year ago
    ]
    assert hole_of(typed, rows, "2023-12-31", "2024-12-31") == (1, 3)


def test_the_hole_needs_a_lapse_line_of_history_before_the_year(typed):
    # a year before 31 December 2024 is 31 December 2023, which is 5 May + 240 days
    rows = [("A", "2023-05-05", 1), ("B", "2023-12-01", 1)]
    assert typed.book(rows, "2024-12-31", profile="classic").hole() == (1, 1)
    late = [("A", "2023-05-06", 1), rows[1]]
    assert typed.book(late, "2024-12-31", profile="classic").hole() is None


def test_with_nobody_active_a_year_ago_there_is_no_hole(typed):
    rows = [("A", "2020-01-01", 1), ("B", "2024-12-01", 1)]
    assert hole_of(typed, rows, "2023-12-31", "2024-12-31") is None


@few
@given(orders())
def test_opening_and_flows_make_the_closing_of_every_month_and_year(typed, rows):
    book = typed.book(rows, profile="classic", **CUTS)
    found, places = book.bucket_months(), book.layer_months()
    assert (found.opening + found.new + found.returned - found.lost == found.closing).all()
    assert list(found.opening[1:]) == list(found.closing[:-1])
    active = places[places.state == "active"].groupby("month_end").customers.sum()
    assert list(found.closing) == list(active)
    year = book.bucket_year()
    assert year["opening"] + year["new"] + year["returned"] - year["lost"] == year["closing"]
    assert year["closing"] == found.closing.iloc[-1]
    before = year_before(book.closing)
    assert book.bucket_year(before)["closing"] == year["opening"]
