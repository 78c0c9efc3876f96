"""Customer numbers that are nearly the same: told, and still several."""

HEAD = "会員番号,注文日,金額\n"


def test_numbers_that_differ_in_case_are_several_and_told(shop):
    text = HEAD + "ＡＢ１２,2024-01-05,5\nAB12,2024-01-06,5\nab12,2024-01-07,5\nX1,2024-01-07,5\n"
    assert {order["customer_id"] for order in shop.orders(text)} == {"AB12", "ab12", "X1"}
    notes = shop.notes(text)
    assert notes["numbers_case"] == {"n": 1, "row": 4}
    assert "numbers_zeros" not in notes


def test_numbers_that_differ_in_leading_zeros_are_several_and_told(shop):
    text = HEAD + "00123,2024-01-05,5\n00124,2024-01-06,5\n123,2024-01-07,5\n"
    assert len({order["customer_id"] for order in shop.orders(text)}) == 3
    assert shop.notes(text)["numbers_zeros"] == {"n": 1, "row": 4}


def test_nothing_is_said_of_numbers_that_are_not_used_or_no_numbers(shop):
    text = "会員番号,注文日,金額,状態\nab,2024-01-05,5,\nAB,2024-01-06,5,キャンセル\n"
    text += "0A,2024-01-06,5,\nA,2024-01-06,5,\n"
    assert not {"numbers_case", "numbers_zeros"} & shop.notes(text).keys()
