"""Columns of money that are not used, told with the option that uses them."""

import pytest

HEAD = "注文番号,会員番号,注文日,お支払金額,{}\n"
ROWS = "1,A,2024-01-05,1000,300\n2,B,2024-01-06,2000,0\n3,A,2024-02-10,3000,50\n"
KEYS = {
    "ポイント": "points_unused",
    "Pt": "points_unused",
    "楽天ポイント": "points_unused",
    "dポイント": "points_unused",
    "商品券": "voucher_unused",
    "ギフト券": "voucher_unused",
    "サービス料": "charge_unused",
    "席料": "charge_unused",
    "値引率": "rate_unused",
}
UNUSED = {*KEYS.values()}


@pytest.mark.parametrize("name", KEYS)
def test_the_column_and_its_option_are_told(shop, name):
    told = shop.notes(HEAD.format(name) + ROWS)
    values = {"column": name, "amount": "お支払金額", "option": name}
    assert {key: told[key] for key in UNUSED & told.keys()} == {KEYS[name]: values}


@pytest.mark.parametrize(
    "name", ["獲得ポイント", "ポイント残高", "利用ポイント", "送料", "割引券", "客数"]
)
def test_others_are_not_told(shop, name):
    assert not UNUSED & shop.notes(HEAD.format(name) + ROWS).keys()


def test_marks_and_rows_own_amounts_are_not_told(shop):
    marks = ROWS.replace(",300", ",1").replace(",50", ",1")
    assert not UNUSED & shop.notes(HEAD.format("商品券") + marks).keys()
    rows = (HEAD.format("ポイント") + ROWS).replace("お支払金額", "金額")
    assert not UNUSED & shop.notes(rows).keys()


def test_the_options_that_are_told_work(shop):
    text = HEAD.format("ポイント") + ROWS
    assert shop.amounts(text, points_column="ポイント") == [1300, 2000, 3050]
    text = HEAD.format("席料") + ROWS
    assert shop.amounts(text, discount_column="席料") == [700, 2000, 2950]
