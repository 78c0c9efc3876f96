"""What the book answers about layers: who stands where, who moved, how firm the lines are."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

import ibis.expr.types as ir
import pandas as pd

from toolkit.book import balances, lapse_view, layer_rates, layer_table, places, sensitivity
from toolkit.book.customers import customers_at, keep_customers
from toolkit.book.cutoffs import Cutoffs
from toolkit.book.kept import kept


class Standing:
    """The part of `Book` on the ten places. Without amounts there are no layers, and no rows."""

    first: dt.date
    closing: dt.date
    year_ago: dt.date
    filled_from: dt.date
    two_years: bool
    has_money: bool
    cutoffs: Cutoffs
    days_table: ir.Table
    visits_table: ir.Table
    _moves_by_day: pd.DataFrame
    customers_table: ir.Table

    @kept
    def layer_months(self) -> pd.DataFrame:
        """The ten places at every month end (columns: `balances.layer_months`)."""
        return self._with_layers(
            balances.layer_months(self._moves_by_day, self.first, self.closing)
        )

    @kept
    def layer_table(self) -> pd.DataFrame:
        """People, money and visits of the ten places month by month (`layer_table.layer_table`)."""
        span = (self.first, self.closing, self.cutoffs)
        return self._with_layers(
            layer_table.layer_table(self.days_table, self._moves_by_day, *span)
        )

    @kept
    def places(self, closing: dt.date | None = None) -> pd.DataFrame:
        """The ten places at `closing` (default: the closing date), with money (`places.places`)."""
        end = closing or self.closing
        return self._with_layers(places.places(self._customers_at(end), self._bought(end)))

    @kept
    def places_compared(self) -> pd.DataFrame:
        """The ten places now and a year ago, side by side (columns: `places.compared`).

        Nothing of a year ago when nobody could have been lost by then (`filled_from`).
        """
        known = self.year_ago >= self.filled_from
        before = self.places(self.year_ago) if known else None
        return places.compared(self.places(), before, whole_year=self.two_years)

    @kept
    def movement(self, start: dt.date, end: dt.date) -> pd.DataFrame:
        """Who stood where on two days (columns: `balances.movement`)."""
        return balances.movement(self.places_at(start), self.places_at(end))

    def layer_rates(self, start: dt.date, end: dt.date) -> pd.DataFrame:
        """What became of those active at `start`, by layer (columns: `layer_rates.layer_rates`)."""
        return self._with_layers(layer_rates.layer_rates(self.movement(start, end)))

    @kept
    def lapse_view(self) -> pd.DataFrame:
        """Kept, lost, new and revived of the year by the lapse line (`lapse_view.lapse_view`).

        Without amounts there is no money column.
        """
        both = self.places_at(self.year_ago), self.places_at(self.closing)
        table = lapse_view.lapse_view(*both, self._bought(self.closing))
        return table if self.has_money else table.drop(columns="sales")

    @kept
    def sensitivity(self) -> pd.DataFrame:
        """Counts and hole with the lines a quarter lower or higher (`sensitivity.sensitivity`)."""
        return sensitivity.sensitivity(
            self.customers_table,
            self._customers_at(self.year_ago),
            self.first,
            self.closing,
            self.cutoffs,
        )

    def _customers_at(self, day: dt.date) -> ir.Table:
        """Everybody as of a day; the two days nearly every comparison is of are kept."""
        if day == self.closing:
            return self.customers_table
        if day == self.year_ago:
            return self._customers_before
        return customers_at(self.days_table, day, self.cutoffs)

    @cached_property
    def _customers_before(self) -> ir.Table:
        return keep_customers(self.days_table, self.year_ago, self.cutoffs)

    def _with_layers(self, table: pd.DataFrame) -> pd.DataFrame:
        return table if self.has_money else table.iloc[:0]
