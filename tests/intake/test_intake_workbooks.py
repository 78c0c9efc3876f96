"""Workbooks: which sheet is read, where its table begins, and what its cells come to."""

import base64
import datetime as dt
import io
import zipfile
import zlib

import pytest
import xlsxwriter

from toolkit.intake import read_sales
from toolkit.intake.tables.files import open_files
from toolkit.settings import Settings

NAMES = ("会員番号", "注文日", "金額")
ONE, TWO = ("a-1", "2024-01-05", "500"), ("a-2", "2024-01-06", "600")
# A sheet with a title in merged cells and two rows, as Excel 97 to 2003 stored it
XLS = r"""
c-rk)O=wd=5dQWhY0{9SNo|Ez2%*rbwWUoJ@zO>G+f!rx0gDKl+8ngCm7s@u&}t1LA}C%|yc8<prRv2W{K21#2ccRIf*>SHLGY
v~dT8^UnfD&1u|fk{sJt)i?Ck8$o5{}3?!NbOB9s}uRh>lv+TcJ=FGWe7Oi?Md8bMIMt}|=Z9xA$xMTJri1+v72`~DYhjv>c83
k^4&Ply8VsqDf*#0LkGkp;v?@gbquhgPBrS4a{-m3UPybg$4QLT|{(2SV42<gCzE8k<o&F%gT`uQOM1w^k#40q}G0h|XJ)L{W+
7yo!&VQ^r^qHl+3?`WIP8*y+O<D4-q5fn<u?eq81J93nIwXzI<Nf<irpZ+ZmyYUT9fh%H}OxdO?5%$B?VAooxR3*{FyCol|skE
BQ%KGZt7M^j(Az42*Eg%UHVoe&Y?*G>~#y*aym|Kac398e$oPbH_4r2guB=S50_MAQqkG`Fm2Y>qZIul4e#FPlVg)+XVX<na;h
MVas+NueP5Ieq=}WM@xTY_~{;<zO(5k6QK@I*zjjDF>uST&4pDs27b@LQlw3mkD1jw1U<*)pcE!CeuD5V@^tM9obnecpY1w$FC
qh{b|eHaQZ`RCGq1O*&`L>Z(^gUq2sKV^!Yb}2GyW0Ut-*gS+z2^ns-90e%p3DTF~@eH_ym2%)l#bNa!PJ@$B&Y@OU-HcqQYR8
ZB!!jh03&hiOflLt7JVp2dgaFMIv;8EZ{aybP<30==V}S7afCO*;;;>Y|p>$NFd5otQHHlXZnQtsJ-6Ag!%m@WO@-8#Zj%uwlc
-qJWZ1opJf*3#7}u-n-53Ix|#q_Ggm+7F#h$zeDs|xd{VQr!Z91`dJE>vYw^psbhUFWb7d8DfFR7{OBus{nG1>%Kty}Rt)~V6e
`w!t{6Z6vHhR(>*Dq
"""


def book(build):
    """A workbook as bytes."""
    content = io.BytesIO()
    made = xlsxwriter.Workbook(content)
    build(made)
    made.close()
    return content.getvalue()


def sheet(made, name, rows, top=0):
    cells = made.add_worksheet(name)
    for i, row in enumerate(rows):
        cells.write_row(top + i, 0, row)
    return cells


def ods(*sheets):
    """An OpenDocument spreadsheet of text cells."""
    tables = "".join(
        f'<table:table table:name="{name}">'
        + "".join(
            "<table:table-row>"
            + "".join(
                f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
                "</table:table-cell>"
                for cell in row
            )
            + "</table:table-row>"
            for row in rows
        )
        + "</table:table>"
        for name, rows in sheets
    )
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    document = (
        f"<office:document-content{spaces}><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", document)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return content.getvalue()


def names_of(drawer, content, name="売上.xlsx"):
    grids = open_files(drawer.put(name, content))
    return [grid.name for grid in grids], {n.key: n.values for n in grids[0].notes}


