"""Which customers each rule of the calendar calls for, and on which day."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from toolkit.action.calendar.rules import Rule, Rules
from toolkit.book import LAYERS

COLUMNS = ("date", "customer_id", "rule", "channel", "importance")


def due(
    customers: pd.DataFrame, rules: Rules, closing: dt.date, best_day: int | None
) -> pd.DataFrame:
    """Every contact that falls due in the weeks after the closing date.

    `customers`: one row per customer as of the closing date, with customer_id, layer, active,
    n_visits, first_date and last_date. `best_day`: days after the first visit by which half of
    those who come again have come; without one a rule for it calls for nobody. One row per
    contact, by date, then importance, then customer. Columns: date, customer_id, rule, channel,
    importance (place of the rule among the rules, 0 the first). In a file without amounts nobody
    has a layer, and only rules for all layers call for anybody. A rule counts from visits already
    made: what a visit still to come would change, next week's run knows. Our rule.
    """
    last = closing + dt.timedelta(weeks=rules.weeks)
    found = [
        _called(customers, rule, closing, last, best_day).assign(
            rule=rule.name, channel=rule.channel, importance=place
        )
        for place, rule in enumerate(rules.rule)
    ]
    table = pd.concat(found, ignore_index=True)[list(COLUMNS)]
    return table.sort_values(["date", "importance", "customer_id"], ignore_index=True)


def _called(
    customers: pd.DataFrame, rule: Rule, closing: dt.date, last: dt.date, best_day: int | None
) -> pd.DataFrame:
    least, most = rule.visits
    states = customers.active.map({True: "active", False: "lapsed"})
    meant = (
        customers.n_visits.between(least, most)
        & states.isin(rule.places)
        & (customers.layer.isin(rule.layers) | (set(rule.layers) == set(LAYERS)))
    )
    some = customers.loc[meant, ["customer_id", "first_date", "last_date"]]
    on = _days(some, rule, closing, best_day)
    within = (on > np.datetime64(closing)) & (on <= np.datetime64(last))
    found = some.loc[within, ["customer_id"]]
    return found.assign(date=on[within].astype("datetime64[s]"))


def _days(some: pd.DataFrame, rule: Rule, closing: dt.date, best_day: int | None) -> np.ndarray:
    """The day on which each of these customers is due (NaT: none)."""
    never = np.full(len(some), np.datetime64("NaT"), "datetime64[D]")
    if rule.after == "date":
        return np.full(len(some), np.datetime64(next_day(str(rule.days), closing)), "datetime64[D]")
    days = best_day if rule.days == "best" else rule.days
    if days is None:
        return never
    since = some["first_date" if rule.after == "first_visit" else "last_date"]
    return pd.to_datetime(since).to_numpy().astype("datetime64[D]") + np.timedelta64(int(days), "D")


def next_day(month_day: str, closing: dt.date) -> dt.date:
    """The next such day of the year after the closing date; 29 February where there is one."""
    for year in range(closing.year, closing.year + 9):
        try:
            day = dt.date.fromisoformat(f"{year}-{month_day}")
        except ValueError:
            continue
        if day > closing:
            return day
    raise AssertionError(month_day)  # a leap year comes within eight
