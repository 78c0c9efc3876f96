"""The two lists of active customers, from a book and its outlook: nobody is on both."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.action.about_to_lapse import Notice, about_to_lapse, with_risks
from toolkit.action.active import with_margin
from toolkit.action.economics import Economics
from toolkit.action.golden import Ladder, golden, within_reach
from toolkit.action.reach import reachable
from toolkit.book import Book
from toolkit.foresight import Outlook
from toolkit.frames import scalar
from toolkit.settings import Settings


def notice_of(book: Book, settings: Settings) -> Notice:
    """When contacts fall due, for this book."""
    return Notice(book.closing, book.cutoffs.lapse_days, book.near_days, settings.notice_days)


def active_lists(
    book: Book, outlook: Outlook, settings: Settings, economics: Economics
) -> tuple[pd.DataFrame, pd.DataFrame | None, int]:
    """About to lapse, the golden list of the other active customers, and how many of those whose
    contact falls due can be reached by no channel of the client's (`reach.with_reach`).

    The first has no money without amounts or chances, the second is None then.
    """
    notice, known = notice_of(book, settings), book.has_money and outlook.method != "none"
    customers = _with_contracts(outlook.customers_table, book.contract_ends())
    active = customers.filter(customers.active)
    if known:
        active = with_margin(active, economics, outlook.horizon_days)
    risks = with_risks(active, notice)
    ways = tuple(economics.channels)
    unreached = 0
    if any(name.startswith("has_") for name in risks.columns):
        unreached = int(scalar(risks.filter(risks.due & ~reachable(risks, ways)).count()))
    lapsing = about_to_lapse(risks, notice, economics if known else None, *ways)
    if not known:
        return lapsing, None, unreached
    places = book.places()
    places = places[(places.state == "active") & places.per_head.notna()]
    ladder = Ladder(
        book.cutoffs, dict(zip(places.layer, places.per_head, strict=True)), outlook.horizon_days
    )
    reach = within_reach(risks.filter(~risks.due), notice, book.cutoffs)
    listed = golden(reach, notice, ladder, economics, book.suggested_products())
    return lapsing, listed, unreached


def _with_contracts(customers: ir.Table, ends: ir.Table | None) -> ir.Table:
    if ends is None and "contract_end" in customers.columns:
        return customers
    if ends is None:
        return customers.mutate(contract_end=ibis.null("date"))
    return customers.left_join(ends, "customer_id").drop("customer_id_right")
