"""Known exports as data: recognised by their headers alone, complete, and told in the notes."""

import csv
import tomllib

import known_exports as known
import numpy as np
import pyarrow as pa
import pytest
from known_exports import HEADERS, written
from pydantic import ValidationError

from toolkit import resources
from toolkit.intake.columns.format_guide import format_lines
from toolkit.intake.columns.formats import Format, known_formats, recognise_format
from toolkit.intake.columns.survey import survey
from toolkit.intake.names import places, plain
from toolkit.intake.sales.paid import goods_paid
from toolkit.intake.sales.statuses import told_out
from toolkit.intake.tables.coded import Coded
from toolkit.intake.values.amounts import read_amounts
from toolkit.problems import InputProblem
from toolkit.settings import Settings
from toolkit.words import LANGUAGES, Words

GENERIC = [
    "customer_id,date,amount",
    "注文番号,顧客番号,注文日,金額",
    "会員ＩＤ,注文日時,売上金額,注文番号",
    "注文番号,ステータス,注文日時,会員ID,請求金額",
    "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
    "order_id,order_date,customer_email,order_total,order_currency,status",
    "OrderId,OrderTime,CustomerId,TotalPrice",
    "Name,Email,Total,Created at",
    "Date,Time,Customer ID,Net Sales,Transaction ID",
    "取引ID,取引日時,会員ID,合計",
    "日付,注文時間,会員ID,金額",
    "伝票番号,受注日,顧客コード,総合計",
]


@pytest.mark.parametrize("name", known_formats())
def test_every_known_header_is_its_own_system_and_no_other(name):
    names = set(places(HEADERS[name].split(",")))
    fitting = [each.name for each in known_formats().values() if each.fingerprint.fits(names)]
    assert fitting == [name]
    assert recognise_format(HEADERS[name].split(",")).name == name


RAKUTEN_TEMPLATES = [  # columns a shop chose, the last as our own advice has them
    "注文番号,ステータス,注文日時,商品名,単価,個数,送料合計,店舗発行クーポン利用額,請求金額",
    "注文番号,ステータス,注文日時,注文者姓,注文者名,注文者電話番号1,注文者電話番号2,注文者電話番号3,合計金額",
    "注文番号,ステータス,注文日時,請求金額,送料合計,代引料合計,ポイント利用額,注文者姓,注文者名,"
    "注文者電話番号1,注文者電話番号2,注文者電話番号3,注文者郵便番号1,注文者郵便番号2,商品名,単価,個数",
]


@pytest.mark.parametrize("header", RAKUTEN_TEMPLATES)
def test_the_columns_that_a_shop_chose_are_still_rakuten(header):
    assert recognise_format(header.split(",")).name == "rakuten"


@pytest.mark.parametrize("header", GENERIC)
def test_an_ordinary_file_is_no_known_system(header):
    assert recognise_format(header.split(",")) is None


def test_every_format_has_a_file_of_its_own_to_be_tried_on():
    assert set(HEADERS) == set(known_formats())
    assert known_formats() is known_formats()


@pytest.mark.parametrize("name", known_formats())
def test_the_columns_a_format_names_are_those_of_its_header(name):
    """At least the order, the date and an amount; a fingerprint names no strange column."""
    found = known_formats()[name]
    names = places(HEADERS[name].split(","))
    assert {plain(each) for each in found.fingerprint.all} <= names.keys()
    if name == "yahoo_shopping_items":
        return
    settings = Settings.checked({"customer_column": HEADERS[name].split(",")[0]})
    roles = survey(HEADERS[name].split(","), settings, "f.csv").settled()
    assert roles.at("date") is not None and roles.basis
    assert roles.at("order") is not None or name == "kokyaku_bunsekikun"
    columns = {each.column for each in found.status}
    assert len(roles.columns.get("status", ())) >= min(len(columns), 1)


def test_lines_belong_to_a_format_of_orders():
    for each in known_formats().values():
        if each.lines_of is not None:
            orders = known_formats()[each.lines_of]
            assert orders.names_of("order") and orders.names_of("date")
            assert each.names_of("order") and each.names_of("product")


def test_a_format_that_is_wrong_is_refused_when_it_is_read():
    path = resources.folder("templates") / "formats" / "base.toml"
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    assert Format(**told)
    for wrong in (
        {"columns": {"colour": ["色"]}},
        {"keys": ["shoe size"]},
        {"system": {"ja": "日本語だけ"}},
        {"status": [{"column": "状態", "canceled": ["x"]}]},
        {"rows": "page"},
        {"unknown": 1},
    ):
        with pytest.raises(ValidationError):
            Format(**told | wrong)


def test_an_item_number_in_a_name_makes_no_difference_unless_the_bare_name_is_there():
    assert places(["取引ID(1)", "合計(11)"]) == {
        "取引id(1)": 0,
        "合計(11)": 1,
        "取引id": 0,
        "合計": 1,
    }
    assert places(["合計(11)", "合計"])["合計"] == 1
    assert places(["氏(請求先)", "電話番号1"]).keys() == {"氏(請求先)", "電話番号1"}


def test_the_headers_found_in_the_wild_are_recognised(real_data):
    found = {}
    for path in sorted((real_data / "export_formats").glob("*.csv")):
        encoding = "cp932" if "cp932" in path.name else "utf-8-sig"
        with path.open(encoding=encoding, newline="") as stream:
            known_as = recognise_format(next(csv.reader(stream)))
        found[path.name.split("_")[0]] = known_as and known_as.name
    assert found == {
        "base": "base",
        "colorme": "colorme",
        "eccube4": "eccube4",
        "rakuten": "rakuten",
        "shopify": "shopify",
        "square": "square",
        "woocommerce": "woocommerce_suite",
    }


