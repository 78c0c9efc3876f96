"""Customers who are none: house accounts, and those the settings leave out."""

import numpy as np
import pytest

from toolkit.intake import read_sales
from toolkit.intake.customers.house import house_account
from toolkit.settings import Settings


def till(key="8500", often=60, others=600, name="顧客番号"):
    """A file in which one key has `often` orders, and three others have one each."""
    rows = [f"{key},2024-{1 + i // 28:02d}-{1 + i % 28:02d},500\n" for i in range(often)]
    rows += [f"{1000 + i % (others // 2)},2024-03-{1 + i % 28:02d},500\n" for i in range(others)]
    return f"{name},注文日,金額\n" + "".join(rows)


def test_a_key_with_an_implausible_share_of_the_orders_is_told(shop):
    note = shop.notes(till())["house_account"]
    assert note == {"customer": "8500", "n": 60, "all": 660, "share": 60 / 660}


def test_half_of_the_orders_are_too_many_in_a_file_of_any_size(shop):
    note = shop.notes(till(often=10, others=8))["house_account"]
    assert note == {"customer": "8500", "n": 10, "all": 18, "share": 10 / 18}


def test_a_fifth_of_the_orders_is_too_many_where_the_next_has_but_a_few(shop):
    note = shop.notes(till(often=40, others=120))["house_account"]  # sixty others have two each
    assert note == {"customer": "8500", "n": 40, "all": 160, "share": 40 / 160}


def test_a_regular_among_regulars_is_no_house_account():
    rest = [2] * 30
    assert house_account(np.array([35, 7, *rest])) == 0
    assert house_account(np.array([35, 8, *rest])) is None  # less than five times the next
    assert house_account(np.array([29, 5, *rest])) is None  # too few orders
    assert house_account(np.array([35, 7, *[2] * 67])) is None  # less than a fifth
    assert house_account(np.array([35, 7, *[4] * 17])) is None  # nineteen customers


@pytest.mark.parametrize(
    "text",
    [
        till(often=49),  # too few
        till(often=60, others=1200),  # under a twentieth
        till(often=29, others=30),  # less than half of so few
        till(often=9, others=8),  # half, but a handful of orders
        till(often=60, others=6),  # with three others, one may well have most orders
    ],
    ids=["few", "small share", "small shop", "handful", "few customers"],
)
def test_a_good_customer_is_no_house_account(shop, text):
    assert not {"house_account", "house_account_row"} & shop.notes(text).keys()


@pytest.mark.parametrize(
    ("key", "name"),
    [("desk@example.com", "メールアドレス"), ("山田", "顧客番号"), ("090012345670", "顧客番号")],
)
def test_what_may_be_personal_is_told_by_its_row(shop, key, name):
    text = till(key, name=name)
    if "@" in key:
        text = "\n".join(
            line if "@" in line or i == 0 else "m" + line.replace(",", "@example.com,", 1)
            for i, line in enumerate(text.splitlines())
        )
    told = shop.notes(text)["house_account_row"]
    assert (told["row"], told["column"]) == (2, name)
    assert not any(key in str(value) for value in told.values())


def test_a_house_account_can_be_left_out(shop):
    ledger = read_sales(shop.path(till()), Settings.checked({"exclude_customers": "8500"}))
    assert ledger.source.set_aside == {"no_customer": 60}
    notes = {note.key: dict(note.values) for note in ledger.notes}
    assert notes["excluded"] == {"n": 60, "customers": 1}
    assert "house_account" not in notes
    assert ledger.audit.nameless_rows == 60


def test_customers_left_out_are_compared_without_what_makes_no_difference(shop):
    text = "顧客番号,注文日,金額\nREG-1,2024-01-05,5\n店 A,2024-01-05,5\n7,2024-01-05,5\n"
    for named in ("reg1,店A", ["ＲＥＧ１", " 店 A "], "REG-1、店A"):
        reasons = shop.reasons(text, exclude_customers=named)
        assert [(row, reason) for row, reason, _ in reasons] == [
            (2, "no_customer"),
            (3, "no_customer"),
        ]


@pytest.mark.parametrize(
    "named", ["山田 太郎様", "山田太郎", "山田　太郎さん", "ｱﾝ ﾘｰ,アンリー,山田太郎"]
)
def test_customers_told_apart_by_name_are_left_out_by_any_form_of_it(shop, named):
    text = "お名前,注文日,金額\n山田 太郎様,2024-01-05,5\n山田太郎,2024-01-06,5\n"
    text += "佐藤花子,2024-01-05,5\nアン リー,2024-01-05,5\n"
    ledger = shop.read(text, exclude_customers=named)
    assert set(ledger.set_aside.source_row[:2]) == {2, 3}
    found = {note.key: dict(note.values) for note in ledger.notes}
    assert found["excluded"]["customers"] == (2 if "," in named else 1)
    assert "excluded_missing" not in found


def test_customers_told_apart_by_name_and_number_are_left_out_as_they_are_shown(shop):
    text = "お名前,郵便番号,注文日,金額\n山田 太郎様,123-4567,2024-01-05,5\n"
    text += "佐藤,1234567,2024-01-05,5\n"
    reasons = shop.reasons(text, exclude_customers="山田 太郎様 1234567")
    assert [row for row, *_ in reasons] == [2]


def test_customers_left_out_that_are_not_there_are_told(shop):
    text = "顧客番号,注文日,金額\n7,2024-01-05,5\n"
    assert shop.notes(text, exclude_customers="8,9")["excluded_missing"] == {"n": 2}


def test_no_customer_of_the_real_files_is_a_house_account(real_data):
    files = {
        "JPY": ("awesomebook_hotel_jp/reserve.csv",),
        "USD": ("cdnow/CDNOW_master.txt", "rfm_orders/rfm_data_orders.csv"),
        "GBP": ("online_retail_uci/online_retail_2010_2011.csv.gz",),
    }
    for currency, names in files.items():
        for name in names:
            ledger = read_sales(real_data / name, Settings.checked({"currency": currency}))
            assert not [note.key for note in ledger.notes if note.key.startswith("house")]
