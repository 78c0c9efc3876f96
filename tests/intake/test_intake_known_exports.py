"""Every known system, file in and ledger out: what came of each row was worked out by hand."""

import datetime as dt

import known_exports as known
import pytest
from known_exports import lines, written

CP932 = {"encoding": "cp932"}


@pytest.fixture
def read(shop):
    """Reads a file as exported: [(order, customer, day, amount)] and [(row, reason)] set aside."""

    def of(header, rows, style=None, **settings):
        ledger = shop.read(written(header, rows, **(style or {})), **settings)
        found = ledger.orders.order_by("source_row").to_pyarrow().to_pylist()
        orders = [(o["order_id"], o["customer_id"], str(o["date"]), o["amount"]) for o in found]
        left = list(zip(ledger.set_aside["source_row"], ledger.set_aside["reason"], strict=True))
        return orders, left, ledger

    return of


def product_lines(ledger):
    found = ledger.lines.order_by(["order_id", "product_id"]).to_pyarrow().to_pylist()
    return [(o["order_id"], o["product_id"], o["quantity"], o["amount"]) for o in found]


def test_rakuten(read):
    yamada = {"注文者姓": "山田", "注文者名": "太郎"}
    yamada |= {"注文者電話番号1": "090", "注文者電話番号2": "1111", "注文者電話番号3": "2222"}
    first = yamada | {
        **{"注文番号": "338123-20240105-0000000001", "ステータス": "700"},
        **{"注文日時": "2024-01-05 23:10:00", "注文者メールアドレス": "a1@pc.fw.example"},
        **{
            "商品合計金額": "3500",
            "送料合計": "600",
            "代引料合計": "330",
            "クーポン利用総額": "500",
        },
        **{"ポイント利用額": "200", "請求金額": "3730", "合計金額": "4100"},
    }
    other = {"送料合計": "0", "代引料合計": "0", "ポイント利用額": "0", "ステータス": "700"}
    sato = {
        "注文者姓": "佐藤",
        "注文者名": "花子",
        "注文者郵便番号1": "150",
        "注文者郵便番号2": "0001",
    }
    rows = [
        *lines(
            first,
            {"商品名": "茶", "商品管理番号": "tea", "単価": "1000", "個数": "2"},
            {"商品名": "皿", "商品管理番号": "dish", "単価": "1500", "個数": "1"},
        ),
        {**yamada, **other, "注文番号": "R2", "注文日時": "2024-03-10 11:00:00"}
        | {"請求金額": "9999", "注文者メールアドレス": "zz@pc.fw.example", "商品名": "椀"},
        {**yamada, **other, "注文番号": "R3", "注文日時": "2024-03-11 11:00:00"}
        | {"請求金額": "800", "ステータス": "900"},
        {**yamada, **other, "注文番号": "R4", "注文日時": "2024-03-12 11:00:00"}
        | {"請求金額": "800", "ステータス": "800"},
        {**yamada, **other, "注文番号": "R5", "注文日時": "2024-03-13 11:00:00"}
        | {"請求金額": "-9999", "送料合計": "-9999", "ステータス": "100"},
        {**sato, **other, "注文番号": "R6", "注文日時": "2024-03-14 11:00:00"}
        | {"請求金額": "1080", "ひとことメモ": "のし\n希望"},
    ]
    orders, left, ledger = read(known.RAKUTEN, rows, CP932 | {"quoted": True})
    assert orders == [
        ("338123-20240105-0000000001", "山田 太郎 09011112222", "2024-01-05", 3000),
        ("R2", "山田 太郎 09011112222", "2024-03-10", 9999),
        ("R6", "佐藤 花子 1500001", "2024-03-14", 1080),
    ]
    assert left == [(5, "cancelled"), (6, "cancelled"), (7, "pending")]
    assert product_lines(ledger)[:2] == [
        ("338123-20240105-0000000001", "dish", 1, 1500),
        ("338123-20240105-0000000001", "tea", 2, 2000),
    ]