def test_the_sheet_with_the_orders_is_read_and_named_in_a_note(drawer):
    def build(made):
        sheet(made, "表紙", [["売上報告"], ["山田商店"]])
        sheet(made, "集計", [["会員番号", "合計"], *([i, 2] for i in range(9))])
        sheet(made, "明細", [["売上一覧"], [], NAMES, ONE, TWO])
        sheet(made, "控え", [NAMES, *[ONE] * 9]).hide()
        sheet(made, "空", [])

    path = drawer.put("売上.xlsx", book(build))
    ledger = read_sales(path, Settings.checked({}))
    assert (ledger.source.sheet, ledger.source.rows_kept) == ("明細", 2)
    names, notes = names_of(drawer, path.read_bytes())
    assert names == ["売上.xlsx"]
    values = {"file": "売上.xlsx", "sheets": "明細", "others": "表紙, 集計, 控え"}
    assert notes == {"sheet_chosen": values}
    table = drawer.table(path.read_bytes(), name="売上.xlsx")
    assert table.grid.header == NAMES and table.rows == {4: ONE, 5: TWO}


def test_a_workbook_of_one_sheet_needs_no_note(drawer):
    content = book(lambda made: sheet(made, "明細", [NAMES, ONE]))
    assert names_of(drawer, content) == (["売上.xlsx"], {})


def test_sheets_with_the_same_header_are_all_read(drawer):
    def build(made):
        sheet(made, "説明", [["各月の売上"]])
        for month in (1, 2, 10):
            sheet(made, f"{month}月", [["題"], ["会員番号", "注文日", " 金額"], ONE], top=month)
        sheet(made, "3月", [NAMES])
        sheet(made, "4月", [NAMES, TWO]).hide()
        sheet(made, "商品", [["商品名", "単価"], ["タオル", 500]])

    names, notes = names_of(drawer, book(build))
    assert names == [f"売上.xlsx/{month}月" for month in (1, 2, 10)]
    assert notes["sheet_chosen"]["sheets"] == "1月, 2月, 10月"
    assert notes["sheet_chosen"]["others"] == "説明, 3月, 4月, 商品"
    grids = open_files(drawer.folder / "売上.xlsx")
    assert [grid.sheet for grid in grids] == ["1月", "2月", "10月"]
    assert {grid.sha256() for grid in grids} == {grids[0].sha256()}


def test_all_sheets_of_a_workbook_by_months_are_named(drawer):
    content = book(lambda made: [sheet(made, f"{n}月", [NAMES, ONE]) for n in (1, 2)])
    values = {"file": "売上.xlsx", "sheets": "1月, 2月"}
    assert names_of(drawer, content)[1] == {"sheets_read": values}


def test_hidden_sheets_are_read_where_there_is_no_other(drawer):
    def build(made):
        sheet(made, "表紙", []).activate()
        sheet(made, "明細", [NAMES, ONE]).hide()

    assert drawer.table(book(build), name="a.xlsx").rows == {2: ONE}


def test_without_known_names_the_longest_sheet_is_read(drawer):
    def build(made):
        sheet(made, "a", [["wer", "wann"], ["x", "y"]])
        sheet(made, "b", [["was", "wieviel"], *[["x", "y"]] * 3])

    table = drawer.table(book(build), name="a.xlsx")
    assert (table.grid.sheet, table.grid.header) == ("b", ("was", "wieviel"))


def test_a_sheet_without_a_header_is_named_by_position(drawer):
    table = drawer.table(book(lambda made: sheet(made, "a", [ONE, TWO])), name="a.xlsx")
    assert table.grid.header == ("1", "2", "3") and not table.grid.headed
    assert table.rows == {1: ONE, 2: TWO}


def test_cells_are_read_as_they_are_meant(drawer):
    names = ["顧客番号", "注文日", "金額\n（税込）", "率", "会員", "時刻", "曜日"]

    def build(made):
        cells = sheet(made, "a", [names])
        form = {k: made.add_format({"num_format": k}) for k in ("yyyy/m/d", "0.0%", "h:mm", "aaa")}
        cells.write(1, 0, 17850)
        cells.write_datetime(1, 1, dt.datetime(2024, 1, 5), form["yyyy/m/d"])
        cells.write(1, 2, 1234.5)
        cells.write(1, 3, 0.125, form["0.0%"])
        cells.write_boolean(1, 4, True)
        cells.write(1, 5, 0.4375, form["h:mm"])
        cells.write(2, 0, "007")
        cells.write(2, 1, 45296)
        cells.write_formula(2, 2, "=1/0", None, "#DIV/0!")
        cells.write(2, 3, "#N/A")
        cells.write_formula(2, 4, "=A2>1", None, False)
        cells.write_formula(2, 5, '="x"&"y"', None, "xy")
        cells.write(3, 1, "令和6年1月5日")

    table = drawer.table(book(build), name="a.xlsx")
    assert table.grid.header[2] == "金額 （税込）"
    assert {row: cells[:6] for row, cells in table.rows.items()} == {
        2: ("17850", "2024-01-05", "1234.5", "0.125", "TRUE", "10:30:00"),
        3: ("007", "45296", "", "", "FALSE", "xy"),
        4: ("", "令和6年1月5日", "", "", "", ""),
    }


