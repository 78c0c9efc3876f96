"""What the book answers about whom the sales rest on: concentration and RFM."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

import ibis.expr.types as ir
import pandas as pd

from toolkit.book import concentration, rfm
from toolkit.book.cutoffs import Cutoffs
from toolkit.book.kept import kept


class Worth:
    """The part of `Book` on customers by what they bring; it reads the book's own tables."""

    closing: dt.date
    first: dt.date
    cutoffs: Cutoffs
    customers_table: ir.Table
    has_money: bool

    @cached_property
    def _ranking(self) -> pd.DataFrame:
        return concentration.ranking(self._bought(self.closing))

    def _ranking_at(self, closing: dt.date | None) -> pd.DataFrame:
        if closing in (None, self.closing):
            return self._ranking
        return concentration.ranking(self._bought(closing))

    def deciles(self, closing: dt.date | None = None) -> pd.DataFrame:
        """Tenths of the year's customers by sales (columns: `concentration.deciles`).

        Without amounts there are no rows. `closing` (default: the closing date) ends the year.
        """
        table = concentration.deciles(self._ranking_at(closing))
        return table if self.has_money else table.iloc[:0]

    def concentration(self, closing: dt.date | None = None) -> dict[str, int | float | None]:
        """How much rests on the largest customers (keys: `concentration.concentration`).

        Without amounts what is money is None. `closing` as in `deciles`.
        """
        found = concentration.concentration(self._ranking_at(closing))
        return found if self.has_money else found | dict.fromkeys(concentration.IN_MONEY)

    def rfm_table(self) -> ir.Table:
        """Customers at the closing date with scores and group (columns: `rfm.rfm_scored`)."""
        amounts = rfm.amount_lines(self.customers_table)
        return rfm.rfm_scored(self.customers_table, self.cutoffs.lapse_days, amounts)

    @kept
    def rfm_groups(self) -> pd.DataFrame:
        """The named groups now, a month ago and a year ago (columns: `rfm.rfm_groups`).

        Without amounts there is no money column.
        """
        now, *past = rfm.compared_dates(self.first, self.closing)
        known = {day: self._customers_at(day) for day in past}
        table = rfm.rfm_groups({now: self.customers_table} | known, self.cutoffs.lapse_days)
        return table if self.has_money else table.drop(columns="amount")

    @kept
    def rfm_grid(self) -> pd.DataFrame:
        """Customers by recency and frequency (columns: `rfm.rfm_grid`).

        Without amounts there is no money column.
        """
        table = rfm.rfm_grid(self.customers_table, self.cutoffs.lapse_days)
        return table if self.has_money else table.drop(columns="mean_amount")

    @kept
    def rfm_scores(self) -> pd.DataFrame:
        """The cut-offs of each score, and who has it (columns: `rfm.rfm_scores`)."""
        return rfm.rfm_scores(self.customers_table, self.cutoffs.lapse_days)
