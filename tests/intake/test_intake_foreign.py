"""Files of another kind: one message that says what they are and what to export instead."""

import io
import zipfile

import pytest

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def packed(*members):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in members:
            archive.writestr(name, text)
    return content.getvalue()


def old_office(stream):
    return OLE + bytes(600) + stream.encode("utf-16-le") + bytes(500)


TYPES = ("[Content_Types].xml", "<x/>")
FILES = {
    "売上.pdf": (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n" * 9, "pdf"),
    "named.csv": (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n" * 9, "pdf"),
    "photo.png": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(99), "image"),
    "photo.jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)), "image"),
    "photo.heic": (b"\x00\x00\x00\x18ftypheic" + bytes(99), "image"),
    "orders.json": (
        '[{"会員番号": "1001", "注文日": "2026-05-03", "金額": 1200}]'.encode(),
        "json",
    ),
    "nested.json": ('{\n "orders": [\n  {"会員番号": "1"}\n ]\n}\n'.encode(), "json"),
    "lines.jsonl": (b'{"customer_id": "1", "amount": 5}\n' * 9, "json"),
    "letter.docx": (packed(TYPES, ("word/document.xml", "<x/>")), "document"),
    "letter.xlsx": (packed(TYPES, ("word/document.xml", "<x/>")), "document"),
    "letter.odt": (packed(("mimetype", "application/vnd.oasis.opendocument.text")), "document"),
    "letter.doc": (old_office("WordDocument"), "document"),
    "letter.rtf": (b"{\\rtf1\\ansi Hello}\n", "document"),
    "talk.pptx": (packed(TYPES, ("ppt/presentation.xml", "<x/>")), "slides"),
    "talk.ppt": (old_office("PowerPoint Document"), "slides"),
    "mail.msg": (old_office("__substg1.0_0037001F"), "mail"),
    "mail.eml": (b"From: a@b.jp\nTo: c@d.jp\nSubject: x\n\nhello\n", "mail"),
    "shop.mdb": (b"\x00\x01\x00\x00Standard Jet DB\x00" + bytes(99), "access"),
    "shop.accdb": (b"\x00\x01\x00\x00Standard ACE DB\x00" + bytes(99), "access"),
    "shop.fmp12": (
        b"\x00\x01\x00\x00\x00\x02\x00\x01\x00\x05\x00\x02\x00\x02\xc0HBAM7" + bytes(99),
        "filemaker",
    ),
    "shop.sqlite": (b"SQLite format 3\x00" + bytes(99), "database"),
    "shop.dbf": (b"\x03\x7a\x05\x03" + bytes(28) + b"KOKYAKU\x00\x00\x00\x00C", "dbase"),
    "shop.sql": (
        b"-- dump\nCREATE TABLE orders (id int);\nINSERT INTO orders VALUES (1);\n",
        "sql",
    ),
    "shop.7z": (b"7z\xbc\xaf\x27\x1c" + bytes(range(99)), "archive"),
    "shop.lzh": (b"\x20\x30-lh5-" + bytes(range(99)), "archive"),
    "shop.sav": (b"$FL2@(#) SPSS DATA FILE" + bytes(99), "statistics"),
    "shop.exe": (b"MZ\x90\x00\x03" + bytes(99), "program"),
    "shop.numbers": (packed(("Index/Document.iwa", "x"), ("preview.jpg", "x")), "numbers"),
}


@pytest.mark.parametrize("name", FILES)
def test_another_kind_of_file_is_named_with_what_to_export(drawer, name):
    content, kind = FILES[name]
    assert drawer.faults(drawer.put(name, content)) == [(f"foreign_{kind}", {"file": name})]


def test_workbooks_and_archives_with_a_password_keep_their_own_message(drawer):
    path = drawer.put("locked.xlsx", old_office("EncryptedPackage"))
    assert drawer.faults(path) == [("workbook_locked", {"file": "locked.xlsx"})]


@pytest.mark.parametrize("name", sorted(set(FILES) - {"named.csv", "letter.xlsx"}))
def test_in_a_folder_other_kinds_of_files_are_passed_over(drawer, name):
    drawer.put(f"shop/{name}", FILES[name][0])
    path = drawer.put("shop/sales.csv", "会員番号,注文日,金額\n1,2024-01-05,5\n")
    assert drawer.names(path.parent) == ["sales.csv"]


@pytest.mark.parametrize(
    "head", ("MZ番号,注文日,金額", "[会員番号],注文日,金額", "BM,注文日,金額", "from,注文日,金額")
)
def test_headings_that_begin_like_other_kinds_of_files_are_headings(drawer, head):
    assert drawer.table(f"{head}\n1,2024-01-05,5\n").rows == {2: ("1", "2024-01-05", "5")}
