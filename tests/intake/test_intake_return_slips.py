"""Kinds of slips among the rows, and money that goes back."""

import pytest
from status_files import HEAD, filled_in, said


@pytest.mark.parametrize("name", ["伝票区分", "取引区分", "区分", "type", "transaction_type"])
@pytest.mark.parametrize("kind", ["返品", "返金", "赤伝", "return", "Refund"])
def test_a_return_slip_with_a_positive_amount_is_money_going_back(shop, name, kind):
    text = (
        f"注文番号,会員ID,注文日,金額,{name}\nA,1,2024-01-05,500,売上\n"
        f"R,1,2024-02-06,300,{kind}\nP,1,2024-02-07,200,入金\n"
    )
    assert shop.amounts(text) == [500, -300]
    assert shop.reasons(text) == [(4, "not_a_sale", "200")]


@pytest.mark.parametrize("name", ["区分", "type"])
@pytest.mark.parametrize(("sale", "void"), [("売上", "取消"), ("sale", "void")])
def test_kinds_of_sales_and_cancellations_alone_are_known_by_both(shop, name, sale, void):
    head = f"注文番号,会員ID,注文日,金額,{name},状態\n"
    text = head + f"A,1,2024-01-05,5,{sale},完了\nB,1,2024-01-06,6,{void},完了\n"
    text += "C,1,2024-01-07,7,,完了\nD,1,2024-01-08,8,交換,完了\n"
    assert shop.amounts(text) == [5, 7, 8]
    assert shop.amounts(text.replace(sale, "会員")) == [5, 6, 7, 8]  # a class of something


def test_a_return_slip_of_a_cancelled_sale_goes_with_it(shop):
    text = (
        "注文番号,会員ID,注文日,金額,状態,伝票区分\nA,1,2024-01-05,500,取消済,売上\n"
        "A,1,2024-01-05,500,完了,返品\nB,1,2024-01-06,70,完了,売上\nB,1,2024-02-06,70,完了,返品\n"
    )
    assert shop.amounts(text) == [70, -70]
    assert [reason for _, reason, _ in shop.reasons(text)] == ["cancelled", "cancelled"]


@pytest.mark.parametrize(
    "name", ["返金額", "返金", "返品金額", "refunded", "refund", "refund_amount"]
)
@pytest.mark.parametrize("amount", ["金額", "合計金額"])
def test_a_refund_is_taken_off_its_order_once(shop, name, amount):
    text = (
        f"注文番号,会員ID,注文日,{amount},{name}\nA,1,2024-01-05,500,200\nB,1,2024-01-06,70,\n"
        "C,2,2024-01-07,90,-90\n"
    )
    assert shop.amounts(text) == [300, 70, 0]
    assert shop.notes(text)["amount_goods_off"] == {"column": amount, "off": name}


def test_a_refund_repeated_on_the_rows_of_an_order_is_taken_off_once(shop):
    text = (
        "注文番号,会員ID,注文日,金額,返金額\nA,1,2024-01-05,500,200\nA,1,2024-01-05,70,200\n"
        "B,1,2024-01-06,70,\n"
    )
    assert shop.amounts(text) == [570 - 200, 70]


def test_a_mark_of_refund_is_no_amount(shop):
    text = HEAD.format(name="refund") + "1,2024-01-05,500,1\n1,2024-01-06,70,0\n"
    assert shop.amounts(text) == [500, 70]


def test_a_return_slip_that_names_its_refund_goes_back_once(shop):
    text = "会員ID,注文日,金額,返金額,区分\n1,2024-01-05,500,0,売上\n1,2024-01-09,300,300,返品\n"
    assert shop.amounts(text) == [500, -300]


def test_an_exchange_among_kinds_of_slips_is_a_sale(shop):
    text = HEAD.format(name="取引区分") + "1,2024-01-05,5,交換\n1,2024-01-06,6,売上\n"
    assert shop.amounts(text) == [5, 6]


@pytest.mark.parametrize(
    "name", ["取引区分名", "伝票種類", "データ区分", "処理区分", "Voucher Type"]
)
def test_a_column_of_kinds_is_told_by_its_ending_and_its_words(shop, name):
    content = (
        f"伝票番号,会員ID,売上日,{name},金額\n1,A,2024-01-05,掛売上,1000\n2,A,2024-01-06,現金入金,1000\n"
        "3,B,2024-02-01,現売上,500\n4,B,2024-02-03,掛返品,200\n"
    )
    assert shop.amounts(content) == [1000, 500, -200]
    assert shop.reasons(content) == [(3, "not_a_sale", "1000")]


def test_kinds_of_customers_or_goods_are_no_kinds_of_slips(shop):
    content = (
        "伝票番号,会員ID,売上日,顧客区分,商品区分,金額\n1,A,2024-01-05,一般,通常,1000\n"
        "2,A,2024-01-06,会員,ポイント,300\n3,B,2024-02-01,一般,通常,500\n"
    )
    assert shop.amounts(content) == [1000, 300, 500]


@pytest.mark.parametrize("name", ["赤伝フラグ", "赤伝区分", "赤黒区分", "赤黒"])
@pytest.mark.parametrize(
    ("red", "black"), [("1", "0"), ("1", ""), ("赤", "黒"), ("赤伝", "黒伝"), ("赤伝", "")]
)
def test_a_red_slip_is_money_going_back_whatever_its_sign(shop, name, red, black):
    text = filled_in(name, {2: red, 5: red}, blank=black)
    assert shop.amounts(text) == [100, 200, -300, 400, 500, -600, 700, 800, 900, 1000]
    assert shop.amounts(text.replace(",600,", ",-600,"))[5] == -600
    assert f"{red} 2 as money going back" in said(shop, text)[0]


def test_marks_of_red_slips_on_most_rows_are_told_and_count(shop):
    text = filled_in("赤黒区分", {2: "0", 5: "0"}, blank="1")
    assert len([amount for amount in shop.amounts(text) if amount > 0]) == 10
    assert shop.notes(text)["status_red"]["column"] == "赤黒区分"


def test_a_return_ticket_is_a_sale(shop):
    kinds = ["Single", "Return", "Day pass"]
    rows = "".join(
        f"{n},{n % 9 + 1},2024-{n % 12 + 1:02}-05,{kinds[n % 3]},1000\n" for n in range(48)
    )
    assert sum(shop.amounts("order_id,customer_id,date,Type,amount\n" + rows)) == 48_000
