"""Numbers and addresses that stand for nobody."""

import pytest


@pytest.mark.parametrize(
    "number", ["合計", "総計", "計", "小計", "Total", "subtotal", "1月計", "日計"]
)
def test_what_a_total_row_has_in_place_of_a_number_is_no_customer(shop, number):
    text = f"会員ID,注文日,金額\n1,2024-01-05,5\n{number},2024-01-06,6\n"
    assert shop.amounts(text) == [5]


@pytest.mark.parametrize("number", ["未登録", "現金客", "9999", "9999999"])
def test_more_numbers_that_stand_for_nobody(shop, number):
    assert shop.amounts(f"会員ID,注文日,金額\n1,2024-01-05,5\n{number},2024-01-06,6\n") == [5]


@pytest.mark.parametrize("numbers", [("1", "999"), ("9998", "9999")])
def test_nines_that_are_short_or_follow_a_number_are_somebody(shop, numbers):
    one, two = numbers
    text = f"会員ID,注文日,金額\n{one},2024-01-05,5\n{two},2024-01-06,6\n"
    assert shop.amounts(text) == [5, 6]


@pytest.mark.parametrize("mail", ["noreply@shop.jp", "No-Reply@shop.jp"])
def test_a_mail_address_nobody_reads_is_no_customer(shop, mail):
    text = f"メールアドレス,注文日,金額\na@b.jp,2024-01-05,5\n{mail},2024-01-06,6\n"
    assert shop.amounts(text) == [5]
