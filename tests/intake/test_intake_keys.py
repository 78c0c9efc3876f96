"""What the customer's column holds, by its name and its content."""

from types import SimpleNamespace

import pandas as pd
import pyarrow as pa
import pytest

from toolkit.intake import read_sales
from toolkit.intake.columns import customer_keys
from toolkit.intake.columns.glance import Glance
from toolkit.intake.columns.keys import kind_of, of_several
from toolkit.intake.columns.recognition import Candidate, Decision
from toolkit.intake.tables.coded import Coded
from toolkit.settings import Settings

NAMES = ["山田 太郎", "佐藤花子", "鈴木商店"]
MAILS = ["ann@x.jp", "Ben@x.jp", "c@y.co.jp"]
PHONES = ["090-1234-5670", "03(1234)5678", "+81 90 1234 5670"]


def column(*texts):
    coded = pa.array(texts, pa.string()).dictionary_encode()
    return Coded(coded.indices.to_numpy(), coded.dictionary)


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (NAMES, "name"),
        (["Brion Stark", "Ethyl Botsford", "Jean-Luc O'Neil"], "name"),
        (MAILS, "mail"),
        (PHONES, "phone"),
        (["09012345670", "07011112222"], "phone"),
        (["０９０−１２３４−５６７８", "０３（１２３４）５６７８"], "phone"),
        (["A-1", "00123", "0123456789"], "number"),
        (["ALFKI", "ANATR", "taro.yamada"], "number"),
        (["店頭", "店頭", "店頭", "123"], "number"),  # words for nobody say nothing
        (["会員1", "会員2"], "number"),
        ([*NAMES, *NAMES, "7", "8"], "number"),  # three quarters are not enough
        (["", ""], "number"),
    ],
)
def test_the_content_says_the_kind(texts, kind):
    assert kind_of("顧客", column(*texts)) == kind


def test_the_name_says_it_where_the_content_does_not_contradict():
    assert kind_of("電話番号", column("9012345670", "312345678")) == "phone"
    assert kind_of("電話番号", column("17", "18")) == "number"
    assert kind_of("氏名", column("Anna", "Ben")) == "name"
    assert kind_of("氏名", column("C17", "C18")) == "number"
    assert kind_of("会員番号", column("9012345670", "312345678")) == "number"


def test_without_rows_the_name_alone_says_it():
    assert kind_of("メールアドレス", None) == "mail"
    assert kind_of("会員番号", None) == "number"


SPELLINGS = ("090-1234-5670", "09012345670", "+81 90-1234-5670", "０９０（１２３４）５６７８")


@pytest.mark.parametrize("name", ["電話番号", "連絡先"])
def test_a_telephone_number_that_is_named_is_read_as_one_that_is_recognised(shop, name):
    text = f"{name},注文日,金額\n" + "".join(f"{s},2024-01-05,5\n" for s in SPELLINGS)
    ledger = shop.read(text, customer_column=name)
    assert ledger.orders.customer_id.to_pyarrow().unique().to_pylist() == ["09012345670"]
    assert ledger.source.personal and ledger.source.keys == (name,)
    assert ledger.source.columns["phone"] == (name,)


def test_a_telephone_number_that_came_through_a_column_of_fractions_is_whole(shop):
    text = "電話番号,注文日,金額\n9012345670.0,2024-01-05,5\n090-1234-5670,2024-01-05,5\n"
    assert {order["customer_id"] for order in shop.orders(text)} == {"09012345670"}


def test_what_is_named_is_the_only_key(shop):
    text = "会員番号,電話番号,注文日,金額\n1,090-1234-5670,2024-01-05,5\n2,,2024-01-05,5\n"
    ledger = shop.read(text, customer_column="電話番号")
    assert ledger.orders.customer_id.to_pyarrow().to_pylist() == ["09012345670"]
    assert ledger.source.set_aside == {"no_customer": 1}


def test_names_in_the_customers_column_stay_the_first_key_and_are_personal(shop):
    text = (
        "customer_id,email,date,amount\nAnn Lee,a@x.jp,2024-01-05,5\nANN  LEE,b@x.jp,2024-01-06,5\n"
    )
    text += ",a@x.jp,2024-01-07,5\n"
    ledger = shop.read(text)
    assert ledger.orders.order_by("date").customer_id.to_pyarrow().to_pylist() == [
        *("Ann Lee", "Ann Lee", "a@x.jp")
    ]
    assert ledger.source.personal and ledger.source.keys == ("customer_id", "email")


def test_the_real_file_with_names_as_numbers_keeps_its_customers_and_hides_them(real_data):
    path = real_data / "rfm_orders" / "rfm_data_orders.csv"
    ledger = read_sales(path, Settings.checked({"currency": "USD"}))
    assert ledger.source.personal
    assert ledger.source.columns["name"] == ("customer_id",)
    customers = ledger.orders.customer_id.to_pyarrow().unique().to_pylist()
    assert len(customers) == 995
    assert set(customers) == set(pd.read_csv(path, usecols=["customer_id"]).customer_id)


