"""The customer book: one object that answers every question about counts and money."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import ibis.expr.types as ir
import pandas as pd

from toolkit.book import bucket, moves, numbers, places, recent, visits, year
from toolkit.book.beside import Beside
from toolkit.book.calendar import year_before
from toolkit.book.checks import Checks
from toolkit.book.course import keep_course
from toolkit.book.customers import keep_customers
from toolkit.book.cutoffs import Cutoffs, find_cutoffs
from toolkit.book.edges import Edges
from toolkit.book.flows import Flows
from toolkit.book.loyalty import Loyalty
from toolkit.book.shelf import Shelf
from toolkit.book.standing import Standing
from toolkit.book.worth import Worth
from toolkit.frames import frame, scalar
from toolkit.intake import Ledger
from toolkit.problems import InputProblem
from toolkit.settings import Settings

NEAR_DAYS = 30


@dataclass(frozen=True, eq=False)
class Book(Flows, Standing, Loyalty, Worth, Shelf, Edges, Beside, Checks):
    """Double-entry customer accounting up to the closing date.

    What it answers stands in one part for each kind of question: `flows`, `standing`, `loyalty`,
    `worth`, `shelf`, `edges`, `beside` and `checks`. The `*_table` fields are Ibis tables for
    further expressions; the methods give pandas. In the tables a customer is a number, the
    `customer_id` of the tables (`numbers`); `named` gives a table the client's own ids, which
    everything that leaves the book has.
    """

    ledger: Ledger
    settings: Settings
    cutoffs: Cutoffs
    closing: dt.date
    first: dt.date
    ids_table: ir.Table
    orders_table: ir.Table
    days_table: ir.Table
    course_table: ir.Table
    visits_table: ir.Table
    moves_table: ir.Table
    customers_table: ir.Table

    @property
    def has_money(self) -> bool:
        """Whether the file has amounts; without, layers, sales and win-back are absent."""
        return not self.settings.no_amount

    @property
    def year_ago(self) -> dt.date:
        """One calendar year before the closing date."""
        return year_before(self.closing)

    @property
    def filled_from(self) -> dt.date:
        """The first day whose places and rates can be trusted (`bucket.filled_from`)."""
        return bucket.filled_from(self.first, self.cutoffs.lapse_days)

    @property
    def near_days(self) -> int:
        """Contacts that fall due within so many days after the closing date are listed: 30, but at
        most a quarter of the lapse line (our rule)."""
        return min(NEAR_DAYS, max(1, self.cutoffs.lapse_days // 4))

    @property
    def two_years(self) -> bool:
        """Whether the file covers the two years to the closing date."""
        return year.covers_two_years(self.first, self.closing)

    def visits(self) -> pd.DataFrame:
        """Visits, one row per customer and day (columns: `visits.visits_of`)."""
        return frame(self.named(self.visits_table).order_by(["customer_id", "date"]))

    def moves(self) -> pd.DataFrame:
        """Moves, one row per change of place (columns: `moves.keep_moves`)."""
        ordered = self.named(self.moves_table).order_by(["customer_id", "date", "step"])
        return frame(ordered.drop(*moves.OWN_NUMBERS))

    def returns(self) -> pd.DataFrame:
        """Returns, one row per customer and returns-only day (customer_id, date, amount)."""
        return frame(self.named(self.returns_table()).order_by(["customer_id", "date"]))

    def returns_table(self) -> ir.Table:
        """Returns as an Ibis table (`visits.returns_only`)."""
        return visits.returns_only(self.days_table)

    def customers(self) -> pd.DataFrame:
        """Customers as of the closing date, one row each (columns: `customers.customers_at`)."""
        customers = self.customers_table.drop("rank")
        return frame(self.named(customers).order_by("customer_id"))

    def lost_from(self) -> pd.DataFrame:
        """Who was lost from which layer within the year (columns: `places.lost_from`)."""
        before, now = self.places_at(self.year_ago), self.places_at(self.closing)
        lost = places.lost_from(before, now, self._bought(self.year_ago))
        return frame(lost.order_by("layer"))

    def named(self, table: ir.Table) -> ir.Table:
        """A table of the book with the client's own customer ids (`numbers.named`)."""
        return numbers.named(table, self.ids_table)

    def places_at(self, day: dt.date) -> ir.Table:
        """Where every customer stands at the end of a day: customer_id, layer, active, rank (the
        layer as a number, `course.RANKS`)."""
        return self._customers_at(day).select("customer_id", "layer", "active", "rank")

    @cached_property
    def _recent(self) -> ir.Table:
        """The two years to the closing date by customer (`recent.recent_years`)."""
        return recent.recent_years(self.days_table, self.closing).cache()

    def _bought(self, closing: dt.date) -> ir.Table:
        """Visits and sales of every customer in the 12 months to `closing`.

        One row per customer with a day in them or the year before (`recent.year_of_customers`).
        """
        if closing in (self.closing, self.year_ago):
            return recent.year_of_customers(self._recent, previous=closing != self.closing)
        return recent.year_of_customers(recent.recent_years(self.days_table, closing))


def keep_book(ledger: Ledger, settings: Settings) -> Book:
    """The book of a ledger: visits, moves, layers and the bucket up to its closing date.

    InputProblem when nobody has a visit: then there is nothing to diagnose.
    """
    closing = ledger.closing_date
    orders, ids = numbers.number_customers(ledger.orders, ledger.ids)
    days = visits.keep_days(orders, closing, no_amount=settings.no_amount)
    visit_days = visits.visits_of(days)
    if not scalar(visit_days.count()):
        raise InputProblem("no_visit", file=ledger.source.file).in_language(settings.language)
    cutoffs = find_cutoffs(visit_days, days, closing, settings)
    course = keep_course(days, closing, cutoffs)
    return Book(
        ledger=ledger,
        settings=settings,
        cutoffs=cutoffs,
        closing=closing,
        first=ledger.first_date,
        ids_table=ids,
        orders_table=orders,
        days_table=days,
        course_table=course,
        visits_table=visit_days,
        moves_table=moves.keep_moves(course),
        customers_table=keep_customers(days, closing, cutoffs),
    )
