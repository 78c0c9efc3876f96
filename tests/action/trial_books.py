"""Books made of visits that are typed or drawn, for the read-back of campaigns."""

import datetime as dt
from dataclasses import replace

import ibis
import pandas as pd
import pyarrow as pa

from toolkit.book import keep_book
from toolkit.intake import Ledger, Source
from toolkit.settings import Settings

LOGGED = ("customer_id", "date", "channel", "kind", "campaign", "group")


def book_of(orders, closing, earlier=None, contacts=None, **settings):
    """The book of (customer, day, amount) rows, with earlier lists and a contact log beside them.

    contacts: rows of LOGGED.
    """
    rows = pd.DataFrame(orders, columns=["customer_id", "date", "amount"])
    table = pa.table(
        {
            "order_id": pa.array([str(i) for i in range(len(rows))]),
            "customer_id": pa.array(rows.customer_id, pa.string()),
            "ordered_at": pa.array([dt.datetime.combine(d, dt.time()) for d in rows.date]),
            "date": pa.array(rows.date, pa.date32()),
            "amount": pa.array(rows.amount.astype("int64")),
            "lines": pa.array([1] * len(rows), pa.int64()),
            "source_file": pa.array([0] * len(rows), pa.int16()),
            "source_row": pa.array(range(2, len(rows) + 2), pa.int64()),
        }
    )
    engine = ibis.duckdb.connect()
    source = Source("x", "0", len(rows), len(rows), {}, "csv", None, None, None, {}, "total")
    ledger = Ledger(
        orders=engine.create_table("orders", table),
        set_aside=pd.DataFrame(columns=["source_file", "source_row", "reason", "value"]),
        source=source,
        first_date=min(rows.date),
        closing_date=closing,
        earlier=earlier,
    )
    if contacts is not None:
        log = pd.DataFrame(contacts, columns=LOGGED)
        types = dict.fromkeys(LOGGED, pa.string()) | {"date": pa.date32()}
        made = pa.table({name: pa.array(log[name], types[name]) for name in LOGGED})
        ledger = replace(ledger, contacts=engine.create_table("contacts", made))
    return keep_book(ledger, Settings(**{"lapse_days": 60} | settings))


def earlier_of(rows, **columns):
    """Names of earlier lists from (customer, group) and what they have in common."""
    table = pd.DataFrame(rows, columns=["customer_id", "group"])
    usual = {
        "file": "f/groups.csv",
        "list": "winback",
        "campaign": "winback",
        "closing_date": dt.date(2024, 1, 31),
        "chance": 0.1,
        "layer": "steady",
        "band": 0.0,
        "channel": "letter",
        "contact_cost": 100.0,
        "offer_cost": 50.0,
        "margin_share": 0.4,
        "sent": None,
        "reason": "",
    }
    return table.assign(**usual | columns)
