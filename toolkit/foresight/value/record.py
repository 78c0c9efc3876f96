"""What the same method foresaw at earlier days of the file, beside what came."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.book import Book
from toolkit.foresight.referee import sampled
from toolkit.foresight.value.foretold import Foretell
from toolkit.frames import frame

MOST_ORIGINS = 4
SHORTEST = 60  # days of a window; what is measured on less says nothing of a year (our rule)
FEW, FEWEST = 0.1, 30  # of the customers there are now, and of customers (our rules)
GROUP = ["layer", "state"]
COLUMNS = ["origin", "days", *GROUP, "customers", "foreseen", "came", "squares"]
SINGLES = ["active", "visits", "foreseen", "came"]


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


@dataclass(frozen=True, eq=False)
class Judged:
    """What was foreseen at earlier days, beside what came.

    rows: by day and place. Columns: origin, days, layer, state, customers, foreseen and came (net
    sales of the `days` after the origin, minor units), squares (sum of the squares of what each
    customer was off by). singles: one row per customer (a sample of about 20,000 of more) and
    origin. Columns: active, visits (foreseen), foreseen (minor units, float) and came.
    """

    rows: pd.DataFrame
    singles: pd.DataFrame


NOTHING = Judged(pd.DataFrame(columns=COLUMNS), pd.DataFrame(columns=SINGLES))


def record(book: Book, foretell: Foretell, origins: list[dt.date], days: int, now: int) -> Judged:
    """`record_at` for every origin, latest first, one under the other.

    Without the origins that knew fewer than 30 customers, or less than a tenth of those there are
    `now`: what a handful did says nothing of how far the method is off (our rule).
    """
    made = [record_at(book, foretell, origin, days) for origin in origins]
    made = [one for one in made if one.rows["customers"].sum() >= max(FEWEST, FEW * now)]
    if not made:
        return NOTHING
    both = ([getattr(one, name) for one in made] for name in ("rows", "singles"))
    return Judged(*(pd.concat(parts, ignore_index=True) for parts in both))


def record_at(book: Book, foretell: Foretell, origin: dt.date, days: int) -> Judged:
    """Sales foreseen at `origin` with nothing later than it, and what came in the days after, of
    those with a visit up to the origin, where they stood then; empty where there is nothing to
    foretell with. One row of `rows` per place that has customers."""
    told = foretell(origin, (days,))
    if told is None:
        return NOTHING
    both = _beside(book, told, origin, days).cache()
    rounded = both.mutate(foreseen=both.foreseen.round().cast("int64"))
    rounded = rounded.mutate(state=both.active.ifelse("active", "lapsed"))
    per = rounded.group_by(GROUP).agg(
        customers=rounded.count(),
        foreseen=rounded.foreseen.sum().cast("int64"),
        came=rounded.came.sum().cast("int64"),
        squares=((rounded.came - rounded.foreseen).cast("float64") ** 2).sum(),
    )
    rows = frame(per.order_by(GROUP)).assign(origin=origin, days=days)[COLUMNS]
    return Judged(rows, frame(sampled(both).order_by("customer_id"))[SINGLES])


def _beside(book: Book, told: ir.Table, origin: dt.date, days: int) -> ir.Table:
    """Of every customer what was foreseen and what came: customer_id, layer, active, visits,
    foreseen, came."""
    start, end = ibis.literal(origin), ibis.literal(origin + dt.timedelta(days=days))
    both = told.join(book.places_at(origin), "customer_id")
    later = book.days_table.filter((book.days_table.date > start) & (book.days_table.date <= end))
    came = later.group_by("customer_id").agg(came=later.amount.sum().cast("int64"))
    both = both.left_join(came, "customer_id").drop("customer_id_right")
    return both.select(
        *("customer_id", "layer", "active"),
        visits=both[f"visits_{days}"],
        foreseen=both[f"amount_{days}"],
        came=both.came.fill_null(0),
    )
