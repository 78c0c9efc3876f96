"""What of the calendar is left out: contacts too close to another, and to those who want none."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from toolkit.intake import Said


def unwilling(contacts: pd.DataFrame, said: Said) -> set[str]:
    """The customers who must not be contacted, by what was logged of them.

    `contacts`: one row per contact with customer_id and kind, reason or both. `said`: the words of
    opting out or complaining (`Said.refuses`). A later contact of another kind changes nothing: a
    customer's "no" stands until the client takes it out. Our rule.
    """
    hit = np.zeros(len(contacts), bool)
    for column in {"kind", "reason"} & set(contacts):
        no = said.refusals(contacts[column].dropna().unique())
        hit |= contacts[column].isin(no).to_numpy()
    return set(contacts.loc[hit, "customer_id"])


def least_apart(rest_days: int) -> int:
    """Days from a contact to the next at the least: the rest period, and never on one day."""
    return max(rest_days, 1)


def rested(
    due: pd.DataFrame, rest_days: int, contacted: pd.Series | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The contacts that are made and those left out for the rest period.

    `due` as `due.due` gives it; `contacted`: day of the last contact by customer_id, as far as
    known. Contacts are taken by importance, then date; one that lies less than `rest_days` from
    one already taken of the same customer, or from the last made, is left out. So two contacts of
    a customer are never closer than that (tested), whatever the rules say, and never on one day.
    Both tables keep the order of `due`.
    """
    days = due["date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    order = np.lexsort((days, due["importance"].to_numpy()))
    taken: dict[str, list[int]] = {}
    for customer, day in (contacted if contacted is not None else pd.Series(dtype=object)).items():
        taken[customer] = [(pd.Timestamp(day).date() - dt.date(1970, 1, 1)).days]
    customers = due["customer_id"].to_numpy()
    made = np.zeros(len(due), bool)
    apart = least_apart(rest_days)
    for i in order:
        before = taken.setdefault(customers[i], [])
        if all(abs(int(days[i]) - day) >= apart for day in before):
            before.append(int(days[i]))
            made[i] = True
    return due[made].reset_index(drop=True), due[~made].reset_index(drop=True)


def by_week(made: pd.DataFrame, closing: dt.date, costs: dict[str, float]) -> pd.DataFrame:
    """How many contacts each week brings, and what they cost: what to have printed by when.

    One row per week, rule and channel with contacts. Columns: week (1 = the seven days after the
    closing date), starts (its first day), rule, channel, contacts, cost (in the unit of `costs`,
    cost of one contact by channel).
    """
    days = made["date"].to_numpy().astype("datetime64[D]")
    since = (days - np.datetime64(closing)).astype(np.int64) - 1
    table = made.assign(week=since // 7 + 1)
    counted = table.groupby(["week", "rule", "channel"], sort=True).size()
    counted = counted.rename("contacts").reset_index()
    starts = np.datetime64(closing) + 1 + 7 * (counted["week"].to_numpy() - 1)
    counted.insert(1, "starts", starts.astype("datetime64[s]"))
    return counted.assign(cost=counted.contacts * counted.channel.map(costs).astype(float))
