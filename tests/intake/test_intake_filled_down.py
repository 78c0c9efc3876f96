"""Lists that write the day once."""

import pytest

HEAD = "日付,顧客番号,商品名,金額\n"


def orders(shop, content):
    return [(o["customer_id"], str(o["date"]), o["amount"]) for o in shop.orders(content)]


def test_the_day_once_for_all_its_rows(shop):
    content = HEAD + (
        "2024/01/05,A,茶,5\n,B,茶,6\n,C,茶,7\n2024/01/06,A,茶,8\n,B,茶,9\n2024/01/08,A,茶,1\n"
    )
    assert orders(shop, content) == [
        ("A", "2024-01-05", 5), ("B", "2024-01-05", 6), ("C", "2024-01-05", 7),
        ("A", "2024-01-06", 8), ("B", "2024-01-06", 9), ("A", "2024-01-08", 1),
    ]  # fmt: skip
    assert shop.notes(content)["dates_filled_down"] == {"column": "日付", "n": 3}


def test_day_and_customer_once_for_each_purchase(shop):
    """Two purchases on one day: the second writes the day again."""
    content = HEAD + (
        "2024/01/05,A,茶,5\n,,皿,6\n2024/01/05,B,茶,7\n,,皿,8\n,,箱,9\n2024/01/06,A,茶,1\n"
        ",,合計,36\n"
    )
    assert orders(shop, content) == [
        ("A", "2024-01-05", 5 + 6), ("B", "2024-01-05", 7 + 8 + 9), ("A", "2024-01-06", 1),
    ]  # fmt: skip
    names = shop.read(content).lines.product_name.to_pyarrow().to_pylist()
    assert sorted(names) == sorted("茶皿茶皿箱茶")


def test_equal_amounts_of_a_purchase(shop):
    """They are added up: four at 5."""
    content = HEAD + "2024/01/05,A,茶,5\n,,皿,5\n,,皿,5\n,,皿,5\n2024/01/06,A,茶,1\n"
    assert shop.amounts(content) == [20, 1]


def test_blanks_without_a_system_stay_unreadable(shop):
    twice = "2024/01/05,A,茶,5\n2024/01/05,B,茶,6\n,C,茶,7\n,A,茶,8\n,B,茶,9\n2024/01/06,A,茶,1\n"
    back = "2024/01/05,A,茶,5\n,B,茶,6\n,C,茶,7\n,A,茶,8\n2024/01/03,B,茶,9\n2024/01/06,A,茶,1\n"
    few = "2024/01/05,A,茶,5\n,B,茶,6\n,C,茶,7\n2024/01/06,A,茶,1\n"
    for rows in (twice, back, few):
        assert "dates_filled_down" not in shop.notes(HEAD + rows)
        assert {reason for _, reason, _ in shop.reasons(HEAD + rows)} == {"unreadable"}


def test_a_sum_without_a_name_is_nobodys_purchase(shop):
    content = HEAD + "2024/01/05,A,茶,5\n,,皿,6\n,,皿,6\n,,,17\n2024/01/06,A,茶,1\n"
    assert shop.amounts(content) == [17, 1]
    assert shop.reasons(content) == [(5, "unreadable", "")]


MERGED = "注文番号,注文日,会員番号,商品名,金額\n"


@pytest.mark.parametrize("orders", [3, 100])
def test_order_day_and_customer_once_for_each_order(shop, orders):
    """Of three lines each: i + (200 + i) + 5."""
    content = MERGED + "".join(
        f"A{i},2024/01/{i % 28 + 1:02},{1000 + i % 3},緑茶{i % 7},{i}\n"
        f",,,大皿{i % 5},{200 + i}\n,,,木箱,5\n"
        for i in range(orders)
    )
    assert shop.amounts(content) == [205 + 2 * i for i in range(orders)]
    assert shop.notes(content)["orders_filled_down"] == {"column": "注文番号", "n": 2 * orders}
    assert shop.reasons(content) == []


def test_a_total_written_once_for_each_order(shop):
    head = "注文番号,注文日,会員番号,合計金額,商品名,数量\n"
    content = head + "".join(
        f"A{i},2024/01/{i + 1:02},{1 + i % 3},{100 + i},茶,1\n,,,,皿,2\n" for i in range(9)
    )
    assert shop.amounts(content) == [100 + i for i in range(9)]


def test_sums_and_rows_without_a_name_belong_to_no_order(shop):
    rows = "A1,2024/01/05,1,茶,5\n,,,皿,6\n,,,小計,11\n,,,,11\n"
    rows += "A2,2024/01/06,2,茶,7\n,,,皿,8\n,,,箱,9\n,,,合計,35\n"
    assert shop.amounts(MERGED + rows) == [11, 24]


def test_an_order_written_again_is_not_written_once(shop):
    """Rows of an order have its number; others, without any, are nobody's."""
    rows = "A1,2024/01/05,1,茶,5\nA1,2024/01/05,1,皿,6\n" + ",,,茶,1\n" * 3
    content = MERGED + rows + "A2,2024/01/06,2,茶,7\nA3,2024/01/06,2,茶,7\n"
    assert "orders_filled_down" not in shop.notes(content)
    assert shop.amounts(content) == [11, 7, 7]


def test_price_and_quantity_name_a_line_too(shop):
    """(5 + i) x 2 + (3 + i) x 1."""
    content = "注文番号,注文日,会員番号,単価,数量\n" + "".join(
        f"A{i},2024/01/{i % 28 + 1:02},{1000 + i % 3},{5 + i},2\n,,,{3 + i},1\n,,,,\n"
        for i in range(40)
    )
    assert shop.amounts(content) == [13 + 3 * i for i in range(40)]