def column(*texts):
    coded = pa.array(texts).dictionary_encode()
    return Coded(np.asarray(coded.indices), coded.dictionary)


def numbers(*texts):
    return read_amounts(column(*texts))


def test_a_status_of_minus_a_number_is_not_the_number():
    found = told_out({"請求金額": column("9999", "-9999", "−9999")}, known_formats()["rakuten"], 3)
    assert found["pending"].tolist() == [False, True, True]


def test_a_date_of_cancellation_of_zeros_is_none():
    values = column("", "0", "0000-00-00 00:00:00", "0000/00/00", "2024-01-05")
    found = told_out({"受注キャンセル日": values}, known_formats()["customer_rings"], 5)
    assert found["cancelled"].tolist() == [False, False, False, False, True]


def test_parts_are_taken_off_once_where_the_rows_of_an_order_add_up():
    order, parts = column("A", "A", "B"), [("shipping", numbers("100", "100", "50"))]
    repeated = goods_paid(numbers("900", "900", "500"), parts, {"shipping": -1}, order)
    assert repeated.units.tolist() == [800, 800, 450]
    own = goods_paid(numbers("600", "300", "500"), parts, {"shipping": -1}, order)
    assert own.units.tolist() == [500, 300, 450]


def test_only_a_known_export_with_lines_takes_a_total_once_where_one_order_differs(shop):
    """An order whose total was changed between two exports does not double all the others."""
    row = {
        "注文日時": "2024-04-01 12:00:00",
        "メールアドレス(請求先)": "c@example.com",
        "送料": "0",
    }
    rows = [
        row | {"注文ID": "A1", "合計金額": "4000", "価格": "1000", "数量": "2"},
        row | {"注文ID": "A1", "合計金額": "4000", "価格": "2000", "数量": "1"},
        row | {"注文ID": "A2", "合計金額": "900", "価格": "300", "数量": "1"},
        row | {"注文ID": "A2", "合計金額": "800", "価格": "500", "数量": "1"},
    ]
    assert shop.amounts(written(known.BASE, rows)) == [4000, 900]


def test_the_three_switches_work_on_a_known_export(shop):
    row = {"注文番号": "R1", "ステータス": "700", "注文日時": "2024-01-05 23:10:00"}
    row |= {
        "注文者姓": "山",
        "注文者名": "太",
        "注文者電話番号1": "0312345678",
        "サブステータスID": "",
    }
    row |= {"請求金額": "3000", "送料合計": "600", "代引料合計": "300", "ポイント利用額": "100"}
    row |= {"消費税合計": "200"}
    content = written(known.RAKUTEN, [row], encoding="cp932")
    assert shop.amounts(content) == [3000 - 900 + 100]
    assert shop.amounts(content, include_shipping=True) == [3000 + 100]
    assert shop.amounts(content, points_are_discount=True) == [3000 - 900]
    assert shop.amounts(content, without_tax=True) == [3000 - 900 + 100 - 200]
    assert shop.notes(content)["amount_goods"]["off"] == "送料合計, 代引料合計"
    less = shop.notes(content, points_are_discount=True)["amount_goods_off"]
    assert less == {"column": "請求金額", "off": "送料合計, 代引料合計"}
    more = shop.notes(content, include_shipping=True)["amount_goods_back"]
    assert more == {"column": "請求金額", "back": "ポイント利用額"}


def test_the_notes_name_the_system_and_its_limits(shop):
    row = {"販売日時": "2024-08-01", "商品単価": "500", "販売個数": "1", "顧客ID": "1"}
    ledger = shop.read(written(known.BUNSEKIKUN, [row]))
    note = next(note for note in ledger.notes if note.key == "known_format")
    assert ledger.source.format == "kokyaku_bunsekikun"
    found = known_formats()["kokyaku_bunsekikun"]
    for language in LANGUAGES:
        said = Words(language).say("note.known_format", **note.values)
        assert found.system[language] in said and found.limits[language] in said
    assert "known_format" not in shop.notes("customer_id,date,amount\n1,2024-01-05,5\n")
    assert shop.read("customer_id,date,amount\n1,2024-01-05,5\n").source.format is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", known_formats())
def test_the_guide_says_how_to_export_what_is_read_and_what_does_not_work(name, language):
    found, told = known_formats()[name], "\n".join(format_lines(name, language))
    texts = (found.system, found.export, found.limits, found.source)
    for text in texts + ((found.refuse,) if found.refuse else ()):
        assert text[language] in told
    for names in found.columns.values():
        assert all(
            each in told for one in names for each in ([one] if isinstance(one, str) else one)
        )
    for rule in found.status:
        values = [*rule.cancelled, *rule.pending, *rule.not_a_sale, *rule.keep, *rule.money_back]
        assert all(value in told for value in [rule.column, *values])
    assert "{" not in told.replace("{n}", "")


def test_a_system_is_found_by_any_of_its_names_and_a_strange_one_told_the_nearest():
    assert format_lines("Yahoo shopping", "en") == format_lines("yahoo_shopping", "en")
    assert format_lines("ｽﾏﾚｼﾞ（取引履歴CSV）", "ja") == format_lines("smaregi", "ja")
    for name, system in (("Airレジ", "airregi"), ("楽天", "rakuten"), ("Color Me", "colorme")):
        assert format_lines(name, "ja") == format_lines(system, "ja")
    both = (format_lines(f"woocommerce_{each}", "en") for each in ("suite", "webtoffee"))
    assert format_lines("WooCommerce", "en") == [*next(both), "", *next(both)]
    for name, near in (("rakutn", "rakuten"), ("スマレシ", "smaregi")):
        with pytest.raises(InputProblem) as caught:
            format_lines(name, "en")
        assert caught.value.faults == [("unknown_format", {"name": name, "near": near})]
