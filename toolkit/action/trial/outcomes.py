"""What became of names: whether they came in a window, and what they brought."""

from __future__ import annotations

import datetime as dt

import ibis
import numpy as np
import pandas as pd

from toolkit.action.trial.groups import CALENDAR, CONTACT
from toolkit.action.trial.sent import SENT
from toolkit.book import Book
from toolkit.frames import frame, in_engine

FEWEST_DAYS = 14  # of a window before anything is said of it (our rule)


def window_end(since: dt.date, closing: dt.date, horizon_days: int) -> dt.date:
    """The last day of a window: the closing date, or the end of the horizon."""
    return min(closing, since + dt.timedelta(days=horizon_days))


def fallen_due(earlier: pd.DataFrame, closing: dt.date) -> pd.DataFrame:
    """The names of earlier lists without the calendar's contacts of which nothing can be said: due
    less than 14 days before the closing date, or after the next calendar, which has taken the
    place of the first. What was due is known before any contact, of both groups. Our rule."""
    dated = earlier[earlier.list == CALENDAR]
    if dated.empty:
        return earlier
    days = sorted(set(dated.closing_date))
    last = closing - dt.timedelta(days=FEWEST_DAYS)
    ends = {day: min(last, after) for day, after in zip(days, [*days[1:], last], strict=True)}
    late = [
        pd.isna(due) or due > ends[day]
        for due, day in zip(dated.due, dated.closing_date, strict=True)
    ]
    return earlier.drop(index=dated.index[np.array(late, bool)])


def with_outcomes(names: pd.DataFrame, book: Book) -> pd.DataFrame:
    """The names with what they did in their window, which begins the day after `since`.

    Adds until (its last day: the closing date, or `since` and the horizon), came (0 or 1: a visit
    in it), amount (net money of it, returns taken off, minor units) and margin (minor units):
    margin_share x amount, less contact_cost for whoever was contacted, less offer_cost for those
    of them who came. Contacted is everyone to be contacted; of a list known to be sent, those
    whose contact is known. NaN money in a file without amounts.
    """
    horizon = book.settings.horizon_days
    until = [window_end(day, book.closing, horizon) for day in names.since]
    names = names.reset_index(drop=True).assign(until=until)
    asked = names[["customer_id", "since", "until"]].drop_duplicates()
    days = book.named(
        book.days_table.filter(book.days_table.date > ibis.literal(names.since.min())).select(
            "customer_id", "date", "amount", "is_visit"
        )
    )
    met = days.inner_join(in_engine(asked), "customer_id")
    met = met.filter((met.date > met.since) & (met.date <= met.until))
    done = frame(
        met.group_by(["customer_id", "since", "until"]).agg(
            came=met.is_visit.cast("int64").max(), amount=met.amount.sum().cast("int64")
        )
    )
    found = names.merge(done, on=["customer_id", "since", "until"], how="left")
    found = found.assign(came=found.came.fillna(0).astype("int64"))
    if not book.has_money:
        return found.assign(amount=float("nan"), margin=float("nan"))
    amount = found.amount.fillna(0).astype(float)
    spent = found.group.eq(CONTACT) & (found.reached | found.status.ne(SENT))
    cost = found.contact_cost + found.offer_cost * found.came
    return found.assign(amount=amount, margin=found.margin_share * amount - spent * cost)
