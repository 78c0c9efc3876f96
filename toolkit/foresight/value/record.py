"""What the same method foresaw at earlier days of the file, beside what came."""

from __future__ import annotations

import datetime as dt

import ibis
import pandas as pd

from toolkit.book import Book
from toolkit.foresight.value.foretold import Foretell
from toolkit.frames import frame

MOST_ORIGINS = 4
SHORTEST = 60  # days of a window; what is measured on less says nothing of a year (our rule)
FEW, FEWEST = 0.1, 30  # of the customers there are now, and of customers (our rules)
GROUP = ["layer", "state"]
COLUMNS = ["origin", "days", *GROUP, "customers", "foreseen", "came", "squares"]


def windows(first: dt.date, closing: dt.date, horizon_days: int) -> tuple[int, list[dt.date]]:
    """Length of the windows to judge on, and the origins they start after, latest first.

    Windows do not overlap, the latest ends on the closing date, and each has at least its own
    length of file before it. They are as long as the horizon, or a third of the file where that
    is shorter, so that there are two at least, and up to four. None from files of less than 180
    days (our rules).
    """
    span = (closing - first).days
    days = min(horizon_days, span // 3)
    if days < SHORTEST:
        return days, []
    many = min(MOST_ORIGINS, span // days - 1)
    return days, [closing - dt.timedelta(days=days * i) for i in range(1, many + 1)]


def record(
    book: Book, foretell: Foretell, origins: list[dt.date], days: int, now: int
) -> pd.DataFrame:
    """The rows of `record_at` for every origin, latest first, one under the other.

    Without the origins that knew fewer than 30 customers, or less than a tenth of those there are
    `now`: what a handful did says nothing of how far the method is off (our rule).
    """
    made = [record_at(book, foretell, origin, days) for origin in origins]
    made = [rows for rows in made if rows["customers"].sum() >= max(FEWEST, FEW * now)]
    return pd.concat(made, ignore_index=True) if made else pd.DataFrame(columns=COLUMNS)


def record_at(book: Book, foretell: Foretell, origin: dt.date, days: int) -> pd.DataFrame:
    """Sales foreseen at `origin` with nothing later than it, and what came in the days after.

    One row per place that has customers: those with a visit up to the origin, where they stood
    then. Columns: origin, days, layer, state, customers, foreseen and came (net sales of the `days`
    after the origin, minor units), squares (sum of the squares of what each customer was off by).
    """
    start, end = ibis.literal(origin), ibis.literal(origin + dt.timedelta(days=days))
    told = foretell(origin, (days,))
    if told is None:
        return pd.DataFrame(columns=COLUMNS)
    both = told.join(book.places_at(origin), "customer_id")
    later = book.days_table.filter((book.days_table.date > start) & (book.days_table.date <= end))
    came = later.group_by("customer_id").agg(came=later.amount.sum().cast("int64"))
    both = both.left_join(came, "customer_id").drop("customer_id_right")
    both = both.mutate(
        state=both.active.ifelse("active", "lapsed"),
        foreseen=both[f"amount_{days}"].round().cast("int64"),
        came=both.came.fill_null(0),
    )
    per = both.group_by(GROUP).agg(
        customers=both.count(),
        foreseen=both.foreseen.sum().cast("int64"),
        came=both.came.sum().cast("int64"),
        squares=((both.came - both.foreseen).cast("float64") ** 2).sum(),
    )
    return frame(per.order_by(GROUP)).assign(origin=origin, days=days)[COLUMNS]
