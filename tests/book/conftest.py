"""Small books, typed by hand: rows of (customer, day, amount) become a ledger in memory."""

import datetime as dt
from itertools import count

import ibis
import pyarrow as pa
import pytest

from toolkit.book import Cutoffs, keep_book
from toolkit.book.course import keep_course
from toolkit.book.customers import customers_at
from toolkit.book.moves import keep_moves, moves_by_day
from toolkit.book.recent import recent_years, year_of_customers
from toolkit.book.visits import keep_days
from toolkit.intake import Ledger, Source
from toolkit.settings import Settings

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
VISITS = pa.schema(
    [
        ("customer_id", pa.string()),
        ("nth", pa.int64()),
        ("date", pa.date32()),
        ("next_date", pa.date32()),
    ]
)
CLASSIC = Cutoffs(90, 70_000, 210, 240, {}, "classic")


def day(text):
    """A date out of `2024-01-31`; dates and None are passed through."""
    return dt.date.fromisoformat(text) if isinstance(text, str) else text


class Typed:
    """Makes every table of the book out of typed rows, in one engine in memory."""

    def __init__(self):
        self.engine = ibis.duckdb.connect(threads=1)
        self.numbers = count()

    def orders(self, rows):
        """Orders as intake hands them on; amounts in minor units, None without amounts."""
        plain = [
            {
                "order_id": f"o{number}",
                "customer_id": customer,
                "ordered_at": dt.datetime.combine(day(date), dt.time(12)),
                "date": day(date),
                "amount": amount,
                "lines": 1,
                "source_file": 0,
                "source_row": number + 2,
            }
            for number, (customer, date, amount) in enumerate(rows)
        ]
        return self.table(pa.Table.from_pylist(plain, schema=SCHEMA))

    def table(self, arrow):
        name = f"typed_{next(self.numbers)}"
        self.engine.con.register(name, arrow)
        return self.engine.table(name)

    def days(self, rows, closing="2099-12-31", **options):
        return keep_days(self.orders(rows), day(closing), **options)

    def visits(self, seen):
        """Numbered visits of customers typed as {name: [days in order]}, each with its next."""
        rows = [
            {"customer_id": name, "nth": n, "date": day(date), "next_date": day(following)}
            for name, dates in seen.items()
            for n, (date, following) in enumerate(zip(dates, [*dates[1:], None], strict=True), 1)
        ]
        return self.table(pa.Table.from_pylist(rows, schema=VISITS))

    def course(self, rows, closing="2099-12-31", cut=CLASSIC):
        days = self.days(rows, closing, no_amount=cut.amount_line is None)
        return keep_course(days, day(closing), cut)

    def customers(self, rows, closing="2099-12-31", cut=CLASSIC):
        return customers_at(self.days(rows, closing), day(closing), cut)

    def places(self, rows, date, closing="2099-12-31", cut=CLASSIC):
        """Where everybody stands at the end of a day."""
        found = customers_at(self.days(rows, closing), day(date), cut)
        return found.select("customer_id", "layer", "active", "rank")

    def moves(self, rows, closing="2099-12-31", cut=CLASSIC):
        return keep_moves(self.course(rows, closing, cut))

    def daily(self, rows, closing="2099-12-31", cut=CLASSIC):
        """The moves of typed rows, added up by day."""
        return moves_by_day(self.moves(rows, closing, cut))

    def recent(self, rows, closing):
        """What everybody bought in the two years to a date."""
        return recent_years(self.days(rows, closing), day(closing))

    def bought(self, rows, closing):
        """What everybody bought in the year to a date."""
        return year_of_customers(self.recent(rows, closing))

    def ledger(self, rows, closing=None):
        dates = [day(date) for _, date, _ in rows]
        source = Source(
            file="typed",
            sha256="",
            rows_read=len(rows),
            rows_kept=len(rows),
            set_aside={},
            kind="csv",
            encoding="utf-8",
            delimiter=",",
            sheet=None,
            columns={},
            amount_basis="total",
        )
        nothing = pa.table({"source_row": pa.array([], pa.int64())}).to_pandas()
        last = day(closing) if closing else max(dates)
        return Ledger(self.orders(rows), nothing, source, min(dates), last)

    def book(self, rows, closing=None, **settings):
        return keep_book(self.ledger(rows, closing), Settings(**settings))


@pytest.fixture(scope="session")
def typed():
    return Typed()
