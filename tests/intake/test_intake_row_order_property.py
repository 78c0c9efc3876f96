"""The ledger of customers known by name and telephone number or postcode, in any order of rows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.intake import read_sales
from toolkit.settings import Settings

NAMES = (  # each person as a till writes her, then nobody
    *("佐藤花子", "佐藤 花子", "佐藤　花子 様", "佐藤花子さん", "山田太郎", "山田 太郎様"),
    *("Ann Lee", "ann lee", "ANN LEE", "Ａｎｎ Ｌｅｅ様", "ｻﾄｳ ﾊﾅｺ", "サトウハナコ"),
    *("", "ゲスト", "お客様"),
)
BESIDE = {
    "電話番号": (
        *("03-1234-5678", "0312345678", "(03)1234-5678", "+81-3-1234-5678", "312345678"),
        *("090-1111-2222", "09011112222", "０９０－１１１１－２２２２", "9011112222"),
        *("", "000-0000-0000", "不明"),
    ),
    "郵便番号": (
        "123-4567",
        "1234567",
        "１２３－４５６７",
        "〒123-4567",
        "765-4321",
        "7654321",
        "",
    ),
    "備考": ("", "駅前", "常連"),
}
SURE = {  # rows of which every one has a customer
    "電話番号": ("佐藤花子,03-1234-5678,2024-03-01,500", "Ann Lee,090-1111-2222,2024-03-02,700"),
    "郵便番号": ("佐藤花子,123-4567,2024-03-01,500", "Ann Lee,765-4321,2024-03-02,700"),
    "備考": ("佐藤花子,,2024-03-01,500", "Ann Lee,駅前,2024-03-02,700"),
}


def told(path, column, rows):
    """What the ledger says of every order and of every row set aside, but for where it stood."""
    path.write_text("\n".join([f"お名前,{column},注文日,金額", *rows]) + "\n", encoding="utf-8")
    ledger = read_sales(path, Settings.checked({}))
    orders, apart = ledger.orders.to_pyarrow().to_pylist(), ledger.set_aside
    return (
        sorted((o["customer_id"], str(o["ordered_at"]), o["amount"]) for o in orders),
        sorted(zip(apart["reason"], apart["value"], strict=True)),
        sorted((note.key, note.values.get("n", 0)) for note in ledger.notes),
        len({o["customer"] for o in orders}),
    )


@pytest.mark.parametrize("column", BESIDE)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_the_ledger_does_not_depend_on_the_order_of_the_rows(tmp_path_factory, column, data):
    row = st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from(BESIDE[column]),
        st.integers(1, 28),
        st.integers(1, 9_999),
    )
    rows = [
        f"{name},{beside},2024-01-{day:02},{n}"
        for name, beside, day, n in data.draw(st.lists(row, min_size=1, max_size=20))
    ]
    rows += SURE[column] * len(rows)  # most rows have a customer
    path = tmp_path_factory.mktemp("order") / "sales.csv"
    first = told(path, column, rows)
    for _ in range(2):
        assert told(path, column, data.draw(st.permutations(rows))) == first
