"""Rows that add up others, in the middle of a file."""

import pytest

STRAY = "heading_or_total"
SLIPS = "伝票No,日付,顧客コード,品名,数量,単価,金額\n"


@pytest.mark.parametrize("head", ["お客様名", "会員番号"])
@pytest.mark.parametrize(
    "total",
    ["月計", "4月計", "４月合計", "日計", "2023年度計", "4月分計", "◎合計", "総計（80件）", "累計"],
)
def test_a_dated_total_in_place_of_the_customer(shop, head, total):
    content = f"日付,{head},金額\n" + (
        f"2023/04/01,山本 美咲,300\n2023/04/30,木村 恵,500\n2023/04/30,{total},800\n"
        "2023/05/02,計 太郎,70\n"
    )
    assert shop.amounts(content) == [300, 500, 70]
    assert [row[:2] for row in shop.reasons(content)] == [(4, STRAY)]


@pytest.mark.parametrize("name", ["小計", "【小計】", "伝票計", "税込合計", "お買上計", "4月計"])
def test_the_subtotal_of_a_slip(shop, name):
    """1: 1944; 2: 4320 + 4860. Their subtotals say so again."""
    content = SLIPS + (
        f"1,2023/04/02,A,抹茶,1,1944,1944\n1,2023/04/02,A,{name},,,1944\n"
        "2,2023/04/05,B,玉露,2,2160,4320\n2,2023/04/05,B,茶筒,3,1620,4860\n"
        f"2,2023/04/05,B,{name},,,9180\n"
    )
    assert shop.amounts(content) == [1944, 9180]
    assert [row[:2] for row in shop.reasons(content)] == [(3, STRAY), (6, STRAY)]
    assert shop.notes(content)["rows_sums"] == {"n": 2, "names": name}


def test_an_order_that_is_nothing_but_its_total_is_a_sale(shop):
    content = SLIPS + "1,2023/04/02,A,合計,,,1944\n2,2023/04/05,B,玉露,2,2160,4320\n"
    assert shop.amounts(content) == [1944, 4320]


def test_a_file_of_totals_without_order_numbers_is_one_of_sales(shop):
    content = "日付,会員番号,品名,金額\n2023/04/02,A,会計合計,5\n2023/04/03,B,会計合計,7\n"
    assert shop.amounts(content) == [5, 7]


def test_money_tendered_change_and_tax_within_are_no_sale(shop):
    """10,000 given for 1,944, of which 144 are tax; 8,056 back."""
    content = SLIPS + (
        "1,2023/04/02,A,抹茶,1,1944,1944\n1,2023/04/02,A,（内消費税）,,,144\n"
        "1,2023/04/02,A,お預り,,,10000\n1,2023/04/02,A,お釣り,,,-8056\n"
        "2,2023/04/03,B,玉露,1,2160,2160\n"
    )
    assert shop.amounts(content) == [1944, 2160]
    assert [row[:2] for row in shop.reasons(content)] == [(n, "not_a_sale") for n in (3, 4, 5)]
    notes = shop.notes(content)
    assert notes["rows_tendered"] == {"n": 3, "names": "（内消費税）, お預り, お釣り"}
    assert "returns" not in notes


def test_the_total_of_a_slip_of_discounts_and_points(shop):
    """1200 - 200, and a total of 1000 beside them; a discount of an order that came back."""
    content = SLIPS + (
        "1,2023/04/02,A,茶,1,1200,1200\n1,2023/04/02,A,値引き,,,-200\n1,2023/04/02,A,合計,,,1000\n"
        "2,2023/04/03,A,茶,-1,1200,-1200\n2,2023/04/03,A,値引き,,,200\n2,2023/04/03,A,合計,,,-1000\n"
    )
    assert shop.amounts(content) == [1000, -1000]


@pytest.mark.parametrize(
    "total", ["4月計", "2024/4月計", "4/30計", "2024年4月 計", "小計", "Total"]
)
def test_a_total_in_place_of_the_date(shop, total):
    content = "日付,会員番号,金額\n" + (
        f"2024/4/1,A,300\n2024/4/2,B,500\n{total},,800\n2024/5/2,C,70\n2024/5/3,A,80\n"
        "2024/5/4,B,90\n2024/5/5,C,10\n2024/5/6,A,20\n2024/5/7,B,30\n2024/5/8,C,40\n"
    )
    assert [row[:2] for row in shop.reasons(content)] == [(4, STRAY)]


def test_totals_do_not_count_when_dates_without_years_are_read(shop):
    """Two of seven rows are totals; the year stands in the name of the file."""
    content = "日付,会員番号,金額\n" + (
        "4月3日,A,300\n4月9日,B,500\n4月計,,800\n5月1日,A,70\n5月2日,C,80\n5月3日,B,90\n5月計,,240\n"
    )
    orders = shop.orders(content, name="売上2024.csv")
    assert [str(each["date"]) for each in orders][:2] == ["2024-04-03", "2024-04-09"]
    assert [each["amount"] for each in orders] == [300, 500, 70, 80, 90]
    assert [row[:2] for row in shop.reasons(content, name="売上2024.csv")] == [
        (4, STRAY),
        (8, STRAY),
    ]


def test_a_total_without_a_date_in_place_of_the_customer(shop):
    content = "日付,会員番号,金額\n2024/4/1,A,300\n2024/4/2,B,500\n,小計,800\n" + "".join(
        f"2024/5/{day},C,70\n" for day in range(1, 9)
    )
    assert [row[:2] for row in shop.reasons(content)] == [(4, STRAY)]


@pytest.mark.parametrize("row", [",,得意先計,,800", "2024/4/2,,日計,,800", ",,4月 計,,800"])
def test_a_total_in_a_column_of_no_use(shop, row):
    content = (
        "日付,会員番号,摘要,備考,金額\n2024/4/1,A,,,300\n2024/4/2,B,計 画,,500\n"
        + row
        + ("\n" + "".join(f"2024/5/{day},C,,,70\n" for day in range(1, 9)))
    )
    assert [row[:2] for row in shop.reasons(content)] == [(4, STRAY)]
    assert shop.amounts(content)[:2] == [300, 500]


def test_a_remark_that_names_a_total_beside_customer_and_date_is_a_sale(shop):
    content = "日付,会員番号,摘要,金額\n2024/4/1,A,合計,300\n2024/4/2,B,,500\n2024/4/3,B,,5\n"
    assert shop.amounts(content) == [300, 500, 5]
