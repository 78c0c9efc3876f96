"""Books with product lines: rows of (customer, day, product, amount[, quantity[, name]])."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import pyarrow as pa

from toolkit.book import keep_book
from toolkit.settings import Settings

LINES = pa.schema(
    [
        ("order_id", pa.string()),
        ("customer_id", pa.string()),
        ("date", pa.date32()),
        ("product_id", pa.string()),
        ("product_name", pa.string()),
        ("quantity", pa.float64()),
        ("amount", pa.int64()),
        ("price", pa.float64()),
    ]
)


def book_of(typed, rows, closing=None, **settings):
    """The book of these lines; an order is a line, and its money the line's."""
    ledger = typed.ledger([row[:2] + (row[3],) for row in rows], closing)
    plain = [line(number, *row) for number, row in enumerate(rows)]
    lines = typed.table(pa.Table.from_pylist(plain, schema=LINES))
    return keep_book(replace(ledger, lines=lines), Settings(**settings))


def line(number, customer, date, product, amount, quantity=1, name=None):
    """A line as intake hands it on."""
    return {
        "order_id": f"o{number}",
        "customer_id": customer,
        "date": dt.date.fromisoformat(date) if isinstance(date, str) else date,
        "product_id": product,
        "product_name": name or product,
        "quantity": quantity,
        "amount": amount,
        "price": None if amount is None or not quantity else amount / quantity,
    }


def plain(table, *columns):
    """Rows of a table as tuples; null is None."""
    rows = table[list(columns)].itertuples(index=False, name=None)
    return [tuple(None if pd.isna(value) else value for value in row) for row in rows]
