"""Files of orders and files of their product lines, given together."""

import known_exports as known
import pytest
from hostile_files import workbook
from known_exports import written

from toolkit.intake import check_sales, read_sales
from toolkit.problems import InputProblem
from toolkit.settings import Settings

ORDERS = "注文番号,会員ID,注文日,合計金額\nA1,1,2024-01-05,1000\nA2,2,2024-01-06,500\n"
ITEMS = "注文番号,商品コード,商品名,数量,単価\nA1,T,茶,2,500\nA2,T,茶,1,500\n"
YAHOO_ORDERS = [
    {
        "OrderId": f"shop-{n}",
        "OrderTime": f"2024/01/0{n} 10:00:00",
        "OrderStatus": status,
        "BillMailAddress": f"a{n}@x.jp",
        "TotalPrice": total,
        "ShipCharge": "500",
        "UsePoint": "100",
    }
    for n, status, total in ((1, "5", "2400"), (2, "4", "1400"), (3, "5", "1900"))
]
YAHOO_ITEMS = [
    {"OrderId": f"shop-{n}", "LineId": line, "ItemId": item, "Title": item, "UnitPrice": price}
    | {"Quantity": pieces}
    for n, line, item, price, pieces in (
        (1, "1", "tea", "750", "2"),
        (1, "2", "cake", "500", "1"),
        (2, "1", "tea", "1000", "1"),
        (3, "1", "tea", "750", "2"),
    )
]


@pytest.fixture
def folder(tmp_path):
    """Reads a folder with these files: `folder({name: text or bytes})`."""

    def read(files, **settings):
        for name, content in files.items():
            content = content.encode() if isinstance(content, str) else content
            (tmp_path / name).write_bytes(content)
        return read_sales(tmp_path, Settings.checked({"language": "en"} | settings))

    return read


def lines(ledger):
    rows = ledger.lines.to_pyarrow().to_pylist()
    return [(r["order_id"], r["customer_id"], r["product_id"], r["amount"]) for r in rows]


def amounts(ledger):
    rows = ledger.orders.order_by("source_row").to_pyarrow().to_pylist()
    return [(row["order_id"], row["amount"]) for row in rows]


def notes(ledger):
    return {note.key: dict(note.values) for note in ledger.notes}


TWO = [("A1", "1", "T", 1000), ("A2", "2", "T", 500)]


@pytest.mark.parametrize("encoding", ["cp932", "utf-8"])
def test_orders_and_items_of_yahoo_in_one_folder_are_sales_and_lines(folder, encoding):
    ledger = folder(
        {
            "Order.csv": written(known.YAHOO, YAHOO_ORDERS, encoding=encoding),
            "Item.csv": written(known.YAHOO_ITEMS, YAHOO_ITEMS, encoding=encoding),
        }
    )
    # 2400 - 500 postage + 100 points; shop-2 is cancelled
    assert amounts(ledger) == [("shop-1", 2000), ("shop-3", 1500)]
    assert lines(ledger) == [
        ("shop-1", "a1@x.jp", "tea", 1500),
        ("shop-1", "a1@x.jp", "cake", 500),
        ("shop-3", "a3@x.jp", "tea", 1500),
    ]
    told = notes(ledger)
    assert told["lines_found"]["files"] == "Item.csv" and told["lines_meet"] == {"n": 2}
    assert told["lines_set_aside"] == {"n": 1, "row": "4"}
    assert ledger.source.format == "yahoo_shopping" and ledger.source.rows_read == 3


def test_the_items_of_yahoo_may_be_named(shop, tmp_path):
    path = tmp_path / "Item.csv"
    path.write_bytes(written(known.YAHOO_ITEMS, YAHOO_ITEMS))
    ledger = shop.read(written(known.YAHOO, YAHOO_ORDERS), lines_file=str(path))
    assert len(lines(ledger)) == 3 and "lines_found" not in notes(ledger)


def test_slips_of_nextengine_and_a_list_of_their_rows(folder):
    slips = "伝票番号,受注日,受注状態区分,受注キャンセル区分,総合計,発送代,手数料,顧客コード\n"
    slips += "1,2024-01-05,50,0,1500,500,0,C1\n2,2024-01-06,50,3,700,0,0,C2\n"
    slips += "3,2024-01-07,50,0,700,0,0,C2\n"
    rows = "伝票番号,明細行番号,商品コード,商品名,受注数,小計金額\n"
    rows += "1,1,T,茶,2,1000\n2,1,T,茶,1,700\n3,1,K,菓子,1,700\n"
    ledger = folder({"slips.csv": slips, "meisai.csv": rows})
    assert amounts(ledger) == [("1", 1000), ("3", 700)]
    assert [row[:3] for row in lines(ledger)] == [("1", "C1", "T"), ("3", "C2", "K")]


def test_files_of_no_known_system_are_told_apart_by_their_names(folder):
    ledger = folder({"a_orders.csv": ORDERS, "b_items.csv": ITEMS})
    assert amounts(ledger) == [("A1", 1000), ("A2", 500)] and lines(ledger) == TWO
    assert notes(ledger)["lines_found"]["file"] == "a_orders.csv"
    assert [file.name for file in ledger.source.files] == ["a_orders.csv"]


