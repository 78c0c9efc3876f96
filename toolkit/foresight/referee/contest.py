"""Every competitor on the client's own past: learnt at one origin, judged at the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.foresight.competitors import RULES, VISITS, WORTH, Lesson, learn_visits
from toolkit.foresight.referee import numbers, ranking
from toolkit.foresight.referee.bootstrap import joined, resampled
from toolkit.foresight.referee.metrics import calibration
from toolkit.foresight.referee.winner import lead, sums_off, winner

FEWEST_OF_EACH = 30  # lapsed customers who came and who did not, for the lapsed to have a say
BEHIND = ["behind", "behind_low", "behind_high"]

Rounds = list[tuple[Lesson, pd.DataFrame]]


@dataclass(frozen=True, eq=False)
class Verdict:
    """What the contest found. Every figure is the mean over the origins judged.

    winners: the competitor used, per job (`ranking`, `counts` and, with amounts, `value`).
    ranking: one row per competitor, the simplest first. Columns: method, auc and auc_lapsed (area
    under the ROC curve, all customers and those lapsed at the origin; 0.5 is a coin, null when
    nobody or everybody came), lift_tenth and lift_fifth (rate in the top tenth and fifth over
    the rate of all), brier (mean squared error of the chance), calibration_error and noise_floor
    (mean over tenths of |predicted - happened|, and what of it chance alone explains; 0..1),
    predicted and happened (mean chance, share who came; 0..1), behind, behind_low and behind_high
    (AUC of the best less its own, with the 95 % paired bootstrap interval), used.
    counts and value: method, mae and rmse (visits; minor units), bias (predicted / happened - 1),
    bias_low and bias_high (its 95 % interval, `sums_off`), calibration_error (mean over
    tenths of |predicted - happened|, visits or minor units), predicted and happened (means),
    behind, behind_low and behind_high (mean squared error over
    the square of what happened, less that of the best), used. value is None
    without amounts.
    calibration: the tenths of the winning chance at every origin, the latest first: origin (0 is
    the latest) and the columns of `metrics.calibration`. The mean distance of all of them is the
    calibration_error of the winner.
    chances: the winning chance at every origin, the latest first.
    """

    winners: dict[str, str]
    ranking: pd.DataFrame
    counts: pd.DataFrame
    value: pd.DataFrame | None
    calibration: pd.DataFrame
    chances: tuple[np.ndarray, ...]


def contest(rounds: Rounds, lapse_days: int, days: int, seed: int = 0) -> Verdict:
    """Judge all competitors on rounds of (lesson, features judged on), each with the outcome of
    `days`, the latest round first.

    Used is the simplest that is tied with the best: the 95 % interval of a paired bootstrap of
    customers (500 draws) of the difference includes 0. Ranking goes by the AUC of all, and
    among those tied by the AUC of the lapsed where 30 of them came and 30 did not; counts and
    value by the squared error, among those tied by their sum (who is clearly off, the 95 % interval
    of the bias without 0, gives way to who is not), and then by the absolute error (our rules).
    """
    told = [ranking.ranked(lesson, seen, lapse_days) for lesson, seen in rounds]
    by_rank, rank_winner = _ranking(told, seed)
    visits = [_visits(lesson, seen, lapse_days, days) for lesson, seen in rounds]
    came = [seen.came_visits.to_numpy(float) for _, seen in rounds]
    by_count, count_winner = _numbers(rounds, came, visits, seed)
    winners = {"ranking": rank_winner, "counts": count_winner}
    by_value = None
    if all(seen.spend_per_visit.notna().all() for _, seen in rounds):
        brought = [seen.came_amount.fillna(0).to_numpy(float) for _, seen in rounds]
        worth = [
            _worth(seen, expected[count_winner].to_numpy(), days)
            for (_, seen), expected in zip(rounds, visits, strict=True)
        ]
        by_value, winners["value"] = _numbers(rounds, brought, worth, seed)
    chances = tuple(one.chances[rank_winner].to_numpy() for one in told)
    pairs = enumerate(zip(told, chances, strict=True))
    tenths = [calibration(one.seen, chance).assign(origin=at) for at, (one, chance) in pairs]
    return Verdict(winners, by_rank, by_count, by_value, _stacked(tenths), chances)


def _ranking(told: list[ranking.Ranked], seed: int) -> tuple[pd.DataFrame, str]:
    tables = [ranking.judged(one) for one in told]
    table = _mean(tables)
    everyone = [(one, np.ones(len(one.seen), bool)) for one in told]
    lapsed = [(one, one.lapsed) for one in told if _has_a_say(one)]
    ahead = _lead(table.auc, [_parts(*one) for one in everyone], seed)
    also = None
    if lapsed:
        among = [t.auc_lapsed for t, one in zip(tables, told, strict=True) if _has_a_say(one)]
        also = _lead(
            sum(among) / len(among), [_parts(*one) for one in lapsed], seed
        ).tied.to_numpy()
    chosen = winner(list(RULES), ahead.tied.to_numpy(), also)
    return _marked(table, ahead, chosen), chosen


def _parts(told: ranking.Ranked, among: np.ndarray) -> tuple[pd.Series, np.ndarray]:
    return told.seen.customer_id, ranking.parts_of(told, among)


def _has_a_say(told: ranking.Ranked) -> bool:
    came = int(told.seen.came[told.lapsed].sum())
    return min(came, int(told.lapsed.sum()) - came) >= FEWEST_OF_EACH


def _numbers(
    rounds: Rounds, happened: list[np.ndarray], predicted: list[pd.DataFrame], seed: int
) -> tuple[pd.DataFrame, str]:
    pairs = list(zip(happened, predicted, strict=True))
    table = _mean([numbers.judged(*pair) for pair in pairs])
    ids = [seen.customer_id for _, seen in rounds]
    off = [(who, numbers.biases(*pair)) for who, pair in zip(ids, pairs, strict=True)]
    sums = sums_off(table.bias.to_numpy(), resampled(joined(off), seed))
    right = ((sums.bias_low <= 0) & (sums.bias_high >= 0)).to_numpy()
    leads = []
    for measure in (numbers.squares, numbers.distances):
        parts = [(who, measure(*pair)) for who, pair in zip(ids, pairs, strict=True)]
        merits = np.mean([part.mean(axis=0) for _, part in parts], axis=0)
        leads.append(_lead(merits, parts, seed))
    ahead, also = leads
    chosen = winner(list(table.method), ahead.tied.to_numpy(), right, also.tied.to_numpy())
    return _marked(table.assign(**sums), ahead, chosen), chosen


def _visits(lesson: Lesson, seen: pd.DataFrame, lapse_days: int, days: int) -> pd.DataFrame:
    learnt = {name: learn_visits(name, lesson, lapse_days, days) for name in VISITS}
    return pd.DataFrame({name: one.expected_visits(seen) for name, one in learnt.items()})


def _worth(seen: pd.DataFrame, visits: np.ndarray, days: int) -> pd.DataFrame:
    return pd.DataFrame({name: told(seen, visits, days) for name, told in WORTH.items()})


def _lead(merits, parts: list[tuple[pd.Series, np.ndarray]], seed: int) -> pd.DataFrame:
    return lead(np.asarray(merits, float), resampled(joined(parts), seed))


def _marked(table: pd.DataFrame, ahead: pd.DataFrame, chosen: str) -> pd.DataFrame:
    return table.assign(**{name: ahead[name] for name in BEHIND}, used=table.method == chosen)


def _stacked(tenths: list[pd.DataFrame]) -> pd.DataFrame:
    table = pd.concat(tenths, ignore_index=True)
    return table[["origin", *table.columns.drop("origin")]]


def _mean(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Tables of the same methods as one: the mean of every figure over the tables that have it."""
    return pd.concat(tables).groupby("method", sort=False).mean().reset_index()