def test_yahoo_shopping(read):
    order = {"OrderTime": "2024/02/01 10:00:00", "OrderStatus": "5", "ShipCharge": "0"}
    rows = [
        order
        | {"OrderId": "shop-1", "BillMailAddress": "a@example.com", "TotalPrice": "3300"}
        | {"ShipCharge": "600", "PayCharge": "300", "UsePoint": "500"}
        | {"TotalMallCouponDiscount": "100"},
        order
        | {"OrderId": "shop-2", "BillMailAddress": "b@example.com", "OrderStatus": "4"}
        | {"TotalPrice": "900"},
        order
        | {"OrderId": "shop-3", "BillMailAddress": "b@example.com", "OrderStatus": "3"}
        | {"TotalPrice": "900"},
        order | {"OrderId": "shop-4", "BillPhoneNumber": "03-1234-5678", "TotalPrice": "1500"},
        *lines(
            order
            | {"OrderId": "shop-5", "BillMailAddress": "A@Example.com", "TotalPrice": "4200"}
            | {"GiftWrapCharge": "200", "OrderTime": "2024/05/02 08:00:00"},
            {"ItemId": "tea", "Title": "茶", "UnitPrice": "1000", "Quantity": "2"},
            {"ItemId": "dish", "Title": "皿", "UnitPrice": "2000", "Quantity": "1"},
        ),
    ]
    orders, left, ledger = read(known.YAHOO, rows, CP932)
    assert orders == [
        ("shop-1", "a@example.com", "2024-02-01", 2900),
        ("shop-4", "0312345678", "2024-02-01", 1500),
        ("shop-5", "a@example.com", "2024-05-02", 4000),
    ]
    assert left == [(3, "cancelled"), (4, "pending")]
    assert product_lines(ledger) == [("shop-5", "dish", 1, 2000), ("shop-5", "tea", 2, 2000)]


def test_colorme(read):
    first = {
        **{"売上ID": "1001", "受注日": "2024/01/10 09:15:00", "購入者 顧客ID": "501"},
        **{"購入者 名前": "田中 一郎", "購入者 メールアドレス": "tanaka@example.com"},
        **{
            "商品の合計金額(税込)": "5500",
            "送料合計": "660",
            "決済手数料": "330",
            "割引金額": "500",
        },
        **{"ショップポイントによる割引金額": "200", "外部ポイントによる割引金額": "100"},
        **{"総合計金額": "5690", "入金状態": "入金済", "発送状態": "発送済"},
    }
    plainly = {"受注日": "2024/02/01 10:00:00", "送料合計": "0", "入金状態": "入金済"}
    price, quantity = "購入商品 販売価格(消費税込)", "購入商品 販売個数"
    rows = [
        *lines(
            first,
            {"購入商品 型番": "T", "購入商品 商品名": "茶", price: "1100", quantity: "1"},
            {"購入商品 型番": "D", "購入商品 商品名": "皿", price: "2200", quantity: "2"},
        ),
        plainly
        | {"売上ID": "1002", "購入者 顧客ID": "502", "総合計金額": "900"}
        | {"入金状態": "全額返金済"},
        plainly
        | {"売上ID": "1003", "購入者 顧客ID": "502", "総合計金額": "900"}
        | {"発送状態": "キャンセル"},
        plainly | {"売上ID": "1004", "総合計金額": "1100", "購入者 電話番号": "080-3333-4444"},
        plainly
        | {"売上ID": "1005", "総合計金額": "2200", "受注日": "2024/03/01 10:00:00"}
        | {"購入者 メールアドレス": "Tanaka@example.com"},
    ]
    orders, left, _ = read(known.COLORME, rows, CP932 | {"quoted": True})
    assert orders == [
        ("1001", "501", "2024-01-10", 5000),
        ("1004", "08033334444", "2024-02-01", 1100),
        ("1005", "501", "2024-03-01", 2200),  # a guest with the mail address of a member
    ]
    assert left == [(4, "cancelled"), (5, "cancelled")]


def test_colorme_with_few_columns_is_price_times_quantity(read):
    rows = [
        {"売上ID": "CM001", "受注日": "2024-09-10", "購入者 名前": "田中 太郎"}
        | {
            "購入者 電話番号": "090-1234-5670",
            "購入商品 販売価格(消費税込)": "2500",
            "購入数量": "1",
        },
        {"売上ID": "CM002", "受注日": "2024-09-11", "購入者 名前": "佐藤花子"}
        | {
            "購入者 電話番号": "080-9876-5432",
            "購入商品 販売価格(消費税込)": "3200",
            "購入数量": "2",
        },
    ]
    orders, left, _ = read(known.COLORME_PART, rows, {"encoding": "utf-8"})
    assert orders == [
        ("CM001", "09012345670", "2024-09-10", 2500),
        ("CM002", "08098765432", "2024-09-11", 6400),
    ]
    assert left == []


