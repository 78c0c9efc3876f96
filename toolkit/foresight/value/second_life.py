"""What a lapsed customer brings who comes back: the second lifetime, not the first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import ibis
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
ENOUGH = 30  # returners watched so long, from which their own record counts (our rule)
FURTHEST = 4.0  # the record moves the model by this factor at most (our rule)


@dataclass(frozen=True)
class SecondLives:
    """How often customers came in the year after they had returned from being lapsed.

    returners: returns at least a year before the closing date. came: mean visits in the 365 days
    after the return, without it. foreseen: the model's mean for the same histories. factor: what
    the model's visits after a return are multiplied by (1 with fewer than 30 returners). spread:
    half the 80 % interval of `came`, as a share of it (None with fewer).
    """

    returners: int
    came: float | None
    foreseen: float | None
    factor: float
    spread: float | None


def second_lives(book: Book, model: CountModel) -> SecondLives:
    """The record of past returns over the lapse line."""
    rows = _returns(book)
    n = int(rows["customers"].sum())
    if not n:
        return SecondLives(0, None, None, 1.0, None)
    weight, came = rows["customers"].to_numpy(float), float(rows["came"].sum())
    foreseen = float(weight @ visits_foreseen(model, rows[HISTORY], WATCHED))
    if n < ENOUGH or foreseen <= 0 or came <= 0:
        return SecondLives(n, came / n, foreseen / n, 1.0, None)
    variance = max(float(rows["squares"].sum()) - came**2 / n, 0.0)
    spread = norm.ppf((1 + LEVEL) / 2) * np.sqrt(variance) / came
    factor = float(np.clip(came / foreseen, 1 / FURTHEST, FURTHEST))
    return SecondLives(n, came / n, foreseen / n, factor, float(spread))


def second_visits(counted: Counted, lives: SecondLives):
    """Expected visits of every customer who comes back on the closing date, that visit included.

    One row per customer: customer_id and `visits_<days>` for each of YEARS: 1 + the factor x what
    the model says of a customer who has just been there. Source: second lifetime value, Stauss &
    Friege 1999; the factor is our rule.
    """
    table = counted.if_back(YEARS)
    names = [name for name in table.columns if name != "customer_id"]
    return table.mutate(**{name: 1 + table[name] * lives.factor for name in names})


def _returns(book: Book) -> pd.DataFrame:
    """Past returns by their histories: repeats, last_days, age_days, customers, came, squares."""
    visits = book.visits_table
    gap = visits.date.delta(visits.previous_date, unit="day")
    latest = ibis.literal(book.closing - dt.timedelta(days=WATCHED))
    back = visits.filter(
        visits.previous_date.notnull() & (gap >= book.cutoffs.lapse_days) & (visits.date <= latest)
    )
    back = back.select("customer_id", "nth", "tenure_days", back_on="date")
    both = back.join(visits.select("customer_id", "date"), "customer_id")
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
