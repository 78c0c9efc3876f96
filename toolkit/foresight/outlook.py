"""Who comes back within the horizon and what it is worth, with its own past as the judge."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from toolkit.book import Book
from toolkit.foresight.features import features_at
from toolkit.foresight.recency import RecencyRule, fit_recency
from toolkit.foresight.referee import calibration, judge, spread
from toolkit.foresight.regression import Regression, fit_regression
from toolkit.foresight.rhythm import own_rhythm
from toolkit.foresight.spend.shrunken import spend_per_visit
from toolkit.foresight.value.back import visits_if_back
from toolkit.frames import frame
from toolkit.settings import Settings

FEWEST_CUSTOMERS = 300  # below, no regression (our rule; issue of small files in the definitions)
FEWEST_OF_EACH = 30  # customers who came, and who did not, at the origin learnt from
FEWEST_FOR_RECENCY = 50


@dataclass(frozen=True, eq=False)
class Outlook:
    """Chances for every customer, and how the same method did on an earlier origin.

    method: `regression`, `recency` (too small a file) or `none` (nothing to learn from); why: key
    of the sentence that says so. customers_table: the book's customers with chance (of a visit
    within the horizon without contact, 0..1), spend_per_visit and margin_if_returns (minor units,
    within the horizon), expected_visits, rhythm_days. margin_if_returns and expected_visits rest
    on visits_if_back, so they speak of the lapsed. judged_at, scores and calibration are empty
    (None) when there is no earlier origin to judge on.
    """

    method: str
    why: str | None
    horizon_days: int
    judged_at: dt.date | None
    scores: pd.DataFrame | None
    calibration: pd.DataFrame | None
    visits_if_back: float
    customers_table: ir.Table

    def customers(self) -> pd.DataFrame:
        """`customers_table` as pandas, ordered by customer."""
        return frame(self.customers_table.order_by("customer_id"))

    @property
    def calibration_error(self) -> float | None:
        """Mean |predicted - happened| over the tenths (0..1)."""
        return None if self.calibration is None else spread(self.calibration)


def foresee(book: Book, settings: Settings) -> Outlook:
    """The outlook of a book: learnt at the closing date less the horizon, applied at the closing
    date, judged by fitting one horizon earlier and predicting that origin (no leakage: what was
    fitted saw nothing after the origin it is judged on).
    """
    horizon = settings.horizon_days
    latest = book.closing - dt.timedelta(days=horizon)
    known = _at(book, latest, horizon)
    rule, why = _choose(known)
    lapse = book.cutoffs.lapse_days
    judged = _judge(book, latest, horizon, known) if isinstance(rule, Regression) else None
    back = visits_if_back(known, lapse)
    return Outlook(
        method={Regression: "regression", RecencyRule: "recency"}.get(type(rule), "none"),
        why=why,
        horizon_days=horizon,
        judged_at=latest if judged else None,
        scores=judged[0] if judged else None,
        calibration=judged[1] if judged else None,
        visits_if_back=back,
        customers_table=_customers(book, rule, back, settings).cache(),
    )


def _at(book: Book, origin: dt.date, horizon: int) -> pd.DataFrame:
    features = features_at(book.visits_table, origin, book.cutoffs.lapse_days, horizon)
    return frame(features.order_by("customer_id"))


def _choose(known: pd.DataFrame) -> tuple[Regression | RecencyRule | None, str | None]:
    if len(known) < FEWEST_FOR_RECENCY or known.came.sum() == 0:
        return None, "nothing_to_learn"
    if not _enough(known):
        return fit_recency(known), "too_small"
    return fit_regression(known), None


def _enough(known: pd.DataFrame) -> bool:
    came = int(known.came.sum())
    return len(known) >= FEWEST_CUSTOMERS and min(came, len(known) - came) >= FEWEST_OF_EACH


def _judge(book: Book, origin: dt.date, horizon: int, known: pd.DataFrame):
    earlier = _at(book, origin - dt.timedelta(days=horizon), horizon)
    if not _enough(earlier):
        return None
    chances = {
        "regression": fit_regression(earlier).chance(known),
        "recency": fit_recency(earlier).chance(known),
        "base_rate": np.full(len(known), earlier.came.mean()),
    }
    ranks = {"recency": -known.recency_days.to_numpy()}
    scores = judge(known, chances, book.cutoffs.lapse_days, ranks)
    return scores, calibration(known, chances["regression"])


def _customers(book: Book, rule, visits_back: float, settings: Settings) -> ir.Table:
    features = features_at(book.visits_table, book.closing, book.cutoffs.lapse_days)
    none = ibis.null("float64")
    chance = rule.chance_expression(features) if rule else none
    chances = features.select("customer_id", chance=chance)
    if book.has_money:
        spend = spend_per_visit(book.visits_table)
    else:
        spend = features.select("customer_id", spend_per_visit=none)
    known = book.customers_table.drop("rank")
    customers = known.left_join(chances, "customer_id").drop("customer_id_right")
    customers = customers.left_join(spend, "customer_id").drop("customer_id_right")
    rhythm = own_rhythm(book.visits_table)
    customers = customers.left_join(rhythm, "customer_id").drop("customer_id_right")
    margin = customers.spend_per_visit * visits_back * settings.margin_share
    valued = customers.mutate(
        expected_visits=customers.chance * visits_back, margin_if_returns=margin
    )
    return book.named(valued)
