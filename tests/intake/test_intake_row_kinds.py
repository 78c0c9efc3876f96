"""Rows that are no product by their name."""

import pytest

from toolkit.intake.sales.row_kinds import kind_of

KINDS = {
    "値引き": "discount",
    "会員割引": "discount",
    "値引（クーポン）": "discount",
    "10%OFFクーポン": "discount",
    "500円クーポン": "discount",
    "クーポンコード：SPRING": "discount",
    "Coupon discount": "discount",
    "ご優待": "discount",
    "株主優待": "discount",
    "会員優待（10%）": "discount",
    "優待割引": "discount",
    "ご優待額": "discount",
    "ﾎﾟｲﾝﾄ利用": "points",
    "ポイント値引": "points",
    "送料": "postage",
    "送料（沖縄）": "postage",
    "クール便送料 330円": "postage",
    "Shipping": "postage",
    "代引手数料": "fee",
    "COD fee": "fee",
    # products
    "送料無料セット": "",
    "割引チケット付き宿泊": "",
    "お食事クーポン": "",
    "優待セット": "",
    "シニア優待": "",
    "ポイントカードケース": "",
    "手数料のかからない初心者向け教本と解説書": "",
    "DISCO BALL": "",
    "【小計】": "sum",
    "＊＊小 計＊＊": "sum",
    "税込合計": "sum",
    "4月分計": "sum",
    "総計（80件）": "sum",
    "Subtotal": "sum",
    "お預り": "tendered",
    "お預り金額": "tendered",
    "現金": "paid",
    "【クレジット】": "paid",
    "クレジットカード": "paid",
    "現金 1,000": "paid",
    "PayPay": "paid",
    "Credit card": "paid",
    "お支払額": "paid",
    "商品券": "",
    "カード": "",
    "現金書留封筒": "",
    "クレジットカードケース": "",
    "お釣り": "tendered",
    "（内消費税）": "tax_within",
    "内消費税(10%)": "tax_within",
    "8%対象": "tax_within",
    "消費税": "",
    "体温計": "",
    "腕時計": "",
    "Total Body Cream": "",
    "1000": "",
    "": "",
}


@pytest.mark.parametrize("name", KINDS)
def test_the_kind_of_a_row_by_its_name(name):
    assert kind_of(name) == KINDS[name]


JOURNAL = """伝票番号,会員番号,取引日時,商品名,金額
1,A,2024-01-05 10:00,茶,300
1,A,2024-01-05 10:00,皿,700
1,A,2024-01-05 10:00,小計,1000
1,A,2024-01-05 10:00,合計,1000
1,A,2024-01-05 10:00,お預り,2000
1,A,2024-01-05 10:00,お釣り,1000
2,B,2024-01-06 11:00,碗,500
2,B,2024-01-06 11:00,現金,500
3,A,2024-02-10 12:00,茶,300
3,A,2024-02-10 12:00,商品券,1000
3,A,2024-02-10 12:00,クレジット,1000
3,A,2024-02-10 12:00,PayPay,300
4,C,2024-02-11 12:00,合計,800
4,C,2024-02-11 12:00,現金,800
"""


def test_payments_among_the_products_of_a_journal_are_no_sale(shop):
    assert shop.amounts(JOURNAL) == [1000, 500, 1300, 800]
    assert shop.notes(JOURNAL)["rows_tendered"]["n"] == 6


def test_payments_among_products_without_order_numbers_are_no_sale(shop):
    rows = [row.partition(",")[2] for row in JOURNAL.splitlines()]
    left = [row for row in rows if not row.startswith(("C", "A,2024-01-05"))]
    content = "\n".join(left) + "\n"
    assert sum(shop.amounts(content)) == 500 + 300 + 1000


def test_means_of_payment_that_are_all_there_is_are_the_sales(shop):
    content = "会員番号,取引日,商品名,金額\nA,2024-01-05,現金,300\nB,2024-01-06,クレジット,500\n"
    assert shop.amounts(content) == [300, 500]
    content = "伝票番号," + content.replace("\nA", "\n1,A").replace("\nB", "\n2,B")
    assert shop.amounts(content) == [300, 500]


PLANS = "注文番号,顧客番号,注文日,{kind},金額\n"


def plans(kind, *values):
    """Sixty orders of one row each, with these values by turns: 1,000 each."""
    rows = (
        f"{n},{n % 9 + 1},2024-{n % 12 + 1:02}-{n % 28 + 1:02},{values[n % len(values)]},1000\n"
        for n in range(60)
    )
    return PLANS.format(kind=kind) + "".join(rows)


@pytest.mark.parametrize("kind", ["種別", "コース種別", "予約種別", "売上区分"])
def test_prices_that_are_all_there_is_of_their_orders_are_sales(shop, kind):
    text = plans(kind, "通常", "早割", "直前割引", "返金不可")
    assert sum(shop.amounts(text)) == 60_000
    assert "rows_discount" not in shop.notes(text)


def test_without_order_numbers_it_is_the_visit_that_tells(shop):
    rows = "".join(
        f"{n},2024-{n % 12 + 1:02}-{n % 28 + 1:02},{what},{much}\n"
        for n in range(1, 31)
        for what, much in (("カット", 5000), ("割引", 500))
    )
    assert sum(shop.amounts("会員ID,日付,品名,金額\n" + rows)) == 30 * 4500
    alone = "".join(
        f"{n % 9 + 1},2024-{n % 12 + 1:02}-{n % 28 + 1:02},{what},5000\n"
        for n, what in enumerate(ALONE)
    )
    assert sum(shop.amounts("会員ID,日付,品名,金額\n" + alone)) == 5000 * len(ALONE)


ALONE = ["着付け手数料", "ヘアセット", "振袖レンタル"] * 12


def test_discounts_written_negative_are_discounts_wherever_they_stand(shop):
    rows = [f"{n},{n % 9 + 1},2024-{n % 12 + 1:02}-{n % 28 + 1:02},茶,1000" for n in range(30)]
    rows += [
        f"{100 + n},{n % 9 + 1},2024-{n % 12 + 1:02}-{n % 28 + 1:02},値引,-100" for n in range(5)
    ]
    text = "注文番号,会員ID,日付,商品名,金額\n" + "\n".join(rows) + "\n"
    assert sum(shop.amounts(text)) == 30_000 - 500
    assert shop.notes(text)["rows_discount"]["n"] == 5


def test_an_allowance_beside_payments_and_returns_is_a_slip_of_its_own(shop):
    kinds = ["掛売上", "掛売上", "掛売上", "現金売上", "入金", "値引", "掛返品"]
    assert sum(shop.amounts(plans("取引区分", *kinds))) == (9 * 3 + 9 - 8 - 8) * 1000
