"""Marks and dates of cancelling, of returns and of tests."""

import pytest
from status_files import HEAD


@pytest.mark.parametrize(
    "name", ["キャンセルフラグ", "取消", "取消区分", "削除フラグ", "is_cancelled", "void_flag"]
)
@pytest.mark.parametrize(("yes", "no"), [("1", "0"), ("TRUE", "FALSE"), ("○", ""), ("済", "")])
def test_a_mark_of_cancelling_removes_the_order(shop, name, yes, no):
    text = HEAD.format(name=name) + f"1,2024-01-05,5,{yes}\n1,2024-01-06,6,{no}\n"
    assert shop.reasons(text) == [(2, "cancelled", "5")]


def test_marks_of_which_none_says_no_are_two_kinds_of_something(shop):
    text = HEAD.format(name="取消区分") + "1,2024-01-05,5,1\n1,2024-01-06,6,2\n"
    assert shop.amounts(text) == [5, 6]


@pytest.mark.parametrize("name", ["キャンセル日", "取消日", "cancelled_at", "voided_at"])
@pytest.mark.parametrize("no", ["", "0", "0000-00-00", "1900-01-01", "1900/01/01 00:00:00"])
def test_a_date_of_cancelling_removes_the_order(shop, name, no):
    text = HEAD.format(name=name) + f"1,2024-01-05,5,2024-01-07\n1,2024-01-06,6,{no}\n"
    assert shop.reasons(text) == [(2, "cancelled", "5")]


def test_a_mark_on_one_line_of_an_order_is_of_that_line(shop):
    text = "注文番号,会員ID,注文日,金額,キャンセルフラグ\nA,1,2024-01-05,5,1\nA,1,2024-01-05,6,\n"
    assert shop.amounts(text) == [6]


@pytest.mark.parametrize("name", ("返品フラグ", "is_returned", "返金フラグ"))
def test_a_mark_of_a_return_removes_the_order_unless_the_file_says_how_much_went_back(shop, name):
    text = HEAD.format(name=name) + "1,2024-01-05,5,1\n1,2024-01-06,6,0\n"
    assert shop.amounts(text) == [6]
    text = HEAD.format(name=f"{name},返金額") + "1,2024-01-05,5,1,2\n1,2024-01-06,6,0,0\n"
    assert shop.amounts(text) == [3, 6]


DATED = ["キャンセル処理日", "取消日付", "返品日", "returned_at"]


@pytest.mark.parametrize("name", DATED)
def test_a_date_of_cancelling_by_another_name(shop, name):
    rows = "1,A,2024-01-05,1000,\n2,A,2024-01-06,300,2024-01-08\n3,B,2024-02-01,500,\n"
    content = f"注文番号,会員ID,注文日,金額,{name}\n{rows}"
    assert shop.amounts(content) == [1000, 500]


def test_dates_that_cancel_nothing(shop):
    rows = "1,A,2024-01-05,1000,2024-01-06,\n2,A,2024-01-06,300,2024-01-08,\n"
    content = f"注文番号,会員ID,注文日,金額,キャンセル受付日,キャンセル期限日\n{rows}"
    assert shop.amounts(content) == [1000, 300]
    head = "注文番号,会員ID,注文日,金額,返金額,返品日\n"
    assert shop.amounts(f"{head}1,A,2024-01-05,1000,200,2024-01-07\n") == [800]


def test_a_mark_of_a_test_is_no_order(shop):
    rows = "1,A,2024-01-05,1000,0\n2,A,2024-01-06,300,1\n"
    assert shop.amounts(f"注文番号,会員ID,注文日,金額,テスト注文\n{rows}") == [1000]
