"""What the book answers about what came in, what went out and what it brought."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

import ibis.expr.types as ir
import pandas as pd

from toolkit.book import bucket, level, sales, sales_groups, statement, year, years
from toolkit.book.calendar import year_before
from toolkit.book.cutoffs import Cutoffs
from toolkit.book.kept import kept
from toolkit.book.moves import moves_by_day
from toolkit.frames import scalar


class Flows:
    """The part of `Book` on the bucket, the years and the sales."""

    first: dt.date
    closing: dt.date
    filled_from: dt.date
    two_years: bool
    has_money: bool
    cutoffs: Cutoffs
    days_table: ir.Table
    moves_table: ir.Table
    customers_table: ir.Table
    _recent: ir.Table

    def bucket_months(self) -> pd.DataFrame:
        """The monthly bucket statement as in `tables/bucket.csv`.

        Columns: month (YYYY-MM), opening, new, returned, lost, closing, complete, trusted.
        """
        months = self.bucket_statement("month").rename(columns={"period": "month"})
        return months.drop(columns=["start", "end", "hole", "quick_ratio"])

    @cached_property
    def _moves_by_day(self) -> pd.DataFrame:
        return moves_by_day(self.moves_table)

    @kept
    def bucket_statement(self, period: str = "month") -> pd.DataFrame:
        """The bucket by month, quarter or year (columns: `statement.bucket_statement`)."""
        yearly = period == "year"
        lapsed = statement.lapsed_within(self.moves_table, self.closing) if yearly else {}
        span = (self.first, self.closing, self.cutoffs.lapse_days)
        return statement.bucket_statement(self._moves_by_day, lapsed, *span, period)

    @kept
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
        return bucket.bucket_of(self._moves_by_day, self.moves_table, year_before(end), end)

    def hole(self, closing: dt.date | None = None) -> tuple[int, int] | None:
        """The hole of the year to `closing` as (lapsed, active a year before; `bucket.hole`).

        None when the year begins before first date + lapse_days, or with nobody active.
        """
        end = closing or self.closing
        start = year_before(end)
        return bucket.hole(self.movement(start, end)) if start >= self.filled_from else None

    def year_groups(self) -> pd.DataFrame:
        """Customers and money of this year and the last by yearly group (`year.groups_of`).

        Columns: group, customers, sales, previous_sales; without amounts no money columns.
        """
        columns = ["group", "customers", "sales", "previous_sales"]
        return self._groups[columns if self.has_money else columns[:2]]

    @cached_property
    def _groups(self) -> pd.DataFrame:
        ever = scalar(self.customers_table.count())
        return year.groups_of(self._recent, ever, self.closing)

    def year(self) -> dict[str, int | None]:
        """The yearly view in customers (keys: `year.year_counts`)."""
        return year.year_counts(self.year_groups(), self.two_years)

    @kept
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
        table = sales_groups.sales_groups(self._groups)
        return table if self.has_money else table.iloc[:0]

    def sales(self, closing: dt.date | None = None) -> dict:
        """Sales of the year to `closing` and their factors (keys: `sales.sales_of`).

        Without amounts what is money is None.
        """
        end = closing or self.closing
        found = sales.sales_of(self.days_table, year_before(end), end)
        return found if self.has_money else found | dict.fromkeys(sales.IN_MONEY)
