"""A client's visits as silences: when each began, of what kind it was, when the next visit came."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import ibis
import numpy as np
import pandas as pd

from toolkit.book import Book
from toolkit.foresight.ahead.kinds import (
    KINDS,
    begun_days,
    cell_of,
    cell_starts,
    kind_shown,
)
from toolkit.foresight.ahead.months import months_to
from toolkit.frames import frame

NEVER = 10_000_000  # day of the next visit of who has not come again


@dataclass(frozen=True, eq=False)
class History:
    """The visits of a client up to the closing date.

    silences: one row per day, kinds and day of the next visit. Columns: start and next (day
    numbers, `date.toordinal`; next is `NEVER` where none came), kind (`kinds.kind_of`), leads (the
    kind that the next visit begins), customers, amount (net money of the visits that began them,
    minor units) and squares (of the amounts). sales: net money by day of all days, returns included
    (index: day numbers; empty without amounts). first, closing: day numbers of the file's first
    order and of the closing date.
    """

    silences: pd.DataFrame
    sales: pd.Series
    first: int
    closing: int
    lapse_days: int

    @cached_property
    def marks(self) -> np.ndarray:
        """Ends of the months counted back from the closing date, oldest first, as day numbers:
        the trusted ones, whose first day is at least a lapse line after the file's first order."""
        return self._since(self.first + self.lapse_days)

    @cached_property
    def all_marks(self) -> np.ndarray:
        """The same of all months that lie in the file as a whole."""
        return self._since(self.first)

    def _since(self, day: int) -> np.ndarray:
        marks = [self.closing]
        while (before := months_to(self.closing, -len(marks))) + 1 >= day:
            marks.append(before)
        return np.array(marks[::-1])

    def standing(self, day: int) -> np.ndarray:
        """Customers by kind and cell of silence at the end of a day: [kind, cell]."""
        s = self.silences
        there = s[(s.start <= day) & (s.next > day)]
        cell = cell_of(day - there.start.to_numpy(), self.lapse_days)
        table = np.zeros((KINDS, len(cell_starts(self.lapse_days))))
        np.add.at(table, (there.kind.to_numpy(), cell), there.customers.to_numpy())
        return table


def old_until(book: Book) -> dt.date:
    """The first day on which who is first seen no longer counts as an old customer."""
    return book.first + dt.timedelta(days=begun_days(book.cutoffs.lapse_days))


def history_of(book: Book) -> History:
    """The history of a book."""
    line, visits = book.cutoffs.lapse_days, book.visits_table
    money = visits.amount.cast("float64")
    old = visits.first_date < ibis.literal(old_until(book))
    kind = kind_shown(visits.nth, visits.tenure_days, line, old)
    later = visits.next_date.delta(visits.first_date, unit="day")
    leads = kind_shown(visits.nth + 1, later, line, old)
    leads = visits.next_date.isnull().ifelse(kind, leads)
    keyed = visits.mutate(kind=kind, leads=leads, money=money)
    keys = ["date", "next_date", "kind", "leads"]
    rows = frame(
        keyed.group_by(keys)
        .agg(
            customers=keyed.count(),
            amount=keyed.money.sum(),
            squares=(keyed.money * keyed.money).sum(),
        )
        .order_by(keys)
    )
    days = {
        "start": [day.toordinal() for day in rows.date],
        "next": [NEVER if pd.isna(day) else day.toordinal() for day in rows.next_date],
    }
    counted = rows.drop(columns=["date", "next_date"]).fillna({"amount": 0.0, "squares": 0.0})
    silences = pd.concat([pd.DataFrame(days), counted], axis=1)
    return History(silences, _sales(book), book.first.toordinal(), book.closing.toordinal(), line)


def _sales(book: Book) -> pd.Series:
    if not book.has_money:
        return pd.Series(dtype="float64")
    days = book.days_table
    daily = frame(days.group_by("date").agg(amount=days.amount.sum().cast("int64")))
    return pd.Series(
        daily.amount.to_numpy(float), [day.toordinal() for day in daily.date]
    ).sort_index()


def day_of(number: int) -> dt.date:
    """The date of a day number."""
    return dt.date.fromordinal(int(number))
