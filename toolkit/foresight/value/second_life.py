"""What a lapsed customer brings who comes back: the second lifetime, not the first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
from scipy.stats import norm

from toolkit.book import Book
from toolkit.foresight.counts import HISTORY, CountModel, visits_foreseen
from toolkit.foresight.value.counting import Counted
from toolkit.foresight.value.intervals import LEVEL
from toolkit.foresight.value.margins import YEARS
from toolkit.frames import frame

WATCHED = 365  # days after a return
ENOUGH = 30  # lives watched so long, from which their record counts (our rule)
FURTHEST = 4.0  # the record moves the model by this factor at most (our rule)
RETURNS, VISITS = "returns", "visits"
# The latest are the likest to those to come: of either kind the first stretch (days up to a year
# before the closing date; None: all) with enough of them (our rule).
STRETCHES = ((RETURNS, 365), (RETURNS, None), (VISITS, 30), (VISITS, 90), (VISITS, 365))


@dataclass(frozen=True)
class SecondLives:
    """How often customers came in the year after they had returned from being lapsed.

    returners: returns at least a year before the closing date. came: mean visits in the 365 days
    after the return, without it. foreseen: the model's mean for the same histories. factor: what
    the model's visits after a return are multiplied by. of: whose came and foreseen are: `returns`,
    `visits` (with fewer than 30 returners: customers who came once more, lapsed or not; they may
    lower the model, not raise it, for who never lapsed comes oftener) or None
    (fewer than 30 of either: then the factor is 1, and came and foreseen are of what returns there
    were). lives: how many these are. spread: half the 80 % interval of `came`, as a share of it
    (None without `of`, or where nobody came).
    """

    returners: int
    came: float | None
    foreseen: float | None
    factor: float
    spread: float | None
    of: str | None = None
    lives: int = 0


def second_lives(book: Book, model: CountModel) -> SecondLives:
    """The record of past returns over the lapse line; of other visits where there are too few."""
    every = _returns(book)
    n = int(every["customers"].sum())
    known = (book.closing - book.first).days - WATCHED
    for of, days in STRETCHES:
        if of == VISITS and days > known:
            continue  # who came twice in the first days of a file comes oftener than others
        rows = (_returns if of == RETURNS else _visits)(book, days) if days else every
        lives, came, foreseen = _sums(rows, model)
        if lives >= ENOUGH and foreseen > 0:
            most = FURTHEST if of == RETURNS else 1.0
            factor = float(np.clip(came / foreseen, 1 / FURTHEST, most))
            spread = _spread(rows, lives, came)
            return SecondLives(n, came / lives, foreseen / lives, factor, spread, of, lives)
    if not n:
        return SecondLives(0, None, None, 1.0, None)
    _, came, foreseen = _sums(every, model)
    return SecondLives(n, came / n, foreseen / n, 1.0, None, None, n)


def second_visits(counted: Counted, lives: SecondLives):
    """Expected visits of every customer who comes back on the closing date, that visit included.

    One row per customer: customer_id and `visits_<days>` for each of YEARS: 1 + the factor x what
    the model says of a customer who has just been there. Source: second lifetime value, Stauss &
    Friege 1999; the factor is our rule.
    """
    table = counted.if_back(YEARS)
    names = [name for name in table.columns if name != "customer_id"]
    return table.mutate(**{name: 1 + table[name] * lives.factor for name in names})


def _sums(rows: pd.DataFrame, model: CountModel) -> tuple[int, float, float]:
    """How many lives, the visits that came in their year, and those the model says."""
    lives = int(rows["customers"].sum())
    if not lives:
        return 0, 0.0, 0.0
    foreseen = rows["customers"].to_numpy(float) @ visits_foreseen(model, rows[HISTORY], WATCHED)
    return lives, float(rows["came"].sum()), float(foreseen)


def _spread(rows: pd.DataFrame, lives: int, came: float) -> float | None:
    if came <= 0:
        return None
    variance = max(float(rows["squares"].sum()) - came**2 / lives, 0.0)
    return float(norm.ppf((1 + LEVEL) / 2) * np.sqrt(variance) / came)


def _returns(book: Book, days: int | None = None) -> pd.DataFrame:
    """Past returns over the lapse line by their histories (`_followed`)."""
    visits = _watched(book, days)
    gap = visits.date.delta(visits.previous_date, unit="day")
    return _followed(book, visits.filter(gap >= book.cutoffs.lapse_days))


def _visits(book: Book, days: int) -> pd.DataFrame:
    """The same of each customer's first visit of the stretch, lapsed before or not."""
    visits = _watched(book, days)
    first = visits.group_by("customer_id").agg(date=visits.date.min())
    return _followed(book, visits.join(first, ["customer_id", "date"]))


def _watched(book: Book, days: int | None) -> ir.Table:
    """Visits after another one, in so many days up to a year before the closing date."""
    visits, end = book.visits_table, book.closing - dt.timedelta(days=WATCHED)
    known = visits.filter(visits.previous_date.notnull() & (visits.date <= ibis.literal(end)))
    if days is None:
        return known
    return known.filter(known.date > ibis.literal(end - dt.timedelta(days=days)))


def _followed(book: Book, begun: ir.Table) -> pd.DataFrame:
    """Second lives by their histories: repeats, last_days, age_days, customers, came, squares."""
    begun = begun.select("customer_id", "nth", "tenure_days", back_on="date")
    both = begun.join(book.visits_table.select("customer_id", "date"), "customer_id")
    after = both.date.delta(both.back_on, unit="day")
    inside = ((after > 0) & (after <= WATCHED)).cast("int64")
    per = both.group_by(["customer_id", "back_on", "nth", "tenure_days"]).agg(
        came=inside.sum().cast("int64")
    )
    made = per.group_by(["nth", "tenure_days"]).agg(
        customers=per.count(),
        came=per.came.sum().cast("int64"),
        squares=(per.came * per.came).sum().cast("int64"),
    )
    rows = frame(made.order_by(["nth", "tenure_days"]))
    return rows.assign(
        repeats=rows["nth"] - 1, last_days=rows["tenure_days"], age_days=rows["tenure_days"]
    )