BASE_ORDER = {
    **{
        "注文ID": "A1",
        "注文日時": "2024-04-01 12:00:00",
        "メールアドレス(請求先)": "c@example.com",
    },
    **{"合計金額": "4200", "送料": "500", "代引き手数料": "300", "発送状況": "発送済み"},
}
BASE_ITEMS = (
    {"商品名": "茶", "商品ID": "11", "価格": "1000", "数量": "2"},
    {"商品名": "皿", "商品ID": "12", "価格": "1500", "数量": "1"},
)


def test_base(read):
    plainly = {"注文日時": "2024-04-02 12:00:00", "メールアドレス(請求先)": "d@example.com"}
    plainly |= {"商品名": "茶", "商品ID": "11", "価格": "2000", "数量": "1", "送料": "500"}
    plainly |= {"合計金額": "2500"}
    rows = [
        *lines(BASE_ORDER, *BASE_ITEMS),
        plainly | {"注文ID": "A2", "発送状況": "キャンセル"},
        plainly | {"注文ID": "A3", "発送状況": "入金待ち"},
        plainly | {"注文ID": "A4", "メールアドレス(請求先)": "", "電話番号(請求先)": "0312345678"},
    ]
    orders, left, ledger = read(known.BASE, rows, CP932 | {"quoted": True})
    assert orders == [
        ("A1", "c@example.com", "2024-04-01", 3400),  # 3500 less a coupon of 100
        ("A4", "0312345678", "2024-04-02", 2000),
    ]
    assert left == [(4, "cancelled"), (5, "pending")]
    assert ledger.source.amount_basis == "total"


def test_base_where_the_total_is_the_rows_own(read):
    rows = lines(
        BASE_ORDER, BASE_ITEMS[0] | {"合計金額": "2000"}, BASE_ITEMS[1] | {"合計金額": "1500"}
    )
    orders, _, ledger = read(known.BASE, rows, CP932)
    assert orders == [("A1", "c@example.com", "2024-04-01", 3500)]
    assert ledger.source.amount_basis == "line"


def test_eccube4(read):
    order = {"受注日": "2024/06/01 10:00:00", "対応状況(ID)": "5", "送料": "0", "送料#2": "0"}
    goods = {"明細区分(ID)": "1", "商品コード": "T", "商品名": "茶", "価格": "1000", "個数": "1"}
    rows = [
        *lines(
            order
            | {"注文番号": "1", "会員ID": "10", "メールアドレス": "m@example.com"}
            | {"支払合計": "2330", "送料": "500"},
            goods | {"価格": "2000"},
            {"明細区分(ID)": "2", "商品名": "送料", "価格": "500", "個数": "1"},
            {"明細区分(ID)": "3", "商品名": "手数料", "価格": "330", "個数": "1"},
            {"明細区分(ID)": "4", "商品名": "割引", "価格": "-300", "個数": "1"},
            {"明細区分(ID)": "6", "商品名": "ポイント", "価格": "-200", "個数": "1"},
        ),
        order | goods | {"注文番号": "2", "会員ID": "10", "支払合計": "1000", "対応状況(ID)": "3"},
        order | goods | {"注文番号": "3", "会員ID": "10", "支払合計": "1000", "対応状況(ID)": "9"},
        order | goods | {"注文番号": "4", "会員ID": "11", "支払合計": "1000", "対応状況(ID)": "8"},
        order | goods | {"注文番号": "5", "メールアドレス": "g@example.com", "支払合計": "1000"},
        order
        | goods
        | {"注文番号": "6", "メールアドレス": "M@example.com", "支払合計": "1000"}
        | {"受注日": "2024/07/01 10:00:00"},
    ]
    orders, left, ledger = read(known.ECCUBE4, rows, CP932)
    assert orders == [
        ("1", "10", "2024-06-01", 1700),
        ("5", "g@example.com", "2024-06-01", 1000),
        ("6", "10", "2024-07-01", 1000),
    ]
    assert left == [(7, "cancelled"), (8, "cancelled"), (9, "pending")]
    assert product_lines(ledger)[0] == ("1", "T", 1, 2000)
    assert len(product_lines(ledger)) == 3


