"""Customers who are likely one person under two numbers."""

import random

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.intake import read_sales
from toolkit.settings import Settings

HEAD = "customer_id,email,phone,customer_name,postcode,date,amount\n"


def written(rows):
    """A file of one order each of (number, mail, phone, name, postcode)."""
    lines = (f"{','.join(row)},2024-01-{n:02},500\n" for n, row in enumerate(rows, 1))
    return HEAD + "".join(lines)


def twins(shop, rows, **given):
    """[(row, person)] of customers with a twin."""
    found = shop.read(written(rows), **given).twins
    return None if found is None else list(zip(found.source_row, found.person, strict=True))


def test_one_mail_address_under_two_numbers_is_one_person(shop):
    rows = [
        ("1", "Ann@x.jp", "", "", ""),
        ("2", "bob@x.jp", "", "", ""),
        ("3", " ann@X.jp", "", "", ""),
    ]
    assert twins(shop, rows) == [(2, 0), (4, 0)]


def test_twins_of_twins_are_one_person(shop):
    rows = [
        ("1", "a@x.jp", "", "", ""),
        ("2", "a@x.jp", "090-1234-5670", "", ""),
        ("3", "", "09012345670", "山田 花子", "100-0001"),
        ("4", "", "", "山田花子", "1000001"),
        ("5", "", "", "山田花子", "9999999"),
    ]
    assert twins(shop, rows) == [(2, 0), (3, 0), (4, 0), (5, 0)]


def test_a_number_that_many_share_tells_nobody_apart(shop):
    rows = [(f"C{n}", "", "03-1234-5678", "", "") for n in range(6)]
    assert twins(shop, rows) == []
    assert twins(shop, rows[:5]) == [(n, 0) for n in range(2, 7)]


def test_dummies_and_rows_left_out_link_nobody(shop):
    rows = [("1", "", "000-0000-0000", "", ""), ("2", "", "000-0000-0000", "", "")]
    rows += [("3", "c@x.jp", "", "", ""), ("3", "c@x.jp", "", "", "")]
    assert twins(shop, rows) == []


def test_one_kind_of_key_cannot_tell(shop):
    assert shop.read("customer_id,date,amount\nA,2024-01-01,5\n").twins is None
    assert twins(shop, [("1", "a@x.jp", "", "", "")], customer_column="customer_id") is None


def test_the_numbers_are_those_of_the_orders_and_nothing_personal_is_kept(shop):
    text = HEAD + "9,a@x.jp,,,,2024-01-01,5\n1,,,,,2024-01-02,5\n7,a@x.jp,,,,2024-01-03,5\n"
    ledger = shop.read(text)
    orders = ledger.orders.to_pyarrow().to_pandas().set_index("customer_id").customer
    assert ledger.twins.customer.tolist() == [orders["9"], orders["7"]]
    assert list(ledger.twins) == ["customer", "person", "source_file", "source_row"]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_order_of_rows_does_not_change_who_is_one_person(tmp_path_factory, seed):
    draw = random.Random(seed)
    path = tmp_path_factory.mktemp("twins") / "sales.csv"
    mails = ("", *(f"m{k}@x.jp" for k in range(12)))
    phones = ("", *(f"090-1111-{k:04}" for k in range(12)))
    rows = [(f"C{n}", draw.choice(mails), draw.choice(phones), "", "") for n in range(20)]

    def persons(some):
        path.write_text(written(some), encoding="utf-8")
        found = read_sales(path, Settings()).twins
        names = [some[row - 2][0] for row in found.source_row]
        return sorted(sorted(group) for _, group in pd.Series(names).groupby(found.person))

    assert persons(rows) == persons(draw.sample(rows, len(rows)))
