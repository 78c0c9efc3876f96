"""The follow-up calendar of a client: dated names of the coming weeks, and what they come to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from toolkit.action.calendar.due import COLUMNS, due
from toolkit.action.calendar.rest import by_week, rested
from toolkit.action.calendar.rules import Rules
from toolkit.action.reach import first_open

SHOWN = ("layer", "active", "n_visits", "last_date")


@dataclass(frozen=True, eq=False)
class FollowUp:
    """Who is contacted on which day, and who is not for whose sake.

    made: one row per contact, by date, then importance, then customer: date, customer_id, rule,
    channel, importance (0 the first of the rules), layer, active, n_visits, last_date (of the last
    visit), week (1 the seven days after the closing date), contact_cost (minor units). rested:
    contacts left out for the rest period, refused: those with customers who want none, held_out:
    those with customers held out of a list, unreached: those with customers whom none of the
    rule's channels reaches, all with the columns of `due.due`. ways: by rule its channels, of
    which each customer is contacted by the first that reaches them (`reach.in_place_of`). best_day:
    days after the first visit of a rule for "best"; None where too few came again. unwilling:
    customers of the book who want no contact. lately: those (others) whom a contact shortly before
    the closing date keeps off the lists. control: contacts of the rules' own control groups, which
    are not made but keep their place in the rest period (columns of `made`); campaigns: by rule the
    name of its campaign, where it has one (both: `trial.of_calendar`). puzzling: what nobody has
    understood (`known.puzzling`).
    """

    rules: Rules
    closing: dt.date
    best_day: int | None
    made: pd.DataFrame
    rested: pd.DataFrame
    refused: pd.DataFrame
    held_out: pd.DataFrame
    costs: Mapping[str, float]
    unwilling: frozenset[str] = field(default_factory=frozenset)
    lately: frozenset[str] = field(default_factory=frozenset)
    unreached: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(COLUMNS)))
    ways: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    puzzling: pd.DataFrame | None = None
    control: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(COLUMNS)))
    campaigns: Mapping[str, str] = field(default_factory=dict)

    @property
    def cost(self) -> float:
        """What all contacts cost, minor units."""
        return float(self.made.contact_cost.sum())

    @property
    def printed(self) -> int:
        """Contacts by channels of which something is printed."""
        return int(self.made.channel.isin(self.rules.printed).sum())

    def by_week(self) -> pd.DataFrame:
        """Contacts and cost of each week, rule and channel (columns: `rest.by_week`, cost in minor
        units)."""
        return by_week(self.made, self.closing, dict(self.costs))

    def by_rule(self) -> pd.DataFrame:
        """What became of every contact a rule called for.

        One row per rule, in their order. Columns: rule, channel (the first of its channels), due,
        refused (the customer wants none), held_out (of a list), unreached (by any of its
        channels), rested (too close to another), control (of the rule's own control group),
        contacts (made; the six add up to due), printed (of those made, by channels of which
        something is printed), cost (minor units).
        """
        parts = {
            "refused": self.refused,
            "held_out": self.held_out,
            "unreached": self.unreached,
            "rested": self.rested,
            "control": self.control,
            "contacts": self.made,
        }
        names = [rule.name for rule in self.rules.rule]
        ways = [self.ways.get(rule.name, (rule.channel,))[0] for rule in self.rules.rule]
        table = pd.DataFrame({"rule": names, "channel": ways})
        for name, part in parts.items():
            table[name] = table.rule.map(part.rule.value_counts()).fillna(0).astype("int64")
        table.insert(2, "due", table[list(parts)].sum(axis=1))
        printed = self.made.rule[self.made.channel.isin(self.rules.printed)].value_counts()
        cost = self.made.groupby("rule").contact_cost.sum()
        return table.assign(
            printed=table.rule.map(printed).fillna(0).astype("int64"),
            cost=table.rule.map(cost).fillna(0.0).astype(float),
        )


def follow_up(
    customers: pd.DataFrame,
    rules: Rules,
    closing: dt.date,
    *,
    best_day: int | None,
    costs: Mapping[str, float],
    unwilling: frozenset[str] = frozenset(),
    held_out: frozenset[str] = frozenset(),
    lately: frozenset[str] = frozenset(),
    contacted: pd.Series | None = None,
    ways: Mapping[str, tuple[str, ...]] | None = None,
) -> FollowUp:
    """The calendar of the weeks after the closing date.

    `customers` as for `due.due`; `costs`: minor units of a contact by channel; `unwilling`:
    customers who are never contacted; `held_out`: those not contacted in these weeks; `lately`: as
    in FollowUp; `contacted`: day of the last contact by customer_id; `ways`: by rule its channels
    in their order, by default its own. Which of them reach a customer is told by the columns of
    `reach.with_reach`, where `customers` has them.
    """
    ways = ways or {rule.name: (rule.channel,) for rule in rules.rule}
    called = _by_open_channel(due(customers, rules, closing, best_day), customers, ways)
    no = called.customer_id.isin(unwilling)
    held = called.customer_id.isin(held_out) & ~no
    cut_off = called.channel.isna() & ~no & ~held
    open_ = called[~no & ~held & ~cut_off].reset_index(drop=True)
    made, left = rested(open_, rules.rest_days, contacted)
    known = customers.set_index("customer_id")[list(SHOWN)]
    if made.empty:  # which pandas cannot join texts to
        made = made.reindex(columns=[*made.columns, *SHOWN]).astype(known.dtypes)
    else:
        made = made.join(known, on="customer_id")
    days = made["date"].to_numpy().astype("datetime64[D]") - np.datetime64(closing)
    made = made.assign(
        week=(days.astype(np.int64) - 1) // 7 + 1,
        contact_cost=made.channel.map(dict(costs)).astype(float),
    )
    refused, kept = called[no].reset_index(drop=True), called[held].reset_index(drop=True)
    return FollowUp(
        rules,
        closing,
        best_day,
        made,
        left,
        refused,
        kept,
        costs,
        unwilling,
        lately - unwilling,
        called[cut_off].reset_index(drop=True),
        ways,
    )


def _by_open_channel(
    called: pd.DataFrame, customers: pd.DataFrame, ways: Mapping[str, tuple[str, ...]]
) -> pd.DataFrame:
    """The contacts with the channel by which each is made; None where none reaches the customer."""
    told = customers.set_index("customer_id").filter(like="has_")
    reach = told.reindex(called.customer_id).set_axis(called.index)
    channel = pd.Series(None, index=called.index, dtype=object)
    for rule, rows in reach.groupby(called.rule):
        channel[rows.index] = first_open(rows, ways[rule])
    return called.assign(channel=channel)
