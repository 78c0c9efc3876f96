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
        self.sql = {}  # expression -> its SQL
        self.made = {}  # expression -> the table that holds its answer
        self.kept = []  # expressions of the book's own tables, in the order made
        self._make, self.engine.create_table = self.engine.create_table, self._create
        self.engine.drop_table = self._leave
        self._compile, self.engine.compile = self.engine.compile, self._remember
        self._make("orders", schema=ibis.Schema.from_pyarrow(SCHEMA))

    def put(self, orders):
        """The book of these orders, of which the first date must be the frame's."""
        assert min(day for _, day, _ in orders) == self.frame.first
        self.write("orders", orders_table(orders))
        self._forget()
        if self.book is None:
            self.book = keep_book(self._ledger(), self._settings())
            self.kept = list(self.made)
        else:
            for expression in self.kept:
                self._fill(expression)
        return dataclasses.replace(self.book)

    def write(self, name, rows):
        """These rows (Arrow) as the contents of a table that is there."""
        self.engine.con.register("given", rows)
        self.engine.con.execute(f"DELETE FROM {name}; INSERT INTO {name} SELECT * FROM given")

    def _ledger(self):
        nothing = pd.DataFrame({"source_row": pd.Series([], dtype="int64")})
        table = self.engine.table("orders")
        return Ledger(table, nothing, NOWHERE, self.frame.first, self.frame.closing)

    def _settings(self):
        cut = dataclasses.asdict(self.frame.cut)
        line = Decimal(cut.pop("amount_line")) / 100
        given = {"amount_line": line, **cut} if self.frame.money else {"no_amount": True, **cut}
        return Settings(currency="USD", profile="classic", **given)

    def _create(self, name, expression, **options):
        """As the engine's own, but an expression's table is made once and then filled anew."""
        key = expression.op()
        if key in self.made:
            self._fill(key)
        else:
            self.made[key] = self._make(name, expression, **options)
        return self.made[key]

    def _fill(self, key):
        sql, name = self._remember(key.to_expr()), self.made[key].op().name
        self.engine.con.execute(f'DELETE FROM "{name}"; INSERT INTO "{name}" {sql}')

    def _leave(self, name, **options):
        """No table is dropped: the next ledger's answers will stand in it."""

    def _forget(self):
        """No table filled for the ledger before may answer for the next one."""
        for entry in self.engine._cache_op_to_entry.values():
            entry.finalizer.detach()
        self.engine._cache_op_to_entry.clear()
        self.engine._cache_name_to_entry.clear()

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
