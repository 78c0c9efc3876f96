"""Formulas in a workbook that nobody has worked out."""

import io
import re
import zipfile

import pytest
import xlsxwriter

HEAD = ("会員番号", "注文日", "単価", "数量", "金額", "備考")


def workbook(column=4, value=0, rows=6, formula="=C{0}*D{0}", top=0, left=0, total=False):
    """A sheet of orders with a formula of this value in one column."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    book.add_worksheet("表紙").write_string(0, 0, "売上報告書")
    sheet = book.add_worksheet("売上 & 返品")
    sheet.write_row(top, left, HEAD)
    for i in range(1, rows + 1):
        cells = [f"A-{i}", "2024-01-05", 100 * i, 2, 200 * i, "-"]
        for j, cell in enumerate(cells):
            if j == column:
                number = top + i + 1
                sheet.write_formula(top + i, left + j, formula.format(number), None, value)
            else:
                sheet.write(top + i, left + j, cell)
    if total:
        sheet.write_row(top + rows + 1, left, ["合計"])
        sheet.write_formula(top + rows + 1, left + 4, "=SUM(E2:E7)", None, "")
    book.close()
    return held.getvalue()


def changed(content, old, new):
    """The workbook with the text of its sheets changed."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(held, "w") as write:
        for name in read.namelist():
            part = read.read(name)
            write.writestr(name, re.sub(old, new, part) if "worksheets/" in name else part)
    return held.getvalue()


@pytest.mark.parametrize("empty", [b"<v></v>", b"<v/>", b""], ids=["empty", "closed", "absent"])
def test_a_column_of_formulas_without_values_stops_the_run(shop, empty):
    content = changed(workbook(), rb"</f><v>0</v>", b"</f>" + empty)
    told = {"file": "sales.xlsx", "columns": "金額", "n": 6, "row": 2}
    assert shop.faults(content, name="sales.xlsx")["formulas_missing"] == told


def test_formulas_that_share_one_and_names_with_a_prefix_are_seen(shop):
    content = changed(workbook(value=""), rb"<f>C[3-7].*?</f>", b'<f t="shared" si="0"/>')
    prefixed = changed(content, rb"<(/?)(row|c|f|v|sheetData)\b", rb"<\1x:\2")
    prefixed = changed(
        prefixed,
        rb"<worksheet ",
        b'<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ',
    )
    for each in (content, prefixed):
        assert shop.faults(each, name="sales.xlsx")["formulas_missing"]["n"] == 6


def test_amounts_that_are_all_zero_by_formula_stop_the_run(shop):
    told = shop.faults(workbook(top=3, left=1), name="sales.xlsx")["formulas_zero"]
    assert told == {"file": "sales.xlsx", "columns": "金額", "n": 6, "row": 5}


def test_formulas_with_values_are_read(shop):
    ledger = shop.read(workbook(value=300), name="sales.xlsx")
    assert ledger.orders.amount.to_pyarrow().to_pylist() == [300] * 6


def test_an_empty_text_is_a_value(shop):
    content = workbook(column=0, value="", formula='=IF(C{0}>300,"A-"&C{0},"")')
    content = changed(content, rb'<c r="(A\d)"><f>', rb'<c r="\1" t="str"><f>')
    assert list(shop.faults(content, name="sales.xlsx")) == ["no_row_kept"]


def test_a_column_that_is_not_used_may_hold_anything(shop):
    for value in ("", 0):
        assert len(shop.orders(workbook(column=5, value=value), name="sales.xlsx")) == 6


def test_a_total_without_a_value_is_a_total(shop):
    ledger = shop.read(workbook(column=None, total=True), name="sales.xlsx")
    assert ledger.source.set_aside == {"heading_or_total": 1} and ledger.source.rows_kept == 6
