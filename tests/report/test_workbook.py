import base64
import csv
import datetime as dt
import re
import zipfile
from decimal import Decimal

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from python_calamine import CalamineWorkbook

from toolkit.report.workbook import Sheet, csv_link, number_format, safe, write_csv, write_workbook

HEADERS = {"id": "顧客番号", "paid": "金額", "rate": "割合", "day": "日付"}
FRAME = pd.DataFrame(
    {
        "id": ["=1+1", "https://a.b", "007"],
        "paid": [Decimal("1234"), Decimal("-5"), None],
        "rate": [0.125, None, 1.0],
        "day": pd.to_datetime(["2024-02-29", None, "2024-03-01"]),
    }
)
SHEET = Sheet("名簿", FRAME, HEADERS, {"paid": "money", "rate": "share"})


def parts(path):
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name).decode("utf-8") for name in book.namelist()}


def test_values_come_back_as_they_went_in(tmp_path):
    write_workbook(tmp_path / "a.xlsx", [SHEET])
    rows = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_name("名簿").to_python()
    assert rows == [
        ["顧客番号", "金額", "割合", "日付"],
        ["=1+1", 1234, 0.125, dt.date(2024, 2, 29)],
        ["https://a.b", -5, "", ""],
        ["007", "", 1, dt.date(2024, 3, 1)],
    ]


def test_text_is_neither_formula_nor_link(tmp_path):
    write_workbook(tmp_path / "a.xlsx", [SHEET])
    made = parts(tmp_path / "a.xlsx")
    sheet = made["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet and "<hyperlink" not in sheet
    assert "xl/worksheets/_rels/sheet1.xml.rels" not in made


def test_the_heading_row_stays_in_sight_and_filters_below_the_notes(tmp_path):
    notes = ["注1", "注2"]
    write_workbook(tmp_path / "a.xlsx", [Sheet("a", FRAME, HEADERS, notes=notes)])
    sheet = parts(tmp_path / "a.xlsx")["xl/worksheets/sheet1.xml"]
    assert 'ySplit="4"' in sheet and 'state="frozen"' in sheet  # two notes, a gap, the headings
    assert '<autoFilter ref="A4:D7"/>' in sheet
    rows = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[:4]] == ["注1", "注2", "", "顧客番号"]


@pytest.mark.parametrize(
    "form, currency, expected",
    [
        ("money", "JPY", '"¥"#,##0'),
        ("money", "USD", '"$"#,##0.00'),
        ("money", "KWD", '"KWD"#,##0.000'),
        ("share", "JPY", "0.0%"),
        ("date", "JPY", "yyyy-mm-dd"),
        ("count", "JPY", "#,##0"),
    ],
)
def test_numbers_have_the_format_of_their_form(form, currency, expected):
    assert number_format(form, currency) == expected


def test_the_formats_are_in_the_file(tmp_path):
    write_workbook(tmp_path / "a.xlsx", [SHEET], currency="USD")
    styles = parts(tmp_path / "a.xlsx")["xl/styles.xml"]
    for code in ("&quot;$&quot;#,##0.00", "0.0%", "yyyy-mm-dd"):
        assert f'formatCode="{code}"' in styles


def test_columns_are_wide_enough_for_full_width_signs(tmp_path):
    frame = pd.DataFrame({"id": ["あ" * 10], "paid": ["x" * 10], "rate": ["y" * 500]})
    write_workbook(tmp_path / "a.xlsx", [Sheet("a", frame, {})])
    sheet = parts(tmp_path / "a.xlsx")["xl/worksheets/sheet1.xml"]
    widths = re.findall(r'<col [^>]*\bwidth="(\d+)', sheet)
    assert widths == ["22", "12", "60"]  # two signs of room; never over 60


def test_the_same_sheets_give_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        write_workbook(tmp_path / f"{name}.xlsx", [SHEET], created=dt.date(2024, 12, 31))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_an_empty_list_is_a_sheet_with_headings(tmp_path):
    write_workbook(tmp_path / "a.xlsx", [Sheet("a", FRAME.head(0), HEADERS)])
    rows = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python()
    assert rows == [["顧客番号", "金額", "割合", "日付"]]


def test_csv_is_what_excel_in_japan_opens_rightly(tmp_path):
    write_csv(tmp_path / "a.csv", FRAME, HEADERS)
    assert (tmp_path / "a.csv").read_bytes() == (
        "\ufeff顧客番号,金額,割合,日付\r\n"
        "'=1+1,1234,0.125,2024-02-29\r\n"
        "https://a.b,-5,,\r\n"
        "007,,1.0,2024-03-01\r\n"
    ).encode()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_text_that_excel_would_run_is_made_plain_and_numbers_are_left(tmp_path, start):
    frame = pd.DataFrame({f"{start}head": [f"{start}cell"], "n": [-1]})
    write_csv(tmp_path / "a.csv", frame, {})
    text = (tmp_path / "a.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines(keepends=True)))
    assert text.startswith(("'", "\"'"))
    assert rows[-1][-1] == "-1"
    assert f"'{start}cell" in text


@pytest.mark.parametrize("text", ["-5", "-9720", "-0.25", "plain", ""])
def test_text_that_is_a_number_below_zero_is_no_formula(text):
    assert safe(text) == text
    assert safe(f"={text}") == f"'={text}"
    assert safe("-5+1") == "'-5+1" and safe("-5\n") == "'-5\n"


def test_the_link_in_the_page_holds_the_same_file(tmp_path):
    write_csv(tmp_path / "a.csv", FRAME, HEADERS)
    link = BeautifulSoup(csv_link(FRAME, HEADERS, "名簿.csv", "<保存>"), "html.parser").a
    kind, packed = link["href"].split(",")
    assert kind == "data:text/csv;base64" and link["download"] == "名簿.csv"
    assert base64.b64decode(packed) == (tmp_path / "a.csv").read_bytes()
    assert link.get_text() == "<保存>"
