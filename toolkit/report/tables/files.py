"""The files of `tables/`: what the report's tables show as CSV, and the book itself as Parquet."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pandas.api.types import is_float_dtype, is_numeric_dtype

from toolkit import currency
from toolkit.action import Plan
from toolkit.book import Book
from toolkit.foresight import Outlook
from toolkit.report.tables.columns import Described, described
from toolkit.report.tables.listed import PARQUET, TABLES
from toolkit.report.tables.table import Diagnosis, Table
from toolkit.report.workbook import safe

COLUMNS = "columns.csv"
FINE = 6  # decimals of what is no money
FINER = 2  # more decimals than the currency has, of means of money
LOOKED_AT = 1000  # rows by which the columns of a Parquet file are described


def write(folder: Path, book: Book, outlook: Outlook, plan: Plan) -> None:
    """Write every table the client has rows for, and `columns.csv` about all of them.

    Money in major units, counted amounts as exact decimals, means to two digits finer than the
    currency, everything else to six decimals.
    """
    folder.mkdir(parents=True, exist_ok=True)
    of, code, told = Diagnosis(book, outlook, plan), book.settings.currency, []
    for table in PARQUET:
        rows = in_major_units(table.made(of), code, table)
        pq.write_table(rows, folder / f"{table.name}.parquet")
        head = rows.slice(0, LOOKED_AT).to_pandas(date_as_object=True)
        told.append(Described(f"{table.name}.parquet", table, head))
    for table in TABLES:
        rows = table.made(of)
        if rows is None or (rows.empty and not table.bare):
            continue
        rows = in_money(rows, code, table) if book.has_money else without_money(rows, table)
        _csv(rows, folder / f"{table.name}.csv")
        told.append(Described(f"{table.name}.csv", table, rows))
    _csv(described(told, code, book.settings.languages), folder / COLUMNS)


def without_money(rows: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The rows of a file without amounts: no columns of money alone."""
    left = rows if table.only else rows.drop(columns=list(table.money), errors="ignore")
    return left.round(FINE)


def in_money(rows: pd.DataFrame, code: str, table: Table) -> pd.DataFrame:
    """The rows with money in major units: exact as decimals, means as rounded floats."""
    found = {}
    for name in table.exact:
        there = rows[name].notna()
        if table.only:
            there &= rows[table.only[0]] == table.only[1]
        pairs = zip(rows[name], there, strict=True)
        exact = [currency.major(int(n), code) if is_money else n for n, is_money in pairs]
        found[name] = pd.Series(exact, index=rows.index, dtype=object)
    scale, digits = 10 ** currency.decimals(code), currency.decimals(code) + FINER
    for name in table.means:
        found[name] = (rows[name].astype("float64") / scale).round(digits)
    fine = [c for c in rows if c not in table.money and is_float_dtype(rows[c].dtype)]
    return rows.round(dict.fromkeys(fine, FINE)).assign(**found)


def in_major_units(rows: ir.Table, code: str, table: Table) -> pa.Table:
    """An Ibis table as Arrow with exact money as decimals and means as floats, major units."""
    made, places = rows.to_pyarrow(), currency.decimals(code)
    unit = pa.scalar(Decimal(1).scaleb(-places), pa.decimal128(places + 1, places))
    for name in table.exact:
        exact = pc.multiply(pc.cast(made[name], pa.decimal128(19, 0)), unit)
        major = pc.cast(exact, pa.decimal128(19 + places, places))
        made = made.set_column(made.column_names.index(name), name, major)
    for name in table.means:
        major = pc.divide(made[name], 10.0**places)
        made = made.set_column(made.column_names.index(name), name, major)
    return made


def _csv(rows: pd.DataFrame, path: Path) -> None:
    """UTF-8, with the mark Excel looks for where there is more than ASCII; no formulas."""
    texts = {
        name: rows[name].map(lambda cell: safe(cell) if isinstance(cell, str) else cell)
        for name in rows
        if not is_numeric_dtype(rows[name].dtype)
    }
    text = rows.assign(**texts).to_csv(index=False, lineterminator="\n")
    encoding = "utf-8" if text.isascii() else "utf-8-sig"
    path.write_text(text, encoding=encoding, newline="\n")