def test_nextengine(read):
    order = {"店舗伝票番号": "K-1", "受注日": "2024/07/08 10:00:00", "商品計": "3000", "税金": "0"}
    order |= {"発送料": "600", "手数料": "330", "ポイント": "100", "その他費用": "-200"}
    order |= {"合計金額": "3630", "受注メールアドレス": "e@example.com", "顧客区分": "0"}
    rows = [
        *lines(
            order,
            {"商品コード": "T", "商品名": "茶", "商品価格": "1000", "受注数量": "1"},
            {"商品コード": "D", "商品名": "皿", "商品価格": "1000", "受注数量": "2"},
        ),
        {
            "店舗伝票番号": "K-2",
            "受注日": "2024/07/09 10:00:00",
            "合計金額": "1100",
            "顧客コード": "C9",
        }
        | {"顧客区分": "0", "商品名": "茶", "商品価格": "1100", "受注数量": "1"},
    ]
    orders, left, _ = read(known.NEXTENGINE, rows, CP932)
    assert orders == [
        ("K-1", "e@example.com", "2024-07-08", 2800),
        ("K-2", "C9", "2024-07-09", 1100),
    ]
    assert left == []


def test_nextengine_slips(read):
    header = known.SLIPS + ",顧客コード,購入者電話番号"
    slip = {"受注日": "2024-07-08 10:00:00", "受注キャンセル区分": "0", "受注状態区分": "50"}
    slip |= {"購入者名": "山田 太郎", "購入者電話番号": "090-1111-2222", "発送代": "0"}
    rows = [
        slip
        | {"伝票番号": "1", "受注番号": "K-1", "総合計": "3630", "発送代": "600"}
        | {"手数料": "330", "ポイント数": "100"},
        slip | {"伝票番号": "2", "受注番号": "K-2", "総合計": "2500", "受注キャンセル区分": "3"},
        slip | {"伝票番号": "3", "受注番号": "K-2", "総合計": "1000", "分割元伝票番号": "2"},
        slip | {"伝票番号": "4", "受注番号": "K-2", "総合計": "1500", "分割元伝票番号": "2"},
        slip | {"伝票番号": "5", "受注番号": "K-3", "総合計": "800", "受注キャンセル区分": "1"},
        slip | {"伝票番号": "6", "受注番号": "K-4", "総合計": "0", "受注状態区分": "1"},
        slip | {"伝票番号": "7", "受注番号": "K-5", "総合計": "700", "顧客コード": "C9"},
    ]
    orders, left, _ = read(header, rows, CP932)
    assert orders == [
        ("1", "C9", "2024-07-08", 2800),  # the telephone number is customer C9's, see slip 7
        ("3", "C9", "2024-07-08", 1000),
        ("4", "C9", "2024-07-08", 1500),
        ("7", "C9", "2024-07-08", 700),
    ]
    assert left == [(3, "cancelled"), (6, "cancelled"), (7, "pending")]
    named = [{k: v for k, v in row.items() if k in known.SLIPS.split(",")} for row in rows[:1]]
    assert read(known.SLIPS, named, CP932)[0] == [("1", "山田 太郎", "2024-07-08", 2800)]


def test_customer_rings(read, shop):
    rows = [
        {"システムID": "77", "受注日": "2024/08/01", "店舗コード": "1", "総合計": "1200"}
        | {
            "伝票番号": "9001",
            "受注キャンセル区分": "0",
            "受注キャンセル日": "0000-00-00 00:00:00",
        },
        {"システムID": "77", "受注日": "2024/08/02", "店舗コード": "1", "総合計": "800"}
        | {"伝票番号": "9002", "受注キャンセル日": "2024/08/03"},
        {"システムID": "78", "受注日": "2024/08/02", "店舗コード": "1", "総合計": "900"}
        | {"伝票番号": "9003", "受注キャンセル区分": "4"},
    ]
    content = written(known.RINGS, rows, **CP932)
    reason = shop.faults(content)["format_refused"]["reason"]
    assert "システムID" in reason.texts["ja"] and "--customer" in reason.texts["en"]
    orders, left, _ = read(known.RINGS, rows, CP932, customer_column="システムID")
    assert orders == [("9001", "77", "2024-08-01", 1200)]
    assert left == [(3, "cancelled"), (4, "cancelled")]


