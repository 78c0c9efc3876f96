"""The formulas of a sheet in an OpenDocument workbook."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree import ElementTree

CONTENT = "content.xml"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_VALUES = ("value", "date-value", "time-value", "boolean-value")
MOST_AGAIN = 1 << 14  # cells that one stands for


def formula_cells(stream: BinaryIO, title: str) -> Iterator[tuple[int, int, bool, bytes]]:
    """Every cell with a formula of the sheet of this name: column (from 0), row (from 1), whether
    it is a text, the value (b"" where there is none). Nothing of a damaged file."""
    try:
        with zipfile.ZipFile(stream) as book, book.open(CONTENT) as content:
            yield from _cells(content, title)
    except (ElementTree.ParseError, KeyError, zipfile.BadZipFile):
        return


def _cells(content: BinaryIO, title: str) -> Iterator[tuple[int, int, bool, bytes]]:
    inside, row = False, 0
    for event, node in ElementTree.iterparse(content, ("start", "end")):
        if node.tag == f"{_TABLE}table":
            inside = event == "start" and node.get(f"{_TABLE}name") == title
        elif event == "end" and node.tag == f"{_TABLE}table-row":
            if inside:
                yield from _of_row(node, row + 1)
                row += _again(node, "rows")
            node.clear()


def _of_row(node: ElementTree.Element, row: int) -> Iterator[tuple[int, int, bool, bytes]]:
    column = 0
    for cell in node:
        if not cell.tag.startswith(_TABLE):
            continue
        again = _again(cell, "columns")
        if cell.get(f"{_TABLE}formula"):
            told = (cell.get(f"{_OFFICE}{name}") for name in _VALUES)
            value = next((each for each in told if each), "")
            text = cell.get(f"{_OFFICE}value-type") == "string"
            for at in range(column, column + min(again, MOST_AGAIN)):
                yield at, row, text, value.encode()
        column += again


def _again(node: ElementTree.Element, what: str) -> int:
    told = node.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(told) if told.isdecimal() else 1
