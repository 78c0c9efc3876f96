"""Dates whose year, month and day stand in columns of their own."""

import pytest

DAYS = ["2024-01-05", "2024-01-06", "2024-02-10"]
FORMS = {
    "年,月,日": ("2024,1,5", "2024,1,6", "2024,2,10"),
    "注文年,注文月,注文日": ("2024,01,05", "2024,01,06", "2024,02,10"),
    "Year,Month,Day": ("2024,1,5", "2024,1,6", "2024,2,10"),
    "order_year,order_month,order_day": ("24,1,5", "24,1,6", "24,2,10"),
    "年,月,日,曜日": ("2024年,1月,5日,金", "2024年,1月,6日,土", "2024年,2月,10日,土"),
    "売上年,売上月,売上日": ("令和6,1,5", "令和6,1,6", "令和6,2,10"),
}


def sales(names, parts):
    keys = zip("ABA", parts, (1200, 500, 700), strict=True)
    return f"会員番号,{names},金額\n" + "".join(f"{a},{b},{c}\n" for a, b, c in keys)


@pytest.mark.parametrize("names", FORMS)
def test_three_columns_are_one_date(shop, names):
    found = shop.orders(sales(names, FORMS[names]))
    assert [str(order["date"]) for order in found] == DAYS
    used = shop.read(sales(names, FORMS[names])).source.columns["date"]
    assert used == tuple(names.split(",")[:3])


def test_a_column_of_times_beside_them(shop):
    content = sales("年,月,日,時刻", ("2024,1,5,10:30", "2024,1,6,25:10", "2024,2,10,12:00"))
    found = [str(order["ordered_at"]) for order in shop.orders(content)]
    assert found == ["2024-01-05 10:30:00", "2024-01-07 01:10:00", "2024-02-10 12:00:00"]


def test_a_column_of_dates_goes_before_them(shop):
    content = sales("年,月,日,注文日", tuple(f"2020,1,1,{day}" for day in DAYS))
    assert [str(order["date"]) for order in shop.orders(content)] == DAYS


def test_days_that_do_not_exist_are_unreadable_with_what_stands_there(shop):
    content = sales("年,月,日", FORMS["年,月,日"]) + "C,2024,13,1,5\nC,2024,,1,5\n"
    left = [(5, "unreadable", "2024-13-1"), (6, "unreadable", "2024--1")]
    assert shop.reasons(content) == left


def test_numbers_that_are_no_parts_of_a_date(shop):
    content = sales("年,月,日", ("2024,100,5", "2024,200,6", "2024,300,10"))
    assert "no_date_column" in shop.faults(content)


def test_a_time_of_day_is_not_offered_as_a_date(shop):
    content = sales("時刻", ("10:30", "11:10", "12:00"))
    assert "no_date_column" in shop.faults(content)
    assert "no_date_column" in shop.faults(sales("配達日", ("未定", "翌日", "翌日")))
