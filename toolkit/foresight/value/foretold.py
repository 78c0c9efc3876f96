"""Visits and money that every customer is expected to bring from a day on, at any day of a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from toolkit.book import Book
from toolkit.foresight.competitors import (
    ChanceTimesBack,
    Lesson,
    Visits,
    expected_amount,
    learn,
    learn_visits,
    visits_if_back,
    visits_of,
)
from toolkit.foresight.counts import FitCounts
from toolkit.foresight.features import features_at
from toolkit.foresight.lessons import Lessons
from toolkit.foresight.past import NOT_JUDGED, Past
from toolkit.foresight.referee import Calendar, calendar_of
from toolkit.foresight.spend import Spend, fit_spend
from toolkit.foresight.value.counting import counted_at

# Day and horizons in days -> one row per customer with a visit of money up to the day: customer_id
# and, for each horizon, visits_<days> (float) and amount_<days> (net, minor units, float). None
# where there are no amounts, or too little to learn from. Nothing later than the day is used.
Foretell = Callable[[dt.date, tuple[int, ...]], ir.Table | None]
YEAR = 365
LEAST = 1e-12  # visits of the model, below which there is no ratio of two of its numbers
LESSONLESS = ("naive_rate", "count_model")  # competitors for visits that learn from no outcome


def spend_at(book: Book, day: dt.date) -> Spend:
    """The amounts of the book's visits up to a day."""
    known = ibis.literal(day)
    visits, returns = book.visits_table, book.returns_table()
    return fit_spend(visits.filter(visits.date <= known), returns.filter(returns.date <= known))


@dataclass(frozen=True, eq=False)
class ByCounts:
    """The count model's visits x the amount of a visit."""

    book: Book
    fit: FitCounts
    method = "counts"
    names = {"visits_by": None, "amounts_by": None}

    def __call__(self, day: dt.date, horizons: tuple[int, ...]) -> ir.Table | None:
        spend = spend_at(self.book, day)
        if spend.model is None:
            return None
        visits = counted_at(self.book.visits_table, day, self.fit).expected(horizons)
        return with_amounts(visits, spend, horizons)


def with_amounts(visits: ir.Table, spend: Spend, horizons: tuple[int, ...]) -> ir.Table:
    """Visits (customer_id, visits_<days>) and what they come to, by the model of amounts."""
    both = visits.join(spend.table(), "customer_id")
    amounts = {f"amount_{h}": both[f"visits_{h}"] * both.spend_per_visit for h in horizons}
    return both.select("customer_id", *(f"visits_{h}" for h in horizons), **amounts)


@dataclass(frozen=True, eq=False)
class ByWinners:
    """What won on the client's own past, for its window; from there as the count model goes on.

    Visits of the competitor that won the job of counts, money of the one that won the job of
    value, within a window of a year (a third of the file up to that day where that is shorter),
    learnt a window before. Within another horizon both are multiplied by (the count model's visits
    within the horizon) / (within the window), customer by customer: nothing else reaches three
    years. With the count model as winner this is the count model itself. None where there was too
    little to learn from at a day. Who won was settled on the whole file, at an earlier day too:
    only what it learns is of that day. Our rule.
    """

    book: Book
    past: Past
    fit: FitCounts

    def __call__(self, day: dt.date, horizons: tuple[int, ...]) -> ir.Table | None:
        book, lapse = self.book, self.past.lapse_days
        calendar = calendar_of(book.first, day, min(YEAR, (day - book.first).days))
        rule = self._visits(calendar)
        spend = spend_at(book, day)
        if rule is None or spend.model is None:
            return None
        window = calendar.days
        counted = counted_at(book.visits_table, day, self.fit)
        model = counted.expected(tuple({window, *horizons}))
        known = {f"model_{days}": model[f"visits_{days}"] for days in horizons}
        model = model.select("customer_id", model_visits=model[f"visits_{window}"], **known)
        features = features_at(book.visits_table, day, lapse)
        features = features.join(model, "customer_id").join(spend.both(), "customer_id").cache()
        both = features.join(visits_of(rule, features), "customer_id")
        return self._stretched(both, spend, window, horizons)

    @property
    def method(self) -> str:
        """`winners`, or `alike` where customers are too alike for a model."""
        return "alike" if self.past.why else "winners"

    @property
    def names(self) -> dict[str, str]:
        """The competitors that speak: visits_by and amounts_by."""
        visits = "chance_x_back" if self.past.why else self.past.winners["counts"]
        return {"visits_by": visits, "amounts_by": self._worth}

    @property
    def _worth(self) -> str:
        own = NOT_JUDGED["value"]
        return own if self.past.why else self.past.winners.get("value", own)

    def can_at(self, day: dt.date) -> bool:
        """Whether there is enough to learn from at a day."""
        days = min(YEAR, (day - self.book.first).days)
        return self._visits(calendar_of(self.book.first, day, days)) is not None

    def _visits(self, calendar: Calendar) -> Visits | None:
        """The competitor for visits, learnt with a calendar; None where there is too little."""
        if calendar.learnt is None:
            return None
        past, days = self.past, calendar.days
        lessons = Lessons(past.visits, calendar, self.book.first, past.lapse_days, self.fit)
        if past.why:  # too alike for a model: the chance that is used x visits of those who come
            known = lessons.bare(calendar.learnt)
            back = visits_if_back(known, past.lapse_days)
            some = known.came.sum() > 0
            return ChanceTimesBack(learn(past.method, Lesson(known)), back) if some else None
        name = past.winners["counts"]
        if name in LESSONLESS:
            return learn_visits(name, None, past.lapse_days, days)
        lesson = lessons.at(calendar.learnt, bare=True)
        return lesson and learn_visits(name, lesson, past.lapse_days, days)

    def _stretched(self, told: ir.Table, spend: Spend, window: int, horizons: tuple[int, ...]):
        amount = expected_amount(self._worth, told, window) * spend.kept_share
        found = {}
        for days in horizons:
            ratio = told[f"model_{days}"] / ibis.greatest(told.model_visits, LEAST)
            most, least = max(days / window, 1.0), min(days / window, 1.0)
            ratio = ibis.greatest(ibis.least(ratio, most), least)
            found |= {f"visits_{days}": told.expected_visits * ratio}
            found |= {f"amount_{days}": amount * ratio}
        return told.select("customer_id", **found)


def foretelling(book: Book, past: Past | None, fit: FitCounts) -> Foretell:
    """How a book's customers are foretold: by what won on its past, where something was judged or
    the customers are too alike for any model; else by the count model."""
    judged = past is not None and (past.verdict is not None or past.why == "too_alike")
    winners = ByWinners(book, past, fit) if judged else None
    return winners if winners and winners.can_at(book.closing) else ByCounts(book, fit)
