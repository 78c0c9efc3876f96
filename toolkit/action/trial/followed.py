"""What the follow-ups of the calendar add to the comparison of a list: their cost, and names that
would count twice."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from toolkit.action.trial.groups import CALENDAR, CONTACT, HOLD_OUT
from toolkit.action.trial.sent import UNKNOWN, waves_of

COLUMNS = ("customer_id", "day", "cost")


def follow_ups(
    earlier: pd.DataFrame | None, log: pd.DataFrame | None, closing: dt.date, usual: float
) -> pd.DataFrame:
    """The contacts of earlier calendars that were made, or may have been, up to `closing`.

    `earlier`: `intake`'s rows of earlier lists, those in neither group among them; `log` as for
    `sent.waves_of`. One row per contact: customer_id, day (on which it was made or, where that is
    not known, due), cost (minor units; `usual` where the calendar tells none). Of a calendar with
    any day known, those with one; where nothing is known, every contact that fell due before the
    next calendar took its place, so that no list is called better than it may have been. Our rule.
    """
    if earlier is None:
        return pd.DataFrame(columns=list(COLUMNS))
    earlier = earlier.assign(due=earlier.get("due"))
    rows = earlier[(earlier.list == CALENDAR) & (earlier.group != HOLD_OUT)]
    rows = rows.assign(day=rows.sent.where(rows.sent.notna(), rows.due))
    rows = rows[rows.day.notna()].reset_index(drop=True)
    if rows.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    rows = waves_of(rows.assign(due=rows.due.where(rows.due.notna(), rows.day)), log, closing)
    days = sorted(set(rows.closing_date))
    ends = dict(zip(days, [*days[1:], closing], strict=True))
    in_time = [due <= ends[day] for due, day in zip(rows.due, rows.closing_date, strict=True)]
    past = [day <= closing for day in rows.day]
    maybe = rows.status.eq(UNKNOWN) & np.array(in_time, bool)
    rows = rows[(rows.reached | maybe) & np.array(past, bool)]
    cost = rows.contact_cost.astype(float).fillna(usual)
    return rows.assign(cost=cost)[list(COLUMNS)].reset_index(drop=True)


def with_follow_ups(names: pd.DataFrame, made: pd.DataFrame) -> pd.DataFrame:
    """The names (`outcomes.with_outcomes`) of lists with the cost of follow-ups taken off.

    Adds follow_ups (contacts of `made` with the name from the day after the list to the end of its
    window; 0 for names of other campaigns) and follow_up_cost (minor units), which is taken off
    margin in either group: nobody held out of a list has any while it is the last, and what those
    of either group have later is theirs alike. Our rule.
    """
    of_lists = ~names.list.isin((CALENDAR, ""))
    asked = names.loc[of_lists, ["customer_id", "closing_date", "until"]].reset_index(names="at")
    met = asked.merge(made, on="customer_id")
    met = met[(met.day > met.closing_date) & (met.day <= met.until)]
    told = met.groupby("at").cost.agg(["size", "sum"]).reindex(names.index).fillna(0)
    counts, costs = told["size"].astype("int64"), told["sum"].astype(float)
    return names.assign(follow_ups=counts, follow_up_cost=costs, margin=names.margin - costs)


def counted_once(names: pd.DataFrame, lists: set[tuple[str, str]]) -> pd.Series:
    """Which names earn what they earn for their own campaign (mask).

    A contact of the calendar with somebody contacted by a list is part of what that list did: it
    does not count again where it was due within the window of the list and the list's earnings
    are told (`lists`: campaign and list of those). Our rule.
    """
    keys = pd.Series(list(zip(names.campaign, names.list, strict=True)), names.index)
    told = names[keys.isin(lists) & names.group.eq(CONTACT)]
    windows = told[["customer_id", "closing_date", "until"]]
    dated = names[names.list == CALENDAR][["customer_id", "since"]].reset_index(names="at")
    met = dated.merge(windows, on="customer_id")
    within = met[(met.since > met.closing_date) & (met.since <= met.until)]
    return pd.Series(~names.index.isin(within["at"]), names.index)
