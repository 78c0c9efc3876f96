"""Files of which one has lost the zeros in front of its customers' numbers."""

import pytest

from toolkit.intake import read_sales
from toolkit.settings import Settings

HEAD = "受注番号,受注日,顧客コード,合計金額\n"


def month(of, numbers, head=HEAD):
    rows = (f"{of}{i:02d},2024-{of:02d}-{1 + i:02d},{n},1000\n" for i, n in enumerate(numbers))
    return head + "".join(rows)


def read(shop, *texts, **settings):
    paths = [shop.path(text, f"{n}.csv") for n, text in enumerate(texts, 1)]
    return read_sales(paths, Settings.checked({"language": "en"} | settings))


def found(ledger):
    """The different customers, and the notes."""
    customers = sorted(set(ledger.orders.customer_id.to_pyarrow().to_pylist()))
    return customers, {note.key: dict(note.values) for note in ledger.notes}


WHOLE = [f"{n:06d}" for n in range(1, 21)]
BARE = [str(n) for n in range(3, 21)]  # 18 numbers


def test_a_month_without_its_zeros_is_of_the_same_customers(shop):
    for order in ((1, 2), (2, 1)):
        texts = {1: month(1, WHOLE), 2: month(2, [*BARE, "20"])}
        customers, notes = found(read(shop, *(texts[i] for i in order)))
        assert customers == WHOLE
        name = f"{order.index(2) + 1}.csv"
        assert notes["numbers_joined"] == {"file": name, "column": "顧客コード", "width": 6}
        assert "numbers_zeros" not in notes


def test_one_in_ten_may_be_new_and_gets_its_zeros(shop):
    customers, _ = found(read(shop, month(1, WHOLE), month(2, [*BARE, "77", "78"])))
    assert customers == [*WHOLE, "000077", "000078"]


@pytest.mark.parametrize(
    ("one", "two", "settings"),
    [
        (month(1, WHOLE), month(2, [*BARE, "77", "78", "79"]), {}),
        (month(1, [*WHOLE, "77"]), month(2, BARE), {}),
        (month(1, WHOLE), month(2, [*BARE, "000001"]), {}),
        (month(1, WHOLE), month(2, BARE, HEAD.replace("合計金額", "売上金額")), {}),
        (month(1, WHOLE), month(2, BARE), {"numbers_as_written": True}),
    ],
    ids=["many new", "several lengths", "some zeros", "another heading", "as written"],
)
def test_numbers_that_may_be_of_others_stay_as_written(shop, one, two, settings):
    customers, notes = found(read(shop, one, two, **settings))
    assert "3" in customers and "000003" in customers
    assert "numbers_joined" not in notes
    assert notes["numbers_zeros"]["n"] >= 18