def test_futureshop(read):
    order = {"注文日時": "2024/09/01 10:00:00", "送料": "0", "受注ステータス": "発送済"}
    rows = [
        *lines(
            order
            | {"受注コード": "F1", "会員ID": "m1", "請求合計金額": "4180", "送料": "600"}
            | {
                "商品合計金額": "3500",
                "決済手数料": "330",
                "包装手数料": "100",
                "ポイント利用額": "350",
            },
            {"商品番号": "T", "商品名": "茶", "販売単価": "1000", "購入数量": "2"},
            {"商品番号": "D", "商品名": "皿", "販売単価": "1500", "購入数量": "1"},
        ),
        order
        | {"受注コード": "F2", "会員ID": "m1", "請求合計金額": "900"}
        | {"受注ステータス": "キャンセル済"},
        order
        | {"受注コード": "F3", "メールアドレス(モバイル)": "g@example.com"}
        | {"請求合計金額": "2000", "商品名": "椀"},
    ]
    orders, left, ledger = read(known.FUTURESHOP, rows, CP932)
    assert orders == [
        ("F1", "m1", "2024-09-01", 3500),
        ("F3", "g@example.com", "2024-09-01", 2000),
    ]
    assert left == [(4, "cancelled")]
    assert product_lines(ledger)[:2] == [("F1", "D", 1, 1500), ("F1", "T", 2, 2000)]


def test_airregi(read, shop):
    receipt = {"来店日": "2024/10/31", "来店時間": "23:50", "伝票名": "卓1", "合計": "3000"}
    rows = [
        *lines(
            receipt | {"取引No": "1", "修正後合計": "2800"},
            {"メニュー名": "刺身", "価格": "1000", "注文数量": "2"},
            {"メニュー名": "酒", "価格": "1000", "注文数量": "1"},
        ),
        receipt | {"取引No": "2", "来店日": "2024/11/01", "来店時間": "00:30", "修正後合計": "500"},
        receipt | {"取引No": "3", "修正後合計": "700"},
    ]
    reason = shop.faults(written(known.AIRREGI, rows))["format_refused"]["reason"]
    assert "顧客番号" in reason.texts["ja"] and "顧客番号" in reason.texts["en"]
    for row, number in zip(rows, ("A7", "A7", "A7", ""), strict=True):
        row["顧客番号"] = number
    header = known.AIRREGI + ",顧客名,顧客名(カナ),顧客番号"
    orders, left, _ = read(header, rows, day_starts_at="06:00")
    assert orders == [("1", "A7", "2024-10-31", 2800), ("2", "A7", "2024-10-31", 500)]
    assert left == [(5, "no_customer")]


def test_smaregi(read):
    sale = {"取引日時(2)": "2024-11-02T09:00:00+09:00", "取引区分(3)": "1", "取消区分(4)": "0"}
    sale |= {"端末取引日時(40)": "2024-11-01T20:00:00+09:00", "店舗ID(20)": "1"}
    rows = [
        sale
        | {"取引ID(1)": "1001", "会員コード(31)": "M1", "合計(11)": "1800"}
        | {"ポイント値引き(10)": "200"},
        sale | {"取引ID(1)": "1002", "会員コード(31)": "M1", "合計(11)": "900", "取消区分(4)": "1"},
        sale | {"取引ID(1)": "1003", "会員コード(31)": "M1", "合計(11)": "0", "取引区分(3)": "6"},
        sale | {"取引ID(1)": "1004", "会員コード(31)": "M1", "合計(11)": "-500"},
        sale | {"取引ID(1)": "1005", "合計(11)": "700"},
    ]
    orders, left, _ = read(known.SMAREGI, rows, CP932)
    assert orders == [("1 1001", "M1", "2024-11-01", 2000), ("1 1004", "M1", "2024-11-01", -500)]
    assert left == [(3, "cancelled"), (4, "not_a_sale"), (6, "no_customer")]
    bare = [{key.split("(")[0]: value for key, value in row.items()} for row in rows]
    names = ",".join(name.split("(")[0] for name in known.SMAREGI.split(","))
    assert read(names, bare, CP932)[:2] == (orders, left)
    by_id = [{key.replace("会員コード(31)", "会員ID(30)"): v for key, v in r.items()} for r in rows]
    assert read(known.SMAREGI, by_id, CP932)[:2] == (orders, left)  # 会員コード is there, but blank


