"""How much has a customer, and customers who are none: house accounts and those left out."""

import pytest

from toolkit.intake import read_sales
from toolkit.intake.coverage import coverage
from toolkit.intake.reading import read
from toolkit.settings import Settings

HEAD = "注文番号,顧客番号,注文日,金額,状態\n"


def covered(shop, text, **settings):
    found = coverage(read(shop.path(text), Settings.checked({"language": "en"} | settings)))
    return found.rows, found.orders, found.amount


def test_rows_orders_and_money_with_a_customer_are_counted(shop):
    text = HEAD + "A,1,2024-01-05,700,\nA,1,2024-01-05,100,\nB,,2024-01-06,200,\n"
    assert covered(shop, text) == ((2, 3), (1, 2), (800, 1000))


def test_rows_that_lack_more_than_a_customer_count_on_neither_side(shop):
    text = (
        HEAD
        + "A,1,2024-01-05,700,\nB,,2024-01-06,200,キャンセル\nC,,soon,200,\nD,2,2024-01-07,5,取消\n"
    )
    assert covered(shop, text) == ((1, 1), (1, 1), (700, 700))


def test_a_total_on_every_row_of_an_order_counts_once(shop):
    text = "注文番号,顧客番号,注文日,合計金額\n"
    text += "A,1,2024-01-05,700\nA,1,2024-01-05,700\nB,,2024-01-06,300\nB,,2024-01-06,300\n"
    assert covered(shop, text)[2] == (700, 1000)


def test_a_file_without_amounts_has_rows_only(shop):
    text = "顧客番号,注文日\n1,2024-01-05\n,2024-01-06\n"
    assert covered(shop, text, no_amount=True) == ((1, 2), (1, 2), None)


def test_the_share_is_noted_where_it_is_not_all(shop):
    text = HEAD + "A,1,2024-01-05,800,\nB,店頭,2024-01-06,200,\n"
    assert shop.notes(text)["covered"] == {"rows": 0.5, "amount": 0.8}
    assert not {"covered", "covered_rows"} & shop.notes(HEAD + "A,1,2024-01-05,800,\n").keys()
    nothing = HEAD + "A,1,2024-01-05,-5,\nB,,2024-01-06,1,\n"
    assert shop.notes(nothing)["covered_rows"] == {"rows": 0.5}


def till(key="9999", often=60, others=600, name="顧客番号"):
    """A file in which one key has `often` orders, and three others have one each."""
    rows = [f"{key},2024-{1 + i // 28:02d}-{1 + i % 28:02d},500\n" for i in range(often)]
    rows += [f"{1000 + i % (others // 2)},2024-03-{1 + i % 28:02d},500\n" for i in range(others)]
    return f"{name},注文日,金額\n" + "".join(rows)


def test_a_key_with_an_implausible_share_of_the_orders_is_told(shop):
    note = shop.notes(till())["house_account"]
    assert note == {"customer": "9999", "n": 60, "all": 660, "share": 60 / 660}


@pytest.mark.parametrize(
    "text",
    [
        till(often=49),  # too few
        till(often=60, others=1200),  # under a twentieth
        till(often=60, others=30),  # of so few customers one may well have most orders
    ],
    ids=["few", "small share", "small shop"],
)
def test_a_good_customer_is_no_house_account(shop, text):
    assert not {"house_account", "house_account_row"} & shop.notes(text).keys()


@pytest.mark.parametrize(
    ("key", "name"),
    [("desk@example.com", "メールアドレス"), ("山田", "顧客番号"), ("090012345678", "顧客番号")],
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
    ledger = read_sales(shop.path(till()), Settings.checked({"exclude_customers": "9999"}))
    assert ledger.source.set_aside == {"no_customer": 60}
    notes = {note.key: dict(note.values) for note in ledger.notes}
    assert notes["excluded"] == {"n": 60, "customers": 1}
    assert "house_account" not in notes and "covered" in notes


def test_customers_left_out_are_compared_without_what_makes_no_difference(shop):
    text = "顧客番号,注文日,金額\nREG-1,2024-01-05,5\n店 A,2024-01-05,5\n7,2024-01-05,5\n"
    for named in ("reg1,店A", ["ＲＥＧ１", " 店 A "], "REG-1、店A"):
        reasons = shop.reasons(text, exclude_customers=named)
        assert [(row, reason) for row, reason, _ in reasons] == [
            (2, "no_customer"),
            (3, "no_customer"),
        ]


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
