"""Files beside the sales that are no sales: masters, prospects, contacts, products."""

import pytest

from toolkit.intake import read_sales
from toolkit.settings import Settings

HEAD = "注文番号,注文日,会員番号,合計金額\n"
SALES = HEAD + "".join(
    f"A{i},2024/{i % 12 + 1:02}/{i % 28 + 1:02},{1000 + i % 130},{1000 + 37 * (i % 50)}\n"
    for i in range(400)
)
PEOPLE = "会員番号,性別,生年月日,登録日,累計購入金額\n" + "".join(
    f"{1000 + i},女,1980/01/02,2023/01/0{i % 9 + 1},{i * 1000}\n" for i in range(130)
)
OTHERS = {
    "master": ("顧客番号,性別,生年月日\n1001,女,1980/01/02\n1002,男,1970/03/04\n", "customers"),
    "master with money": (PEOPLE, "customers"),
    "prospects": ("顧客番号,資料請求日,媒体\n1001,2024/01/02,Web\n1,2024/03/04,TV\n", "prospects"),
    "contacts": ("会員番号,発送日,手段\n1001,2024/01/02,DM\n1002,2024/03/04,DM\n", "contacts"),
    "products": ("商品コード,商品名,単価\nP1,緑茶,500\nP2,大皿,700\n", "products"),
    "no money": ("会員番号,来店日,担当\n1001,2024/01/02,佐藤\n1002,2024/03/04,鈴木\n", "other"),
    "shops": ("店舗コード,店舗名\n01,本店\n02,支店\n", "other"),
}


def read(tmp_path, files, **given):
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return read_sales(tmp_path, Settings.checked({"language": "en"} | given))


def notes(ledger):
    return {note.key: dict(note.values) for note in ledger.notes}


@pytest.mark.parametrize("name", ["a.csv", "z.csv"], ids=["first", "last"])
@pytest.mark.parametrize("case", OTHERS)
def test_what_is_no_sales_is_left_out_and_told(tmp_path, case, name):
    content, kind = OTHERS[case]
    ledger = read(tmp_path, {"orders.csv": SALES, name: content})
    assert (ledger.source.rows_read, ledger.source.rows_kept) == (400, 400)
    assert notes(ledger)[f"file_of_{kind}"]["file"] == name


def test_a_file_named_for_something_else_is_no_sales(tmp_path):
    content, _ = OTHERS["master"]
    ledger = read(
        tmp_path,
        {"orders.csv": SALES, "z.csv": content},
        customer_file=str(tmp_path / "z.csv"),
    )
    assert ledger.source.rows_read == 400
    assert notes(ledger)["people_read"]["n"] == 2 and "file_of_customers" not in notes(ledger)


def test_sales_under_other_headings_stay(tmp_path):
    other = SALES.replace("合計金額", "お買上額").replace("2024/", "2025/").replace("A", "B")
    assert read(tmp_path, {"a.csv": SALES, "b.csv": other}).source.rows_kept == 800
