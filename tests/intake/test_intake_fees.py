"""Fees beside an order's total: of several kinds, and those the shop paid itself."""

import pytest

HEAD = "注文番号,会員番号,注文日,"
KEYS = ("1,A,2024-01-05,", "2,B,2024-01-06,", "3,A,2024-02-10,")


def sales(columns, rows):
    return f"{HEAD}{columns}\n" + "".join(f"{k}{r}\n" for k, r in zip(KEYS, rows, strict=True))


@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        (
            "合計金額,送料,代引手数料,クール料金",
            ("2030,500,330,200", "1000,0,0,0", "1030,500,330,200"),
        ),
        ("合計金額,shipping_fee,ラッピング代", ("1700,500,200", "1500,500,0", "500,500,0")),
        (
            "合計金額,代引手数料,決済手数料,手数料合計",
            ("1530,330,200,530", "1330,330,0,330", "200,0,200,200"),
        ),
        (
            "合計金額,送料,代引手数料,手数料合計",
            ("1830,500,330,830", "1500,500,0,500", "330,0,330,330"),
        ),
    ],
)
def test_every_kind_of_fee_is_taken_off_once(shop, columns, rows):
    expected = {
        "合計金額,送料,代引手数料,クール料金": [1000, 1000, 0],
        "合計金額,shipping_fee,ラッピング代": [1000, 1000, 0],
        "合計金額,代引手数料,決済手数料,手数料合計": [1000, 1000, 0],
        "合計金額,送料,代引手数料,手数料合計": [1000, 1000, 0],
    }
    assert shop.amounts(sales(columns, rows)) == expected[columns]


@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        ("合計金額,決済手数料,振込金額", ("1000,36,964", "500,18,482", "2000,72,1928")),
        ("合計金額,手数料", ("1000,-36", "500,-18", "2000,-72")),
        ("合計金額,手数料,正味", ("1000,-36,964", "500,-18,482", "2000,-72,1928")),
    ],
)
def test_a_fee_that_the_shop_paid_is_not_taken_off(shop, columns, rows):
    content = sales(columns, rows)
    assert shop.amounts(content) == [1000, 500, 2000]
    name = columns.split(",")[1]
    assert shop.notes(content)["fee_of_shop"] == {"column": "合計金額", "fee": name}


def test_a_fee_of_the_customer_beside_a_net_amount_of_another_kind_is_taken_off(shop):
    content = sales("合計金額,代引手数料,入金額", ("1330,330,1330", "500,0,500", "2330,330,2330"))
    assert shop.amounts(content) == [1000, 500, 2000]
    assert "fee_of_shop" not in shop.notes(content)


@pytest.mark.parametrize(
    "name",
    ["代引", "代引き", "のし代", "包装代", "梱包料", "クール便", "ラッピング", "宿泊税", "入湯税"],
)
def test_fees_by_short_names_are_taken_off(shop, name):
    rows = ("1330,330", "1000,0", "1530,330")
    assert shop.amounts(sales(f"合計金額,{name}", rows)) == [1000, 1000, 1200]


@pytest.mark.parametrize(
    "cells", [("あり", "なし", "あり"), ("1", "0", "1")], ids=["words", "marks"]
)
def test_marks_of_what_was_wanted_are_no_fees(shop, cells):
    rows = [f"1000,{cell}" for cell in cells]
    assert shop.amounts(sales("合計金額,ラッピング", rows)) == [1000, 1000, 1000]


def test_what_was_collected_on_delivery_is_no_fee(shop):
    rows = ("1330,1330", "1000,0", "1530,1530")
    assert shop.amounts(sales("合計金額,代引", rows)) == [1330, 1000, 1530]
