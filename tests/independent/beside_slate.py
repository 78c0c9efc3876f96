"""Many small books cheaply, with marked orders, contacts, prospects and product lines beside."""

import dataclasses
from functools import cache

import pyarrow as pa
from slate import SCHEMA, Slate, orders_table

TEXT, DAY, MINOR = pa.string(), pa.date32(), pa.int64()
MARKED = ("order_id", "customer_id", "date", "amount", "source_file", "source_row")
SCHEMAS = {
    "subscriptions": pa.schema([SCHEMA.field(name) for name in MARKED]),
    "contacts": pa.schema([("customer_id", TEXT), ("date", DAY)]),
    "prospects": pa.schema([("customer_id", TEXT), ("date", DAY), ("source", TEXT)]),
    "lines": pa.schema(
        [
            ("customer_id", TEXT),
            ("date", DAY),
            ("product_id", TEXT),
            ("product_name", TEXT),
            ("quantity", pa.float64()),
            ("amount", MINOR),
            ("price", pa.float64()),
        ]
    ),
}


def _table(name, rows):
    columns = list(zip(*rows, strict=True)) or [()] * len(SCHEMAS[name])
    return pa.table(list(map(list, columns)), schema=SCHEMAS[name])


class BesideSlate(Slate):
    """A slate whose ledgers have all that not every client has."""

    def __init__(self, frame):
        super().__init__(frame)
        for name, schema in SCHEMAS.items():
            self._make(name, schema=schema)

    def put_beside(self, given):
        """The book of a `beside_ledgers.Beside`."""
        everything = [*given.others, *given.marked]
        marked = orders_table(everything).slice(len(given.others)).select(MARKED)
        self.write("subscriptions", marked)
        for name in ("contacts", "prospects", "lines"):
            self.write(name, _table(name, getattr(given, name)))
        return self.put(everything)

    def _ledger(self):
        tables = {name: self.engine.table(name) for name in SCHEMAS}
        return dataclasses.replace(super()._ledger(), **tables)


@cache
def slate_of(frame):
    """The one slate of a frame."""
    return BesideSlate(frame)
