"""What lies beside the sales, typed by hand: marked orders, contacts, prospects, people."""

import datetime as dt
from dataclasses import replace

import pyarrow as pa

from toolkit.book import keep_book
from toolkit.settings import Settings

NAMES = {
    "contacts": ("customer_id", "date", "channel", "kind", "campaign", "group", "reason"),
    "prospects": ("customer_id", "date", "source"),
}
PEOPLE = {"customer_id": pa.string(), "gender": pa.string(), "birth_date": pa.date32()}
PEOPLE |= {"area": pa.string()}


def day(text):
    """A date out of `2024-01-31`."""
    return dt.date.fromisoformat(text)


def book_beside(typed, rows, closing=None, contacts=None, prospects=None, people=None, **settings):
    """The book of rows typed as (customer, day, amount), with what lies beside them.

    A star marks an order: ("A*", ...). Contacts are typed as (customer, day, channel, ...),
    prospects as (customer, day, source); texts left out are blank. People are typed as
    (customer, gender, birth date, area).
    """
    ledger = typed.ledger(rows, closing)
    if any("*" in customer for customer, *_ in rows):
        starred = ledger.orders.customer_id.contains("*")
        bare = ledger.orders.mutate(customer_id=ledger.orders.customer_id.replace("*", ""))
        columns = ["order_id", "customer_id", "date", "amount", "source_file", "source_row"]
        marked = ledger.orders.filter(starred).select("source_row")
        marks = bare.semi_join(marked, "source_row").select(columns)
        ledger = replace(ledger, orders=bare.cache(), subscriptions=marks.cache())
    for name, told in (("contacts", contacts), ("prospects", prospects)):
        if told is not None:
            ledger = replace(ledger, **{name: _table(typed, NAMES[name], told)})
    if people is not None:
        told = [dict(zip(PEOPLE, each, strict=True)) for each in people]
        whole = pa.Table.from_pylist(told, schema=pa.schema(list(PEOPLE.items())))
        ledger = replace(ledger, people=typed.table(whole))
    return keep_book(ledger, Settings(**settings))


def _table(typed, names, rows):
    plain = []
    for customer, date, *texts in rows:
        texts += [""] * (len(names) - 2 - len(texts))
        plain.append(dict(zip(names, (customer, day(date), *texts), strict=True)))
    kinds = [(name, pa.date32() if name == "date" else pa.string()) for name in names]
    return typed.table(pa.Table.from_pylist(plain, schema=pa.schema(kinds)))
