"""What the customer book says about the file it was kept from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import ibis.expr.types as ir
import pandas as pd

from toolkit.book.kept import kept
from toolkit.book.numbers import named
from toolkit.book.quality.buyers import buyers
from toolkit.book.quality.daily import daily, weeks
from toolkit.book.quality.gaps import gaps
from toolkit.book.quality.influence import influence
from toolkit.book.quality.outliers import outliers
from toolkit.book.quality.spikes import spikes
from toolkit.frames import frame, scalar


@dataclass(frozen=True, eq=False)
class Quality:
    """What looks wrong or out of the ordinary in the orders of a book, by rules of our own.

    None of it is left out of any figure. The tables are the book's; `places`: where customers
    stand a year before the closing date, and on it; twins: from the ledger (`Ledger.twins`), None
    where there is nothing to tell by. The methods give pandas.
    """

    orders: ir.Table
    days: ir.Table
    customers: ir.Table
    recent: ir.Table
    places: tuple[ir.Table, ir.Table]
    ids: ir.Table
    first: dt.date
    closing: dt.date
    hole_known: bool
    two_years: bool
    has_money: bool
    twins: pd.DataFrame | None

    def outliers(self) -> pd.DataFrame:
        """Orders far out of the shop's own range, largest first (columns: `outliers`).

        Without amounts there are no rows.
        """
        return self._outliers.copy()

    def weeks(self) -> pd.DataFrame:
        """Visits by week (columns: `daily.weeks`)."""
        return weeks(self._daily)

    @kept
    def spikes(self) -> pd.DataFrame:
        """Days far above the usual (columns: `spikes`); without amounts no money columns."""
        table = spikes(self._daily)
        return table if self.has_money else table.drop(columns=["sales", "usual_sales"])

    def gaps(self) -> pd.DataFrame:
        """Silent weeks (columns: `gaps`); without amounts no money column."""
        table = gaps(self._daily)
        return table if self.has_money else table.drop(columns="missing_sales")

    def buyers(self) -> pd.DataFrame:
        """Customers who buy like a business, most sales first (columns: `buyers`)."""
        order = ["sales", "visits", "most_orders"]
        table = frame(named(self._buyers, self.ids)).sort_values("customer_id")
        table = table.sort_values(order, ascending=False, kind="stable", ignore_index=True)
        return table if self.has_money else table.drop(columns="sales")

    @kept
    def influence(self) -> pd.DataFrame:
        """The headline figures with and without these customers (columns: `influence`).

        No rows without such customers; figures that need more file than there is are null.
        """
        if not scalar(self._buyers.count()):
            return pd.DataFrame(columns=["who"])
        table = influence(self._buyers, self.places, self.recent, self.closing)
        unknown = [] if self.hole_known else ["hole_lost", "hole_of"]
        unknown += [] if self.two_years else ["kept", "previous"]
        unknown += [] if self.has_money else ["sales"]
        return table.assign(**dict.fromkeys(unknown))

    def persons(self) -> dict[str, int | None] | None:
        """Customers who are likely one person under two numbers (`twins.twins_of`).

        Keys: customers, persons (how many they would be), amount (their net money to date, minor
        units; None without amounts). None where the file has nothing to tell it by.
        """
        if self.twins is None:
            return None
        known = self.customers.filter(self.customers.customer_id.isin(self._twin_numbers))
        amount = scalar(known.amount.sum().cast("int64")) if len(self.twins) else 0
        return {
            "customers": len(self.twins),
            "persons": self.twins.person.nunique(),
            "amount": (amount or 0) if self.has_money else None,
        }

    @property
    def _twin_numbers(self) -> list[int]:
        return self.twins.customer.tolist()

    @cached_property
    def _daily(self) -> pd.DataFrame:
        return daily(self.days, self.first, self.closing)

    @cached_property
    def _buyers(self) -> ir.Table:
        return buyers(self.days, self.orders, self.closing).cache()

    @cached_property
    def _outliers(self) -> pd.DataFrame:
        known = self.orders.filter(self.orders.date <= self.closing)
        table = frame(named(outliers(known), self.ids))
        order = ["size", "date", "customer_id", "source_file", "source_row"]
        table = table.assign(size=-table.amount.abs()).sort_values(order, ignore_index=True)
        return table.drop(columns="size")
