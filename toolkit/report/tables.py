"""The tables an analyst loads: customers, moves, returns, bucket, layers, rows set aside."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from toolkit import currency
from toolkit.book import OWN_NUMBERS, Book
from toolkit.foresight import Outlook

ESTIMATES = ("spend_per_visit", "margin_if_returns")


def write(folder: Path, book: Book, outlook: Outlook) -> None:
    """Write the tables; money in major units, counted amounts as exact decimals."""
    folder.mkdir(parents=True, exist_ok=True)
    code = book.settings.currency
    moves = book.named(book.moves_table).order_by(["customer_id", "date", "step"])
    moves = moves.drop(*OWN_NUMBERS)
    by_day = book.named(book.returns_table()).order_by(["customer_id", "date"])
    customers = outlook.customers_table.order_by("customer_id")
    for name, table in (("customers", customers), ("moves", moves), ("returns", by_day)):
        pq.write_table(in_major_units(table, code), folder / f"{name}.parquet")
    _csv(book.bucket_months(), folder / "bucket.csv")
    if book.has_money:
        _csv(book.layer_months(), folder / "layers.csv")
    _csv(book.ledger.set_aside, folder / "set_aside.csv")


def in_major_units(table: ir.Table, code: str) -> pa.Table:
    """A table as Arrow with `amount` as exact decimals and estimates as floats, major units."""
    rows = table.to_pyarrow()
    places = currency.decimals(code)
    for i, name in enumerate(rows.column_names):
        if name == "amount":
            exact = pc.cast(rows[name], pa.decimal128(19, 0))
            unit = pa.scalar(Decimal(1).scaleb(-places), pa.decimal128(places + 1, places))
            major = pc.cast(pc.multiply(exact, unit), pa.decimal128(19 + places, places))
            rows = rows.set_column(i, name, major)
        elif name in ESTIMATES:
            rows = rows.set_column(i, name, pc.divide(rows[name], 10.0**places))
    return rows


def _csv(frame: pd.DataFrame, path: Path) -> None:
    frame.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
