"""Files and sheets that by their names are no sales, beside the sales."""

import pytest
from hostile_files import workbook
from test_intake_other_files import HEAD, SALES, notes, read

from toolkit.intake import read_sales
from toolkit.settings import Settings

TWO = HEAD + "{}A5,2024/06/06,1005,1185\n{}A6,2024/07/07,1006,1222\n"
SAME, OTHER = TWO.format("", ""), TWO.format("X", "X")
ALL = 400 * 1000 + 37 * 8 * sum(range(50))
BOTH = 1185 + 1222  # 1000 + 37 x 5 and x 6


def money(ledger):
    return sum(row["amount"] for row in ledger.orders.to_pyarrow().to_pylist())


@pytest.mark.parametrize("name", ["返品2024.csv", "2024_returns.csv"], ids=["first", "last"])
@pytest.mark.parametrize("numbers", [SAME, OTHER], ids=["same numbers", "own numbers"])
def test_returns_go_back(tmp_path, name, numbers):
    ledger = read(tmp_path, {"orders.csv": SALES, name: numbers})
    assert money(ledger) == ALL - BOTH
    assert ledger.source.rows_kept == 402
    assert notes(ledger)["list_sent_back"]["file"] == name


def test_amounts_below_zero_stay_and_charges_go_back_too(tmp_path):
    sales = SALES.replace("\n", ",500\n").replace("合計金額,500", "合計金額,送料")
    back = HEAD.replace("\n", ",送料\n")
    back += "A5,2024/06/06,1005,-1185,-500\nA6,2024/07/07,1006,1222,500\n"
    ledger = read(tmp_path, {"orders.csv": sales, "返品.csv": back})
    assert money(ledger) == ALL - 400 * 500 - BOTH + 2 * 500


def test_returns_under_other_headings_are_brought_under_those_of_the_sales(tmp_path):
    back = "返品番号,返品日,会員番号,返品額計\nR1,2024/12/20,1005,500\nR2,2024/12/21,1006,700\n"
    ledger = read(tmp_path, {"orders.csv": SALES, "返品.csv": back})
    assert money(ledger) == ALL - 1200


def test_returns_without_a_customer_are_left_out_and_told(tmp_path):
    back = "返品日,返品額計\n2024/12/20,500\n2024/12/21,700\n"
    ledger = read(tmp_path, {"orders.csv": SALES, "返品.csv": back})
    assert money(ledger) == ALL
    assert notes(ledger)["list_unplaced"] == {"file": "返品.csv", "word": "返品"}


def test_orders_of_a_list_of_cancelled_ones_are_taken_out(tmp_path):
    ledger = read(tmp_path, {"orders.csv": SALES, "キャンセル一覧.csv": SAME})
    assert money(ledger) == ALL - BOTH
    assert ledger.source.set_aside == {"cancelled": 2}
    assert notes(ledger)["list_cancelled"]["n"] == 2


def test_a_list_of_cancelled_orders_that_the_sales_lack_is_left_out(tmp_path):
    ledger = read(tmp_path, {"orders.csv": SALES, "キャンセル一覧.csv": OTHER})
    assert (money(ledger), ledger.source.rows_read) == (ALL, 400)
    assert "list_cancelled_left_out" in notes(ledger)


@pytest.mark.parametrize(
    "name", ["見積", "請求", "入金", "予約", "仕入", "発注", "quotes", "payments"]
)
def test_lists_of_no_sales_are_left_out(tmp_path, name):
    ledger = read(tmp_path, {"orders.csv": SALES, f"{name}.csv": OTHER})
    assert (money(ledger), ledger.source.rows_read) == (ALL, 400)
    assert notes(ledger)["list_left_out"] == {"file": f"{name}.csv", "word": name}


@pytest.mark.parametrize("name", ["返品", "キャンセル一覧", "見積", "予約"])
def test_a_single_file_is_read_and_its_name_told(tmp_path, name):
    ledger = read(tmp_path, {f"{name}.csv": SALES})
    assert money(ledger) == ALL
    assert notes(ledger)["list_read"] == {"file": f"{name}.csv", "word": name}


def test_bookings_are_the_sales_where_no_other_file_has_any(tmp_path):
    ledger = read(tmp_path, {"予約.csv": SALES, "キャンセル.csv": SAME})
    assert money(ledger) == ALL - BOTH


@pytest.mark.parametrize(("sheet", "amounts"), [("返品", [1200, 500, -500]), ("見積", [1200, 500])])
def test_sheets_are_told_by_their_names(shop, sheet, amounts):
    head = ["注文番号", "会員番号", "注文日", "金額"]
    sales = [head, ["1", "A", "2024-01-05", 1200], ["2", "B", "2024-01-06", 500]]
    rows = [head, ["2", "B", "2024-01-06", 500]]
    book = workbook(("売上", sales), (sheet, rows))
    found = shop.amounts(book, name="book.xlsx")
    assert sorted(found) == sorted(amounts)


@pytest.mark.parametrize("sheet", ["予算", "売上目標", "記入例", "テスト", "Forecast"])
def test_planned_and_shown_rows_beside_the_sales_are_no_sales(tmp_path, sheet):
    rows = [
        ["会員番号", "購入日", "金額"],
        *([1000 + n % 9, f"2024-01-{n:02}", 500] for n in range(1, 25)),
    ]
    planned = [rows[0], [1001, "2025-05-01", 90_000], [1002, "2025-06-01", 90_000]]
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(("売上", rows), (sheet, planned)))
    ledger = read_sales(path, Settings.checked({}))
    assert money(ledger) == 24 * 500
    assert notes(ledger)["list_left_out"]["word"]
