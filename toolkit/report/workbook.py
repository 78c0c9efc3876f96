"""Lists to work with: an Excel workbook, CSV files, and a CSV inside the page."""

from __future__ import annotations

import base64
import codecs
import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter
from babel.numbers import get_currency_symbol

from toolkit.currency import decimals
from toolkit.report.markup import Html, element

# A text cell beginning so would be run as a formula by Excel, in Japan also in full width
# (OWASP, "CSV Injection").
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BELOW_ZERO = re.compile(r"-[0-9]+(\.[0-9]+)?")
_NARROWEST, _WIDEST = 8, 60
MEASURED = 500  # cells looked at for the width of a column: a long list need not be read twice


@dataclass(frozen=True)
class Sheet:
    """One sheet: a frame, its headings, the form of each column, lines of notes above it.

    `forms` are those of `Words.write`; columns without one are written as they are. `widths`
    (characters) replace the widths taken from the contents.
    """

    name: str
    frame: pd.DataFrame
    headers: Mapping[str, str]
    forms: Mapping[str, str] = field(default_factory=dict)
    widths: Mapping[str, float] = field(default_factory=dict)
    notes: Sequence[str] = ()


def write_workbook(
    path: Path,
    sheets: Sequence[Sheet],
    *,
    currency: str = "JPY",
    created: dt.date = dt.date(1980, 1, 1),
) -> None:
    """Write the sheets to an .xlsx file; `created` is the day in its properties (not the clock).

    Text is written as text, never as a formula or link. The heading row is frozen and has
    filters; money has the format of `currency`. Same sheets, same bytes.
    """
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "remove_timezone": True,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": dt.datetime(created.year, created.month, created.day)})
        formats = _formats(book, currency)
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.name), sheet, formats)


def write_csv(
    path: Path,
    frame: pd.DataFrame,
    headers: Mapping[str, str],
    *,
    bom: bool = True,
    headed: bool = True,
) -> None:
    """Write a frame as CSV that Excel opens rightly: UTF-8 with BOM, CRLF, no formulas.

    `bom`, `headed`: whether it begins with the mark, and with a row of headings.
    """
    written = _csv_bytes(frame, headers, headed)
    path.write_bytes(written if bom else written.removeprefix(codecs.BOM_UTF8))


def csv_link(frame: pd.DataFrame, headers: Mapping[str, str], file_name: str, text: str) -> Html:
    """A link that saves the frame as a CSV file out of the page itself."""
    packed = base64.b64encode(_csv_bytes(frame, headers)).decode("ascii")
    return element(
        "a", text, download=file_name, href=f"data:text/csv;base64,{packed}", class_="download"
    )


def number_format(form: str, currency: str) -> str:
    """The Excel number format of a form of `Words.write`."""
    if form == "money":
        symbol = get_currency_symbol(currency, locale="en_US").replace('"', "")
        places = decimals(currency)
        return f'"{symbol}"#,##0' + ("." + "0" * places if places else "")
    return {
        "share": "0.0%",
        "points": "0.0",
        "ratio": "0.00",
        "date": "yyyy-mm-dd",
        "moment": "yyyy-mm-dd hh:mm",
    }.get(form, "#,##0")


def _formats(book: Any, currency: str) -> dict[str, Any]:
    forms = ("money", "share", "points", "ratio", "date", "moment", "count", "days")
    formats = {f: book.add_format({"num_format": number_format(f, currency)}) for f in forms}
    formats["number"] = book.add_format({"num_format": "General"})
    formats["text"] = book.add_format({"num_format": "@"})
    formats["note"] = book.add_format({"font_color": "#55606C"})
    formats["header"] = book.add_format(
        {"bold": True, "bg_color": "#E8EEF3", "bottom": 1, "text_wrap": True, "valign": "top"}
    )
    return formats


def _write_sheet(target: Any, sheet: Sheet, formats: Mapping[str, Any]) -> None:
    frame, columns = sheet.frame, list(sheet.frame.columns)
    for row, note in enumerate(sheet.notes):
        target.write_string(row, 0, note, formats["note"])
    top = len(sheet.notes) + 1 if sheet.notes else 0
    for place, name in enumerate(columns):
        cells = _cells(frame.iloc[:, place])
        target.write_string(top, place, _heading(name, sheet.headers), formats["header"])
        form = sheet.forms.get(name, "")
        for row, value in enumerate(cells, start=top + 1):
            _write_cell(target, row, place, value, form, formats)
        width = sheet.widths.get(name) or _width(_heading(name, sheet.headers), cells[:MEASURED])
        target.set_column(place, place, width)
    if columns:
        target.freeze_panes(top + 1, 0)
        target.autofilter(top, 0, top + max(len(frame), 1), len(columns) - 1)
        target.repeat_rows(top)
    target.set_landscape()
    target.set_paper(9)
    target.fit_to_pages(1, 0)


def _write_cell(
    target: Any, row: int, place: int, value: Any, form: str, formats: Mapping[str, Any]
) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        target.write_boolean(row, place, value)
    elif isinstance(value, int | float | Decimal):
        number = float(100 * value if form == "points" else value)
        whole = "count" if isinstance(value, int) else "number"
        target.write_number(row, place, number, formats[form if form in formats else whole])
    elif isinstance(value, dt.datetime):
        target.write_datetime(row, place, value, formats["moment"])
    elif isinstance(value, dt.date):
        target.write_datetime(row, place, value, formats["date"])
    else:
        target.write_string(row, place, str(value), formats["text"])


def _cells(column: pd.Series) -> list[Any]:
    """A column as Python values, missing ones None; plain numbers and text without a detour."""
    if column.dtype.kind in "iufb" or isinstance(column.dtype, pd.StringDtype):
        return column.astype(object).where(column.notna(), None).tolist()
    return [_plain(value) for value in column]


def _plain(value: Any) -> Any:
    """A cell as a Python value; missing is None, a moment at midnight is a date."""
    if pd.isna(value):
        return None
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date()
    return value


def _heading(name: str, headers: Mapping[str, str]) -> str:
    return headers.get(name, str(name))


def _width(heading: str, cells: Sequence[Any]) -> float:
    """Characters the widest of heading and cells takes, full-width ones counted double."""
    needed = max((_room(str(cell)) for cell in cells if cell is not None), default=0)
    return min(max(needed + 2, _room(heading) + 4, _NARROWEST), _WIDEST)


def _room(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def _csv_bytes(frame: pd.DataFrame, headers: Mapping[str, str], headed: bool = True) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    if headed:
        writer.writerow([safe(_heading(name, headers)) for name in frame.columns])
    columns = [[_csv_cell(_plain(v)) for v in frame.iloc[:, i]] for i in range(frame.shape[1])]
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal | dt.date):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    return safe(str(value))


def safe(text: str) -> str:
    """A text as it may stand in a CSV file: with an apostrophe before what Excel would run, which
    a number below zero is not."""
    if not text.startswith(_FORMULA_STARTS) or _BELOW_ZERO.fullmatch(text):
        return text
    return f"'{text}"