def test_several_months_of_both(folder):
    files = {"orders1.csv": ORDERS, "orders2.csv": ORDERS.replace("A", "B").replace("-01-", "-02-")}
    files |= {"items1.csv": ITEMS, "items2.csv": ITEMS.replace("A", "B")}
    ledger = folder(files)
    assert len(lines(ledger)) == 4 and sorted(amounts(ledger)) == [
        ("A1", 1000),
        ("A2", 500),
        ("B1", 1000),
        ("B2", 500),
    ]


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(",注文日", id="with-days"),
        pytest.param(",会員ID,注文日", id="with-customers-and-days"),
    ],
)
def test_rows_of_the_same_orders_with_products_are_their_lines(folder, more):
    """Read as sales both would hold every order, and one of the two amounts would count."""
    items = f"注文番号,商品コード,商品名,数量,単価{more}\n"
    beside = {",注文日": (",2024-01-05", ",2024-01-06")}
    one, two = beside.get(more, (",1,2024-01-05", ",2,2024-01-06"))
    items += f"A1,T,茶,2,500{one}\nA2,T,茶,1,500{two}\n"
    ledger = folder({"a.csv": items, "b.csv": ORDERS})
    assert amounts(ledger) == [("A1", 1000), ("A2", 500)] and lines(ledger) == TWO


def test_sales_with_products_for_later_months_stay_sales(folder):
    later = "注文番号,会員ID,注文日,商品コード,商品名,数量,金額\nB1,1,2024-02-05,T,茶,2,800\n"
    ledger = folder({"a.csv": ORDERS, "b.csv": later})
    assert sorted(amounts(ledger)) == [("A1", 1000), ("A2", 500), ("B1", 800)]
    assert "lines_found" not in notes(ledger)


def test_returns_of_the_same_orders_on_later_days_are_no_lines(folder):
    back = (
        "注文番号,会員ID,注文日,商品名,合計金額\nA1,1,2024-01-20,茶,-500\nA2,2,2024-01-20,茶,-500\n"
    )
    ledger = folder({"a.csv": ORDERS, "b.csv": back})
    assert "lines_found" not in notes(ledger) and len(amounts(ledger)) == 4


def test_a_file_of_lines_among_the_sales_may_be_named_as_well(folder, tmp_path):
    ledger = folder({"a.csv": ORDERS, "b.csv": ITEMS}, lines_file=str(tmp_path / "b.csv"))
    assert lines(ledger) == TWO and "lines_found" not in notes(ledger)


def test_a_folder_named_for_both_is_parted_as_well(folder, tmp_path):
    ledger = folder({"a.csv": ORDERS, "b.csv": ITEMS}, lines_file=str(tmp_path))
    assert lines(ledger) == TWO and amounts(ledger) == [("A1", 1000), ("A2", 500)]


def test_names_that_only_a_word_tells_part_files_too(folder):
    orders = ORDERS.replace("注文番号", "受注No.").replace("会員ID", "お客様ＩＤ番号")
    ledger = folder({"a.csv": orders, "b.csv": ITEMS.replace("注文番号", "受注No")})
    assert [row[0] for row in lines(ledger)] == ["A1", "A2"]


def table(text):
    return [line.split(",") for line in text.splitlines()]


@pytest.mark.parametrize("first", ["受注", "明細"])
def test_two_sheets_of_a_workbook_are_orders_and_lines(folder, first):
    sheets = [("受注", table(ORDERS)), ("明細", table(ITEMS)), ("メモ", [["a", "b"], ["c", "d"]])]
    sheets.sort(key=lambda sheet: sheet[0] != first)
    ledger = folder({"shop.xlsx": workbook(*sheets)})
    assert amounts(ledger) == [("A1", 1000), ("A2", 500)] and lines(ledger) == TWO
    assert notes(ledger)["lines_found"]["files"] == "shop.xlsx/明細"
    assert notes(ledger)["sheet_chosen"]["others"] == "メモ"


def test_a_workbook_named_for_both_is_parted_as_well(tmp_path):
    path = tmp_path / "shop.xlsx"
    path.write_bytes(workbook(("受注", table(ORDERS)), ("明細", table(ITEMS))))
    chosen = Settings.checked({"language": "en", "lines_file": str(path)})
    assert len(lines(read_sales(path, chosen))) == 2


def test_a_list_of_customers_among_the_sales_is_no_file_of_lines(folder):
    ledger = folder({"a.csv": ORDERS, "b.csv": "会員ID,氏名,都道府県\n" + "1,山田,東京都\n" * 6})
    assert notes(ledger)["file_of_customers"]["file"] == "b.csv"
    assert ledger.lines is None


def test_lines_of_other_orders_in_the_folder_are_refused_with_the_option(folder):
    with pytest.raises(InputProblem) as caught:
        folder({"a.csv": ORDERS, "b.csv": ITEMS.replace("A", "Z")})
    ((key, values),) = caught.value.faults
    assert key == "lines_unmatched" and values["option"] == "--lines-file"


def test_lines_beside_sales_without_order_numbers_are_refused_with_the_option(folder):
    with pytest.raises(InputProblem) as caught:
        folder({"a.csv": "会員ID,注文日,合計金額\n1,2024-01-05,1000\n", "b.csv": ITEMS})
    ((key, values),) = caught.value.faults
    assert key == "lines_sales_no_order"
    assert (values["file"], values["option"]) == ("a.csv", "--lines-file")


def test_lines_alone_are_no_sales(shop, tmp_path):
    path = shop.path(ITEMS, "items.csv")
    told = shop.faults(ITEMS, name="items.csv", lines_file=str(path))
    assert told["lines_alone"]["option"] == "--lines-file"


def test_the_check_tells_what_the_lines_are(tmp_path):
    (tmp_path / "a.csv").write_text(ORDERS, "utf-8")
    (tmp_path / "b.csv").write_text(ITEMS, "utf-8")
    found = check_sales(tmp_path, Settings.checked({"language": "en"}))
    assert found.problem is None and found.file == "a.csv"
    assert "lines_read" in {note.key for note in found.found.notes}
