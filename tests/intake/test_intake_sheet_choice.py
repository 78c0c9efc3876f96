"""Which sheets of a workbook are the sales, and how a person names others."""

import pytest
from test_intake_workbooks import book, sheet

from toolkit.intake import check_sales, read_sales
from toolkit.problems import InputProblem
from toolkit.settings import Settings

SOLD = ["伝票番号", "顧客番号", "売上日", "金額"]
BARE = ["日付", "顧客番号", "売上"]


def sold(n, start=0, bare=False):
    """Rows of sales of twelve customers."""
    rows = []
    for i in range(start, start + n):
        row = [
            1000 + i,
            f"C{i % 12:03}",
            f"2024-{i % 12 + 1:02}-{i % 27 + 1:02}",
            900 + i % 40 * 50,
        ]
        rows.append([row[2], row[1], row[3]] if bare else row)
    return rows


def people(*columns):
    """A list of twelve customers with a number, a name, a telephone and these columns, as `i`
    makes them."""
    return [
        [f"C{i:03}", f"山田{i}子", f"090-1234-12{i:02}", *(make(i) for make in columns)]
        for i in range(12)
    ]


def day(i):
    return f"2023/{i % 12 + 1}/1"


def money(i):
    return 12345 + 77 * i


WHO = ["顧客番号", "氏名", "電話番号"]
BESIDE = {  # name of the case -> name of a sheet beside the sales, its header and its rows
    "bookings": (
        "予約",
        ["予約番号", "顧客番号", "氏名", "電話番号", "予約日", "メニュー", "予定金額"],
        [
            [i + 1, f"C{i % 9:03}", "山", "090-1", f"2025/{i % 12 + 1}/2", "カット", 5000 + i]
            for i in range(79)
        ],
    ),
    "last visit and sales": (
        "顧客名簿", [*WHO, "郵便番号", "メールアドレス", "来店日", "売上"],
        people(lambda i: "100-0000", lambda i: f"a{i}@example.jp", day, money),
    ),
    "list under no telling name": ("Sheet2", [*WHO, "来店日", "売上"], people(day, money)),
    "joined and sum to date": ("顧客名簿", [*WHO, "登録日", "累計購入金額"], people(day, money)),
    "first and last day": (
        "名簿", [*WHO, "初回購入日", "最終購入日", "購入金額合計"], people(day, day, money),
    ),
    "people": ("顧客一覧", [*WHO, "性別", "生年月日"], people(lambda i: "女", lambda i: "1980/1")),
    "stock": (
        "在庫表", ["商品コード", "商品名", "単価", "数量", "金額"],
        [[f"P{i}", f"商品{i}", 100 * i, i, 100 * i * i] for i in range(1, 50)],
    ),
    "purchases": (
        "仕入", ["伝票番号", "仕入先コード", "仕入日", "商品名", "数量", "単価", "金額"],
        [[i, f"S{i % 5}", f"2024/{i % 12 + 1}/1", "桃", i % 9, 100, i * 100] for i in range(80)],
    ),
}  # fmt: skip


@pytest.fixture
def put(tmp_path):
    """Writes a workbook of sheets, each (name, header, rows); its path."""

    def write(*sheets, name="売上帳.xlsx"):
        path = tmp_path / name
        path.write_bytes(
            book(lambda made: [sheet(made, tab, [head, *rows]) for tab, head, rows in sheets])
        )
        return path

    return write


def read(path, **given):
    return read_sales(path, Settings.checked({"language": "en"} | given))


def faults(path, **given):
    with pytest.raises(InputProblem) as caught:
        read(path, **given)
    assert caught.value.text("ja") and caught.value.text("en")
    return dict(caught.value.faults)


@pytest.mark.parametrize("bare", [False, True], ids=["numbered", "bare"])
@pytest.mark.parametrize("first", [False, True], ids=["behind", "before"])
@pytest.mark.parametrize("case", BESIDE)
def test_the_sales_are_read_whatever_stands_beside(put, case, first, bare):
    mine = ("売上", BARE if bare else SOLD, sold(200, bare=bare))
    other = BESIDE[case]
    ledger = read(put(*((other, mine) if first else (mine, other))))
    assert (ledger.source.sheet, ledger.source.rows_kept) == ("売上", 200)
    (note,) = (note for note in ledger.notes if note.key == "sheet_chosen")
    assert (note.values["sheets"], note.values["others"]) == ("売上", other[0])


