"""An invented mail-order shop, so that a diagnosis can be tried and judged against the truth.

SampleShop          what the shop is: every number, with a default
make_sample         the shop's sales file and the truth behind it, as bytes
generate_orders     the orders alone, clean, in any size
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from toolkit.sample.dirt import soil
from toolkit.sample.files import sales_bytes, truth_bytes
from toolkit.sample.orders import run_shop
from toolkit.sample.shop import SampleShop

__all__ = ["Sample", "SampleShop", "generate_orders", "make_sample"]


@dataclass(frozen=True)
class Sample:
    """Two files as bytes: `sales_csv` (CP932, CRLF, Japanese headers, one row per order and
    product line) and `truth_csv` (UTF-8 with BOM, one row per customer number in the sales)."""

    sales_csv: bytes
    truth_csv: bytes


DEFAULT_SHOP = SampleShop()


def make_sample(shop: SampleShop = DEFAULT_SHOP) -> Sample:
    """The shop's sales file with the usual dirt in it, and who its customers really were.

    The same parameters give the same bytes. Columns and dirt: `docs/sample.md`. Nothing is
    written and no clock is read; the truth is for judging and is never read by the toolkit.
    """
    trade = run_shop(shop)
    rows, never_bought = soil(shop, trade)
    return Sample(sales_bytes(shop, rows), truth_bytes(shop, trade, never_bought))


def generate_orders(shop: SampleShop = DEFAULT_SHOP) -> pd.DataFrame:
    """The shop's clean orders: one row per order, in order of time.

    Columns: order_id (text, the number the order has in the sales file), customer_id (text),
    ordered_at (timestamp to the minute), amount (whole yen, with tax). About five orders per
    customer and five years: `SampleShop(customers=200_000)` gives about a million.
    """
    return run_shop(shop).orders
