"""The two public files read with plain pandas, and the set-aside rules applied to them by hand.

Shares no code with the toolkit. Each reader returns orders as the reference wants them
(customer, date, amount in minor units) and the counts of rows read, kept and set aside.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

import pandas as pd

CDNOW = Path("cdnow") / "CDNOW_master.txt"
UCI = Path("online_retail_uci") / "online_retail_2010_2011.csv.gz"


@dataclass(frozen=True)
class RawFile:
    """Orders, and what became of the rows."""

    orders: list
    rows_read: int
    rows_kept: int
    set_aside: dict


def _pence(amount):
    """Minor units of an exact decimal amount, half a unit rounded up."""
    return int((amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


@cache
def read_cdnow(folder):
    """One order per row; without an order number equal rows are separate purchases."""
    rows = pd.read_csv(folder / CDNOW, sep=r"\s+", dtype=str)
    assert list(rows.columns) == ["customer_id", "date", "number_of_cds", "dollar_value"]
    days = pd.to_datetime(rows["date"], format="%Y%m%d").dt.date
    cents = [_pence(Decimal(text)) for text in rows["dollar_value"]]
    orders = list(zip(rows["customer_id"], days, cents, strict=True))
    return RawFile(orders, len(rows), len(rows), {})


@cache
def read_uci(folder):
    """One order per invoice, customer and day; rows without customer and repeated rows go."""
    rows = pd.read_csv(folder / UCI, dtype=str, keep_default_na=False)
    nameless = rows["CustomerID"].str.strip() == ""
    repeated = rows.duplicated(keep="first") & ~nameless
    kept = rows[~nameless & ~repeated]
    totals = {}
    for invoice, customer, stamp, quantity, price in zip(
        kept["InvoiceNo"],
        kept["CustomerID"],
        kept["InvoiceDate"],
        kept["Quantity"],
        kept["UnitPrice"],
        strict=True,
    ):
        key = invoice, customer, stamp[:10]
        totals[key] = totals.get(key, Decimal(0)) + Decimal(quantity) * Decimal(price)
    orders = [
        (customer, pd.Timestamp(day).date(), _pence(total))
        for (_, customer, day), total in totals.items()
    ]
    set_aside = {"no_customer": int(nameless.sum()), "duplicate": int(repeated.sum())}
    return RawFile(orders, len(rows), len(kept), set_aside)
