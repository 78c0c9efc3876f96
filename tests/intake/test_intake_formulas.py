"""Formulas in a workbook that nobody has worked out."""

import base64
import io
import re
import zipfile
import zlib

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
    assert list(shop.faults(content, name="sales.xlsx")) == ["no_row_kept", "other_sheets"]


def test_a_column_that_is_not_used_may_hold_anything(shop):
    for value in ("", 0):
        assert len(shop.orders(workbook(column=5, value=value), name="sales.xlsx")) == 6


def test_a_total_without_a_value_is_a_total(shop):
    ledger = shop.read(workbook(column=None, total=True), name="sales.xlsx")
    assert ledger.source.set_aside == {"heading_or_total": 1} and ledger.source.rows_kept == 6


# An old workbook of a program that works no formula out: a sheet 表紙, and 売上 with HEAD but 備考
# in B3 and six rows; 金額 is =D4*E4 and so on
XLS = r"""
c-rllPe@cj7{I@IZ|1$X>#D11pn;f_l_|Jt(Zx2U5(58}LQ4dtxlt)9OC1s-%cL$r)}^A0;H8WGIrN7L?A9T$><|QjTLeL;
qR4}~ee=C}=BsybA*JGd%X~BQ&CK_kH-F#T7ZW*CBX<gu@QZ8(9p+L2Fc#PthJcd^1D2;!GU>z?hLkV=lmslCNJGG*%;%<@
Lpk3`(BL+IiW=Y@hW*e7O}#zw;$@V2>O(t|eW+y|*PaG9Fl0di^(&Y3A<`>I-=eyYNpB;|MbfoccZ%(UiD*;V7PXFJS_ze9
p=NNO+Poo41oGjTT*s#`F}tpSy2R1;?!U93h=*VlaON7~J@G_)_Y~ye6pq5TR58F;XRnSI`}XCvGeG;a+irT;uV@@#08$5;
T!=#uf;C*0Xza*^f>SczFYNr6Sg>gZdT}uWWMU9Nrbuj8+w@`FABD}ywqqy0x9Y$?cAt-bh@-<;>qs+3eesE5j9v~mUey8W
Dk4FEs>-UGipoeu<t8#!k*+3PL)x})4$3p1&WNz<jL4*&6GGhy*_6(q{S(GpVCLrM$;OVB=mD|}(7j;a9&6>}LJH2v7T7pz
zQopL)M6v)v*dLZr3*>t;X`9w+LEslI|r%GIVvqhPBqD^=(+{z^_U*|wEIEP(EI2HOpi4r`}4+LM@OIpZ?jHpFMoqj&dS;K
Yf>IYotUX}<}K-h-_9IM3#-1T)D@Wxvk;_Yj(v}6xo}Tb#WU%rEcK{r>ZWGo^<NxSjYh;hs`hxuC$@8%8XY^QV@{vXam?}g
oWPt=o^=n;I(ar!eVshZNqK@j)yeZ^CTCR68^?O9(Iym6zVq15GGIGa9!JH;g+y@=6epCWP~3&$geuY9DDI8o62%>q@IVPd
1r$oSP=Zi*xf><CQ9`1GgEBl&2BCrqWw=lVq3R7c%J4=R5@k3j(*tD^Dnp@67s@2mr0GVP-Y8R|Ob2Cope#a#6v}d;EJAez
+$hT%Wl5AJQFI=F*LmQJFTVKVi!aM3@@-1KL+NydfqIVsy5{8nI<pw&{J%;5TiJu3l)Z2qKTCH&55@^Nnb!JQ34%Gk*dp6F
{})Qxi}VC^K?n7tEA91*UlMHL^DMey_|I*jboq1X^mB>%KL8s5Idu
"""


def ods(value, kind="float", again=1):
    """An OpenDocument sheet of six orders with a formula in 金額; `again`: the last rows as one."""
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )

    def cell(text):
        told = f"<text:p>{text}</text:p>"
        return f'<table:table-cell office:value-type="string">{told}</table:table-cell>'

    def row(cells, more=""):
        return f"<table:table-row{more}>{''.join(map(cell, cells))}%s</table:table-row>"

    given = "" if value is None else f' office:value-type="{kind}" office:value="{value}"'
    formula = f'<table:table-cell table:formula="of:=[.C2]*[.D2]"{given}/>'
    rows = [row(HEAD[:5]) % ""]
    rows += [row((f"A-{i}", "2024-01-05", 100, 2)) % formula for i in range(1, 8 - again)]
    repeated = f' table:number-rows-repeated="{again}"'
    rows += [row(("A-9", "2024-01-05", 100, 2), repeated) % formula] if again > 1 else []
    document = (
        f"<office:document-content{spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="売上">{"".join(rows)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", document)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return held.getvalue()


@pytest.mark.parametrize("again", (1, 3))
def test_formulas_without_values_in_an_open_document_stop_the_run(shop, again):
    told = shop.faults(ods(None, again=again), name="sales.ods")["formulas_missing"]
    assert told["columns"] == "金額" and told["row"] == 2


def test_formulas_that_are_all_zero_in_an_open_document_stop_the_run(shop):
    told = shop.faults(ods(0), name="sales.ods")["formulas_zero"]
    assert told == {"file": "sales.ods", "columns": "金額", "n": 6, "row": 2}


def test_formulas_with_values_in_an_open_document_are_read(shop):
    assert shop.amounts(ods(300), name="sales.ods") == [300] * 6


def test_formulas_without_values_in_an_old_workbook_stop_the_run(shop):
    content = zlib.decompress(base64.b85decode(XLS.replace("\n", "")))
    told = {"file": "sales.xls", "columns": "金額", "n": 6, "row": 4}
    assert shop.faults(content, name="sales.xls")["formulas_missing"] == told
    zero = content.replace(b"\x03\0\0\0\0\0\xff\xff", bytes(8))
    assert shop.faults(zero, name="sales.xls")["formulas_zero"] == told
    worked = content.replace(b"\x03\0\0\0\0\0\xff\xff", bytes(6) + b"\x59\x40")  # 100.0
    assert shop.amounts(worked, name="sales.xls") == [100] * 6


def test_a_damaged_old_workbook_has_no_formulas_to_tell(shop):
    content = zlib.decompress(base64.b85decode(XLS.replace("\n", "")))
    assert "broken_workbook" in shop.faults(content[:1500], name="sales.xls")
