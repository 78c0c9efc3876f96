"""The tables an analyst loads: customers, moves, returns, bucket, layers and cohorts over time,
and the rows set aside."""

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
from toolkit.report.amounts import in_major_units as as_floats

ESTIMATES = ("spend_per_visit", "margin_if_returns")
COHORT_MONEY = ["sales", "sales_to_date", "per_customer"]
SPANS = ("month", "quarter", "year")


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
    _csv(cohorts(book), folder / "cohorts.csv")
    if book.has_money:
        _csv(book.layer_months(), folder / "layers.csv")
        _csv(layer_table(book), folder / "layer_table.csv")
        _csv(layer_statement(book), folder / "layer_statement.csv")
    _csv(book.ledger.set_aside, folder / "set_aside.csv")


def layer_table(book: Book) -> pd.DataFrame:
    """The ten places at every month end with what they bought (`Book.layer_table`), in major
    units: sales exact, means to two digits finer than the currency."""
    table, code = book.layer_table(), book.settings.currency
    exact = [currency.major(n, code) for n in table.sales.tolist()]
    table = as_floats(table, ["sales_per_head"], code).round(
        {"sales_per_head": currency.decimals(code) + 2, "visits_per_head": 4, "share": 6}
    )
    return table.assign(sales=exact)


def cohorts(book: Book) -> pd.DataFrame:
    """Every cohort month by month (`Book.cohorts`) with `trusted` (its first day is
    `Book.filled_from` or later), in major units: sales exact, means to two digits finer than the
    currency; without amounts no money columns."""
    table, code = book.cohorts(), book.settings.currency
    table = table.assign(trusted=table.cohort + "-01" >= book.filled_from.isoformat())
    table = table.round({"share_buying": 6, "share_again": 6})
    if not book.has_money:
        return table.drop(columns=COHORT_MONEY, errors="ignore")
    exact = {k: [currency.major(n, code) for n in table[k].tolist()] for k in COHORT_MONEY[:2]}
    table = as_floats(table, ["per_customer"], code)
    return table.round({"per_customer": currency.decimals(code) + 2}).assign(**exact)


def layer_statement(book: Book) -> pd.DataFrame:
    """The bucket of each layer (`Book.layer_statement`) by month, by quarter and by year, one
    below the other, told apart by the first column, `span`."""
    parts = [(span, book.layer_statement(span)) for span in SPANS]
    return pd.concat([part.assign(span=span) for span, part in parts])[
        ["span", *parts[0][1].columns]
    ]


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
