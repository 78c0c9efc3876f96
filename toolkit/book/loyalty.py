"""What the book answers about who comes again, and when."""

from __future__ import annotations

import datetime as dt

import ibis.expr.types as ir
import pandas as pd

from toolkit.book import cohorts, conversion, lapse_line, repeat_rates, same_age
from toolkit.book.cutoffs import Cutoffs
from toolkit.book.kept import kept
from toolkit.book.shares import FEW
from toolkit.settings import Settings


class Loyalty:
    """The part of `Book` on the second and every further visit, and on cohorts."""

    first: dt.date
    closing: dt.date
    has_money: bool
    settings: Settings
    cutoffs: Cutoffs
    days_table: ir.Table
    visits_table: ir.Table

    def f2(self, closing: dt.date | None = None) -> tuple[int, int] | None:
        """F2 conversion as of `closing` (default: the closing date; `conversion.f2`)."""
        end = closing or self.closing
        return conversion.f2(self.visits_table, end, self.settings.f2_window_days)

    @kept
    def nth_conversion(self) -> pd.DataFrame:
        """From each visit to the next (columns: `conversion.nth_conversion`)."""
        return conversion.nth_conversion(self.visits_table, self.closing)

    @kept
    def days_to_second(self) -> pd.DataFrame:
        """Days from first to second visit (columns: `conversion.days_to_second`)."""
        return conversion.days_to_second(self.visits_table, self.closing)

    def best_day(self) -> int | None:
        """Days after the first visit by which half of those who come a second time within a year
        have come (`conversion.day_reached`): when a follow-up is to arrive. None where fewer than
        five came."""
        curve = self.days_to_second()
        again = int(curve.customers.sum())
        return conversion.day_reached(curve, 0.5) if again >= FEW else None

    @kept
    def nth_curve(self) -> pd.DataFrame:
        """Who comes again within how many days of the Nth visit (`conversion.nth_curve`)."""
        return conversion.nth_curve(self.visits_table, self.closing)

    @kept
    def repeat_rates(self) -> pd.DataFrame:
        """リピート率 and リピーター率 of every month (columns: `repeat_rates.repeat_rates`)."""
        cut = self.cutoffs.lapse_days
        return repeat_rates.repeat_rates(self.visits_table, self.first, self.closing, cut)

    def repeat_year(self, closing: dt.date | None = None) -> dict:
        """Both of the year to `closing` (default: the closing date; `repeat_rates.repeat_year`)."""
        return repeat_rates.repeat_year(self.visits_table, closing or self.closing)

    @kept
    def cohorts(self) -> pd.DataFrame:
        """Every cohort in every month since its first (columns: `cohorts.cohorts`).

        Without amounts there are no money columns.
        """
        table = cohorts.cohorts(self.visits_table, self.days_table, self.closing)
        return table if self.has_money else table.drop(columns=cohorts.IN_MONEY)

    @kept
    def same_age(self) -> pd.DataFrame:
        """Cohorts compared at the same age (columns: `same_age.same_age`)."""
        return same_age.same_age(self.visits_table, self.closing)

    def lapse_error(self) -> tuple[int, int] | None:
        """The lapse line's error (`lapse_line.lapse_error`)."""
        return lapse_line.lapse_error(self.visits_table, self.closing, self.cutoffs.lapse_days)
