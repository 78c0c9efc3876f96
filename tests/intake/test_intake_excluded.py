"""Customers left out by the settings, in every way they are written there."""

import pytest

NUMBERS = "顧客番号,顧客名,注文日,金額\n1001,佐藤 花子,2024-01-05,5\n1002,店,2024-01-06,6\n"
NUMBERS += "1003,鈴木,2024-01-07,7\n"
CELLS = "顧客,注文日,金額\n1001 佐藤 花子,2024-01-05,5\n1001：佐藤花子様,2024-01-06,6\n"
CELLS += "1002 店 頭子,2024-01-07,7\n"
ALIKE = "顧客,注文日,金額\n1001 佐藤 花子,2024-01-05,5\n1002 店 頭子,2024-01-07,7\n"
NAMES = 'お名前,注文日,金額\n"Sato, Hanako",2024-01-05,5\nHanako,2024-01-06,6\n'
NAMES += '"山田、鈴木商店",2024-01-07,7\n'


@pytest.mark.parametrize(
    ("content", "named", "rows"),
    (
        (NUMBERS, "1001 佐藤 花子", [2]),
        (NUMBERS, "1001：佐藤花子様,1002", [2, 3]),
        (NUMBERS, "1001", [2]),
        (CELLS, "1001 佐藤 花子", [2, 3]),
        (CELLS, "1001", [2, 3]),
        (ALIKE, "1001 佐藤花子", [2]),
        (ALIKE, "1001", [2]),
        (NAMES, "Sato, Hanako", [2]),
        (NAMES, '"Sato, Hanako"', [2]),
        (NAMES, "sato,hanako,山田、鈴木商店", [2, 4]),
        (NAMES, "Hanako", [3]),
        (NAMES, ["Sato, Hanako", "Hanako"], [2, 3]),
    ),
    ids=range(12),
)
def test_customers_are_left_out_as_they_are_written(shop, content, named, rows):
    told = shop.notes(content, exclude_customers=named)
    assert "excluded_missing" not in told and told["excluded"]["n"] == len(rows)
    reasons = shop.reasons(content, exclude_customers=named)
    assert [(row, reason) for row, reason, _ in reasons] == [(n, "no_customer") for n in rows]


def test_a_number_with_a_name_that_nobody_has_is_told_as_missing(shop):
    told = shop.notes(NUMBERS, exclude_customers="1009 鈴木,1001")
    assert told["excluded_missing"] == {"n": 1} and told["excluded"]["n"] == 1
