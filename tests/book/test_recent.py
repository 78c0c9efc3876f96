"""The two years to a date, customer by customer."""

import datetime as dt

from toolkit.book.recent import year_of_customers
from toolkit.frames import frame

CLOSING = dt.date(2024, 12, 31)
ROWS = [
    ("A", "2022-12-31", 1),  # the day before both years
    ("A", "2023-01-01", 20),  # the first day of the year before
    ("A", "2023-12-31", 30),  # its last
    ("A", "2024-01-01", 400),  # the first day of the year
    ("A", "2024-12-31", 500),  # the last
    ("A", "2024-07-01", -50),  # a return: money, no visit
    ("B", "2023-05-01", 70),
    ("C", "2024-05-01", -9),  # sent back what it bought before both years
    ("C", "2022-05-01", 9),
    ("D", "2022-05-01", 9),  # no day in either
]
COLUMNS = ["visits", "sales", "previous_visits", "previous_sales"]


def by_customer(table):
    found = frame(table).set_index("customer_id")
    return {who: tuple(row[name] for name in found.columns) for who, row in found.iterrows()}


def test_each_year_has_its_visits_and_its_net_money(typed):
    recent = typed.recent(ROWS, CLOSING).select("customer_id", *COLUMNS)
    assert by_customer(recent) == {"A": (2, 850, 2, 50), "B": (0, 0, 1, 70), "C": (0, -9, 0, 0)}


def test_the_first_visit_may_lie_before_both_years(typed):
    recent = typed.recent(ROWS, CLOSING).select("customer_id", "first_date")
    assert by_customer(recent) == {
        "A": (dt.date(2022, 12, 31),),
        "B": (dt.date(2023, 5, 1),),
        "C": (dt.date(2022, 5, 1),),
    }


def test_one_of_the_years_has_the_columns_of_a_year(typed):
    recent = typed.recent(ROWS, CLOSING)
    assert by_customer(year_of_customers(recent))["A"] == (2, 850)
    assert by_customer(year_of_customers(recent, previous=True))["A"] == (2, 50)


def test_orders_after_the_date_are_not_known(typed):
    recent = typed.recent([*ROWS, ("A", "2025-01-01", 7)], CLOSING)
    assert by_customer(year_of_customers(recent))["A"] == (2, 850)
