"""Files that are no table of sales whatever their name says: PDF, JSON, images, documents ..."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from toolkit.intake.tables.archives import Stored
from toolkit.problems import InputProblem

START = 4096  # bytes looked at
MAGIC = (  # how the bytes begin -> the kind, part of a key of `[problem]`
    (rb"\s{0,8}%PDF-", "pdf"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*|BM.{4}\x00\x00|RIFF.{4}WEBP", "image"),
    (rb".{4}ftyp(?:heic|heix|mif1|avif|hevc)", "image"),
    (rb"\x00\x01\x00\x00Standard (?:Jet|ACE) DB", "access"),
    (rb"\x00\x01\x00\x00\x00\x02\x00\x01\x00\x05\x00\x02\x00\x02\xc0", "filemaker"),
    (rb"SQLite format 3\x00", "database"),
    (rb"7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|.{2}-lh\w-|\x1f\x9d|BZh[1-9]1AY|\xfd7zXZ\x00", "archive"),
    (rb"\{\\rtf", "document"),
    (rb"\$FL[23]@\(#\)|<stata_dta>|HEADER RECORD\*{7}LIBRARY", "statistics"),
    (rb"MZ.{0,60}\x00|\x7fELF|\xca\xfe\xba\xbe", "program"),
)
TEXTS = (  # the same of texts
    (r"\{\s*\"|\{\s*\}|\[\s*[\[{]|\[\s*\"[^\"]*\"\s*[,\]]\s*[\[{\"\n]", "json"),
    (
        r"(?i:(--[^\n]*\n\s*|/\*.*?\*/;?\s*)*(create|drop|insert|use|set|begin)\s+\w+[^,\t]*;)",
        "sql",
    ),
    (
        r"(?is:(return-path|received|from|delivered-to|mime-version|message-id): .*?\nsubject:)",
        "mail",
    ),
)
MEMBERS = {  # in a zip archive -> the kind
    "word/": "document",
    "ppt/": "slides",
    "visio/": "document",
    "Index/Document.iwa": "numbers",
    "Index.zip": "numbers",
}
MIMETYPES = {"text": "document", "presentation": "slides", "graphics": "image"}  # opendocument
OLE_STREAMS = {"WordDocument": "document", "PowerPoint Document": "slides", "__substg1.0_": "mail"}
DBF = re.compile(rb"[\x03\x30\x31\x83\x8b\xf5].[\x01-\x0c][\x01-\x1f]", re.DOTALL)


def refuse(stored: Stored) -> None:
    """Refuse a file that is another kind of file by what stands in it (InputProblem that says
    which, and what to export instead)."""
    kind = kind_of(stored)
    if kind:
        raise InputProblem(f"foreign_{kind}", file=stored.name)


def kind_of(stored: Stored) -> str:
    """What kind of file this is, as keys of `[problem]` name it; "" for one that may be a table."""
    if stored.is_zip():
        return _of_archive(stored)
    start = stored.start(START)
    for magic, kind in MAGIC:
        if re.match(magic, start, re.DOTALL):
            return kind
    if PurePosixPath(stored.name.lower()).suffix == ".dbf" and DBF.match(start):
        return "dbase"
    text = start.decode("utf-8", errors="ignore").lstrip("\ufeff \t\r\n")
    return next((kind for form, kind in TEXTS if re.match(form, text)), "")


def kind_of_ole(stored: Stored) -> str:
    """What kind of old Office file this is that is no workbook; "" where that is not seen."""
    marks = {name.encode("utf-16-le"): kind for name, kind in OLE_STREAMS.items()}
    rest = b""
    with stored.unpacked() as stream:
        while chunk := stream.read(1 << 20):
            for mark, kind in marks.items():
                if mark in rest + chunk:
                    return kind
            rest = chunk[-64:]
    return ""


def _of_archive(stored: Stored) -> str:
    try:
        listing = stored.listing()
    except InputProblem:  # a damaged one: its reader tells that
        return ""
    for member, kind in MEMBERS.items():
        office = "[Content_Types].xml" in listing or kind == "numbers"
        if office and any(name.startswith(member) for name in listing):
            return kind
    if "mimetype" in listing:  # stored first and unpacked
        told = re.search(rb"opendocument\.(text|presentation|graphics)", stored.start(START))
        return MIMETYPES[told[1].decode()] if told else ""
    return ""
