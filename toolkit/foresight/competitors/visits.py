"""How often customers come within the horizon: the competitors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import ibis.expr.types as ir
import numpy as np
import pandas as pd

from toolkit.foresight.competitors.back import Back, visits_if_back
from toolkit.foresight.competitors.boosting import BoostedVisits, fit_boosted_visits
from toolkit.foresight.competitors.rule import Lesson, Rule, by_pieces, learn


class Visits(Protocol):
    """Expected visits out of features (`features_at` and `with_counts`) alone."""

    def expected_visits(self, features: pd.DataFrame) -> np.ndarray:
        """Expected visits within the horizon learnt with, one per row."""


@dataclass(frozen=True)
class NaiveRate:
    """Visits go on as they came: visits so far / days known x days of the horizon."""

    days: int

    def expected_visits(self, features: pd.DataFrame) -> np.ndarray:
        """Expected visits within the horizon; days known are at least the horizon (our rule: one
        visit yesterday is no visit a day)."""
        known = np.maximum(features["age_days"].to_numpy(float), self.days)
        return features["n_visits"].to_numpy(float) / known * self.days

    def visits_expression(self, features: ir.Table) -> ir.FloatingValue:
        """The same as an expression over a feature table."""
        known = (features.age_days > self.days).ifelse(features.age_days, self.days)
        return features.n_visits * float(self.days) / known


@dataclass(frozen=True)
class ChanceTimesBack:
    """A rule's chance of coming x mean visits of those who come: of the active for the active, of
    the lapsed for the lapsed (`back.Back`)."""

    rule: Rule
    back: Back

    def expected_visits(self, features: pd.DataFrame) -> np.ndarray:
        """Expected visits within the horizon, one per row of features."""
        return self.rule.chance(features) * self.back.visits(features)

    def visits_expression(self, features: ir.Table) -> ir.FloatingValue:
        """The same as an expression over a feature table."""
        return self.rule.chance_expression(features) * self.back.visits_expression(features)


class ModelVisits:
    """Expected visits of the count model."""

    def expected_visits(self, features: pd.DataFrame) -> np.ndarray:
        """Expected visits within the horizon, one per row of features."""
        return features["model_visits"].to_numpy(float)

    def visits_expression(self, features: ir.Table) -> ir.FloatingValue:
        """The same as an expression over a feature table."""
        return features.model_visits


# From the simplest on, as in `rule.RULES`.
VISITS = {
    "naive_rate": lambda lesson, lapse_days, days: NaiveRate(days),
    "chance_x_back": lambda lesson, lapse_days, days: ChanceTimesBack(
        learn("regression", lesson), visits_if_back(lesson.latest, lapse_days)
    ),
    "count_model": lambda lesson, lapse_days, days: ModelVisits(),
    "boosted_visits": lambda lesson, lapse_days, days: fit_boosted_visits(lesson.whole()),
}


def learn_visits(name: str, lesson: Lesson, lapse_days: int, days: int) -> Visits:
    """The competitor of that name (one of VISITS) from features with the outcome of `days`."""
    return VISITS[name](lesson, lapse_days, days)


def visits_of(visits: Visits, features: ir.Table) -> ir.Table:
    """Every customer's expected visits: customer_id, expected_visits."""
    if isinstance(visits, BoostedVisits):
        return by_pieces(features, "expected_visits", visits.expected_visits)
    expected = visits.visits_expression(features)
    return features.select("customer_id", expected_visits=expected)
