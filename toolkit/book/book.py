"""The customer book: one object that answers every question about counts and money."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import ibis.expr.types as ir
import pandas as pd

from toolkit.book import (
    bucket,
    cohorts,
    conversion,
    lapse_line,
    level,
    moves,
    numbers,
    places,
    repeat_rates,
    sales,
    sales_groups,
    same_age,
    statement,
    visits,
    year,
    years,
)
from toolkit.book.beside import Beside
from toolkit.book.calendar import year_before
from toolkit.book.course import keep_course
from toolkit.book.customers import customers_at
from toolkit.book.cutoffs import Cutoffs, find_cutoffs
from toolkit.book.edges import Edges
from toolkit.book.shelf import Shelf
from toolkit.book.standing import Standing
from toolkit.book.worth import Worth
from toolkit.frames import frame, scalar
from toolkit.intake import Ledger
from toolkit.problems import InputProblem
from toolkit.settings import Settings

NEAR_DAYS = 30


@dataclass(frozen=True, eq=False)
class Book(Standing, Worth, Shelf, Edges, Beside):
    """Double-entry customer accounting up to the closing date.

    The `*_table` fields are Ibis tables for further expressions; the methods give pandas. In the
    tables a customer is a number, the `customer_id` of the tables (`numbers`); `named` gives a
    table the client's own ids, which everything that leaves the book has.
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
        """How close to the lapse line counts as about to lapse: 30 days, but at most a quarter of
        the line (our rule)."""
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
        return frame(ordered.drop("step"))

    def returns(self) -> pd.DataFrame:
        """Returns, one row per customer and returns-only day (customer_id, date, amount)."""
        return frame(self.named(self.returns_table()).order_by(["customer_id", "date"]))

    def returns_table(self) -> ir.Table:
        """Returns as an Ibis table (`visits.returns_only`)."""
        return visits.returns_only(self.days_table)

    def customers(self) -> pd.DataFrame:
        """Customers as of the closing date, one row each (columns: `customers.customers_at`)."""
        return frame(self.named(self.customers_table).order_by("customer_id"))

    def bucket_months(self) -> pd.DataFrame:
        """The monthly bucket statement (columns: `bucket.bucket_months`)."""
        cut = self.cutoffs.lapse_days
        return bucket.bucket_months(self.moves_table, self.first, self.closing, cut)

    @cached_property
    def _moves_by_day(self) -> pd.DataFrame:
        return statement.daily_moves(self.moves_table)

    def bucket_statement(self, period: str = "month") -> pd.DataFrame:
        """The bucket by month, quarter or year (columns: `statement.bucket_statement`)."""
        yearly = period == "year"
        lapsed = statement.lapsed_within(self.moves_table, self.closing) if yearly else {}
        span = (self.first, self.closing, self.cutoffs.lapse_days)
        return statement.bucket_statement(self._moves_by_day, lapsed, *span, period)

    def layer_statement(self, period: str = "month") -> pd.DataFrame:
        """The bucket of each layer by month, quarter or year (`statement.layer_statement`).

        Without amounts there are no layers, and no rows.
        """
        span = (self.first, self.closing, self.cutoffs.lapse_days)
        table = statement.layer_statement(self._moves_by_day, *span, period)
        return table if self.has_money else table.iloc[:0]

    def settling_level(self) -> dict[str, float | int | str] | None:
        """Where the bucket's level settles as things are (keys: `level.settling_level`)."""
        return level.settling_level(self.bucket_statement("month"))

    def bucket_year(self, closing: dt.date | None = None) -> dict[str, int]:
        """The bucket of the year to `closing` (default: the closing date; `bucket.bucket_of`)."""
        end = closing or self.closing
        return bucket.bucket_of(self.moves_table, year_before(end), end)

    def hole(self, closing: dt.date | None = None) -> tuple[int, int] | None:
        """The hole of the year to `closing` as (lapsed, active a year before), or None."""
        end = closing or self.closing
        return bucket.hole(self.moves_table, end, self.first, self.cutoffs.lapse_days)

    def year_groups(self) -> pd.DataFrame:
        """Customers and money by yearly group (columns: `year.year_groups`).

        Without amounts there are no money columns.
        """
        groups = year.year_groups(self.days_table, self.closing)
        return groups if self.has_money else groups[["group", "customers"]]

    def year(self) -> dict[str, int | None]:
        """The yearly view in customers (keys: `year.year_counts`)."""
        return year.year_counts(self.year_groups(), self.two_years)

    def year_history(self) -> pd.DataFrame:
        """The yearly view of every whole year (columns: `years.year_history`).

        Without amounts there are no money columns.
        """
        table = years.year_history(self.days_table, self.first, self.closing)
        return table if self.has_money else table.drop(columns=list(years.IN_MONEY))

    def sales_groups(self) -> pd.DataFrame:
        """The change in sales by who bought (columns: `sales_groups.sales_groups`).

        Without amounts there are no rows.
        """
        table = sales_groups.sales_groups(self.days_table, self.closing)
        return table if self.has_money else table.iloc[:0]

    def sales(self, closing: dt.date | None = None) -> dict:
        """Sales of the year to `closing` and their factors (keys: `sales.sales_of`).

        Without amounts what is money is None.
        """
        end = closing or self.closing
        found = sales.sales_of(self.days_table, year_before(end), end)
        return found if self.has_money else found | dict.fromkeys(sales.IN_MONEY)

    def f2(self, closing: dt.date | None = None) -> tuple[int, int] | None:
        """F2 conversion as of `closing` (default: the closing date; `conversion.f2`)."""
        end = closing or self.closing
        return conversion.f2(self.visits_table, end, self.settings.f2_window_days)

    def nth_conversion(self) -> pd.DataFrame:
        """From each visit to the next (columns: `conversion.nth_conversion`)."""
        return conversion.nth_conversion(self.visits_table, self.closing)

    def days_to_second(self) -> pd.DataFrame:
        """Days from first to second visit (columns: `conversion.days_to_second`)."""
        return conversion.days_to_second(self.visits_table, self.closing)

    def nth_curve(self) -> pd.DataFrame:
        """Who comes again within how many days of the Nth visit (`conversion.nth_curve`)."""
        return conversion.nth_curve(self.visits_table, self.closing)

    def repeat_rates(self) -> pd.DataFrame:
        """リピート率 and リピーター率 of every month (columns: `repeat_rates.repeat_rates`)."""
        cut = self.cutoffs.lapse_days
        return repeat_rates.repeat_rates(self.visits_table, self.first, self.closing, cut)

    def repeat_year(self, closing: dt.date | None = None) -> dict:
        """Both of the year to `closing` (default: the closing date; `repeat_rates.repeat_year`)."""
        return repeat_rates.repeat_year(self.visits_table, closing or self.closing)

    def cohorts(self) -> pd.DataFrame:
        """Every cohort in every month since its first (columns: `cohorts.cohorts`).

        Without amounts there are no money columns.
        """
        table = cohorts.cohorts(self.visits_table, self.days_table, self.closing)
        return table if self.has_money else table.drop(columns=cohorts.IN_MONEY)

    def same_age(self) -> pd.DataFrame:
        """Cohorts compared at the same age (columns: `same_age.same_age`)."""
        return same_age.same_age(self.visits_table, self.closing)

    def lapse_error(self) -> tuple[int, int] | None:
        """The lapse line's error (`lapse_line.lapse_error`)."""
        return lapse_line.lapse_error(self.visits_table, self.closing, self.cutoffs.lapse_days)

    def lost_from(self) -> pd.DataFrame:
        """Who was lost from which layer within the year (columns: `places.lost_from`)."""
        before, now = self.places_at(self.year_ago), self.places_at(self.closing)
        return frame(places.lost_from(before, now, self.days_table, self.closing))

    def about_to_lapse(self, within_days: int) -> pd.DataFrame:
        """Active customers who pass the lapse line within so many days without a visit.

        One row per customer, soonest first. Columns: customer_id, layer, last_date, gap_days,
        n_visits, amount (minor units), days_left (until the line, 1 = the day after closing).
        """
        line = self.cutoffs.lapse_days
        table = self.customers_table
        near = table.filter(table.active & (table.gap_days >= line - within_days))
        near = self.named(near.mutate(days_left=line - near.gap_days))
        columns = ["customer_id", "layer", "last_date", "gap_days", "n_visits", "amount"]
        return frame(near.select(*columns, "days_left").order_by(["days_left", "customer_id"]))

    def named(self, table: ir.Table) -> ir.Table:
        """A table of the book with the client's own customer ids (`numbers.named`)."""
        return numbers.named(table, self.ids_table)

    def places_at(self, day: dt.date) -> ir.Table:
        """Where every customer stands at the end of a day: customer_id, layer, active."""
        return customers_at(self.days_table, day, self.cutoffs).select(
            "customer_id", "layer", "active"
        )


def keep_book(ledger: Ledger, settings: Settings) -> Book:
    """The book of a ledger: visits, moves, layers and the bucket up to its closing date.

    InputProblem when nobody has a visit: then there is nothing to diagnose.
    """
    closing = ledger.closing_date
    orders, ids = numbers.number_customers(ledger.orders)
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
        customers_table=customers_at(days, closing, cutoffs).cache(),
    )
