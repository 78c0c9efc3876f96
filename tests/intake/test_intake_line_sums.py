"""What the lines of an order come to, against the order's own amount."""

from decimal import Decimal

import pytest

SALES = "注文番号,会員ID,注文日,合計金額,送料\nA,1,2024-01-05,1500,500\nB,2,2024-01-06,700,0\n"
HEAD = "注文番号,商品名,数量,単価\n"


@pytest.fixture
def told(shop):
    def read(items, sales=SALES, **settings):
        path = shop.path(items, "items.csv")
        ledger = shop.read(sales, lines_file=str(path), **settings)
        return {note.key: dict(note.values) for note in ledger.notes}

    return read


def test_lines_meet_the_amount_or_the_total_with_postage(told):
    assert told(HEAD + "A,茶,2,500\nB,茶,7,100\n")["lines_meet"] == {"n": 2}
    assert told(HEAD + "A,茶,2,500\nA,送料,1,500\nB,茶,7,100\n")["lines_meet"] == {"n": 2}


def test_orders_that_their_lines_do_not_meet_are_counted_with_both_sums(told):
    found = told(HEAD + "A,茶,2,500\nB,茶,5,100\n")
    assert found["lines_apart"] == {
        "n": 1,
        "all": 2,
        "row": 3,
        "one": Decimal(500),
        "order": Decimal(700),
        "lines": Decimal(500),
        "orders": Decimal(700),
        "currency": "JPY",
    }
    assert "lines_meet" not in found


def test_an_order_with_a_line_without_a_price_is_not_compared(told):
    found = told(HEAD + "A,茶,2,x\nA,菓子,1,500\nB,茶,7,100\n")
    assert found["lines_meet"] == {"n": 1}
    assert found["lines_unpriced"] == {"n": 1, "row": "2"}


def test_what_rounding_makes_of_it_is_no_difference(told):
    sales = "order_id,customer_id,date,total\nA,1,2024-01-05,1.00\nB,1,2024-01-06,5.00\n"
    items = "order_id,product,qty,unit_price\nA,x,1,0.335\nA,y,1,0.335\nA,z,1,0.33\nB,x,1,5.00\n"
    assert told(items, sales, currency="USD")["lines_meet"] == {"n": 2}  # 34 + 34 + 33 cents
