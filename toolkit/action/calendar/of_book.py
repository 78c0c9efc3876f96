"""The follow-up calendar out of the book and the contact log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit import currency
from toolkit.action.calendar.due import next_day
from toolkit.action.calendar.follow_up import FollowUp, follow_up
from toolkit.action.calendar.rest import unwilling
from toolkit.action.calendar.rules import Rules
from toolkit.action.sending import meant
from toolkit.book import Book
from toolkit.frames import frame, in_engine
from toolkit.settings import Settings

NEEDED = ("customer_id", "layer", "active", "n_visits", "first_date", "last_date")


def unwilling_of(book: Book, rules: Rules) -> frozenset[str]:
    """The customers who must be on no list, by the contact log up to the closing date
    (`rest.unwilling` with the words of the rules); none without a log."""
    log = book.ledger.contacts
    told = [] if log is None else [name for name in ("kind", "reason") if name in log.columns]
    if not told:
        return frozenset()
    made = log.filter(log.date <= ibis.literal(book.closing))
    return frozenset(
        unwilling(frame(made.select("customer_id", *told).distinct()), rules.unwilling)
    )


def willing(customers: ir.Table, no: frozenset[str]) -> ir.Table:
    """The customers of a table (customer_id: the client's own ids) who may be contacted."""
    return customers.anti_join(_ids(no), "customer_id") if no else customers


def wanting_none(customers: ir.Table, no: frozenset[str]) -> ir.Table:
    """The others."""
    return customers.semi_join(_ids(no), "customer_id")


def follow_up_of(
    book: Book,
    settings: Settings,
    rules: Rules,
    no: frozenset[str],
    lists: Mapping[str, pd.DataFrame],
) -> FollowUp:
    """The calendar of a book (`follow_up.follow_up`).

    `no`: the unwilling (`unwilling_of`). Whoever stands on one of the plan's `lists` and is worth
    a contact, contacted or held out (`sending.meant`), counts as contacted on the closing date: the
    lists go out with the report, and a test of one is not blurred by the calendar.
    """
    best = book.best_day()
    scale = 10 ** currency.decimals(settings.currency)
    costs = {
        name: float(rules.cost(name, settings.cost_per_contact)) * scale for name in rules.channels
    }
    own = frame(book.named(book.customers_table.select("customer_id")))
    return follow_up(
        frame(_callable(book, rules, best).select(*NEEDED)),
        rules,
        book.closing,
        best_day=best,
        costs=costs,
        unwilling=no & set(own.customer_id) if no else no,
        contacted=_contacted(book, lists),
    )


def _callable(book: Book, rules: Rules, best: int | None) -> ir.Table:
    """The customers whom a rule may call for by their days, with the client's own ids: a long
    list need not leave the engine whole."""
    customers, found = book.customers_table, ibis.literal(False)
    end = book.closing + dt.timedelta(weeks=rules.weeks)
    for rule in rules.rule:
        days = best if rule.days == "best" else rule.days
        if rule.after == "date":
            if next_day(str(rule.days), book.closing) <= end:
                found = found | customers.n_visits.between(*rule.visits)
        elif days is not None:
            since = customers.first_date if rule.after == "first_visit" else customers.last_date
            first = book.closing - dt.timedelta(days=int(days))
            last = first + dt.timedelta(weeks=rules.weeks)
            found = found | since.between(ibis.literal(first), ibis.literal(last))
    return book.named(customers.filter(found))


def _contacted(book: Book, lists: Mapping[str, pd.DataFrame]) -> pd.Series:
    """The day of the last contact by customer, those of the lists included."""
    parts = [
        pd.Series(book.closing, index=meant(each).customer_id.to_numpy(), dtype=object)
        for each in lists.values()
    ]
    log = book.ledger.contacts
    if log is not None:
        made = log.filter(log.date <= ibis.literal(book.closing))
        last = frame(made.group_by("customer_id").agg(day=made.date.max()))
        parts.append(last.set_index("customer_id").day)
    found = pd.concat(parts) if parts else pd.Series(dtype=object)
    return found.groupby(level=0).max()


def _ids(no: frozenset[str]) -> ir.Table:
    return in_engine(pd.DataFrame({"customer_id": sorted(no)}, dtype=object))
