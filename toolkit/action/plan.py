"""The plan: whom to contact first and what it pays."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from toolkit.action.economics import Economics, economics_of
from toolkit.action.trial.campaign import LISTS, Control, campaigns_of
from toolkit.action.trial.results import Results, read_back
from toolkit.action.winback import off_list, profit_curve, winback_list
from toolkit.book import Book
from toolkit.foresight import Outlook
from toolkit.frames import frame
from toolkit.settings import Settings


@dataclass(frozen=True, eq=False)
class Plan:
    """What to do about the lapsed.

    winback: the ranked list (columns: `winback.winback_list`), None when chances or amounts are
    missing. left_out: lapsed customers not on the list, by reason (`too_long`, `first_time`).
    Every list has a group (`campaign.campaigns_of`); groups: the names of all campaigns, controls:
    the control group of each list. results: what earlier contacts caused (`results.Results`), None
    without earlier lists or a contact log; the kappas of `economics` are those of its response.
    """

    economics: Economics
    winback: pd.DataFrame | None
    left_out: dict[str, int]
    groups: pd.DataFrame | None = None
    controls: tuple[Control, ...] = ()
    results: Results | None = None

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
    results = read_back(book, settings)
    economics = economics_of(settings)
    if results is not None:
        told = results.response
        economics = replace(economics, kappa=(told.low, told.middle, told.high))
    if not book.has_money or outlook.method == "none":
        return Plan(economics, None, {}, results=results)
    customers = outlook.customers_table
    lapsed = customers.filter(~customers.active)
    lapsed = lapsed.mutate(off=off_list(lapsed, book.cutoffs.lapse_days, settings))
    gone = lapsed.filter(lapsed.off.notnull())
    counts = frame(gone.group_by("off").agg(n=gone.count())).set_index("off")["n"]
    ranked = winback_list(lapsed.filter(lapsed.off.isnull()).drop("off"), economics)
    left_out = {key: int(n) for key, n in counts.items()}
    return with_groups(Plan(economics, ranked, left_out, results=results), book, settings)


def with_groups(plan: Plan, book: Book, settings: Settings) -> Plan:
    """The plan with every list of it as a campaign (`campaign.campaigns_of`)."""
    lists = {name: getattr(plan, name, None) for name in LISTS}
    earlier = book.ledger.earlier
    found, names, controls = campaigns_of(lists, plan.economics, settings, book.closing, earlier)
    return replace(plan, groups=names, controls=controls, **found)
