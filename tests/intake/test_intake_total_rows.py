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
