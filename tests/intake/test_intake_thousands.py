"""Thousands parted by commas without quotes, and files most of whose rows do not fit."""

import pytest

from toolkit.intake.tables.thousands import parted_column

HEAD = "注文番号,注文日,会員番号,商品名,金額\n"


def rows(*amounts):
    return "".join(
        f"{n},2024-01-{n % 28 + 1:02d},10{n % 7 + 10},茶,{amount}\n"
        for n, amount in enumerate(amounts, 1)
    )


def test_amounts_are_put_together_again(shop):
    """1,944 six times, 696, and 12,345,678: the comma of thousands is no delimiter."""
    content = HEAD + rows(*["1,944"] * 6, "696", "12,345,678")
    assert shop.amounts(content) == [1944] * 6 + [696, 12345678]
    assert shop.notes(content)["thousands_joined"] == {"column": "金額"}


def test_a_column_in_the_middle(shop):
    lines = [f"2024-01-{n:02d},{n},944,1013\n" for n in range(1, 10)]
    content = "注文日,金額,会員番号\n" + "".join(lines)
    assert shop.amounts(content) == [n * 1000 + 944 for n in range(1, 10)]
    assert {o["customer_id"] for o in shop.orders(content)} == {"1013"}


def test_two_columns_that_explain_it_are_no_explanation():
    assert parted_column([["1", "234", "567"]] * 9, 2) is None
    assert parted_column([["1", "234", "1567"]] * 9, 2) == 0
    assert parted_column([["1", "234", "1567"]] * 4, 2) is None  # too few to show it
    assert parted_column([["1", "034", "567"]] * 9, 2) == 0  # 034,567 is no number


def test_whole_numbers_in_the_column_of_rows_that_fit_speak_against_it():
    assert parted_column([["1", "234", "x"]] * 9 + [["1944", "x"]] * 9, 2) is None


@pytest.mark.parametrize("n", [12, 150])
def test_a_file_most_of_whose_rows_do_not_fit_is_refused(shop, n):
    """Of 12 rows 3 fit, of 150 30: names with a comma in them."""
    lines = "".join(f"{i},2024-01-05,A,茶{', 青' if i % 5 else ''},500\n" for i in range(1, n + 1))
    torn = sum(bool(i % 5) for i in range(1, n + 1))
    values = shop.faults(HEAD + lines)["mostly_torn"]
    assert (values["n"], values["bad"], values["row"]) == (n, torn, 2)


def test_some_rows_that_do_not_fit_are_told(shop):
    """6 of 60 rows: a tenth."""
    lines = "".join(
        f"{i},2024-01-05,A,茶{', 青' if i % 10 == 0 else ''},500\n" for i in range(1, 61)
    )
    note = shop.notes(HEAD + lines)["many_unreadable"]
    assert (note["n"], note["all"], note["row"]) == (6, 60, 11)