def test_makeshop(read):
    order = {"日付": "2022/8/10", "注文時間": "93309", "処理状況": "配送", "送料": "0"}
    rows = [
        *lines(
            order
            | {"注文番号": "P171323551145213731", "会員ID": "m5", "合計金額": "4000"}
            | {"送料": "550", "手数料": "330", "利用ポイント": "80", "注文者": "山田太郎"},
            {"商品コード": "T", "商品名": "茶", "単価": "1100", "数量": "1"},
            {"商品コード": "D", "商品名": "皿", "単価": "2100", "数量": "1"},
        ),
        order | {"注文番号": "P2", "会員ID": "m5", "合計金額": "900", "処理状況": "注文キャンセル"},
        order | {"注文番号": "P3", "会員ID": "m5", "合計金額": "900", "処理状況": "返送"},
        order | {"注文番号": "P4", "電話番号": "045-111-2222", "合計金額": "1300", "商品名": "椀"},
    ]
    orders, left, ledger = read(known.MAKESHOP, rows, CP932 | {"quoted": True})
    assert orders == [
        ("P171323551145213731", "m5", "2022-08-10", 3200),
        ("P4", "0451112222", "2022-08-10", 1300),
    ]
    assert left == [(4, "cancelled"), (5, "cancelled")]
    stamps = ledger.orders.ordered_at.to_pyarrow().to_pylist()
    assert stamps[0] == dt.datetime(2022, 8, 10, 9, 33, 9)


def test_square(read):
    sale = {"Date": "2026-09-13", "Time": "10:02:11", "Event Type": "Payment", "PAN Suffix": "0"}
    sale |= {"Partial Refunds": "$0.00", "Transaction Status": "Complete"}
    back = sale | {"Event Type": "Refund", "Date": "2026-09-20"}
    rows = [
        sale
        | {"Transaction ID": "A", "Customer ID": "C1", "Gross Sales": "$30.00"}
        | {
            "Discounts": "-$3.00",
            "Net Sales": "$27.00",
            "Tax": "$2.16",
            "Total Collected": "$31.16",
        },
        sale | {"Transaction ID": "B", "Net Sales": "$12.00"},
        sale | {"Transaction ID": "C", "Customer ID": "C2", "Net Sales": "$1,240.00"},
        back | {"Transaction ID": "A", "Customer ID": "C1", "Net Sales": "-$12.00"},
        back
        | {"Transaction ID": "C", "Customer ID": "C2", "Net Sales": "$0.00"}
        | {"Partial Refunds": "-$3.00"},
        back
        | {"Transaction ID": "C", "Customer ID": "C2", "Net Sales": "$5.00"}
        | {"Date": "2026-09-21"},
        sale
        | {"Transaction ID": "D", "Customer ID": "C2", "Net Sales": "$1.00"}
        | {"Event Type": "Adjustment"},
        sale
        | {"Transaction ID": "E", "Customer ID": "C2", "Net Sales": "$1.00"}
        | {"Transaction Status": "Voided"},
    ]
    orders, left, _ = read(known.SQUARE, rows, {"encoding": "utf-8"}, currency="USD")
    assert orders == [
        ("A", "C1", "2026-09-13", 2700),
        ("C", "C2", "2026-09-13", 124000),
        ("A", "C1", "2026-09-20", -1200),
        ("C", "C2", "2026-09-20", -300),
        ("C", "C2", "2026-09-21", -500),  # a refund is money back, however its sign is written
    ]
    assert left == [(3, "no_customer"), (8, "not_a_sale"), (9, "cancelled")]


