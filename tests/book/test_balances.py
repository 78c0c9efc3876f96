import datetime as dt

import pytest
from hypothesis import given
from random_orders import CUTS, ever_by, few, orders

from toolkit.book import LAYERS, STATES
from toolkit.book.balances import layer_months, movement

D = dt.date
TWO = [
    ("A", "2024-01-10", 100),
    ("A", "2024-02-29", 100),
    ("B", "2024-02-01", 100),  # lapses on 28 September
]


def occupied(table):
    """{(month end, layer, state): customers} without the empty places."""
    return {
        (row.month_end.isoformat(), row.layer, row.state): row.customers
        for row in table.itertuples()
        if row.customers
    }


def crossed(table):
    return list(table.itertuples(index=False, name=None))


@pytest.fixture(scope="module")
def two(typed):
    return typed.daily(TWO, "2024-03-15")


def test_each_month_end_holds_what_moved_in_less_what_moved_out(two):
    found = layer_months(two, D(2024, 1, 10), D(2024, 3, 15))
    assert occupied(found) == {
        ("2024-01-31", "first", "active"): 1,
        ("2024-02-29", "first", "active"): 1,
        ("2024-02-29", "fledgling", "active"): 1,
        ("2024-03-15", "first", "active"): 1,
        ("2024-03-15", "fledgling", "active"): 1,
    }


def test_every_month_end_has_all_ten_places_in_order(two):
    found = layer_months(two, D(2024, 1, 10), D(2024, 3, 15))
    order = [(layer, state) for layer in LAYERS for state in STATES]
    assert list(zip(found.layer, found.state, strict=True)) == order * 3
    assert list(found.month_end) == sorted(found.month_end)


def test_months_in_which_nothing_happened_repeat_the_balance(typed):
    found = layer_months(typed.daily(TWO[2:], "2024-10-31"), D(2024, 1, 5), D(2024, 10, 31))
    assert occupied(found) == {
        **{(f"2024-{end}", "first", "active"): 1 for end in ("02-29", "03-31", "04-30")},
        **{(f"2024-{end}", "first", "active"): 1 for end in ("05-31", "06-30", "07-31", "08-31")},
        ("2024-09-30", "first", "lapsed"): 1,
        ("2024-10-31", "first", "lapsed"): 1,
    }


def test_a_file_without_a_visit_has_empty_places(typed):
    daily = typed.daily([("A", "2024-01-10", -5)], "2024-01-20")
    found = layer_months(daily, D(2024, 1, 10), D(2024, 1, 20))
    assert len(found) == 10 and occupied(found) == {}


def test_movement_crosses_the_places_of_two_days(typed):
    rows = [*TWO, ("C", "2024-09-30", 1)]
    before, after = (typed.places(rows, day, "2024-10-31") for day in ("2024-02-01", "2024-09-30"))
    assert crossed(movement(before, after)) == [
        ("first", "active", "first", "lapsed", 1),
        ("first", "active", "fledgling", "active", 1),
        ("outside", "", "first", "active", 1),
    ]


def test_movement_before_the_first_customer_is_all_from_outside(typed):
    found = movement(*(typed.places(TWO, day) for day in ("2023-03-15", "2024-03-15")))
    assert crossed(found) == [
        ("outside", "", "first", "active", 1),
        ("outside", "", "fledgling", "active", 1),
    ]


@few
@given(orders())
def test_the_places_part_the_customers_and_the_movement_adds_up_to_them(typed, rows):
    book = typed.book(rows, profile="classic", **CUTS)
    months = book.layer_months()
    assert (months.customers >= 0).all()
    for day, total in months.groupby("month_end").customers.sum().items():
        assert total == len(ever_by(rows, day))
    ends = list(months.month_end.unique())
    start, end = ends[len(ends) // 2], ends[-1]
    table = book.movement(start, end)
    for side, day in (("from", start), ("to", end)):
        balance = months[months.month_end == day].set_index(["layer", "state"]).customers
        inside = table[table[f"{side}_layer"] != "outside"]
        sums = inside.groupby([f"{side}_layer", f"{side}_state"]).customers.sum()
        assert sums.to_dict() == balance[balance > 0].to_dict()
