"""A written workbook taken apart: what stays in sight, filters, widths and number formats."""

import zipfile
from types import SimpleNamespace
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
BUILT_IN = {"3": "#,##0", "2": "0.00", "49": "@", "0": "General"}


def sheets_of(path):
    """Sheet name -> frozen (cell below and right of it), filter (its range), widths, formulas
    (cells), formats (column letters of the first row below the headings -> number format)."""
    with zipfile.ZipFile(path) as book:
        parts = {
            name: ElementTree.fromstring(book.read(name))
            for name in book.namelist()
            if name.endswith(".xml")
        }
    names = [each.get("name") for each in parts["xl/workbook.xml"].iter(f"{MAIN}sheet")]
    styles = parts["xl/styles.xml"]
    own = {f.get("numFmtId"): f.get("formatCode") for f in styles.iter(f"{MAIN}numFmt")}
    used = [xf.get("numFmtId") for xf in styles.find(f"{MAIN}cellXfs")]
    forms = [(own | BUILT_IN).get(each, each) for each in used]
    sheets = (parts[f"xl/worksheets/sheet{i + 1}.xml"] for i in range(len(names)))
    return {name: _sheet(sheet, forms) for name, sheet in zip(names, sheets, strict=True)}


def _sheet(sheet, forms):
    pane, filters = sheet.find(f".//{MAIN}pane"), sheet.find(f"{MAIN}autoFilter")
    first = [
        c for c in sheet.iter(f"{MAIN}c") if c.get("r").strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "2"
    ]
    return SimpleNamespace(
        frozen=pane.get("topLeftCell") if pane.get("state") == "frozen" else None,
        filter=filters.get("ref"),
        widths=[float(col.get("width")) for col in sheet.iter(f"{MAIN}col")],
        formulas=len(list(sheet.iter(f"{MAIN}f"))),
        formats={c.get("r")[:-1]: forms[int(c.get("s", 0))] for c in first},
    )