def test_shopify(read):
    order = {"Financial Status": "paid", "Currency": "USD", "Shipping": "0.00", "Taxes": "0.00"}
    order |= {"Created at": "2024-05-01 23:58:12 -0400", "Refunded Amount": "0.00"}
    rows = [
        order
        | {"Name": "#1001", "Email": "ann@example.com", "Total": "34.98", "Shipping": "5.00"}
        | {"Lineitem quantity": "2", "Lineitem name": "Tee", "Lineitem price": "9.99"},
        {"Name": "#1001", "Lineitem quantity": "1", "Lineitem name": "Mug"}
        | {"Lineitem price": "10.00", "Vendor": "Acme"},
        order
        | {"Name": "#1002", "Email": "Ann@example.com", "Total": "56.00", "Shipping": "6.00"}
        | {"Financial Status": "partially_refunded", "Refunded Amount": "10.00"},
        order
        | {"Name": "#1003", "Email": "bo@example.com", "Total": "34.98", "Shipping": "5.00"}
        | {"Financial Status": "refunded", "Refunded Amount": "34.98"},
        order
        | {"Name": "#1004", "Email": "bo@example.com", "Total": "9.00"}
        | {"Financial Status": "voided"},
        order
        | {"Name": "#1005", "Email": "bo@example.com", "Total": "9.00"}
        | {"Financial Status": "pending"},
        order
        | {"Name": "#1006", "Email": "bo@example.com", "Total": "9.00"}
        | {"Cancelled at": "2024-05-02 09:00:00 -0400"},
        order | {"Name": "#1007", "Phone": "+81 90-1111-2222", "Total": "20.00"},
    ]
    orders, left, ledger = read(known.SHOPIFY, rows, {"encoding": "utf-8"}, currency="USD")
    assert orders == [
        ("#1001", "ann@example.com", "2024-05-01", 2998),
        ("#1002", "ann@example.com", "2024-05-01", 4000),
        ("#1007", "09011112222", "2024-05-01", 2000),
    ]
    assert left == [(5, "cancelled"), (6, "cancelled"), (7, "pending"), (8, "cancelled")]
    assert product_lines(ledger) == [("#1001", "Mug", 1, 1000), ("#1001", "Tee", 2, 1998)]


def woocommerce(date, mail):
    order = {date: "2024-03-01 10:00:00", "status": "completed", "shipping_total": "0"}
    guest = order | {"customer_id": "0", mail: "g@example.com", "order_total": "10.00"}
    return [
        order
        | {"order_id": "11", "order_number": "11", "customer_id": "7", mail: "a@example.com"}
        | {"order_total": "53.90", "shipping_total": "8.00", "shipping_tax_total": "0.80"}
        | {"tax_total": "4.90"},
        guest | {"order_id": "12", "order_number": "12", "status": "processing"},
        guest | {"order_id": "13", "order_number": "13", "status": "cancelled"},
        guest | {"order_id": "14", "order_number": "14", "status": "wc-refunded"},
        guest | {"order_id": "15", "order_number": "15", "status": "on-hold"},
        guest | {"order_id": "16", "order_number": "16", mail: "A@example.com"},
    ]


WOOCOMMERCE = [
    ("11", "7", "2024-03-01", 4510),
    ("12", "g@example.com", "2024-03-01", 1000),
    ("16", "7", "2024-03-01", 1000),
]
WOOCOMMERCE_LEFT = [(4, "cancelled"), (5, "cancelled"), (6, "pending")]


def test_woocommerce_webtoffee(read):
    rows = woocommerce("order_date", "customer_email")
    rows[0] |= {"fee_total": "1.00", "fee_tax_total": "0.10"}
    rows[0] |= {"Product Item 1 Name": "Tee", "Product Item 1 SKU": "T"}
    rows[0] |= {"Product Item 1 Quantity": "2", "Product Item 1 Total": "30.00"}
    rows[0] |= {"Product Item 2 Name": "Mug", "Product Item 2 SKU": "M"}
    rows[0] |= {"Product Item 2 Quantity": "1", "Product Item 2 Total": "10.00"}
    orders, left, ledger = read(known.WEBTOFFEE, rows, currency="USD")
    assert orders == [("11", "7", "2024-03-01", 4400), *WOOCOMMERCE[1:]]
    assert left == WOOCOMMERCE_LEFT
    assert product_lines(ledger) == [("11", "M", 1, 1000), ("11", "T", 2, 3000)]
    taxless, _, _ = read(known.WEBTOFFEE, rows, currency="USD", without_tax=True)
    assert taxless[0] == ("11", "7", "2024-03-01", 4000)


