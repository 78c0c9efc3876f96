"""What the book answers about the quality of the file it was kept from."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

import ibis.expr.types as ir

from toolkit.book.quality import Quality
from toolkit.intake import Ledger


class Checks:
    """The part of `Book` on what looks wrong in its file; it reads the book's own tables."""

    ledger: Ledger
    closing: dt.date
    first: dt.date
    filled_from: dt.date
    year_ago: dt.date
    two_years: bool
    has_money: bool
    ids_table: ir.Table
    orders_table: ir.Table
    days_table: ir.Table
    customers_table: ir.Table
    _recent: ir.Table

    @cached_property
    def quality(self) -> Quality:
        """Orders, days and customers out of the ordinary (`quality.Quality`)."""
        return Quality(
            orders=self.orders_table,
            days=self.days_table,
            customers=self.customers_table,
            recent=self._recent,
            places=(self.places_at(self.year_ago), self.places_at(self.closing)),
            ids=self.ids_table,
            first=self.first,
            closing=self.closing,
            hole_known=self.year_ago >= self.filled_from,
            two_years=self.two_years,
            has_money=self.has_money,
            twins=self.ledger.twins,
        )
