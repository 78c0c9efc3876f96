"""Columns of kinds of rows."""

import pytest

HEAD = "注文番号,会員番号,注文日,{},商品名,金額\n"
ROWS = (
    "1,A,2024-01-05,商品,茶,1000\n1,A,2024-01-05,送料,,600\n1,A,2024-01-05,値引,,{0}100\n"
    "2,B,2024-01-06,商品,器,2000\n2,B,2024-01-06,ポイント利用,,{0}50\n"
)


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize("name", ["明細区分", "種類", "line_type"])
def test_rows_of_charges_are_told_by_their_kind(shop, name, sign):
    text = HEAD.format(name) + ROWS.format(sign)
    assert shop.amounts(text) == [900, 2000]
    assert [reason for _, reason, _ in shop.reasons(text)] == ["not_a_sale"] * 2
    assert shop.amounts(text, include_shipping=True) == [1500, 2000]
    assert shop.notes(text)["rows_charges"] == {"n": 1, "names": "送料"}


@pytest.mark.parametrize("name", ["割引区分", "決済種別", "配送区分"])
def test_kinds_of_something_else_are_no_kinds_of_rows(shop, name):
    assert shop.amounts(HEAD.format(name) + ROWS.format("")) == [1700, 2050]


def test_kinds_beside_means_of_payment_or_without_goods_are_none(shop):
    for one in ("現金", "その他"):
        text = HEAD.format("種別") + ROWS.format("").replace("商品,茶", f"{one},茶")
        text = text.replace("商品,器", f"{one},器")
        assert shop.amounts(text) == [1700, 2050]


def test_a_discount_among_kinds_of_slips_is_money_off(shop):
    rows = "1,A,2024-01-05,売上,1000\n1,A,2024-01-05,値引,100\n2,B,2024-01-06,売上,2000\n"
    assert shop.amounts("伝票番号,会員番号,売上日,取引区分,金額\n" + rows) == [900, 2000]


@pytest.mark.parametrize("name", ["区分", "売上返品区分"])
def test_the_short_word_for_a_return_is_one(shop, name):
    rows = "1,A,2024-01-05,売,1000\n2,A,2024-01-07,返,1000\n3,B,2024-01-06,売,2000\n"
    text = f"伝票番号,会員番号,売上日,{name},金額\n" + rows
    assert shop.amounts(text) == [1000, -1000, 2000]


@pytest.mark.parametrize("name", ["区分", "販売種類", "価格区分"])
def test_a_column_of_categories_or_prices_leaves_goods_alone(shop, name):
    kinds = ("商品", "会員割引", "商品", "クーポン")
    rows = [
        f"{n},C{n % 9},2024-01-{n + 1:02},{kinds[n % 4]},品{n % 8},{900 + n}" for n in range(28)
    ]
    amounts = shop.amounts(HEAD.format(name) + "\n".join(rows) + "\n")
    assert amounts == [900 + n for n in range(28)]


def test_the_setting_says_which_column_it_is_or_that_there_is_none(shop):
    text = HEAD.format("割引区分") + ROWS.format("")
    assert shop.amounts(text, row_kind_column="割引区分") == [900, 2000]
    assert shop.amounts(HEAD.format("明細区分") + ROWS.format(""), row_kind_column="none") == [
        1700,
        2050,
    ]
    rows = "1,A,2024-01-05,売上,1000\n1,A,2024-01-05,値引,100\n"
    slips = "伝票番号,会員番号,売上日,取引区分,金額\n" + rows
    assert shop.amounts(slips, row_kind_column="none") == [1100]
