"""An amount beside its parts."""

import pytest

HEAD = "会員番号,来店日,"


def sales(columns, row):
    """Ten visits; goods are bought on every one."""
    content = HEAD + columns + "\n"
    for n in range(10):
        content += f"A{n % 3},2024-01-{n + 1:02d},{row(4000 + 110 * n, 1000 + 30 * n)}\n"
    return content


WHOLE = [5000 + 140 * n for n in range(10)]


@pytest.mark.parametrize("names", ["施術売上,店販売上,売上額", "現金売上額,カード売上額,総額"])
def test_the_sum_is_counted_and_not_its_parts(shop, names):
    content = sales(names, lambda one, two: f"{one},{two},{one + two}")
    first, second, whole = names.split(",")
    assert shop.amounts(content) == WHOLE
    told = {"column": whole, "parts": f"{first} + {second}"}
    assert shop.notes(content)["sum_counted"] == told
    assert shop.amounts(content, amount_column=first)[:2] == [4000, 4110]


def test_discounts_may_be_off_the_sum_already_or_not(shop):
    after = sales("施術合計,店販合計,割引,売上額", lambda a, b: f"{a},{b},-300,{a + b - 300}")
    before = sales("施術合計,店販合計,割引,売上額", lambda a, b: f"{a},{b},-300,{a + b}")
    assert shop.amounts(after) == shop.amounts(before) == [each - 300 for each in WHOLE]
    assert {"discount_in", "discount_off"} & shop.notes(before).keys() == {"discount_off"}
    assert {"discount_in", "discount_off"} & shop.notes(after).keys() == {"discount_in"}


def test_what_the_till_took_goes_before_what_was_booked(shop):
    content = sales("予約金額,会計金額", lambda one, two: f"{one + 500},{one}")
    assert shop.amounts(content) == [4000 + 110 * n for n in range(10)]
