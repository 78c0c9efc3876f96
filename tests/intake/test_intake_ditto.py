"""Ditto marks in hand-kept lists."""

import numpy as np
import pyarrow as pa
import pytest

from toolkit.intake.tables.coded import Coded
from toolkit.intake.tables.ditto import without_ditto

HEAD = "お名前,電話,日付,品名,金額\n"
ROWS = [  # each customer buys twice or three times a day, written once
    ("佐藤", "03-1111-2222", "2024-01-05", "茶", 500),
    ("{}", "{}", "{}", "菓子", 700),
    ("鈴木", "03-3333-4444", "2024-01-06", "茶", 500),
    ("{}", "{}", "{}", "菓子", 700),
    ("{}", "{}", "{}", "{}", 700),
]


def column(*texts):
    names = list(dict.fromkeys(texts))
    return Coded(np.array([names.index(text) for text in texts]), pa.array(names))


@pytest.mark.parametrize("mark", ["同上", "〃", "々"])
def test_a_mark_is_the_value_above_it(shop, mark):
    rows = [",".join(str(cell).format(mark) for cell in row) for row in ROWS]
    orders = shop.orders(HEAD + "\n".join(rows) + "\n")
    assert len({order["customer_id"] for order in orders}) == 2
    assert sum(order["amount"] for order in orders) == 500 + 700 + 500 + 700 + 700
    told = shop.notes(HEAD + "\n".join(rows) + "\n")
    assert "ditto" in told


def test_a_mark_with_nothing_above_it_stays():
    texts = without_ditto(column("同上", "a", "", "同上", "b", "〃"))
    assert [texts.texts[int(code)].as_py() for code in texts.codes] == [
        "同上",
        "a",
        "",
        "a",
        "b",
        "b",
    ]


def test_a_name_with_such_a_sign_in_it_is_a_name(shop):
    text = "お名前,電話,日付,金額\n" + "佐々木,03-1111-2222,2024-01-05,500\n"
    assert [order["amount"] for order in shop.orders(text)] == [500]
