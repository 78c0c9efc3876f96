import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from random_orders import CUTS, few, orders

from toolkit.book import LAYERS
from toolkit.book.balances import movement
from toolkit.book.layer_rates import layer_rates

START, END = dt.date(2024, 1, 31), dt.date(2024, 12, 31)

FIVE_FIRST = [
    *((f"c{n}", "2024-01-10", 1_000) for n in range(5)),
    ("c0", "2024-06-01", 1_000),  # steady: 143 days, 2,000
    ("c0", "2024-12-01", 1_000),
    ("c1", "2024-02-01", 80_000),  # fledgling, then lapsed
    ("c2", "2024-05-10", 1_000),  # steady, lapsed on 5 January
    ("late", "2024-02-01", 1_000),  # not there at the start
]
FALLEN = [
    ("down", "2023-06-01", 40_000),
    ("down", "2024-01-05", 40_000),  # prime
    ("down", "2024-02-10", -20_000),
    ("down", "2024-08-10", 5_000),  # steady
    ("there and back", "2024-01-31", 500),
    ("there and back", "2024-12-31", 500),  # lapsed in between, which does not count
]


def moved(typed, rows, start, end):
    return movement(typed.places(rows, start, END), typed.places(rows, end, END))


def rates(typed, rows, start=START, end=END):
    found = layer_rates(moved(typed, rows, start, end)).set_index("layer")
    return found.loc[lambda table: table.customers > 0].T.to_dict()


def test_the_active_of_a_layer_are_promoted_stay_or_lapse(typed):
    assert rates(typed, FIVE_FIRST) == {
        "first": {
            "customers": 5,
            "promoted": 2,
            "stayed": 0,
            "fell_back": 0,
            "lapsed": 3,
            "promotion": 0.4,
            "lapse": 0.6,
        }
    }


def test_a_return_of_money_lets_a_customer_fall_back(typed):
    found = rates(typed, FALLEN)
    assert set(found) == {"prime", "first"}
    assert [found["prime"][k] for k in ("customers", "fell_back", "lapsed")] == [1, 1, 0]
    assert [found["first"][k] for k in ("customers", "promoted", "lapsed")] == [1, 1, 0]


def test_rates_of_fewer_than_five_are_not_given(typed):
    found = rates(typed, FALLEN)
    assert pd.isna(found["prime"]["promotion"]) and pd.isna(found["prime"]["lapse"])


def test_all_five_layers_are_there_in_order_also_when_empty(typed):
    found = layer_rates(moved(typed, FALLEN, dt.date(2020, 1, 1), END))
    assert list(found.layer) == list(LAYERS) and found.customers.sum() == 0


def test_between_a_day_and_itself_everybody_stayed(typed):
    found = layer_rates(moved(typed, FIVE_FIRST, START, START))
    assert found.stayed.tolist() == found.customers.tolist() == [5, 0, 0, 0, 0]


@pytest.fixture(scope="module")
def span():
    return dt.date(2022, 9, 30), dt.date(2023, 6, 30)


@few
@given(orders())
def test_the_fates_add_up_to_the_active_of_the_opening_balance(typed, span, rows):
    start, end = span
    book = typed.book(rows, closing="2025-12-31", profile="classic", **CUTS)
    found = book.layer_rates(start, end).set_index("layer")
    fates = found[["promoted", "stayed", "fell_back", "lapsed"]].sum(axis=1)
    assert fates.to_dict() == found.customers.to_dict()
    months = book.layer_months()
    there = months[(months.month_end == start) & (months.state == "active")]
    assert found.customers.to_dict() == there.set_index("layer").customers.to_dict()
