"""Rows of goods taken back that show it only in their quantity."""

import pytest

HEAD = "会員番号,注文日,数量,金額\n"
ROWS = "A,2024-01-05,2,1200\nB,2024-01-06,1,500\nA,2024-02-10,-1,600\nC,2024-02-11,1,300\n"


@pytest.mark.parametrize("amount", ["金額", "合計金額"])
def test_a_negative_quantity_makes_a_positive_amount_a_return(shop, amount):
    content = (HEAD + ROWS).replace("金額", amount)
    assert shop.amounts(content) == [1200, 500, -600, 300]
    notes = shop.notes(content)
    assert notes["quantity_negative"] == {"n": 1, "column": "数量", "row": 4}
    assert notes["returns"] == {"rows": 1, "n": 1}


def test_so_it_does_beside_products(shop):
    content = "会員番号,注文日,商品名,数量,金額\n"
    content += "A,2024-01-05,茶,2,1200\nB,2024-01-06,皿,1,500\nA,2024-02-10,茶,-1,600\n"
    assert shop.amounts(content) == [1200, 500, -600]


def test_where_amounts_are_signed_too_a_positive_one_stays_and_is_told(shop):
    content = HEAD + ROWS + "D,2024-03-01,-1,-300\n"
    assert shop.amounts(content) == [1200, 500, 600, 300, -300]
    assert shop.notes(content)["quantity_negative_kept"]["row"] == 4
    content = HEAD + ROWS.replace("-1,600", "-1,-600")
    assert shop.amounts(content) == [1200, 500, -600, 300]
    assert not {"quantity_negative", "quantity_negative_kept"} & shop.notes(content).keys()


def test_quantities_that_are_negative_as_a_rule_say_nothing_of_returns(shop):
    content = HEAD + ROWS.replace(",2,1200", ",-2,1200").replace(",1,300", ",-1,300")
    assert shop.amounts(content) == [1200, 500, 600, 300]


def test_a_total_is_a_return_where_all_rows_of_its_order_are(shop):
    content = "注文番号,会員番号,注文日,商品名,数量,合計金額\n"
    content += "1,A,2024-01-05,茶,2,1200\n1,A,2024-01-05,皿,-1,1200\n2,B,2024-01-06,皿,1,500\n"
    content += "3,B,2024-01-09,皿,-1,500\n4,B,2024-01-10,椀,1,800\n"
    assert shop.amounts(content) == [1200, 500, -500, 800]


def test_a_discount_is_no_goods_taken_back(shop):
    content = "伝票番号,会員番号,注文日,商品名,数量,金額\n"
    content += "1,A,2024-01-05,茶,2,1200\n1,A,2024-01-05,会員割引,-1,100\n2,B,2024-01-06,皿,1,500\n"
    assert shop.amounts(content) == [1100, 500]
    assert "quantity_negative" not in shop.notes(content)
