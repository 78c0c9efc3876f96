"""What the name of a file or sheet says that it lists."""

import pytest

from toolkit.intake.columns.list_names import kind_of_name

KINDS = {
    "返品2024.csv": "back",
    "2024年_返品一覧.csv": "back",
    "2024年4月分返品リスト.xlsx": "back",
    "渋谷店返品一覧.csv": "back",
    "returns_2024.csv": "back",
    "order refunds.csv": "back",
    "キャンセル一覧.csv": "cancelled",
    "キャンセル注文.csv": "cancelled",
    "注文キャンセル.csv": "cancelled",
    "Cancelled-Orders.csv": "cancelled",
    "見積2024.csv": "no_sales",
    "請求書一覧.csv": "no_sales",
    "入金.csv": "no_sales",
    "予約_202404.csv": "no_sales",
    "仕入台帳.csv": "no_sales",
    "purchase_orders.csv": "no_sales",
    "Invoices 2024.csv": "no_sales",
    "売上予算.csv": "no_sales",
    "予算2025.csv": "no_sales",
    "売上目標_2025.xlsx": "no_sales",
    "来期見込み.xlsx": "no_sales",
    "2025年計画.xlsx": "no_sales",
    "Sales Budget 2025.csv": "no_sales",
    "sales_forecast.csv": "no_sales",
    # sales, or not said
    "テスト販売.csv": "",
    "目標達成会員の売上.csv": "",
    "予算比.csv": "",
    "sample_shop_orders.csv": "",
    "planters.csv": "",
    "売上2024.csv": "",
    "売上・返品.csv": "",
    "返品除く売上.csv": "",
    "返品込み.csv": "",
    "予約注文.csv": "",
    "入金済.csv": "",
    "キャンセル除く.csv": "",
    "sales_without_returns.csv": "",
    "order_payments.csv": "",
    "orders_export.csv": "",
    "turnover.csv": "",
}


@pytest.mark.parametrize("name", KINDS)
def test_a_word_of_its_own_in_the_name_says_what_it_lists(name):
    assert kind_of_name(name)[0] == KINDS[name]


def test_the_name_of_the_sheet_goes_before_that_of_the_file():
    assert kind_of_name("返品.xlsx", "売上") == ("", "")
    assert kind_of_name("売上.xlsx", "返品") == ("back", "返品")
    assert kind_of_name("返品.xlsx", "Sheet1") == ("back", "返品")


@pytest.mark.parametrize(
    "sheet", ["記入例", "サンプル", "テスト", "下書き", "削除分", "未入金", "Example"]
)
def test_sheets_that_are_filled_in_for_show_are_no_sales(sheet):
    assert kind_of_name("台帳.xlsx", sheet)[0] == "no_sales"


@pytest.mark.parametrize(
    "name",
    [
        "return_customer.csv",
        "return-visit.csv",
        "2024_less_refunds.csv",
        "2024_返品_控除後.csv",
        "orders_returns_2024.csv",
        "return_rate.csv",
        "注文一覧(キャンセル 以外).csv",
        "orders_cancelled_removed.csv",
        "Quote Cafe.csv",
        "2024_booking.com.csv",
        "予約_ホットペッパー.csv",
        "予約実績.csv",
        "請求分.csv",
    ],
)
def test_a_name_that_says_more_than_that_says_nothing(name):
    assert kind_of_name(name) == ("", "")
