"""The plan: whom to contact first and what it pays."""

from __future__ import annotations

from dataclasses import dataclass, replace

import ibis.expr.types as ir
import numpy as np
import pandas as pd

from toolkit.action.calendar import (
    FollowUp,
    among,
    follow_up_of,
    reached_lately,
    rules_of,
    unwilling_of,
    without,
)
from toolkit.action.choice import best_possible
from toolkit.action.economics import Economics, economics_of
from toolkit.action.reach import with_reach
from toolkit.action.score import RESPONSES
from toolkit.action.sending import to_contact
from toolkit.action.still_active import active_lists
from toolkit.action.trial.campaign import LISTS, Control, campaigns_of
from toolkit.action.trial.of_calendar import campaigns_of_calendar
from toolkit.action.trial.response import Response
from toolkit.action.trial.results import Results, read_back
from toolkit.action.winback import listed, off_list, offers_to, profit_curve, with_margin
from toolkit.book import Book
from toolkit.foresight import Outlook
from toolkit.frames import frame, scalar
from toolkit.settings import Settings

SPENT = ("contacts", "cost", "offers", "leak", "caused", "profit", "profit_low", "profit_high")


@dataclass(frozen=True, eq=False)
class Plan:
    """What to do about the lapsed, and about the active.

    winback: the ranked list (columns: `winback.winback_list`), None when chances or amounts are
    missing. left_out: lapsed customers not on the list, by reason (`winback.off_list`, and first of
    all `unwilling`, and `rested`: reached shortly before the closing date). unreached: active
    customers whose contact falls due and whom no channel of the client's reaches. about_to_lapse:
    active customers about to be lost (columns: `about_to_lapse.about_to_lapse`), without money
    where chances or amounts are missing.
    golden: other active customers one visit from a higher layer
    (columns: `golden.golden`), None there. follow_up: the calendar of the coming weeks
    (`calendar.FollowUp`).
    Every list has a group (`campaign.campaigns_of`), and so has every contact of the calendar by a
    rule with a control group (`of_calendar.campaigns_of_calendar`); groups: the names of all
    campaigns, controls: the control group of each list and rule. results: what earlier contacts
    caused (`results.Results`), None without earlier lists or a contact log; the kappas of
    `economics` are those of its response.
    best: what could be earned with the lapsed at each response (`choice.best_possible`), and
    best_within: within the limits on number and money (the same without any).
    """

    economics: Economics
    winback: pd.DataFrame | None
    left_out: dict[str, int]
    about_to_lapse: pd.DataFrame | None = None
    golden: pd.DataFrame | None = None
    follow_up: FollowUp | None = None
    groups: pd.DataFrame | None = None
    controls: tuple[Control, ...] = ()
    results: Results | None = None
    unreached: int = 0
    best: tuple[float, ...] = ()
    best_within: tuple[float, ...] = ()

    def lists(self) -> dict[str, pd.DataFrame]:
        """The lists there are, by name."""
        found = {name: getattr(self, name, None) for name in LISTS}
        return {name: rows for name, rows in found.items() if rows is not None}

    def worth_contacting(self) -> pd.DataFrame:
        """Rows of the list worth a contact, contacted and held out alike: as far as it pays,
        within what there is to spend."""
        return self.winback[self.winback.send]

    def contacted(self) -> pd.DataFrame:
        """Rows of the list to be contacted: worth it, and not held out to compare with."""
        return to_contact(self.winback)

    def paying(self) -> pd.DataFrame:
        """Rows of the list that pay at the middle response (priority > 0)."""
        return self.winback[self.winback.priority > 0]

    def to_test(self) -> pd.DataFrame:
        """Rows that pay at the middle response, but are not to be contacted yet: a low response
        would lose with them, or there is a limit."""
        return self.winback[~self.winback.send & (self.winback.priority > 0)]

    def next_contacts(self, most: int = 100) -> pd.DataFrame:
        """The first rows of the list that pay neither: what more contacts would come to."""
        return self.winback[~self.winback.send & (self.winback.priority <= 0)].head(most)

    def guaranteed(self) -> float | None:
        """What those worth contacting, held out or not, would earn of the best possible, at the
        response at which that is least (share; `choice.safest`). None where at some response none
        can earn."""
        return self._share_of(self.best)

    def guaranteed_within(self) -> float | None:
        """The same of the best possible within the limits on number and money, 1 at most: with a
        budget that best is less than one contact's profit from what could be (`limits.within`)."""
        share = self._share_of(self.best_within)
        return None if share is None else min(share, 1.0)

    def _share_of(self, best: tuple[float, ...]) -> float | None:
        if not best or min(best) <= 0:
            return None
        earned = self.worth_contacting()[list(RESPONSES)].sum().to_numpy()
        return float((earned / np.array(best)).min())

    def break_even_response(self) -> float | None:
        """Mean contact cost / mean margin of a returner among those worth contacting (share);
        None when none is. Source: definitions, `winback.break_even_response`."""
        worth = self.worth_contacting()
        if worth.empty or not worth.margin_if_returns.sum():
            return None
        return float(worth.contact_cost.sum() / worth.margin_if_returns.sum())

    def spending(self) -> pd.DataFrame:
        """The contacts to be made by channel, without those held out, and what they are expected
        to do.

        One row per channel of the client, in the client's order. Columns: channel, contact_cost
        (of one, minor units), response (relative to a letter's), contacts, cost (of all), offers
        (expected cost of offers taken), leak (of these, to those who would have come anyway),
        caused (returns the contacts are expected to cause), profit, profit_low, profit_high
        (minor units).
        """
        made = self.contacted()
        uplift, chance = made.uplift, made.chance
        each = made.assign(
            contacts=1,
            cost=made.contact_cost,
            offers=(chance + uplift) * made.offer_cost,
            leak=chance * made.offer_cost,
            caused=uplift,
            profit=made.priority,
            profit_low=made.priority_low,
            profit_high=made.priority_high,
        )
        ways = self.economics.channels
        sums = each.groupby("channel")[list(SPENT)].sum().reindex(list(ways), fill_value=0)
        told = {"contact_cost": "cost", "response": "response"}
        rows = {k: [getattr(way, v) for way in ways.values()] for k, v in told.items()}
        return pd.DataFrame({"channel": list(ways), **rows, **sums.reset_index(drop=True)})

    def cost_per_return(self) -> float | None:
        """Cost of contacts and offers taken / returns they are expected to cause (minor units):
        what it costs to win one customer back. None where none is to be contacted, or none of
        them is expected to return because of it."""
        made = self.spending()
        caused = float(made.caused.sum())
        return float((made.cost + made.offers).sum()) / caused if caused > 0 else None

    def own_ratio(self) -> float | None:
        """The client's own "1 : n": cost to win a new customer / cost to win one back; None where
        either is not known."""
        back, new = self.cost_per_return(), self.economics.acquisition_cost
        return new / back if new is not None and back else None

    def profit_curve(self) -> pd.DataFrame:
        """Expected profit by number of letters (columns: `winback.profit_curve`)."""
        return profit_curve(self.winback)