def test_rows_of_all_sheets_with_one_header_count_together(put):
    months = [(f"{n}月", SOLD, sold(6, 6 * n)) for n in range(1, 9)]
    ledger = read(put(*months, BESIDE["list under no telling name"], BESIDE["people"]))
    assert ledger.source.rows_kept == 48


def test_a_few_sales_go_before_a_long_list(put):
    many = people(lambda i: "女") * 40
    ledger = read(put(("1月", SOLD, sold(5)), ("顧客", [*WHO, "性別"], many)))
    assert ledger.source.rows_kept == 5


def test_sheets_that_a_person_names_are_read(put):
    other = ("売上2", SOLD, sold(30, 500))
    path = put(("売上", SOLD, sold(200)), ("控え", BARE, sold(40, bare=True)), other)
    assert read(path).source.rows_kept == 230
    assert read(path, sheet="控え").source.sheet == "控え"
    for named in ("売上2", " 売上２ ", "売上帳.xlsx/売上2", ["売上2"]):
        assert read(path, sheet=named).source.rows_kept == 30
    for named in ("売上,売上2", ["売上2", "売上"], "売上、売上2"):
        assert read(path, sheet=named).source.rows_kept == 230


def test_a_sheet_that_is_named_is_read_though_it_looks_like_a_list(put):
    path = put(("売上", SOLD, sold(200)), BESIDE["last visit and sales"])
    assert read(path, sheet="顧客名簿").source.rows_kept == 12


def test_the_columns_that_are_named_tell_the_sheet(put):
    odd = ("甲", ["客", "いつ", "いくら"], [[c, d, m] for _, c, d, m in sold(50)])
    path = put(("乙", SOLD, sold(200)), odd)
    ledger = read(path, customer_column="客", date_column="いつ", amount_column="いくら")
    assert (ledger.source.sheet, ledger.source.rows_kept) == ("甲", 50)


def test_a_sheet_that_is_not_there_is_told_with_those_that_are(put):
    path = put(("売上", SOLD, sold(20)), BESIDE["people"])
    told = faults(path, sheet="売上,客")["sheet_unknown"]
    assert (told["sheet"], told["names"]) == ("客", "売上, 顧客一覧")


def test_a_file_without_sheets_has_none_of_that_name(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("顧客番号,日付,金額\na,2024-01-01,500\n", encoding="utf-8")
    assert faults(path, sheet="売上")["sheet_unknown"]["names"] == "–"


def test_of_several_workbooks_those_without_such_a_sheet_are_read_as_ever(put, tmp_path):
    put(("売上", SOLD, sold(20)), ("控え", SOLD, sold(20)), name="a.xlsx")
    put(("販売", SOLD, sold(30, 100)), name="b.xlsx")
    assert read(tmp_path, sheet="売上").source.rows_kept == 50


def test_a_refusal_names_the_sheets(put):
    path = put(("甲", [*WHO, "性別"], people(lambda i: "女")), ("乙", ["x", "y"], [[1, 2]]))
    told = faults(path)
    assert (told["other_sheets"]["sheets"], told["other_sheets"]["others"]) == ("甲", "乙")
    checked = check_sales(path, Settings.checked({}))
    assert "other_sheets" in dict(checked.problem.faults)


def test_a_book_of_visits_by_the_day_booked_goes_before_a_few_goods(put):
    mine = (
        "施術売上",
        ["予約日時", "顧客名", "施術料金"],
        [
            [f"2024-{i % 12 + 1:02}-{i % 27 + 1:02} 10:00", f"山田{i % 30}子", 3000 + 10 * i]
            for i in range(120)
        ],
    )
    goods = (
        "物販売上",
        ["販売日", "顧客名", "販売金額"],
        [[f"2024-{i % 12 + 1:02}-{i % 27 + 1:02}", f"山田{i}子", 500 + 10 * i] for i in range(20)],
    )
    assert read(put(mine, goods)).source.sheet == "施術売上"
    mine = ("Stockholm", SOLD, sold(120))
    assert read(put(mine, ("Old till", BARE, sold(20, bare=True)))).source.sheet == "Stockholm"
