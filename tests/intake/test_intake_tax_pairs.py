"""Amounts with tax beside amounts without."""

import pytest

ROWS = "A,2024-01-05,1000,1100\nB,2024-01-06,500,550\nA,2024-02-10,300,324\n"
PAIRS = [
    "税抜金額,税込金額",
    "税抜,税込合計",
    "税抜合計,税込合計",
    "金額(税抜),金額(税込)",
    "金額,税込金額",
    "金額(税抜),金額",
    "税抜,税込",
    "本体価格,税込価格",
    "amount_excl_tax,amount_incl_tax",
    "小計(税抜),合計(税込)",
]


@pytest.mark.parametrize("names", PAIRS)
def test_the_one_with_tax_is_used_and_the_other_on_request(shop, names):
    content, (less, more) = f"会員番号,注文日,{names}\n{ROWS}", names.split(",")
    assert shop.amounts(content) == [1100, 550, 324]
    assert shop.notes(content)["tax_counted"] == {"column": more, "other": less}
    assert shop.amounts(content, without_tax=True) == [1000, 500, 300]
    assert shop.notes(content, without_tax=True)["tax_left_out"] == {"column": less, "other": more}
    assert shop.amounts(content, amount_column=less) == [1000, 500, 300]
    assert "tax_counted" not in shop.notes(content, amount_column=less)


def test_prices_with_tax_and_without(shop):
    content = "会員番号,注文日,単価(税抜),単価(税込),数量\n"
    content += "A,2024-01-05,100,110,3\nB,2024-01-06,50,55,1\n"
    assert shop.amounts(content) == [330, 55]
    assert shop.amounts(content, without_tax=True) == [300, 50]


def test_tax_is_not_taken_off_an_amount_without_it(shop):
    content = "会員番号,注文日,税抜合計,消費税,税込合計\n"
    content += "A,2024-01-05,1000,100,1100\nB,2024-01-06,500,50,550\n"
    assert shop.amounts(content) == [1100, 550]
    assert shop.amounts(content, without_tax=True) == [1000, 500]
    only = "会員番号,注文日,税抜合計,消費税\nA,2024-01-05,1000,100\nB,2024-01-06,500,50\n"
    assert shop.amounts(only, without_tax=True) == [1000, 500]


def test_columns_that_do_not_go_together_are_no_pair(shop):
    content = "会員番号,注文日,金額,税込金額\n"
    content += "A,2024-01-05,1000,90\nB,2024-01-06,500,40\nA,2024-01-07,300,20\n"
    assert shop.amounts(content) == [1000, 500, 300]
    assert "tax_counted" not in shop.notes(content)
