import datetime as dt

import pandas as pd
import pytest

from toolkit.book.conversion import day_reached, days_to_second, f2, nth_conversion

CLOSING = dt.date(2024, 12, 31)


def since(first, *gaps):
    """A first visit and later ones so many days after it."""
    start = dt.date.fromisoformat(first)
    return [start, *(start + dt.timedelta(days=gap) for gap in gaps)]


@pytest.mark.parametrize(
    ("seen", "answer"),
    [
        (since("2023-10-02"), None),  # D - 1 year - 90 days: just too early
        (since("2023-10-03"), (0, 1)),
        (since("2023-10-03", 90), (1, 1)),
        (since("2023-10-03", 91), (0, 1)),
        (since("2024-10-02", 90), (1, 1)),  # D - 90 days: the window ends on the closing date
        (since("2024-10-03", 5), None),  # still within its window
    ],
)
def test_f2_takes_first_visits_whose_whole_window_has_passed(typed, seen, answer):
    assert f2(typed.visits({"A": seen}), CLOSING, 90) == answer


def test_f2_counts_customers_not_visits(typed):
    seen = {"A": since("2024-03-01", 10, 20, 30), "B": since("2024-03-01")}
    assert f2(typed.visits(seen), CLOSING, 90) == (1, 2)


def test_f2_of_an_earlier_day_does_not_know_what_came_later(typed):
    table = typed.visits({"A": since("2024-03-01", 10), "B": since("2024-09-01")})
    assert f2(table, dt.date(2024, 5, 30), 90) == (1, 1)
    assert f2(table, dt.date(2024, 5, 29), 90) is None


def nth(typed, seen):
    found = nth_conversion(typed.visits(seen), CLOSING)
    return [
        (row.nth, row.customers, row.mature, row.went_on, None if pd.isna(row.share) else row.share)
        for row in found.itertuples()
    ]


def test_the_immature_are_left_out_of_the_nth_conversion(typed):
    seen = {
        "soon": since("2022-01-01", 31),
        "later": since("2022-01-01", 59),
        "just within the year": since("2022-01-01", 365),
        "just after it": since("2022-01-01", 366),
        "never": since("2022-01-01"),
        "immature": since("2024-01-02", 8),  # 364 days before closing
    }
    assert nth(typed, seen) == [(1, 6, 5, 3, 0.6), (2, 5, 4, 0, None)]


def test_an_nth_visit_365_days_before_closing_is_mature(typed):
    assert nth(typed, {"A": since("2024-01-01")}) == [(1, 1, 1, 0, None)]


def test_the_nth_conversion_stops_at_the_eighth(typed):
    found = nth(typed, {"A": since("2022-01-01", *range(1, 10))})
    assert [row[0] for row in found] == list(range(1, 9))
    assert found[-1][1:4] == (1, 1, 1)


def test_the_curve_is_kaplan_meiers(typed):
    # day 10: 1 of 5 came again; one more leaves unseen on day 20; day 30: 2 of the 3 left
    seen = {
        "A": since("2024-03-01", 10),
        "unseen after 20 days": since("2024-12-11"),
        "B": since("2024-03-01", 30),
        "C": since("2024-05-01", 30, 60),
        "unseen after 40 days": since("2024-11-21"),
    }
    curve = days_to_second(typed.visits(seen), CLOSING)
    assert list(curve.days) == [10, 30]
    assert list(curve.share) == pytest.approx([1 / 5, 1 - 4 / 5 * 1 / 3])
    assert list(curve.customers) == [1, 2]


def test_one_unseen_from_the_same_day_on_was_still_there_that_day(typed):
    seen = {"again": since("2024-03-01", 20), "unseen after 20 days": since("2024-12-11")}
    assert list(days_to_second(typed.visits(seen), CLOSING).share) == pytest.approx([0.5])


def test_the_curve_ends_after_a_year_but_later_ones_were_at_risk(typed):
    seen = {
        "A": since("2022-01-01", 10),
        "B": since("2022-01-01", 365),
        "C": since("2022-01-01", 366),
    }
    curve = days_to_second(typed.visits(seen), CLOSING)
    assert list(curve.days) == [10, 365]
    assert list(curve.share) == pytest.approx([1 / 3, 2 / 3])


def test_where_nobody_came_again_the_curve_is_empty(typed):
    assert days_to_second(typed.visits({"A": since("2024-03-01")}), CLOSING).empty
    assert days_to_second(typed.visits({}), CLOSING).empty


def test_a_part_of_those_who_come_again_is_reached_on_a_day():
    curve = pd.DataFrame({"days": [10, 30, 90], "share": [0.2, 0.5, 0.8], "customers": [2, 3, 3]})
    assert [day_reached(curve, part) for part in (0.25, 0.26, 0.5, 0.7, 1.0)] == [
        10,
        30,
        30,
        90,
        90,
    ]
    assert day_reached(curve.iloc[:0], 0.5) is None
