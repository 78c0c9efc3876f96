"""The plan: whom to contact first and what it pays."""

from __future__ import annotations

from dataclasses import dataclass, replace

import ibis.expr.types as ir
import pandas as pd

from toolkit.action.calendar import (
    FollowUp,
    follow_up_of,
    rules_of,
    unwilling_of,
    wanting_none,
    willing,
)
from toolkit.action.economics import Economics, economics_of
from toolkit.action.winback import off_list, profit_curve, winback_list
from toolkit.book import Book
from toolkit.foresight import Outlook
from toolkit.frames import frame, scalar
from toolkit.settings import Settings

LISTS = ("winback", "about_to_lapse", "golden")


@dataclass(frozen=True, eq=False)
class Plan:
    """What to do about the lapsed.

    winback: the ranked list (columns: `winback.winback_list`), None when chances or amounts are
    missing. left_out: lapsed customers not on the list, by reason (`too_long`, `first_time`,
    `unwilling`). follow_up: the calendar of the coming weeks (`calendar.FollowUp`).
    """

    economics: Economics
    winback: pd.DataFrame | None
    left_out: dict[str, int]
    follow_up: FollowUp | None = None

    def lists(self) -> dict[str, pd.DataFrame]:
        """The lists there are, by name."""
        found = {name: getattr(self, name, None) for name in LISTS}
        return {name: rows for name, rows in found.items() if rows is not None}

    def worth_contacting(self) -> pd.DataFrame:
        """Rows of the list that pay at the middle assumption (priority > 0)."""
        return self.winback[self.winback.priority > 0]

    def break_even_response(self) -> float | None:
        """Contact cost / mean margin of a returner among those worth contacting (share); None
        when none is. Source: definitions, `winback.break_even_response`."""
        worth = self.worth_contacting()
        if worth.empty:
            return None
        return self.economics.contact_cost / float(worth.margin_if_returns.mean())

    def profit_curve(self) -> pd.DataFrame:
        """Expected profit by number of letters (columns: `winback.profit_curve`)."""
        return profit_curve(self.winback)


def plan_action(book: Book, outlook: Outlook, settings: Settings) -> Plan:
    """The plan for a book and its outlook."""
    rules = rules_of(settings)
    no = unwilling_of(book, rules)
    plan = _listed(book, outlook, settings, no)
    return replace(plan, follow_up=follow_up_of(book, settings, rules, no, plan.lists()))


def _listed(book: Book, outlook: Outlook, settings: Settings, no: frozenset[str]) -> Plan:
    """The plan's lists, without those who want no contact (`no`)."""
    economics = economics_of(settings)
    if not book.has_money or outlook.method == "none":
        return Plan(economics, None, {})
    customers = willing(outlook.customers_table, no)
    lapsed = customers.filter(~customers.active)
    lapsed = lapsed.mutate(off=off_list(lapsed, book.cutoffs.lapse_days, settings))
    gone = lapsed.filter(lapsed.off.notnull())
    counts = frame(gone.group_by("off").agg(n=gone.count())).set_index("off")["n"]
    ranked = winback_list(lapsed.filter(lapsed.off.isnull()).drop("off"), economics)
    left_out = {key: int(n) for key, n in counts.items()}
    if no:
        left_out |= _refused(outlook.customers_table, no)
    return Plan(economics, ranked, left_out)


def _refused(customers: ir.Table, no: frozenset[str]) -> dict[str, int]:
    """The lapsed who want no contact, counted; empty where none does."""
    found = scalar(wanting_none(customers.filter(~customers.active), no).count())
    return {"unwilling": found} if found else {}
