"""What the name of a column says of a role."""

import pytest

from toolkit.intake.columns.headings import LISTS, rank, says


@pytest.mark.parametrize(
    ("role", "known", "word", "other"),
    [
        ("customer", "会員番号", "お客さまＣＤ", "顧客区分"),
        ("customer", "Customer ID", "LoyaltyCard", "customer_since"),
        ("date", "注文日", "ご利用日", "発送日"),
        ("date", "order_date", "SaleDay", "date_of_birth"),
        ("order", "伝票番号", "売上伝票No.", "注文日"),
        ("order", "Invoice No", "BILL_NO", "order_status"),
        ("amount", "金額", "お買上額", "消費税額"),
        ("amount", "revenue", "AMT_JPY", "discount amount"),
        ("price", "単価", "ご提供価格(税込)", "合計金額"),
        ("quantity", "数量", "お買上数", "顧客数"),
        ("product", "商品コード", "商品CD", "商品名"),
        ("product_name", "品名", "商品名称2", "商品コード"),
        ("mail", "メールアドレス", "お客様メール", "配送先メール"),
        ("phone", "電話番号", "ご連絡先TEL", "送付先電話番号"),
        ("name", "氏名", "会員氏名", "顧客名カナ"),
        ("status", "ステータス", "処理状況2", "配送状況"),
    ],
)
def test_a_name_is_known_or_tells_by_a_word_or_is_anothers(role, known, word, other):
    assert [says(role, name) for name in (known, word, other)] == ["known", "word", "other"]


def test_short_english_words_stand_alone():
    assert says("order", "order_no") == "known"
    assert says("customer", "custid2") == "word"
    assert says("date", "update") == "other"
    assert says("amount", "category") == "other"
    assert says("date", "LastDay") == "other"
    assert says("date", "Dayton") == "nothing"


@pytest.mark.parametrize("name", ["1", "F3", "項目12", "Unnamed: 0", "column 4", "B", ""])
def test_a_name_that_a_program_gave_is_none(name):
    assert {says(role, name) for role in LISTS} == {"unnamed"}


def test_a_name_of_something_else_speaks_against_every_role():
    assert {says(role, "備考") for role in LISTS} == {"other"}
    assert {says(role, "レジ担当") for role in LISTS} == {"other", "never"}
    assert [role for role in LISTS if says(role, "レジ担当") == "never"] == ["customer"]
    assert says("customer", "ひみつ") == "nothing"


def test_a_name_of_another_role_is_that_roles():
    assert says("amount", "送料") == says("customer", "電話番号") == says("order", "sku") == "other"


def test_the_most_telling_name_comes_first():
    assert rank("date", "注文日時") < rank("date", "注文日") < rank("date", "日付")
    assert rank("amount", "合計金額") < rank("amount", "金額")  # a total before a row's own
    assert rank("date", "発送日") is None


@pytest.mark.parametrize("amount", ["Betrag", "Gesamtbetrag", "Umsatz", "Bruttobetrag"])
def test_plain_german_headings(shop, amount):
    content = f"Kundennummer;Bestelldatum;Bestellnummer;{amount}\n"
    content += "1;17.04.2023;7;19,44\n2;05.04.2023;8;1.091,80\n"
    assert shop.amounts(content, currency="EUR") == [1944, 109180]


def test_german_amounts_with_tax_and_without(shop):
    content = "Kunde;Datum;Nettobetrag;MwSt;Bruttobetrag\n"
    content += "A;02.04.2023;100,00;19,00;119,00\nB;15.04.2023;10,00;1,90;11,90\n"
    assert shop.amounts(content, currency="EUR") == [11900, 1190]
    content = "Kunde;Datum;Zwischensumme;Versandkosten;Gesamtbetrag\n"
    content += "A;02.04.2023;100,00;5,00;105,00\nB;15.04.2023;10,00;0,00;10,00\n"
    assert shop.amounts(content, currency="EUR") == [10000, 1000]
