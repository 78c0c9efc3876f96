"""A column of closing days of bills, beside which another has the days of the orders."""

from __future__ import annotations

import numpy as np

from toolkit.intake.columns.finder import Finder
from toolkit.intake.columns.fits import SEEN
from toolkit.intake.columns.looks import days_of
from toolkit.intake.columns.recognition import BY_NAME
from toolkit.intake.names import quoted

MOST_A_MONTH, FEWEST_MONTHS = 2, 3  # closing days
FINER = 3  # times as many days the other column has, at least
WITHIN = 62  # days from an order to the day its bill is closed
MOSTLY = 0.95  # share of the rows in which it lies within


def settle(find: Finder) -> None:
    """Take the days of the orders for the date where the column decided on has closing days.

    Closing days are at most two a month over three months or more, while another column of dates
    has at least three times as many days, which in 95 % of the rows are the closing day or up to
    62 days before it. Our rule.
    """
    seen = find.evidence
    at = find.columns.get("date", ())
    if find.format is not None or find.is_given("date") or len(at) != 1 or seen.fit is None:
        return
    closing = days_of(seen.glance.columns[at[0]])
    found = [i for i in range(len(find.header)) if _before(find, i, closing)]
    if not found or not _closes(closing):
        return
    best = max(found, key=lambda i: BY_NAME[seen.says("date", i)] * seen.factor("date", i))
    used, other = find.labels[best], find.labels[at[0]]
    find.settle("date", (best,), like="date")
    values = {"column": used, "other": other, "typed": quoted(other)}
    find.told.append(("closing_days", values))


def _closes(days: np.ndarray) -> bool:
    """Whether these days are closing days by themselves."""
    there = np.unique(days[days >= 0])
    months = there.astype("datetime64[D]").astype("datetime64[M]")
    _, a_month = np.unique(months, return_counts=True)
    return len(a_month) >= FEWEST_MONTHS and int(a_month.max(initial=0)) <= MOST_A_MONTH


def _before(find: Finder, at: int, closing: np.ndarray) -> bool:
    """Whether a column has the days before these on which their orders were."""
    look = find.evidence.fit.looks[at]
    if at in find.taken or look.dates - look.serials < MOSTLY or look.rows < SEEN:
        return False
    days = days_of(find.evidence.glance.columns[at])
    both = (days >= 0) & (closing >= 0)
    gap = closing[both] - days[both]
    if both.sum() < SEEN or ((gap >= 0) & (gap <= WITHIN)).mean() < MOSTLY:
        return False
    return len(np.unique(days[both])) >= FINER * len(np.unique(closing[both]))
