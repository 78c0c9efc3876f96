import datetime as dt
import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.book.sales import FACTORS, sales_of, split_change

D = dt.date
YEAR = D(2023, 12, 31), D(2024, 12, 31)


def factors(visits_per_customer, customers, per_visit):
    """Sales as `sales_of` gives them, out of their three factors."""
    visits = visits_per_customer * customers
    return {
        "total": visits * per_visit,
        "visits": visits,
        "customers": customers,
        "per_visit": Fraction(per_visit),
        "visits_per_customer": Fraction(visits_per_customer),
    }


def test_sales_are_price_times_visits_times_customers(typed):
    rows = [("A", "2024-01-01", 500), ("A", "2024-06-01", 300), ("B", "2024-12-31", 200)]
    assert sales_of(typed.days(rows), *YEAR) == {
        "total": 1_000,
        "visits": 3,
        "customers": 2,
        "per_visit": Fraction(1_000, 3),
        "visits_per_customer": Fraction(3, 2),
        "no_visit": 0,
    }


def test_money_of_days_without_a_visit_is_in_the_total_and_told_apart(typed):
    rows = [("A", "2024-01-01", 500), ("A", "2024-02-01", -120), ("B", "2024-03-01", -30)]
    found = sales_of(typed.days(rows), *YEAR)
    assert (found["total"], found["no_visit"], found["visits"]) == (350, -150, 1)
    assert found["per_visit"] == 350


def test_a_year_of_sales_leaves_out_its_first_day_and_takes_its_last(typed):
    rows = [("A", "2023-12-31", 1), ("A", "2024-01-01", 20), ("A", "2025-01-01", 400)]
    assert sales_of(typed.days(rows), *YEAR)["total"] == 20
    assert sales_of(typed.days([("A", "2024-12-31", 7)]), *YEAR)["total"] == 7


def test_without_a_visit_there_is_no_price_and_no_frequency(typed):
    found = sales_of(typed.days([("A", "2024-02-01", -5)]), *YEAR)
    assert found["per_visit"] is None and found["visits_per_customer"] is None
    assert (found["total"], found["visits"], found["customers"]) == (-5, 0, 0)


def test_a_year_without_orders_has_sales_of_nothing(typed):
    found = sales_of(typed.days([("A", "2020-02-01", 5)]), *YEAR)
    assert (found["total"], found["no_visit"], found["per_visit"]) == (0, 0, None)


def test_only_the_factor_that_changed_gets_the_change():
    before, now = factors(2, 50, 10), factors(2, 75, 10)
    assert split_change(now, before) == {
        "per_visit": 0,
        "visits_per_customer": 0,
        "customers": 500,
    }


def test_the_logarithmic_mean_by_hand():
    # price x 4, customers / 2: L = 1,000 / ln 2; L ln 4 = 2,000, L ln 1/2 = -1,000
    before, now = factors(2, 50, 10), factors(2, 25, 40)
    assert split_change(now, before) == {
        "per_visit": 2_000,
        "visits_per_customer": 0,
        "customers": -1_000,
    }


def test_sales_that_stayed_the_same_are_split_all_the_same():
    # L = 1,000 where nothing changed in total; 1,000 ln 2 = 693.1
    before, now = factors(2, 50, 10), factors(2, 25, 20)
    assert split_change(now, before) == {
        "per_visit": 693,
        "visits_per_customer": 0,
        "customers": -693,
    }


def test_the_factors_are_treated_alike():
    before = factors(2, 50, 10)
    for name, now in (
        ("per_visit", factors(2, 50, 30)),
        ("visits_per_customer", factors(6, 50, 10)),
        ("customers", factors(2, 150, 10)),
    ):
        assert split_change(now, before)[name] == 2_000


@pytest.mark.parametrize("low", [factors(0, 5, 10), factors(2, 5, -1)])
def test_without_sales_in_both_years_there_is_no_split(low):
    assert split_change(factors(2, 5, 10), low) is None
    assert split_change(low, factors(2, 5, 10)) is None


def test_a_change_of_one_in_very_large_sales_is_split():
    before, now = factors(1, 1, 10**17), factors(1, 1, 10**17 + 1)
    assert sum(split_change(now, before).values()) == 1


@st.composite
def sides(draw):
    small = st.integers(1, 30)
    return factors(draw(small), draw(small), draw(st.integers(1, 10**7)))


@settings(max_examples=100, deadline=None)
@given(sides(), sides())
def test_the_parts_add_up_to_the_change_exactly(now, before):
    parts = split_change(now, before)
    assert sum(parts.values()) == now["total"] - before["total"]
    for name in FACTORS:
        grew = math.log(now[name] / before[name])
        assert parts[name] * grew >= 0 or abs(parts[name]) <= 1
