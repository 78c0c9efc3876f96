"""Where a table begins in a text file, what its columns are called and what divides them."""

import pytest

NAMES = ("会員番号", "注文日", "金額")
ROWS = "1,2024-01-05,500\n2,2024-01-06,600\n"
TABLE = ",".join(NAMES) + "\n" + ROWS
ONE, TWO = ("1", "2024-01-05", "500"), ("2", "2024-01-06", "600")


def where(table):
    return table.grid.header, {row: cells[:3] for row, cells in table.rows.items()}


AMAZON = (
    "Amazon Payからのレポート\n期間：2024/01/01 から 2024/01/31,,\n\n"
    "出力日時,2024/02/01 10:00:00\n通貨,JPY\n---\n"
)
RAKUTEN = '"精算書","1月"\n"対象期間","2024/01/01","2024/01/31"\n\n'


@pytest.mark.parametrize(
    ("above", "first"),
    [
        ("", 2),
        ("売上一覧\n", 3),
        ("売上一覧,,\n", 3),
        ("\n\n売上一覧（税込）\n\n", 6),
        (AMAZON, 8),
        (RAKUTEN, 5),
        ('"二行に\nわたる題"\n', 3),
        ("集計期間,2024-01-01,2024-01-31\n", 3),
        ("店舗,渋谷,\n", 3),
        (",顧客,\n", 3),
    ],
    ids=[
        "none",
        "title",
        "padded",
        "blank",
        "amazon",
        "rakuten",
        "quoted",
        "period",
        "shop",
        "two",
    ],
)
def test_the_header_is_found_below_what_stands_above_it(drawer, above, first):
    table = drawer.table(above + TABLE)
    assert where(table) == (NAMES, {first: ONE, first + 1: TWO})
    assert table.grid.headed


@pytest.mark.parametrize("above", ["", "Report of a shop\n\n", "from,2024-01-01\n"])
def test_a_header_of_unknown_names_is_found_too(drawer, above):
    rows = "".join(f"{i},2024-01-05,x,{i}00\n" for i in range(9))
    table = drawer.table(above + "wer,wann,was,wieviel\n" + rows)
    assert table.grid.header == ("wer", "wann", "was", "wieviel")
    assert len(table.rows) == 9 and table.grid.headed


@pytest.mark.parametrize("above", ["", "売上一覧\n\n"], ids=["bare", "titled"])
@pytest.mark.parametrize(
    "day", ["2024-01-05", "2024/1/5 10:00", "20240105", "令和6年1月5日", "1/5/2024"]
)
def test_a_table_without_a_header_is_named_by_position(drawer, above, day):
    text = above + f"a-1,{day},500,定期\na-2,{day},600,会員\n"
    table = drawer.table(text)
    assert table.grid.header == ("1", "2", "3", "4") and not table.grid.headed
    first = above.count("\n") + 1
    assert table.rows == {
        first: ("a-1", day, "500", "定期"),
        first + 1: ("a-2", day, "600", "会員"),
    }


def test_a_table_without_a_header_is_read_by_position(shop):
    text = "a-1,2024-01-05,500\na-2,2024-01-06,600\n"
    found = shop.read(text, customer_column="1", date_column="2", amount_column="3")
    assert found.source.rows_kept == 2
    assert "doubtful_customer" in shop.faults(text)  # of two rows not enough is seen


@pytest.mark.parametrize("mark", ["sep=;\n", "SEP=;\r\n", '"sep=;"\n'])
def test_the_line_in_which_excel_names_the_delimiter_is_no_row(drawer, mark):
    table = drawer.table(mark + "会員番号;注文日;金額\n1;2024-01-05;500,5\n2;2024-01-06;600,6\n")
    assert where(table) == (
        NAMES,
        {3: ("1", "2024-01-05", "500,5"), 4: ("2", "2024-01-06", "600,6")},
    )


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"], ids=["comma", "tab", "semi", "pipe"])
def test_the_delimiter_is_decided_by_all_the_first_lines(drawer, delimiter):
    rows = [NAMES, ("1", "2024-01-05", '"1,5;0|0\t0"'), ("2", "2024-01-06", '"2,5;0|0\t0"')]
    table = drawer.table("売上, 一覧; 表\n" + "".join(delimiter.join(row) + "\n" for row in rows))
    assert table.grid.delimiter == delimiter
    assert where(table)[1] == {
        3: ("1", "2024-01-05", "1,5;0|0\t0"),
        4: ("2", "2024-01-06", "2,5;0|0\t0"),
    }


def test_decimal_commas_do_not_divide_a_table_of_semicolons(drawer):
    rows = "".join(f"{i};2024-01-05;1,5;2,5;3,5\n" for i in range(9))
    table = drawer.table("wer;wann;a;b;c\n" + rows)
    assert table.grid.delimiter == ";" and len(table.rows) == 9


def test_names_may_be_repeated_empty_or_of_two_lines(drawer):
    text = '会員番号,送料,注文日,"金額\n（税込）",送料,,\n1,100,2024-01-05,500,200,x,y\n'
    table = drawer.table(text)
    assert table.grid.header == ("会員番号", "送料", "注文日", "金額 （税込）", "送料", "", "")
    assert table.rows == {2: ("1", "100", "2024-01-05", "500", "200", "x", "y")}


@pytest.mark.parametrize(
    ("header", "end", "width"),
    [("", "", 3), (",", "", 3), ("", ",", 4), (",", ",", 4), (",,,", ",", 4)],
    ids=["neither", "header", "rows", "both", "differently"],
)
def test_a_delimiter_too_many_at_the_end_does_no_harm(drawer, header, end, width):
    table = drawer.table(TABLE.replace("金額\n", f"金額{header}\n").replace("00\n", f"00{end}\n"))
    assert (table.grid.header[:3], len(table.grid.header)) == (NAMES, width)
    assert where(table)[1] == {2: ONE, 3: TWO} and table.broken == []


def test_row_numbers_without_a_name_as_r_writes_them_are_a_column(drawer):
    table = drawer.table('"customer_id" "date" "amount"\n"1" 7 2024-01-05 500\n', encoding="utf-8")
    assert table.grid.delimiter == ","  # quoted names between blanks are no form we know
    table = drawer.table(
        "customer_id\tdate\tamount\n1\t7\t2024-01-05\t500\n2\t8\t2024-01-06\t600\n"
    )
    assert table.grid.header == ("", "customer_id", "date", "amount")


def test_a_header_of_another_width_than_all_rows_is_refused(drawer):
    path = drawer.put("a.csv", "会員番号,注文日,金額\n" + "1,山田, 太郎,2024-01-05,500\n" * 2)
    values = {"file": "a.csv", "row": 1, "names": 3, "fields": 5}
    assert drawer.faults(path) == [("header_width", values)]


def test_a_header_with_an_open_quote_is_refused(drawer):
    for header in ('会員番号,"注文日,金額\n', '"会員番号,注文日,金額\n'):
        for rows in (99, 9_999):
            path = drawer.put("a.csv", header + ROWS * rows)
            assert drawer.faults(path) == [("open_quote", {"file": "a.csv", "row": 1})]


def test_a_long_file_is_judged_by_its_beginning(drawer):
    row = "1,2024-01-05,500," + "あ" * 400 + "\n"
    table = drawer.table("売上一覧\n会員番号,注文日,金額,備考\n" + row * 2_000)
    assert table.grid.header == (*NAMES, "備考")
    assert len(table.rows) == 2_000 and min(table.rows) == 3