def test_a_contact_log_meets_a_customers_column_of_names(shop):
    log = shop.path("顧客番号,date\n山田太郎様,2024-01-05\n", "log.csv")
    text = "顧客,注文日,金額\n山田 太郎,2024-01-05,5\n佐藤 花子,2024-01-05,5\n"
    ledger = shop.read(text, contacts_file=str(log))
    assert ledger.contacts.customer_id.to_pyarrow().to_pylist() == ["山田 太郎"]


HALVES = [
    ("購入者姓", "購入者名"),
    ("お客様（姓）", "お客様（名）"),
    ("氏", "名"),
    ("苗字", "名前"),
    ("customer_last_name", "customer_first_name"),
]


@pytest.mark.parametrize(("family", "given"), HALVES)
def test_a_family_name_and_a_given_name_are_one_name(shop, family, given):
    content = (
        f"注文番号,注文日,{family},{given},合計金額\n1,2024-01-05,佐藤,花子,1000\n"
        "2,2024-01-06,鈴木,花子,500\n3,2024-02-01,佐藤,健,200\n4,2024-02-03,佐藤,花子,300\n"
    )
    customers = [order["customer_id"] for order in shop.orders(content)]
    assert customers[0] == customers[3]
    assert len(set(customers)) == 3


def test_the_name_of_who_receives_is_no_half_of_a_name(shop):
    content = (
        "注文番号,注文日,氏名,配送先姓,配送先名,合計金額\n1,2024-01-05,佐藤花子,林,健,1000\n"
        "2,2024-01-06,佐藤花子,鈴木,誠,500\n"
    )
    assert {order["customer_id"] for order in shop.orders(content)} == {"佐藤花子"}


TABLES = "予約番号,来店日,お名前,{key},会計金額,{place}\n"


@pytest.mark.parametrize("place", ["席", "ベッド", "クーポンコード", "Booth", "施術者"])
@pytest.mark.parametrize(("key", "of"), [("電話番号", "090-5555-{:04}"), ("郵便番号", "150-{:04}")])
def test_codes_that_many_people_have_are_no_customers(shop, place, key, of):
    rows = "".join(
        f"R{n + 500},2024/{n // 28 % 12 + 1:02}/{n % 28 + 1:02},{'赤青黄'[n % 37 % 3]}木 {n % 37},"
        f"{of.format(n % 37)},{3000 + n % 5 * 100},{'ABC'[n * 7 % 3]}{n * 5 % 15 + 1}\n"
        for n in range(200)
    )
    orders = shop.read(TABLES.format(key=key, place=place) + rows).orders
    assert orders.customer_id.nunique().to_pyarrow().as_py() == 37


@pytest.mark.parametrize(
    ("number", "who", "several"),
    [
        ("A1 A1 A1 B2 B2", "ann ben cat ann ben", True),  # 2 of 5, and of Ann and Ben 2 of 4
        ("A1 A1 A1 A1 A1 B2", "ann ann ann ann eve eve", False),  # 4 of 5; B2 comes once
        ("A1 A1 A1 A1 B2", "ann ann ann eve eve", False),  # 3 of 4, but 4 of 5 of who comes again
        ("A1 A1 A1 B2 B2 B2", "ann ann eve cat eve cat", False),  # 4 of 6, but 5 of 6
        ("A1 A1 A1 A1", "ann eve ann eve", False),  # a family with one card
        ("A1 B2 C3", "ann ben ann", False),  # none comes again
        ("A1 A1 A1", "ann  ann", False),  # a blank says nothing
    ],
)
def test_a_number_of_several_people_is_that_of_a_place(number, who, several):
    assert of_several(column(*number.split(" ")), column(*who.split(" "))) is several


@pytest.mark.parametrize(
    ("sure", "numbers", "told"),
    [
        (0.56, "b1 b2 b1 b2", True),
        (0.49, "b1 b2 b1 b2", False),
        (0.56, "b1 b2 b2 b1", False),  # of two names each, who have two each
    ],
)
def test_a_column_that_may_be_the_number_is_told_beside_names(sure, numbers, told):
    glance = Glance((column("Ann", "Ben", "Ann", "Ben"), column(*numbers.split())), 4)
    doubt = Decision("customer", (), "name", sure, (Candidate((1,), sure),), "--customer")
    evidence = SimpleNamespace(glance=glance, decide=lambda role, taken: doubt)
    find = SimpleNamespace(
        evidence=evidence,
        taken=(0,),
        columns={"name": (0,)},
        labels=("Name", "Buyer Handle"),
        told=[],
    )
    customer_keys._maybe_number(find)
    values = {"column": "Buyer Handle", "sure": sure, "option": '"Buyer Handle"'}
    assert find.told == ([("number_maybe", values)] if told else [])
