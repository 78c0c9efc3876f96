"""What the customer book says about products, for files with product lines."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

import ibis.expr.types as ir
import pandas as pd

from toolkit.book.calendar import year_before
from toolkit.book.kept import kept
from toolkit.book.products.evidence import LEAST
from toolkit.book.products.first_products import first_products
from toolkit.book.products.following import following
from toolkit.book.products.leaving import leaving
from toolkit.book.products.purchases import numbered, product_names, purchases
from toolkit.book.products.suggested import suggested
from toolkit.book.products.tiers import Tiers, tiers
from toolkit.book.products.together import together
from toolkit.frames import frame, in_engine


@dataclass(frozen=True, eq=False)
class Products:
    """Purchases of products on visit days, and the tables that follow from them.

    bought: Ibis table, one row per customer (the book's number), visit day and product (columns:
    `purchases.purchases`, with `number` for the product). catalogue: frame, one row per product,
    most customers first: product (code), name, customers, visits. visits, days: the book's
    tables; before, now: who stands where a year before the closing date and on it (customer_id,
    active). The methods give pandas, with product and name in place of the number.
    """

    bought: ir.Table
    catalogue: pd.DataFrame
    visits: ir.Table
    days: ir.Table
    before: ir.Table
    now: ir.Table
    closing: dt.date
    filled_from: dt.date
    window_days: int
    least: ClassVar[int] = LEAST  # customers a group has to have to be shown

    @kept
    def first_products(self) -> pd.DataFrame:
        """First products and the loyalty they lead to (columns: `first_products`)."""
        span = (self.closing, self.window_days)
        return self._named(first_products(self.bought, self.visits, self.days, *span))

    @kept
    def leaving(self) -> pd.DataFrame:
        """How many buyers of each product were lost within the year (columns: `leaving`).

        No rows while the file is younger than that (definitions, `hole.year`).
        """
        table = self._named(leaving(self.bought, self.before, self.now, self.closing))
        return table if year_before(self.closing) >= self.filled_from else table.iloc[:0]

    @kept
    def together(self) -> pd.DataFrame:
        """Products bought on one visit (columns: `together`, other_product, other_name)."""
        return self._named(together(self.bought))

    @kept
    def following(self) -> pd.DataFrame:
        """Products bought next (columns: `following`, other_product, other_name)."""
        return self._named(following(self.bought))

    def suggested(self) -> ir.Table | None:
        """What each customer is likely to buy next that is new to them, as an Ibis table.

        One row per customer who has one. Columns: customer_id (the book's number), product, name.
        Of the pairs of `following` only those marked count; None where no pair is.
        """
        pairs = self.following()
        pairs = pairs[pairs.marked.astype(bool)]
        if pairs.empty:
            return None
        numbers = pd.Series(self.catalogue.index, index=self.catalogue["product"])
        known = {"number": pairs["product"].map(numbers), "other": pairs.other_product.map(numbers)}
        names = self.catalogue[["product", "name"]].rename_axis("number").reset_index()
        found = suggested(self.bought, pd.DataFrame(known).astype("int64"))
        return found.inner_join(in_engine(names), "number").select("customer_id", "product", "name")

    @kept
    def tiers(self) -> Tiers | None:
        """Movement between price tiers (`tiers`), None without prices."""
        return tiers(self.bought)

    def _named(self, table: pd.DataFrame) -> pd.DataFrame:
        """The table with code and name of each product in place of its number."""
        names = self.catalogue[["product", "name"]]
        parts = [_looked_up(names, table.number)]
        if "other" in table:
            parts.append(_looked_up(names, table.other).add_prefix("other_"))
        return pd.concat([*parts, table.drop(columns=["number", "other"], errors="ignore")], axis=1)


def _looked_up(names: pd.DataFrame, numbers: pd.Series) -> pd.DataFrame:
    """The names behind product numbers, null where there is none (the row of all customers)."""
    return pd.DataFrame({column: numbers.map(names[column]) for column in names})


def keep_products(
    lines: ir.Table,
    visits: ir.Table,
    days: ir.Table,
    places: tuple[ir.Table, ir.Table],
    *,
    closing: dt.date,
    filled_from: dt.date,
    window_days: int,
) -> Products | None:
    """The products of a book; None without a product bought on any visit.

    `lines` as intake hands them on (`Ledger.lines`), with the book's customer numbers; the other
    tables are the book's. `places`: where customers stand a year before the closing date, and on
    it. `filled_from`: the first day whose rates can be trusted. `window_days`: the F2 window.
    """
    names = product_names(lines).cache()
    bought = purchases(lines, names, visits).cache()
    listed = numbered(bought, names).cache()
    catalogue = frame(listed.order_by("number")).drop(columns="number")
    if catalogue.empty:
        return None
    known = bought.inner_join(listed.select("product", "number"), "product").drop("product")
    known = known.cache()
    return Products(known, catalogue, visits, days, *places, closing, filled_from, window_days)