def test_woocommerce_suite(read):
    rows = woocommerce("date", "billing_email")
    orders, left, _ = read(known.SUITE, rows, currency="USD")
    assert (orders, left) == (WOOCOMMERCE, WOOCOMMERCE_LEFT)
    rows[0]["refunded_total"] = "5.10"
    orders, _, _ = read(known.SUITE + ",refunded_total", rows, currency="USD")
    assert orders[0] == ("11", "7", "2024-03-01", 4000)


def test_amazon(read):
    order = {"order-id": "503-1", "purchase-date": "2024-12-31T15:30:00+00:00", "currency": "JPY"}
    order |= {"buyer-email": "a222@marketplace.amazon.co.jp", "shipping-price": "600"}
    rows = [
        order | {"order-item-id": "1", "sku": "T", "quantity-purchased": "2", "item-price": "2000"},
        order | {"order-item-id": "2", "sku": "D", "quantity-purchased": "1", "item-price": "1500"},
        order
        | {"order-id": "503-2", "order-item-id": "3", "sku": "T", "item-price": "1000"}
        | {"quantity-purchased": "1", "buyer-email": "", "buyer-name": "山田 太郎"}
        | {"ship-postal-code": "150-0001"},
    ]
    style = {"encoding": "cp932", "delimiter": "\t"}
    orders, left, ledger = read(known.AMAZON, rows, style, timezone="Asia/Tokyo")
    assert orders == [
        ("503-1", "a222@marketplace.amazon.co.jp", "2025-01-01", 3500),
        ("503-2", "山田 太郎 1500001", "2025-01-01", 1000),
    ]
    assert left == []
    assert product_lines(ledger)[1] == ("503-1", "T", 2, 2000)


def test_amazon_all_orders(read, shop):
    order = {"amazon-order-id": "1", "purchase-date": "2024-12-31T15:30:00+00:00", "sku": "T"}
    order |= {"item-price": "1000", "quantity": "1", "currency": "JPY", "order-status": "Shipped"}
    rows = [order, order | {"amazon-order-id": "2", "order-status": "Cancelled"}]
    content = written(known.AMAZON_ALL, rows, encoding="utf-8", delimiter="\t")
    assert "format_refused" in shop.faults(content)
    header, mail = known.AMAZON_ALL + ",buyer-email", {"buyer-email": "b@marketplace.amazon.co.jp"}
    rows = [row | mail for row in rows]
    orders, left, _ = read(header, rows, {"encoding": "utf-8", "delimiter": "\t"})
    assert orders == [("1", "b@marketplace.amazon.co.jp", "2024-12-31", 1000)]
    assert left == [(3, "cancelled")]


def test_the_items_of_yahoo_are_refused_with_what_to_export(shop):
    row = {
        "OrderId": "shop-1",
        "LineId": "1",
        "ItemId": "tea",
        "UnitPrice": "1000",
        "Quantity": "1",
    }
    values = shop.faults(written(known.YAHOO_ITEMS, [row], encoding="cp932"))["format_refused"]
    assert "Order" in values["reason"].texts["ja"]


def test_kokyaku_bunsekikun(read):
    row = {"販売日時": "2009/08/01 11:54:42", "商品ID": "T", "商品名": "茶", "商品単価": "500"}
    rows = [
        row | {"販売個数": "2", "顧客ID": "0001"},
        row | {"販売個数": "1", "顧客ID": "0001", "販売日時": "2009/08/02 09:00:00"},
        row | {"販売個数": "1", "顧客ID": ""},
    ]
    orders, left, ledger = read(known.BUNSEKIKUN, rows, CP932 | {"quoted": True})
    assert orders == [(None, "0001", "2009-08-01", 1000), (None, "0001", "2009-08-02", 500)]
    assert left == [(4, "no_customer")]
    assert product_lines(ledger)[0] == (None, "T", 2, 1000)
