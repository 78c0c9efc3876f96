"""Histories of real files by raw days of purchase, as the published fits count them: those of
CDNOW without amounts as well, those of UCI without cancellations and gifts."""

import numpy as np
import pandas as pd
import pytest


def compressed_days(customer, day, cut):
    """Customers and their days of purchase up to `cut` -> unique histories with weights."""
    visits = pd.DataFrame({"customer": customer, "day": pd.to_datetime(day)}).drop_duplicates()
    visits = visits[visits.day <= cut].sort_values(["customer", "day"])
    visits["log_gap"] = np.log(visits.groupby("customer").day.diff().dt.days)
    per = visits.groupby("customer").agg(
        days=("day", "size"), first=("day", "min"), last=("day", "max"), log_gaps=("log_gap", "sum")
    )
    histories = pd.DataFrame(
        {
            "repeats": per.days - 1,
            "last_days": (per["last"] - per["first"]).dt.days,
            "age_days": (pd.Timestamp(cut) - per["first"]).dt.days,
            "log_gaps": per.log_gaps,
        }
    )
    return added_up(histories)


def added_up(histories):
    """One row for each distinct history."""
    return histories.groupby(["repeats", "last_days", "age_days"], as_index=False).agg(
        customers=("log_gaps", "size"), log_gaps=("log_gaps", "sum")
    )


@pytest.fixture(scope="session")
def histories_of():
    """Rows of (repeats, last_days, age_days) as a frame."""
    return lambda *rows: pd.DataFrame(rows, columns=["repeats", "last_days", "age_days"])


@pytest.fixture(scope="session")
def weeks():
    """(x, t_x, T) in weeks, as the papers print them, as a frame in days."""

    def build(*rows):
        frame = pd.DataFrame(rows, columns=["repeats", "last_days", "age_days"], dtype=float)
        return frame.assign(last_days=frame.last_days * 7, age_days=frame.age_days * 7)

    return build


@pytest.fixture(scope="session")
def add_up():
    """Simulated histories -> unique histories."""
    return added_up


@pytest.fixture(scope="session")
def shop_of_file(real_data):
    """Name of a shop -> its unique histories at the day of the published fit."""
    kept = {}

    def build(name):
        if name not in kept:
            kept[name] = READERS[name](real_data)
        return kept[name]

    return build


def _cdnow(file, cut, columns, **given):
    def read(folder):
        rows = pd.read_csv(folder / "cdnow" / file, sep=r"\s+", **given)
        return compressed_days(rows[columns[0]], rows[columns[1]].astype(str), cut)

    return read


def _grocery(folder):
    rows = pd.read_csv(folder / "btydplus_grocery" / "groceryElog.csv")
    return compressed_days(rows["cust"], rows["date"], "2006-12-31")


def _uci(folder):
    rows = pd.read_csv(
        folder / "online_retail_uci" / "online_retail_2010_2011.csv.gz",
        usecols=["InvoiceNo", "InvoiceDate", "UnitPrice", "CustomerID"],
        dtype={"InvoiceNo": str, "CustomerID": str},
    )
    rows = rows[rows.CustomerID.notna() & ~rows.InvoiceNo.str.startswith("C")]
    rows = rows[rows.UnitPrice > 0]
    return compressed_days(rows.CustomerID, rows.InvoiceDate.str[:10], "2011-08-31")


MASTER = ("CDNOW_master.txt", "1997-09-30", ("customer_id", "date"))
READERS = {
    "cdnow": _cdnow("CDNOW_sample.txt", "1997-09-30", (0, 2), header=None),
    "cdnow_78": _cdnow("CDNOW_sample.txt", "1998-06-30", (0, 2), header=None),
    "cdnow_full": _cdnow(*MASTER),
    "grocery": _grocery,
    "uci": _uci,
}