def plan_action(
    book: Book, outlook: Outlook, settings: Settings, response: Response | None = None
) -> Plan:
    """The plan for a book and its outlook; `response` takes the place of what campaigns have shown
    (`read_back`), and that of the settings' assumption."""
    rules, results = rules_of(settings), read_back(book, settings)
    no, lately = unwilling_of(book, rules), reached_lately(book, rules)
    economics = economics_of(settings, response or (results.response if results else None))
    off = {"unwilling": no, "rested": lately - no}
    plan = _listed(book, outlook, settings, off, economics)
    plan = with_groups(replace(plan, results=results), book, settings)
    calendar = follow_up_of(book, settings, rules, no, lately, plan.lists())
    return with_calendar(plan, calendar, book, outlook, settings)


def _listed(
    book: Book,
    outlook: Outlook,
    settings: Settings,
    off: dict[str, frozenset[str]],
    economics: Economics,
) -> Plan:
    """The plan's lists, without those who are not to be contacted (`off`: customers by reason)."""
    customers = without(outlook.customers_table, frozenset().union(*off.values()))
    customers = with_reach(customers, book.ledger.addresses)
    told = replace(outlook, customers_table=customers)
    lapsing, golden, unreached = active_lists(book, told, settings, economics)
    if not book.has_money or outlook.method == "none":
        return Plan(economics, None, {}, about_to_lapse=lapsing, unreached=unreached)
    lapsed = customers.filter(~customers.active)
    if "spend_per_visit" in lapsed.columns:
        lapsed = with_margin(lapsed, outlook.visits_if_back, economics.margin_share)
    lapsed = lapsed.mutate(off=off_list(lapsed, book.cutoffs.lapse_days, settings, economics))
    gone = lapsed.filter(lapsed.off.notnull())
    counts = frame(gone.group_by("off").agg(n=gone.count())).set_index("off")["n"]
    offers = offers_to(lapsed.filter(lapsed.off.isnull()).drop("off"), economics)
    left_out = {key: int(n) for key, n in counts.items()}
    left_out |= _lapsed_among(outlook.customers_table, off)
    return Plan(
        economics,
        listed(offers, economics),
        left_out,
        lapsing,
        golden,
        unreached=unreached,
        best=best_possible(offers),
        best_within=best_possible(offers, economics.budget, economics.most_contacts),
    )


def _lapsed_among(customers: ir.Table, off: dict[str, frozenset[str]]) -> dict[str, int]:
    """The lapsed of these customers, counted by reason; without reasons that nobody has."""
    lapsed = customers.filter(~customers.active)
    counts = {why: scalar(among(lapsed, who).count()) for why, who in off.items() if who}
    return {why: int(n) for why, n in counts.items() if n}


def with_groups(plan: Plan, book: Book, settings: Settings) -> Plan:
    """The plan with every list of it as a campaign (`campaign.campaigns_of`)."""
    lists = {name: getattr(plan, name, None) for name in LISTS}
    earlier = book.ledger.earlier
    found, names, controls = campaigns_of(lists, plan.economics, settings, book.closing, earlier)
    return replace(plan, groups=names, controls=controls, **found)


def with_calendar(
    plan: Plan, calendar: FollowUp, book: Book, outlook: Outlook, settings: Settings
) -> Plan:
    """The plan with a calendar and its rules' campaigns (`of_calendar.campaigns_of_calendar`)."""
    called = frozenset(calendar.made.customer_id)
    chances = pd.Series(dtype=float)
    if called and "chance" in outlook.customers_table.columns:
        known = among(outlook.customers_table, called).select("customer_id", "chance")
        chances = frame(known).set_index("customer_id").chance
    economics, earlier = plan.economics, book.ledger.earlier
    found, names, controls = campaigns_of_calendar(calendar, chances, economics, settings, earlier)
    parts = [part for part in (plan.groups, names) if len(part)] or [names]
    groups = pd.concat(parts, ignore_index=True)
    return replace(plan, follow_up=found, groups=groups, controls=plan.controls + controls)
