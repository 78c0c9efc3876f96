"""Streams of the compound files (OLE) that old workbooks lie in, and the formulas in those."""

from __future__ import annotations

import struct
from collections.abc import Iterator

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAST = 0xFFFFFFFA  # from here on a sector number is a mark
MINI = 4096  # bytes below which a stream lies in the small sectors
BOOKS = ("Workbook", "Book")
_BOF, _EOF, _SHEET, _FORMULA = 0x809, 0x0A, 0x85, 0x06
_TEXT = b"\xff\xff"  # at the end of a result that is no number
_EMPTY = 3


def formula_cells(content: bytes, title: str) -> Iterator[tuple[int, int, bool, bytes]]:
    """Every cell with a formula of a sheet in an old workbook: column (from 0), row (from 1),
    whether it is a text, the number as text (b"" where there is none). Nothing of a damaged file
    or of one older than Excel 97.

    A result that is empty is Excel's empty text, unless all of the column's are: then a program
    wrote it that works nothing out.
    """
    try:
        book = stream_of(content, BOOKS)
        start = dict(_sheets(book)).get(title)
    except (struct.error, IndexError, UnicodeDecodeError):
        return
    if start is None:
        return
    found = [
        (*struct.unpack_from("<HH", data), data[6:14])
        for kind, data in _records(book, start)
        if kind == _FORMULA and len(data) >= 14
    ]
    worked = {column for _, column, result in found if not _is_empty(result)}
    for row, column, result in found:
        if result[6:] == _TEXT:
            yield column, row + 1, column in worked, b""
        else:
            (number,) = struct.unpack("<d", result)
            yield column, row + 1, False, b"0" if number == 0 else repr(number).encode()


def _is_empty(result: bytes) -> bool:
    return result[6:] == _TEXT and result[0] == _EMPTY


def stream_of(content: bytes, names: tuple[str, ...]) -> bytes:
    """The first of these streams that a compound file has, b"" where it has none."""
    if not content.startswith(OLE):
        return b""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    first, small = (
        struct.unpack_from("<I", content, 48)[0],
        struct.unpack_from("<I", content, 60)[0],
    )
    table = _table(content, size)
    folder = _chain(content, table, first, size, 512)
    entries = [folder[at : at + 128] for at in range(0, len(folder) - 127, 128)]
    for entry in entries:
        length = struct.unpack_from("<H", entry, 64)[0]
        if entry[: max(length - 2, 0)].decode("utf-16-le", "replace") not in names:
            continue
        start, long = struct.unpack_from("<II", entry, 116)
        if long >= MINI:
            return _chain(content, table, start, size, 512)[:long]
        root = struct.unpack_from("<I", entries[0], 116)[0]
        held = _chain(content, table, root, size, 512)
        links = _chain(content, table, small, size, 512)
        minis = struct.unpack(f"<{len(links) // 4}I", links)
        return _chain(held, minis, start, 64, 0)[:long]
    return b""


def _table(content: bytes, size: int) -> tuple[int, ...]:
    """Which sector follows which."""
    listed = list(struct.unpack_from("<109I", content, 76))
    more = struct.unpack_from("<I", content, 68)[0]
    while more < LAST and len(listed) * size < 4 * len(content):
        sector = struct.unpack_from(f"<{size // 4}I", content, 512 + more * size)
        listed += sector[:-1]
        more = sector[-1]
    found: list[int] = []
    for sector in listed:
        if sector < LAST:
            found += struct.unpack_from(f"<{size // 4}I", content, 512 + sector * size)
    return tuple(found)


def _chain(content: bytes, table: tuple[int, ...], at: int, size: int, head: int) -> bytes:
    parts = []
    while at < LAST and len(parts) <= len(table):
        parts.append(content[head + at * size : head + (at + 1) * size])
        at = table[at]
    return b"".join(parts)


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part of a workbook, from its beginning to its end."""
    depth = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        depth += (kind == _BOF) - (kind == _EOF)
        yield kind, book[at + 4 : at + 4 + length]
        at += 4 + length
        if not depth:
            return


def _sheets(book: bytes) -> Iterator[tuple[str, int]]:
    for kind, data in _records(book, 0):
        if kind == _SHEET:
            (start,), length, wide = struct.unpack_from("<I", data), data[6], data[7] & 1
            name = data[8 : 8 + length * (1 + wide)]
            yield name.decode("utf-16-le" if wide else "latin-1"), start
