"""What the book answers about products, for files with product lines."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

import ibis.expr.types as ir

from toolkit.book.numbers import named, numbered
from toolkit.book.products import Products, keep_products
from toolkit.intake import Ledger
from toolkit.settings import Settings


class Shelf:
    """The part of `Book` on products; it reads the ledger's lines and the book's own tables."""

    ledger: Ledger
    settings: Settings
    closing: dt.date
    filled_from: dt.date
    year_ago: dt.date
    ids_table: ir.Table
    visits_table: ir.Table
    days_table: ir.Table

    @cached_property
    def products(self) -> Products | None:
        """First products, products left after, pairs and price tiers (`products.Products`).

        None for a file without product lines.
        """
        if self.ledger.lines is None:
            return None
        return keep_products(
            numbered(self.ledger.lines, self.ids_table),
            self.visits_table,
            self.days_table,
            (self.places_at(self.year_ago), self.places_at(self.closing)),
            closing=self.closing,
            filled_from=self.filled_from,
            window_days=self.settings.f2_window_days,
        )

    def suggested_products(self) -> ir.Table | None:
        """What each customer is likely to buy next that is new to them (`Products.suggested`), by
        the client's own customer_id; None without product lines or pairs that stand out."""
        found = None if self.products is None else self.products.suggested()
        return None if found is None else named(found, self.ids_table)