def test_merged_cells_hold_for_all_their_rows_but_count_no_money_twice(drawer):
    def build(made):
        cells = made.add_worksheet("明細")
        cells.merge_range(0, 0, 0, 3, "売上一覧")
        cells.write_row(1, 0, ["顧客番号", "注文日", "商品名", "金額"])
        cells.write_column(2, 2, ["皿", "鉢", "椀"])
        cells.merge_range(2, 0, 3, 0, 17850)
        cells.merge_range(2, 1, 4, 1, "2024-01-05")
        cells.merge_range(2, 3, 3, 3, 500)
        cells.write(4, 0, "b")
        cells.write(4, 3, 700)

    assert drawer.table(book(build), name="a.xlsx").rows == {
        3: ("17850", "2024-01-05", "皿", "500"),
        4: ("17850", "2024-01-05", "鉢", ""),
        5: ("b", "2024-01-05", "椀", "700"),
    }


def test_merged_cells_hold_over_blocks(drawer, monkeypatch):
    def build(made):
        cells = sheet(made, "a", [NAMES, *[["", "2024-01-05", str(i)] for i in range(10)]])
        cells.merge_range(1, 0, 6, 0, "x")
        cells.merge_range(7, 0, 10, 0, "y")

    monkeypatch.setattr("toolkit.intake.tables.workbooks._ROWS", 4)
    table = drawer.table(book(build), name="a.xlsx")
    assert [cells[0] for cells in table.rows.values()] == ["x"] * 6 + ["y"] * 4
    assert [*table.rows] == [*range(2, 12)]


def test_headings_and_totals_in_a_sheet_are_no_rows(drawer):
    rows = [NAMES, ONE, NAMES, TWO, [], ["合計", "", 1100]]
    table = drawer.table(book(lambda made: sheet(made, "a", rows)), name="a.xlsx")
    assert table.rows == {2: ONE, 4: TWO}
    assert [(row, reason) for row, _, reason in table.broken] == [
        (3, "heading_or_total"),
        (6, "heading_or_total"),
    ]


def test_an_old_workbook_is_read(drawer):
    table = drawer.table(zlib.decompress(base64.b85decode("".join(XLS.split()))), name="a.xls")
    assert (table.grid.kind, table.grid.sheet, table.grid.header) == ("xls", "売上", NAMES)
    assert table.rows == {3: ("a1", "2024-01-05", "500"), 4: ("7", "2024-01-06", "700.5")}


def test_an_open_document_is_read(drawer):
    content = ods(("表紙", [["売上"]]), ("明細", [["題", "", ""], NAMES, ONE, TWO]))
    table = drawer.table(content, name="a.ods")
    assert (table.grid.kind, table.grid.sheet) == ("ods", "明細")
    assert table.rows == {3: ONE, 4: TWO}


@pytest.mark.parametrize("name", ["売上", "売上.zip", "売上.csv"])
def test_a_workbook_is_known_by_its_content(drawer, name):
    content = book(lambda made: sheet(made, "a", [NAMES, ONE]))
    table = drawer.table(content, name=name)
    assert (table.grid.name, table.grid.kind, table.rows) == (name, "xlsx", {2: ONE})


def test_a_workbook_with_a_password_is_refused(drawer):
    old = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1016)
    locked = old + "EncryptedPackage".encode("utf-16-le") + bytes(1024)
    for content, key in ((locked, "workbook_locked"), (old, "broken_workbook")):
        path = drawer.put("a.xlsx", content)
        assert drawer.faults(path) == [(key, {"file": "a.xlsx"})]


def test_a_torn_workbook_is_refused(drawer):
    content = book(lambda made: sheet(made, "a", [NAMES, ONE]))
    assert drawer.faults(drawer.put("a.xlsx", content[:900]))[0][0] == "broken_workbook"
