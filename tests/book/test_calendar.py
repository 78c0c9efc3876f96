import datetime as dt

import pytest

from toolkit.book.calendar import add_days, is_month_end, month_ends, year_after, year_before
from toolkit.frames import frame

D = dt.date


def test_a_year_before_is_the_same_calendar_day():
    assert year_before(D(2025, 3, 1)) == D(2024, 3, 1)
    assert year_before(D(2024, 12, 31)) == D(2023, 12, 31)


def test_a_year_before_29_february_is_28_february():
    assert year_before(D(2024, 2, 29)) == D(2023, 2, 28)


def test_a_year_before_28_february_stays_28_february_in_a_leap_year():
    assert year_before(D(2025, 2, 28)) == D(2024, 2, 28)


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (D(2025, 3, 1), D(2026, 3, 1)),
        (D(2023, 2, 28), D(2024, 2, 28)),
        (D(2024, 2, 29), D(2025, 3, 1)),
    ],
)
def test_a_year_after_is_the_first_day_a_year_before_which_has_come(day, after):
    assert year_after(day) == after
    assert year_before(after) >= day > year_before(after - dt.timedelta(days=1))


def test_month_ends_cover_every_month_and_end_on_the_closing_date():
    found = month_ends(D(2023, 12, 31), D(2024, 3, 10))
    assert found == [D(2023, 12, 31), D(2024, 1, 31), D(2024, 2, 29), D(2024, 3, 10)]


def test_one_month_has_one_end_the_closing_date():
    assert month_ends(D(2024, 5, 1), D(2024, 5, 1)) == [D(2024, 5, 1)]


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (D(2024, 2, 29), True),
        (D(2024, 2, 28), False),
        (D(2023, 2, 28), True),
        (D(2024, 12, 31), True),
        (D(2024, 12, 30), False),
    ],
)
def test_a_month_end_is_the_day_before_the_first(day, answer):
    assert is_month_end(day) is answer


def test_days_added_to_a_date_column_give_dates(typed):
    orders = typed.orders([("A", "2024-02-28", 1), ("B", "2023-02-28", 1)])
    moved = frame(orders.select("customer_id", later=add_days(orders.date, 2)))
    later = dict(zip(moved.customer_id, moved.later, strict=True))
    assert later == {"A": D(2024, 3, 1), "B": D(2023, 3, 2)}
