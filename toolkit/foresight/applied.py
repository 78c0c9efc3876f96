"""The chosen competitors applied at the closing date, to everybody."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.book import Book
from toolkit.foresight.competitors import (
    Back,
    ChanceTimesBack,
    Rule,
    Visits,
    amount_of_a_visit,
    chances_of,
    expected_amount,
    learn,
    learn_visits,
    settled,
    visits_if_back,
    visits_of,
    with_counts,
)
from toolkit.foresight.counts import FitCounts
from toolkit.foresight.features import features_at
from toolkit.foresight.past import NOT_JUDGED, Past
from toolkit.foresight.referee import (
    Season,
    Seen,
    seen_at,
    shift_to,
    shifted_expression,
)
from toolkit.foresight.spend import fit_spend
from toolkit.frames import in_engine


@dataclass(frozen=True, eq=False)
class Applied:
    """customers: one row per customer of the book with chance (0..1), expected_visits,
    spend_per_visit and expected_amount (minor units, float), all within the horizon; null where
    there is nothing to go by. visits_if_back: mean visits within the horizon of one who returns
    (of the lapsed).
    leaving: what the count model can tell of who has left (`CountModel.verdict`), None without one.
    """

    customers: ir.Table
    visits_if_back: float
    leaving: str | None = None


@dataclass(frozen=True)
class Stretch:
    """From the window learnt with to the horizon, and to the season.

    step: of the log-odds of coming; visits: factor of expected visits; back: factor of the visits
    of one who returns.
    """

    step: float = 0.0
    visits: float = 1.0
    back: float = 1.0


def apply(book: Book, past: Past, horizon_days: int, fit: FitCounts) -> Applied:
    """Chances, visits and money of everybody at the closing date."""
    features = features_at(book.visits_table, book.closing, past.lapse_days)
    worth = past.winners.get("value", NOT_JUDGED["value"])
    if past.method == "none":
        none = ibis.null("float64")
        told = features.select("customer_id", chance=none, expected_visits=none)
        return Applied(_with_money(told, book, features, worth, horizon_days), 1.0)
    ends = {"": past.calendar.days, "_long": horizon_days}
    now = seen_at(past.visits, book.closing, past.lapse_days, fit, ends=ends)
    if past.sampled is None:
        table = in_engine(now.customers)
    else:
        table = with_counts(features.cache(), now.model, ends).cache()
    rule = settled(learn(past.method, past.lesson), now.customers)
    stretch = _stretch(rule, now, past.season)
    back = visits_if_back(past.lesson.latest, past.lapse_days)
    told = chances_of(rule, table)
    told = told.mutate(chance=shifted_expression(told.chance, stretch.step))
    expected = visits_of(_visits(past, back), table)
    told = told.left_join(expected, "customer_id").drop("customer_id_right")
    told = told.mutate(expected_visits=told.expected_visits * stretch.visits)
    told = _with_money(told, book, features, worth, horizon_days)
    return Applied(told, max(1.0, back.lapsed * stretch.back), getattr(now.model, "verdict", None))


def _visits(past: Past, back: Back) -> Visits:
    if past.why:  # too little for a model: the chance that is used x visits of those who come
        return ChanceTimesBack(learn(past.method, past.lesson), back)
    return learn_visits(past.winners["counts"], past.lesson, past.lapse_days, past.calendar.days)


def _stretch(rule: Rule, now: Seen, season: Season) -> Stretch:
    """What the count model expects of the horizon over what it expects of the window, for the
    customers as a whole: the order among them stays as it was learnt."""
    told = now.customers
    ever, longer = _ratio(told, "chance_any"), _ratio(told, "model_visits")
    chance = rule.chance(told)
    step = shift_to(chance, float(chance.mean()) * ever) if ever != 1 else 0.0
    return Stretch(step + season.step, longer * season.visits, longer / ever)


def _ratio(told: pd.DataFrame, name: str) -> float:
    short, long = told[name].sum(), told[f"{name}_long"].sum()
    return float(long / short) if short > 0 else 1.0


def _with_money(told: ir.Table, book: Book, features: ir.Table, worth: str, days: int) -> ir.Table:
    """Adds spend_per_visit and expected_amount, of the winner of the value job, less what goes
    back on days of returns alone."""
    if not book.has_money:
        none = ibis.null("float64")
        return told.mutate(spend_per_visit=none, expected_amount=none)
    spend = fit_spend(book.visits_table, book.returns_table())
    for more in (spend.both(), features):
        told = told.left_join(more, "customer_id").drop("customer_id_right")
    return told.select(
        "customer_id",
        "chance",
        "expected_visits",
        spend_per_visit=amount_of_a_visit(worth, told) * spend.kept_share,
        expected_amount=expected_amount(worth, told, days) * spend.kept_share,
    )
