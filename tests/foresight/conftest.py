"""Tiny sales histories, and one simulated shop, for all tests of the room."""

import datetime as dt

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from toolkit.book import keep_book
from toolkit.intake import Ledger, Source
from toolkit.settings import Settings

OPENING = dt.date(2023, 1, 1)
DAYS = 420
CUSTOMERS = 600
SHORT = {"lapse_days": 60, "horizon_days": 60}  # a shop of quick rhythm: all lines at 60 days


@pytest.fixture(scope="session")
def visits_of():
    """Typed (customer, "YYYY-MM-DD", amount) -> the visits table the room reads."""

    def build(*rows):
        days = pd.DataFrame(rows, columns=["customer_id", "date", "amount"])
        days["date"] = [dt.date.fromisoformat(text) for text in days["date"]]
        days = days.sort_values(["customer_id", "date"])
        days["previous_date"] = days.groupby("customer_id")["date"].shift()
        days["next_date"] = days.groupby("customer_id")["date"].shift(-1)
        columns = {
            "customer_id": pa.string(),
            "date": pa.date32(),
            "amount": pa.int64(),
            "previous_date": pa.date32(),
            "next_date": pa.date32(),
        }
        return ibis.memtable(pa.Table.from_pandas(days, pa.schema(columns), preserve_index=False))

    return build


@pytest.fixture(scope="session")
def book_of():
    """Orders (customer, day, amount or None), days counted from the opening -> their book."""

    def build(orders, closing_day, **given):
        settings = Settings(**given)
        dates = [OPENING + dt.timedelta(days=int(day)) for _, day, _ in orders]
        n = len(orders)
        columns = {
            "order_id": pa.nulls(n, pa.string()),
            "customer_id": pa.array([name for name, _, _ in orders], pa.string()),
            "ordered_at": pa.array(dates, pa.date32()).cast(pa.timestamp("us")),
            "date": pa.array(dates, pa.date32()),
            "amount": pa.array([amount for _, _, amount in orders], pa.int64()),
            "lines": pa.array([1] * n, pa.int64()),
            "source_row": pa.array(range(2, n + 2), pa.int64()),
        }
        ledger = Ledger(
            orders=ibis.duckdb.connect().create_table("orders", pa.table(columns)),
            set_aside=pd.DataFrame(columns=["source_file", "source_row", "reason", "value"]),
            source=Source("t.csv", "", n, n, {}, "csv", "utf-8", ",", None, {}, "total"),
            first_date=min(dates),
            closing_date=OPENING + dt.timedelta(days=closing_day),
        )
        return keep_book(ledger, settings), settings

    return build


@pytest.fixture(scope="session")
def shop_orders():
    """A simulated shop: customers buy in rhythms of their own until they leave for good, and a
    few of those who left come back late."""
    chance, orders = np.random.default_rng(20230101), []
    for number in range(CUSTOMERS):
        name, day = f"c{number:03}", float(chance.integers(0, DAYS - 60))
        rhythm, usual = chance.gamma(9, 2.5), chance.lognormal(8, 0.4)
        leaves = day + chance.exponential(120) * (chance.random() < 0.6)
        while day < DAYS:
            orders.append((name, int(day), int(usual * chance.lognormal(0, 0.2)) + 1))
            day += max(1, chance.gamma(2, rhythm / 2))
            if day > leaves:
                day += chance.exponential(2000)
    return orders


@pytest.fixture(scope="session")
def shop_of(book_of):
    """Orders -> their book on the simulated shop's closing date, with its lines."""
    return lambda orders, **given: book_of(orders, DAYS, **SHORT, **given)


@pytest.fixture(scope="session")
def shop(shop_of, shop_orders):
    """The book of the simulated shop, and the settings."""
    return shop_of(shop_orders)


@pytest.fixture(scope="session")
def known():
    """A frame of features with outcome, one customer per number of days since the last visit."""

    def build(recency, came, **columns):
        n = len(recency)
        start = {"n_visits": 1, "age_days": 400, "mean_amount": 1000.0, "recent_visits": 0}
        return pd.DataFrame(
            {name: [value] * n for name, value in start.items()}
            | {"recency_days": recency, "overdue": 0.0, "came": came, "came_visits": came}
            | columns
        )

    return build
