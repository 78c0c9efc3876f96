"""What the book answers about subscription marks, the contact log, the prospect list and the
customer master."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.book.contacts import Contacts
from toolkit.book.course import ANY_LAYER, LAYERS
from toolkit.book.cutoffs import Cutoffs
from toolkit.book.numbers import named, numbered
from toolkit.book.prospects import Prospects
from toolkit.book.reasons import lapsed_by_reason
from toolkit.book.subscriptions import Subscriptions
from toolkit.frames import frame, row
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

    def reasons_for_leaving(self) -> pd.DataFrame | None:
        """The lapsed by the reason logged (columns: `reasons.lapsed_by_reason`), in the contact log
        or in earlier lists that were read back; None where neither has any."""
        parts, earlier = [], getattr(self.ledger, "earlier", None)
        for log in (self.ledger.contacts, getattr(self.ledger, "incoming", None)):
            if log is not None and "reason" in log.columns:
                told = log.filter((log.reason != "") & (log.date <= ibis.literal(self.closing)))
                parts.append(frame(told.select("customer_id", "date", "reason")))
        if earlier is not None:
            day = earlier.sent.where(earlier.sent.notna(), earlier.closing_date)
            parts.append(earlier.assign(date=day)[["customer_id", "date", "reason"]])
        if not any(len(part) for part in parts):
            return None
        logged = pd.concat(parts, ignore_index=True)
        gone = self.customers_table.filter(~self.customers_table.active)
        gone = named(gone.select("customer_id", "last_date"), self.ids_table)
        return lapsed_by_reason(frame(gone), logged[logged.date <= self.closing])

    def people(self) -> pd.DataFrame | None:
        """Customers of the book who are in the customer master, by id; None without one.

        One row per customer. Columns: customer_id, gender (female, male, other; "" where not
        told), birth_date (None where not told), area ("" where not told). Attributes of persons:
        no table or page of the report has them.
        """
        known = self._people()
        if known is None:
            return None
        ours = [name for name in known.columns if name != "contract_end"]
        return frame(known.select(*ours).order_by("customer_id"))

    def contract_ends(self) -> ir.Table | None:
        """When contracts end: one row per customer it is told of (customer_id, the client's own,
        contract_end); None where the client has told nothing of it.

        The customer master goes before the sales file; of the sales the latest order that tells
        one, of several on a day the latest end.
        """
        told = self.ledger.contracts
        if told is not None:
            day = told.group_by("customer_id").agg(latest=told.told_on.max())
            both = told.inner_join(day, "customer_id")
            both = both.filter(both.told_on == both.latest)
            told = both.group_by("customer_id").agg(contract_end=both.contract_end.max())
        people = self._people()
        if people is None or "contract_end" not in people.columns:
            return told
        people = people.select("customer_id", "contract_end")
        people = people.filter(people.contract_end.notnull())
        return people if told is None else ibis.union(people, told.anti_join(people, "customer_id"))

    def addresses(self) -> pd.DataFrame | None:
        """How to reach the customers of the book, by id; None unless the settings ask for it.

        One row per customer of whom anything is known. Columns, text, "" where not known:
        customer_id, name, family_name, given_name, mail, phone, postcode, address, line_user. Only
        for lists that leave to those who write the letters: no page, table or fact has them.
        """
        if self.ledger.addresses is None:
            return None
        known = self.ledger.addresses.semi_join(
            named(self.customers_table, self.ids_table), "customer_id"
        )
        return frame(known.order_by("customer_id"))

    def people_covered(self) -> dict[str, int] | None:
        """How many customers of the book the customer master knows (people), and of how many it
        tells the gender, birth_date and area; None without one."""
        known = self._people()
        if known is None:
            return None
        told = {"gender": known.gender != "", "area": known.area != ""}
        told |= {"birth_date": known.birth_date.notnull()}
        sums = {name: each.cast("int64").sum().fill_null(0) for name, each in told.items()}
        return row(known.aggregate(people=known.count(), **sums))

    def _people(self) -> ir.Table | None:
        if self.ledger.people is None:
            return None
        return self.ledger.people.semi_join(
            named(self.customers_table, self.ids_table), "customer_id"
        )
