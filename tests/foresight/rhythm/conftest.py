"""Visits written as days, for all tests of the rhythm."""

import datetime as dt

import ibis
import pandas as pd
import pyarrow as pa
import pytest
from rhythm_days import DATES, OPENING


@pytest.fixture(scope="session")
def seen():
    """{customer: days of visits, counted from the opening} -> the visits table of the book."""

    def build(days_of):
        rows = [
            (name, OPENING + dt.timedelta(days=int(day)))
            for name, days in days_of.items()
            for day in sorted(set(days))
        ]
        table = pd.DataFrame(rows, columns=["customer_id", "date"])
        dates = table.groupby("customer_id", sort=False)["date"]
        table["nth"] = dates.cumcount() + 1
        table["first_date"] = dates.transform("first")
        table["previous_date"], table["next_date"] = dates.shift(), dates.shift(-1)
        columns = {"customer_id": pa.string(), "nth": pa.int64()}
        columns |= dict.fromkeys(DATES, pa.date32())
        return ibis.memtable(pa.Table.from_pandas(table, pa.schema(columns), preserve_index=False))

    return build


@pytest.fixture(scope="session")
def raw_visits(seen):
    """`raw_visits(folder, name)`: the raw purchase days of a public file as visits."""

    def build(folder, name):
        rows = READERS[name](folder)
        days = (pd.to_datetime(rows["date"]) - pd.Timestamp(OPENING)).dt.days
        return seen({str(one): each.tolist() for one, each in days.groupby(rows["customer"])})

    return build


def _cdnow(folder):
    names = ["customer", "date", "cds", "value"]
    path = folder / "cdnow" / "CDNOW_master.txt"
    return pd.read_csv(path, sep=r"\s+", names=names, skiprows=1, dtype=str)


def _grocery(folder):
    path = folder / "btydplus_grocery" / "groceryElog.csv"
    return pd.read_csv(path, names=["customer", "date"], skiprows=1, dtype=str)


def _retail(folder):
    path = folder / "online_retail_uci" / "online_retail_2010_2011.csv.gz"
    columns = {"CustomerID": "customer", "InvoiceDate": "date", "InvoiceNo": "invoice"}
    rows = pd.read_csv(path, usecols=list(columns), dtype=str).rename(columns=columns)
    rows = rows[rows["customer"].notna() & ~rows["invoice"].str.startswith("C")]
    return rows.assign(date=rows["date"].str[:10]).drop_duplicates(["customer", "date"])


READERS = {"cdnow": _cdnow, "grocery": _grocery, "retail": _retail}
