"""A second table below the first: its columns in another order, or other ones."""

import pytest

FIRST = "日付,顧客番号,金額\n2024-01-05,1013,1944\n2024-01-06,1019,9180\n"


def test_columns_in_another_order_are_read_as_the_first_header_has_them(shop):
    """1944 + 9180 + 864 + 500, and back in the first order 70."""
    turned = "日付,金額,顧客番号\n2024-01-07,864,1013\n2024-01-08,500,1031\n"
    content = FIRST + turned + "日付,顧客番号,金額\n2024-01-09,1019,70\n"
    assert shop.amounts(content) == [1944, 9180, 864, 500, 70]
    told = [order["customer_id"] for order in shop.orders(content)]
    assert told == ["1013", "1019", "1013", "1031", "1019"]
    assert shop.reasons(content) == [
        (row, "heading_or_total", "日付,顧客番号,金額") for row in (4, 7)
    ]


def test_rows_that_were_mended_are_in_order_too(shop):
    turned = "金額,日付,顧客番号\n864,2024-01-07,1013,,\n"
    orders = shop.orders(FIRST + turned)
    assert [(o["customer_id"], o["amount"]) for o in orders][2:] == [("1013", 864)]


@pytest.mark.parametrize("new", ["日付,顧客番号,数量", "日付,電話番号,金額", "日付,顧客番号,単価"])
def test_other_columns_stop_it(shop, new):
    values = shop.faults(FIRST + new + "\n2024-01-07,1013,3\n")["second_table"]
    assert values["row"] == 4


def test_other_names_of_the_same_columns_do_not(shop):
    assert shop.amounts(FIRST + "受注日,会員番号,合計金額\n2024-01-07,1013,3\n") == [1944, 9180, 3]


def test_far_down_in_a_large_file(shop):
    """The turn lies in the second block; 3 x 200,000 in either order."""
    day = "2024-01-05,1013,3\n" * 200_000
    content = FIRST.splitlines()[0] + "\n" + day + "顧客番号,日付,金額\n"
    content += "1013,2024-01-06,3\n" * 200_000
    assert sum(shop.amounts(content)) == 1_200_000
