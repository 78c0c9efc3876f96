"""What every competitor for "who returns" is: a rule, learnt at one day and applied at another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import ibis.expr.types as ir
import numpy as np
import pandas as pd

from toolkit.foresight.competitors.boosting import fit_boosting
from toolkit.foresight.competitors.chance_any import fit_chance_any
from toolkit.foresight.competitors.mean_rank import fit_mean_rank
from toolkit.foresight.competitors.recency import fit_recency
from toolkit.foresight.competitors.regression import fit_regression
from toolkit.foresight.competitors.rfm import fit_rfm
from toolkit.foresight.competitors.stacked import fit_stacked
from toolkit.frames import frame, in_engine

AT_ONCE = 500_000  # customers scored in one piece where the engine cannot do it


class Rule(Protocol):
    """Scores customers out of their features (`features_at` and `with_counts`) alone."""

    def chance(self, features: pd.DataFrame) -> np.ndarray:
        """Chance of a visit within the horizon learnt with (0..1), one per row."""

    def order(self, features: pd.DataFrame) -> np.ndarray:
        """What customers are ranked by (higher comes first); finer than the chance may be."""


@dataclass(frozen=True, eq=False)
class Lesson:
    """What there is to learn from: the features of an origin with their outcome, and those of the
    origins before it, up to a year of windows in all."""

    latest: pd.DataFrame
    older: tuple[pd.DataFrame, ...] = ()

    def whole(self) -> pd.DataFrame:
        """All of it: what rules learn from that know how long a customer has been one. To the
        others the silence of a month after the opening would look like that of a year after."""
        together = [self.latest, *self.older]
        return pd.concat(together, ignore_index=True) if self.older else self.latest


# From the simplest on: of rules as good as each other the first is used (the referee's ties).
RULES = {
    "recency": fit_recency,
    "rfm": fit_rfm,
    "regression": fit_regression,
    "chance_any": fit_chance_any,
    "boosting": fit_boosting,
    "stacked": fit_stacked,
    "mean_rank": fit_mean_rank,
}
SIMPLE = ("recency", "rfm")
ASKS_COUNTS = ("chance_any", "stacked", "mean_rank")  # what needs the count model
OF_A_YEAR = ("regression", "boosting", "stacked")  # learnt from the whole lesson


def learn(name: str, lesson: Lesson) -> Rule:
    """The rule of that name (one of RULES) from features with their outcome; ValueError where
    nobody or everybody came, but for the recency rule."""
    return RULES[name](lesson.whole() if name in OF_A_YEAR else lesson.latest)


def settled(rule: Rule, population: pd.DataFrame) -> Rule:
    """The rule as it stands among the customers it is applied to (their features, no outcome)."""
    settle = getattr(rule, "settled", None)
    return settle(population) if settle else rule


def chances_of(rule: Rule, features: ir.Table) -> ir.Table:
    """Every customer's chance: customer_id, chance (0..1).

    An expression of the engine where the rule is one; else piece by piece in memory, at most
    500,000 customers at a time.
    """
    if expression := getattr(rule, "chance_expression", None):
        return features.select("customer_id", chance=expression(features))
    return by_pieces(features, "chance", rule.chance)


def by_pieces(features: ir.Table, name: str, score) -> ir.Table:
    """customer_id and `name`, which `score` gives for a frame of features, piece by piece."""
    pieces = -(-features.count().to_pyarrow().as_py() // AT_ONCE) or 1
    found = []
    for piece in range(pieces):
        part = features if pieces == 1 else features.filter(features.customer_id % pieces == piece)
        told = frame(part.order_by("customer_id"))
        scores = score(told) if len(told) else np.empty(0)
        found.append(told[["customer_id"]].assign(**{name: scores}))
    return in_engine(pd.concat(found, ignore_index=True))
