"""The follow-up calendar out of the book and the contact log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit import currency
from toolkit.action.calendar.due import next_day
from toolkit.action.calendar.follow_up import FollowUp, follow_up
from toolkit.action.calendar.known import last_contacts, latest, puzzling
from toolkit.action.calendar.rules import Channel, Rules
from toolkit.action.reach import in_place_of, with_reach
from toolkit.action.sending import meant, to_contact
from toolkit.action.trial.groups import HOLD_OUT
from toolkit.book import Book
from toolkit.frames import frame, in_engine
from toolkit.settings import Settings

NEEDED = ("customer_id", "layer", "active", "n_visits", "first_date", "last_date")


def without(customers: ir.Table, no: frozenset[str]) -> ir.Table:
    """The customers of a table (customer_id: the client's own ids) who are none of these."""
    return customers.anti_join(_ids(no), "customer_id") if no else customers


def among(customers: ir.Table, these: frozenset[str]) -> ir.Table:
    """The others."""
    return customers.semi_join(_ids(these), "customer_id")


def follow_up_of(
    book: Book,
    settings: Settings,
    rules: Rules,
    no: frozenset[str],
    lately: frozenset[str],
    lists: Mapping[str, pd.DataFrame],
) -> FollowUp:
    """The calendar of a book (`follow_up.follow_up`).

    `no`: the unwilling (`known.unwilling_of`), `lately`: who was reached shortly before the closing
    date (`known.reached_lately`); neither is on a list. Whoever is to be contacted by one of the
    plan's `lists` (`sending.to_contact`) counts as contacted on the day it says, by default the
    closing date, since the lists go out with the report. Whoever is held out of one is not
    contacted in all these weeks, so that the two groups stay what they are. A rule's channel that
    is not among those of the settings gives way to one that is (`reach.in_place_of`).
    """
    best = book.best_day()
    scale = 10 ** currency.decimals(settings.currency)
    letter = settings.cost_per_contact
    known = {"letter": Channel()} | rules.channels
    costs = {name: float(way.cost_with(letter)) * scale for name, way in known.items()}
    ways = {
        rule.name: in_place_of(rule.channel, settings.channel_names, costs) for rule in rules.rule
    }
    called = with_reach(_callable(book, rules, best), book.ledger.addresses)
    told = [name for name in called.columns if name in NEEDED or name.startswith("has_")]
    own = frame(book.named(book.customers_table.select("customer_id")))
    made = follow_up(
        frame(called.select(*told)),
        rules,
        book.closing,
        best_day=best,
        costs=costs,
        unwilling=no & set(own.customer_id) if no else no,
        held_out=frozenset().union(*(_held_out(rows) for rows in lists.values())),
        lately=lately & set(own.customer_id) if lately else lately,
        contacted=latest(
            [last_contacts(book), *(sendings(rows, book.closing) for rows in lists.values())]
        ),
        ways=ways,
    )
    return replace(made, puzzling=puzzling(book, rules))


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


def _held_out(listed: pd.DataFrame) -> set[str]:
    rows = meant(listed)
    return set(rows.customer_id[rows.group == HOLD_OUT]) if "group" in rows else set()


def sendings(listed: pd.DataFrame, closing: dt.date) -> pd.Series:
    """The day by customer on which those of a list are contacted: the day by which to act or, on
    the golden list, of the visit expected, and never before the closing date."""
    rows, day = to_contact(listed), pd.Series(closing, index=listed.index, dtype=object)
    for name in ("act_by", "expected_on"):
        if name in listed:
            day = listed[name].astype(object).where(listed[name].notna(), closing)
    late = [max(each, closing) for each in day[rows.index]]
    return pd.Series(late, index=rows.customer_id.to_numpy(), dtype=object)


def _ids(no: frozenset[str]) -> ir.Table:
    return in_engine(pd.DataFrame({"customer_id": sorted(no)}, dtype=object))
