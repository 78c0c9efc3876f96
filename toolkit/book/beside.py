"""What the book answers about subscription marks, the contact log and the prospect list."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

import ibis.expr.types as ir

from toolkit.book.contacts import Contacts
from toolkit.book.course import ANY_LAYER, LAYERS
from toolkit.book.cutoffs import Cutoffs
from toolkit.book.numbers import named, numbered
from toolkit.book.prospects import Prospects
from toolkit.book.subscriptions import Subscriptions
from toolkit.intake import Ledger
from toolkit.settings import Settings


class Beside:
    """The part of `Book` on what not every client has; it reads the ledger's optional tables."""

    ledger: Ledger
    settings: Settings
    closing: dt.date
    filled_from: dt.date
    cutoffs: Cutoffs
    has_money: bool
    ids_table: ir.Table
    orders_table: ir.Table
    days_table: ir.Table
    visits_table: ir.Table
    customers_table: ir.Table

    @cached_property
    def subscriptions(self) -> Subscriptions | None:
        """Subscription orders (`subscriptions.Subscriptions`); None where none can be marked."""
        if self.ledger.subscriptions is None:
            return None
        return Subscriptions(
            marked=numbered(self.ledger.subscriptions, self.ids_table),
            orders=self.orders_table,
            days=self.days_table,
            visits=self.visits_table,
            customers=self.customers_table,
            closing=self.closing,
            filled_from=self.filled_from,
            cutoffs=self.cutoffs,
        )

    @cached_property
    def prospects(self) -> Prospects | None:
        """The prospect list (`prospects.Prospects`); None without one."""
        if self.ledger.prospects is None:
            return None
        return Prospects(
            self.ledger.prospects,
            named(self.customers_table, self.ids_table),
            self.ledger.contacts,
            self.closing,
        )

    @cached_property
    def contacts(self) -> Contacts | None:
        """The contact log (`contacts.Contacts`); None without one."""
        if self.ledger.contacts is None:
            return None
        return Contacts(
            made=numbered(self.ledger.contacts, self.ids_table).cache(),
            visits=self.visits_table,
            customers=self.customers_table,
            layers=LAYERS if self.has_money else (ANY_LAYER,),
            closing=self.closing,
            months=self.settings.contact_months,
        )
