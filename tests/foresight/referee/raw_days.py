"""Three public files as customers and purchase days, cut where the published benchmark cuts them.

Raw days, not the book's visits: CDNOW with its days of amount zero, the gift wholesaler without
cancellation lines, as the published figures count them.
"""

import datetime as dt
from types import SimpleNamespace

import ibis
import pandas as pd
import pyarrow as pa

LAPSE_DAYS = 90
CUTS = {
    "cdnow": (dt.date(1997, 9, 30), dt.date(1998, 6, 30)),
    "grocery": (dt.date(2006, 12, 31), dt.date(2007, 12, 30)),
    "wholesaler": (dt.date(2011, 8, 31), dt.date(2011, 12, 9)),
}


def read(name, folder):
    """customer_id, date (timestamp), amount (minor units, may be missing) of every row."""
    if name == "cdnow":
        path = folder / "cdnow" / "CDNOW_master.txt"
        heads = ["customer_id", "date", "cds", "amount"]
        rows = pd.read_csv(path, sep=r"\s+", skiprows=1, names=heads, dtype={"date": str})
        return rows.assign(date=pd.to_datetime(rows.date), amount=(rows.amount * 100).round())
    if name == "grocery":
        rows = pd.read_csv(folder / "btydplus_grocery" / "groceryElog.csv")
        rows = rows.set_axis(["customer_id", "date"], axis=1)
        return rows.assign(date=pd.to_datetime(rows.date), amount=float("nan"))
    path = folder / "online_retail_uci" / "online_retail_2010_2011.csv.gz"
    rows = pd.read_csv(path, encoding="latin1", dtype={"InvoiceNo": str, "StockCode": str})
    rows = rows.rename(columns={c: c.replace(" ", "") for c in rows.columns})
    rows = rows[rows.CustomerID.notna() & ~rows.InvoiceNo.str.startswith("C")]
    day = pd.to_datetime(rows.InvoiceDate).dt.normalize()
    amount = (rows.Quantity * rows.UnitPrice * 100).round()
    return pd.DataFrame({"customer_id": rows.CustomerID, "date": day, "amount": amount})


def visits_of_days(rows):
    """The visits table of raw days: one row per customer and day."""
    by = rows.groupby(["customer_id", "date"], as_index=False)
    days = by.amount.sum(min_count=1).sort_values(["customer_id", "date"])
    days["customer_id"] = pd.factorize(days.customer_id)[0]
    days["nth"] = days.groupby("customer_id").cumcount() + 1
    for name, shift in (("previous_date", 1), ("next_date", -1)):
        days[name] = days.groupby("customer_id").date.shift(shift)
    day = pa.date32()
    schema = {"customer_id": pa.int64(), "date": day, "amount": pa.int64()}
    schema |= {"nth": pa.int64(), "previous_date": day, "next_date": day}
    columns = {
        name: pa.array(days[name], pa.timestamp("ns")).cast(pa.timestamp("s")).cast(day)
        if kind == day
        else pa.array(days[name], from_pandas=True).cast(kind)
        for name, kind in schema.items()
    }
    return ibis.duckdb.connect().create_table("visits", pa.table(columns))


def book_at_cut(name, folder):
    """What the outlook asks of a book, closed at the cut; all visits; the days of the holdout."""
    cut, end = CUTS[name]
    visits = visits_of_days(read(name, folder))
    known = visits.filter(visits.date <= ibis.literal(cut))
    book = SimpleNamespace(
        visits_table=known,
        returns_table=lambda: known.filter(ibis.literal(False)),  # none is counted
        closing=cut,
        first=known.date.min().to_pyarrow().as_py(),
        cutoffs=SimpleNamespace(lapse_days=LAPSE_DAYS),
        has_money=name != "grocery",
    )
    return book, visits, (end - cut).days
