"""What a column looks like, and how columns hang together, on values written out."""

import numpy as np
import pytest
from odd_files import coded, glance

from toolkit.intake.columns.bonds import Bonds
from toolkit.intake.columns.looks import MOST_VALUES, days_of, look_at


def look(*values):
    return look_at(coded(values))


def test_a_column_is_measured_on_its_filled_rows():
    found = look("", "2024-01-05", "", "2024/1/6", "soon")
    assert (found.rows, found.filled, found.distinct) == (3, 0.6, 3)
    assert found.example == "2024-01-05"
    assert found.dates == pytest.approx(2 / 3)
    assert (found.first_year, found.last_year) == (2024, 2024)


def test_a_column_without_values_is_no_fault():
    assert look("", "").rows == 0 and look("", "").again == 0.0
    assert look().rows == 0


@pytest.mark.parametrize(
    ("share", "yes", "no"),
    [
        ("mails", ["a@example.com"], ["a@b", "@"]),
        ("phones", ["090-1234-5670", "0312345678", "+81 90 1234 5670"], ["0000120043", "12345"]),
        ("postcodes", ["123-4567", "〒123-4567"], ["1234567", "12-3456"]),
        ("clocks", ["10:33", "9:05:11", "10時5分"], ["1033", "2024-01-05"]),
        ("codes", ["C00012", "#1001", "85123A"], ["Mug", "茶 60g", "a b1"]),
        ("padded", ["007", "0012"], ["700", "0"]),
        ("marked", ["¥1,200", "1,200", "500円", "$3.00"], ["1200", "1,20"]),
        ("letters", ["茶", "Mug", "a1"], ["12", "-"]),
        ("serials", ["45000"], ["4500", "450000"]),
    ],
)
def test_values_of_one_kind_are_told_from_others(share, yes, no):
    assert getattr(look(*yes), share) == 1.0
    assert getattr(look(*no), share) == 0.0


def test_numbers_are_described_by_how_they_are_spread():
    found = look(*(str(i) for i in range(1, 101)))
    assert (found.numbers, found.whole, found.tens) == (1.0, 1.0, 0.1)
    assert (found.low, found.middle, found.high) == (5.0, 50.0, 95.0)
    assert found.dense and not found.money and not found.counts
    assert look("1", "2", "1", "12").counts
    assert look("9.80", "12.00", "3.50").money
    assert look("1200", "500", "15000", "80").money
    assert not look("00120", "00450").money
    assert look("-5", "5").negative == 0.5


def test_a_handful_of_values_in_many_rows_is_a_class():
    assert look(*"AB" * 30).few and not look(*"AB" * 10).few


def test_words_of_a_status_are_known():
    found = look("完了", "キャンセル", "完了", "？")
    assert (found.statuses, found.voids) == (0.75, True)
    assert not look("paid", "paid").voids


def test_dates_that_do_not_say_which_part_is_the_day_are_dates():
    assert look("03/04/2024", "05/06/2024").dates == 1.0
    assert look("03/04/24", "25/06/24", "06/25/24").dates >= 0.6


def test_of_very_many_values_some_are_looked_at():
    found = look(*(f"{i:05d}" for i in range(5 * MOST_VALUES)))
    assert (found.distinct, found.codes) == (5 * MOST_VALUES, 1.0)


def test_the_day_of_every_row_is_a_number():
    days = days_of(coded(["1970-01-02", "", "x", "1970-01-02 23:00"]))
    assert days.tolist() == [1, -1, -1, 1]


def bonds(*columns, days=None):
    found = Bonds(glance([list(map(str, column)) for column in columns]))
    found.days = None if days is None else np.array(days)
    return found


def test_values_that_stand_below_each_other_are_together():
    lines = [i // 3 for i in range(30)]
    assert bonds(lines).together(0) == 1.0
    assert bonds(lines * 2).together(0) == pytest.approx(40 / 50)
    assert bonds(range(30)).together(0) is None  # nothing comes again


def test_customers_come_on_several_days_and_orders_on_one():
    customers, orders = [i % 10 for i in range(40)], [i // 2 for i in range(40)]
    found = bonds(customers, orders, days=orders)
    assert (found.on_several_days(0), found.on_several_days(1)) == (1.0, 0.0)
    assert bonds(customers).on_several_days(0) is None


def test_an_order_has_one_customer_and_several_products():
    orders = [i // 3 for i in range(30)]
    found = bonds(orders, [o % 4 for o in orders], [i % 7 for i in range(30)])
    assert (found.holds(0, 1), found.holds(0, 2)) == (1.0, 0.0)


def test_a_blank_stands_for_no_value():
    orders = [i // 3 for i in range(30)]
    found = bonds(orders, ["" if i % 3 else "x" for i in range(30)])
    assert found.holds(0, 1) is None  # no order is left with two rows


def test_columns_that_part_the_rows_alike_are_the_same():
    found = bonds([1, 2, 1], ["a", "b", "a"], ["a", "a", "a"], ["a", "b", "c"])
    assert found.same(0, 1)
    assert not found.same(0, 2) and not found.same(0, 3) and not found.same(2, 0)


def test_a_shop_has_many_orders_a_day_and_a_customer_one():
    days = [i // 10 for i in range(100)]
    found = bonds(["S1"] * 100, range(100), days=days)
    assert (found.a_day(0, 1), found.a_day(1, 1)) == (10.0, 1.0)
    assert found.a_day(0, None) == 10.0


def test_price_times_quantity_is_found_in_a_third_column():
    prices, counts = [1.1, 2.5, 3.0] * 10, [1, 2, 3] * 10
    whole = [f"{p * n:.2f}" for p, n in zip(prices, counts, strict=True)]
    found = bonds(prices, counts, whole, range(30))
    assert found.product(0, 1, 2) and not found.product(0, 1, 3)


def test_an_amount_grows_with_the_quantity_and_a_price_does_not():
    counts = [1, 2] * 20
    found = bonds([100] * 40, [100 * n for n in counts], counts)
    assert (found.grows(0, 2), found.grows(1, 2)) == (0.0, 1.0)
    assert bonds([1] * 9, [1] * 9).grows(0, 1) is None


def test_the_chance_of_two_rows_being_alike():
    assert bonds("aabb").alike(0) == 0.5
    assert bonds("abcd").alike(0) == 0.25
