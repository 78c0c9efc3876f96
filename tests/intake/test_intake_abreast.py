"""Tables side by side."""

import pytest

from toolkit.intake.tables.abreast import repeated_names

HEAD = "日付,顧客番号,金額"


@pytest.mark.parametrize("gap", [",", ",,"])
def test_two_tables_side_by_side_stop_it(shop, gap):
    content = HEAD + gap + HEAD + "\n" + f"2024-01-05,A,5{gap}2024-02-05,B,7\n" * 3
    values = shop.faults(content)["tables_abreast"]
    assert (values["n"], values["names"]) == (2, "日付, 顧客番号, 金額")


def test_an_empty_table_beside_the_first_does_not(shop):
    content = HEAD + ",," + HEAD + "\n" + "2024-01-05,A,5,,,,\n" * 3
    assert shop.amounts(content) == [5, 5, 5]


def test_what_is_one_table(shop):
    assert repeated_names(["日付", "顧客番号", "金額"]) == []
    assert repeated_names(["日付", "氏名", "住所", "氏名", "住所"]) == []
    assert repeated_names(["氏名", "住所", "氏名", "住所"]) == []  # of who orders, of who receives
    assert repeated_names(["", "日付", "金額", "", "日付", "金額"]) == [[1, 2], [4, 5]]
