"""Lists that write the day once."""

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
