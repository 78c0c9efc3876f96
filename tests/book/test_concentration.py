import datetime as dt
from collections import defaultdict

import pandas as pd
import pytest
from hypothesis import given
from random_orders import CUTS, few, orders

from toolkit.book import year_before
from toolkit.book.concentration import concentration, deciles, ranking

CLOSING = dt.date(2024, 12, 31)
ROWS = [
    ("C", "2024-03-01", 300),
    ("C", "2024-05-01", 200),
    ("A", "2024-01-01", 300),  # the first day of the twelve months
    ("E", "2024-12-31", 100),  # the last
    ("B", "2024-06-01", 160),
    ("B", "2024-07-01", -100),
    ("D", "2024-06-01", 40),
    ("F", "2024-06-01", 10),
    ("F", "2024-07-01", -60),
    ("before", "2023-12-31", 9_000),
    ("returns only", "2023-06-01", 9_000),
    ("returns only", "2024-06-01", -9_000),
]


def year(typed, rows):
    """The ranking of the year to the closing date."""
    return ranking(typed.bought(rows, CLOSING))


def test_deciles_go_from_the_largest_customer_down(typed):
    # eleven customers: floor(10 i / 11) puts the two largest together
    rows = [(f"c{n:02}", "2024-06-01", 100 * n) for n in range(1, 12)]
    found = deciles(year(typed, rows))
    assert list(found.decile) == list(range(1, 11))
    assert list(found.customers) == [2] + [1] * 9
    assert list(found.sales) == [2_100, 900, 800, 700, 600, 500, 400, 300, 200, 100]
    assert list(found.least) == [1_000, 900, 800, 700, 600, 500, 400, 300, 200, 100]
    assert found.per_customer[0] == 1_050
    assert found.share[0] == pytest.approx(2_100 / 6_600)
    assert list(found.cumulative_share[[1, 9]]) == pytest.approx([3_000 / 6_600, 1])


def test_only_buyers_of_the_year_count_with_their_net_sales_in_it(typed):
    found = deciles(year(typed, ROWS))
    # six customers: floor(10 i / 6) leaves the deciles between without anybody
    assert list(found.decile) == [1, 2, 4, 6, 7, 9]
    assert list(found.sales) == [500, 300, 100, 60, 40, -50]
    assert found.customers.eq(1).all() and found.cumulative_share.iloc[-1] == pytest.approx(1)


def test_the_order_of_equal_customers_changes_nothing(typed):
    rows = [(name, "2024-06-01", 5) for name in "KJIHGFEDCBA"]
    same = deciles(year(typed, rows))
    other = deciles(year(typed, rows[::-1]))
    pd.testing.assert_frame_equal(same, other)


def test_what_rests_on_the_largest_customers(typed):
    found = concentration(year(typed, ROWS))
    # ceil(0.2 x 6) = 2; Gini of 0, 40, 60, 100, 300, 500: weights -5, -3, -1, 1, 3, 5
    gini = (-3 * 40 - 60 + 100 + 3 * 300 + 5 * 500) / (6 * 1_000)
    assert found == {
        "customers": 6,
        "sales": 950,
        "top_fifth": 800,
        "top_ten": 950,
        "gini": pytest.approx(gini),
    }


def test_the_ten_largest_are_ten(typed):
    rows = [(f"c{n:02}", "2024-06-01", n) for n in range(1, 26)]
    found = concentration(year(typed, rows))
    assert found["top_ten"] == sum(range(16, 26)) == 205
    assert found["top_fifth"] == sum(range(21, 26)) == 115


def test_customers_alike_have_no_inequality(typed):
    rows = [(name, "2024-06-01", 700) for name in "ABCDEFG"]
    assert concentration(year(typed, rows))["gini"] == 0
    assert concentration(year(typed, rows[:1]))["gini"] == 0


def test_without_sales_above_zero_there_are_no_shares(typed):
    sums = year(typed, [("A", "2024-06-01", 5), ("A", "2024-07-01", -5)])
    found = deciles(sums)
    assert found.share.isna().all() and found.cumulative_share.isna().all()
    assert concentration(sums) == {
        "customers": 1,
        "sales": 0,
        "top_fifth": 0,
        "top_ten": 0,
        "gini": None,
    }


def test_a_year_without_buyers_is_empty(typed):
    sums = year(typed, [("A", "2022-06-01", 5)])
    assert deciles(sums).empty
    nobody = dict.fromkeys(["customers", "sales", "top_fifth", "top_ten"], 0)
    assert concentration(sums) == nobody | {"gini": None}


def test_amounts_too_large_for_a_float_stay_exact(typed):
    large = 2**53 + 1
    sums = year(typed, [("A", "2024-06-01", large), ("B", "2024-06-01", 1)])
    assert concentration(sums)["top_fifth"] == large


def test_the_book_answers_for_a_year_ago_as_known_then(typed):
    rows = [("A", "2023-06-01", 40), ("B", "2023-07-01", 60), ("A", "2024-12-31", 9)]
    now = typed.book(rows)
    then = typed.book(rows, closing="2023-12-31")
    assert now.concentration(now.year_ago) == then.concentration()
    assert now.concentration(now.year_ago)["top_fifth"] == 60
    pd.testing.assert_frame_equal(now.deciles(now.year_ago), then.deciles())


def test_without_amounts_only_people_are_counted(typed):
    book = typed.book([("A", "2024-06-01", None), ("B", "2024-06-01", None)], no_amount=True)
    assert book.deciles().empty
    nothing = dict.fromkeys(["sales", "top_fifth", "top_ten", "gini"])
    assert book.concentration() == {"customers": 2} | nothing


@few
@given(orders())
def test_deciles_partition_the_customers_of_the_year(typed, rows):
    book = typed.book(rows, profile="classic", **CUTS)
    net, start = defaultdict(int), year_before(book.closing)
    by_day = defaultdict(int)
    for name, date, amount in rows:
        if date > start:
            net[name] += amount
            by_day[name, date] += amount
    buyers = {name for (name, _), amount in by_day.items() if amount > 0}
    found, whole = book.deciles(), book.concentration()
    assert found.customers.sum() == whole["customers"] == len(buyers)
    assert found.sales.sum() == whole["sales"] == sum(net[name] for name in buyers)
    assert found.per_customer.is_monotonic_decreasing
    if len(buyers) >= 10:
        assert len(found) == 10 and found.customers.max() - found.customers.min() <= 1
    if whole["sales"] > 0:
        assert found.share.sum() == pytest.approx(1)
        largest = found[found.decile <= 2].sales.sum()  # deciles 1 and 2 are the largest fifth
        assert largest == whole["top_fifth"]
    if whole["gini"] is not None:
        assert 0 <= whole["gini"] < 1
