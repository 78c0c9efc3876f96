"""Many small books cheaply: those written on one slate share their dates, cut-offs and queries.

Ibis takes some ten times as long to turn an expression into SQL as the engine takes to answer
it on a few rows. The expressions of a book depend on its first date, closing date and cut-offs
alone, so a slate asks for its book once, remembers the SQL of each expression, and for the next
ledger fills the same tables anew. Every expression is still built by the toolkit every time.
"""

import dataclasses
import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import ibis
import pandas as pd
import pyarrow as pa
from reference import Cutoffs

from toolkit import Settings, keep_book
from toolkit.intake import Ledger, Source

SCHEMA = pa.schema(
    [
        ("order_id", pa.string()),
        ("customer_id", pa.string()),
        ("ordered_at", pa.timestamp("us")),
        ("date", pa.date32()),
        ("amount", pa.int64()),
        ("lines", pa.int64()),
        ("source_file", pa.int16()),
        ("source_row", pa.int64()),
    ]
)
NOWHERE = Source("typed", "", 0, 0, {}, "csv", "utf-8", ",", None, {}, "total")


@dataclass(frozen=True)
class Frame:
    """What the ledgers of one slate have in common."""

    first: dt.date
    closing: dt.date
    cut: Cutoffs
    money: bool = True  # False: a file without amounts; orders then have None for one


def orders_table(orders):
    """Orders (customer, date, minor units) as intake hands them on, in the order given."""
    noon = dt.time(12)
    columns = [
        [f"o{number}" for number in range(len(orders))],
        [customer for customer, _, _ in orders],
        [dt.datetime.combine(day, noon) for _, day, _ in orders],
        [day for _, day, _ in orders],
        [amount for _, _, amount in orders],
        [1] * len(orders),
        [0] * len(orders),
        list(range(2, len(orders) + 2)),
    ]
    return pa.table(columns, schema=SCHEMA)


class Slate:
    """Books of one frame; each ledger written on it takes the place of the one before."""

    def __init__(self, frame):
        self.frame, self.book = frame, None
        self.engine = ibis.duckdb.connect(threads=1)
        self.kept, self.passing, self.sql = {}, set(), {}  # name -> query; names; query -> SQL
        self._make, self.engine.create_table = self.engine.create_table, self._create
        self._drop, self.engine.drop_table = self.engine.drop_table, self._discard
        self._compile, self.engine.compile = self.engine.compile, self._remember
        self._make("orders", schema=ibis.Schema.from_pyarrow(SCHEMA))

    def put(self, orders):
        """The book of these orders, of which the first date must be the frame's."""
        assert min(day for _, day, _ in orders) == self.frame.first
        engine = self.engine.con
        engine.register("given", orders_table(orders))
        engine.execute("DELETE FROM orders; INSERT INTO orders SELECT * FROM given")
        if self.book is None:
            self.book = keep_book(self._ledger(), self._settings())
        else:
            for name, sql in self.kept.items():
                engine.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {sql}')
        self.sql = {key: sql for key, sql in self.sql.items() if not self._passed(sql)}
        self.passing.clear()
        return dataclasses.replace(self.book)

    def _passed(self, sql):
        return any(name in sql for name in self.passing)

    def _ledger(self):
        nothing = pd.DataFrame({"source_row": pd.Series([], dtype="int64")})
        table = self.engine.table("orders")
        return Ledger(table, nothing, NOWHERE, self.frame.first, self.frame.closing)

    def _settings(self):
        cut = dataclasses.asdict(self.frame.cut)
        line = Decimal(cut.pop("amount_line")) / 100
        given = {"amount_line": line, **cut} if self.frame.money else {"no_amount": True, **cut}
        return Settings(currency="USD", profile="classic", **given)

    def _create(self, name, expression=None, **options):
        """As the engine's own; the book's tables are noted, those of a single answer pass."""
        if self.book is None:
            self.kept[name] = self._compile(expression)
        else:
            self.passing.add(name)
        return self._make(name, expression, **options)

    def _discard(self, name, **options):
        """As the engine's own, but what the book was made from is needed for the next one."""
        if name not in self.kept:
            self._drop(name, **options)

    def _remember(self, expression, **options):
        """As the engine's own, asked once for each expression."""
        key = expression.op(), str(options)
        if key not in self.sql:
            self.sql[key] = self._compile(expression, **options)
        return self.sql[key]


@cache
def slate_of(frame):
    """The one slate of a frame."""
    return Slate(frame)
