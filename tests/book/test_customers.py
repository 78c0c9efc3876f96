import datetime as dt

import pytest

from toolkit.book.visits import visits_of
from toolkit.frames import frame

D = dt.date
CLOSING = D(2024, 12, 31)


ROWS = [
    ("late return", "2024-03-01", 40_000),
    ("late return", "2024-08-01", 40_000),
    ("late return", "2024-12-30", -1_000),
    ("lapsed", "2023-01-01", 500),
    ("lapsed", "2023-01-31", 500),
    ("last day", "2024-12-31", 5),
    ("returns only", "2024-01-01", -5),
    ("nothing", "2024-12-31", 0),
]


@pytest.fixture(scope="module")
def customers(typed):
    found = frame(typed.customers(ROWS, CLOSING))
    return found.set_index("customer_id").sort_index()


def test_a_customer_stands_as_of_the_closing_date(customers):
    assert customers.loc["late return"].to_dict() == {
        "layer": "burst",
        "active": True,
        "n_visits": 2,
        "first_date": D(2024, 3, 1),
        "last_date": D(2024, 8, 1),
        "tenure_days": 153,
        "gap_days": 152,
        "amount": 79_000,
        "rank": 4,  # burst, counted from outside
    }


def test_after_a_lapse_the_visits_are_still_known(customers):
    found = customers.loc["lapsed"]
    assert (found.layer, found.active, found.n_visits) == ("fledgling", False, 2)
    assert (found.tenure_days, found.gap_days, found.amount) == (30, 700, 1_000)


def test_a_visit_on_the_closing_date_has_no_gap(customers):
    assert customers.loc["last day"].gap_days == 0


def test_one_who_never_visited_is_no_customer(customers):
    assert list(customers.index) == ["lapsed", "last day", "late return"]


def test_every_visit_is_numbered_and_knows_its_neighbours(typed):
    rows = [
        ("A", "2024-02-01", 30),
        ("A", "2024-01-01", 10),
        ("A", "2024-01-15", -4),  # no visit, but money
        ("B", "2024-01-20", 1),
    ]
    found = frame(visits_of(typed.days(rows, CLOSING)).order_by(["customer_id", "date"]))
    one, two, other = found.to_dict("records")
    assert one == {
        "customer_id": "A",
        "date": D(2024, 1, 1),
        "amount": 10,
        "nth": 1,
        "first_date": D(2024, 1, 1),
        "tenure_days": 0,
        "amount_to_date": 10,
        "previous_date": None,
        "next_date": D(2024, 2, 1),
    }
    assert two == {
        "customer_id": "A",
        "date": D(2024, 2, 1),
        "amount": 30,
        "nth": 2,
        "first_date": D(2024, 1, 1),
        "tenure_days": 31,
        "amount_to_date": 36,
        "previous_date": D(2024, 1, 1),
        "next_date": None,
    }
    assert (other["nth"], other["previous_date"], other["next_date"]) == (1, None, None)
