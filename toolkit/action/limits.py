"""The best choice of contacts for given values within a number of contacts and a budget."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

FREE = 1e15  # a step that costs nothing comes before all that cost something
NOBODY = -1  # in place of a channel


def within(
    values: np.ndarray, cost: np.ndarray, budget: float | None, most: int | None
) -> np.ndarray:
    """The channel of each customer (NOBODY: none) that makes the sum of the values greatest.

    values, cost: [customer, channel]; missing (or -inf) where a channel is not used.
    `most` keeps so many customers of the greatest value. A `budget` is spent step by step, from
    the greatest value per unit of cost on (the greedy rule of the multiple-choice knapsack: Sinha
    & Zoltners 1979, Operations Research 27(3)), skipping what no longer fits, or on the best
    single contact should that bring more: what is lost against the best use of the money is less
    than one step brings.
    """
    values = np.where(np.isnan(values), -np.inf, values)
    if budget is not None:
        values = np.where(cost <= budget, values, -np.inf)
    at, top = values.argmax(axis=1), values.max(axis=1)
    at = np.where(top > 0, at, NOBODY)
    if most is not None:
        out = np.argsort(-top, kind="stable")[most:]
        at[out], values[out] = NOBODY, -np.inf
    if budget is None or total(cost, at) <= budget:
        return at
    steps = steps_of(cost, values)
    spent_ = _reached(steps, spent(steps, budget), len(at))
    alone = np.full(len(at), NOBODY)
    best = int(values.max(axis=1).argmax())
    alone[best] = at[best]
    return max(spent_, alone, key=lambda each: total(values, each))


@dataclass(frozen=True, eq=False)
class Steps:
    """Contacts as steps from nothing to a cheap channel and on to dearer ones, best yen first.

    customer, channel: their places in the table of offers; nth: first step of the customer, second
    and so on; cost (minor units) and gain (of the value asked for): what the step adds.
    """

    customer: np.ndarray
    channel: np.ndarray
    nth: np.ndarray
    cost: np.ndarray
    gain: np.ndarray


def steps_of(cost: np.ndarray, values: np.ndarray) -> Steps:
    """The steps that add value, best per unit of cost first.

    cost, values: [customer, channel]; -inf where a channel is not used for a customer.
    """
    n = len(cost)
    at, made = np.full(n, NOBODY), []
    for nth in range(cost.shape[1]):
        has = at >= 0
        spent_, got = np.zeros(n), np.zeros(n)
        spent_[has], got[has] = cost[has, at[has]], values[has, at[has]]
        more, extra = values - got[:, None], cost - spent_[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            yields = np.where(extra > 0, more / extra, FREE * (1 + more))
        yields[~((more > 0) & (extra >= 0))] = -np.inf
        best = yields.argmax(1)
        climbs = np.flatnonzero(np.isfinite(yields[np.arange(n), best]))
        to = best[climbs]
        gain, per = more[climbs, to], yields[climbs, to]
        made.append((climbs, to, np.full(len(to), nth), extra[climbs, to], gain, per))
        at[climbs] = to
    customer, channel, nth_, more_cost, gain, per = (
        np.concatenate([each[i] for each in made]) for i in range(6)
    )
    order = np.lexsort((customer, nth_, -per))
    return Steps(customer[order], channel[order], nth_[order], more_cost[order], gain[order])


def spent(steps: Steps, budget: float) -> np.ndarray:
    """Which steps fit a budget, tried in their order; no step without the one before it."""
    fits = np.cumsum(steps.cost) <= budget + 1e-9
    kept = np.logical_and.accumulate(fits)
    left = budget + 1e-9 - steps.cost[kept].sum()
    reached = dict(zip(*np.unique(steps.customer[kept], return_counts=True), strict=True))
    cheapest = np.minimum.accumulate(steps.cost[::-1])[::-1]
    for place in range(int(kept.sum()), len(kept)):
        if cheapest[place] > left:
            break
        who, nth = steps.customer[place], int(steps.nth[place])
        if steps.cost[place] <= left and reached.get(who, 0) == nth:
            kept[place], reached[who] = True, nth + 1
            left -= steps.cost[place]
    return kept


def total(values: np.ndarray, at: np.ndarray) -> float:
    """The sum of the values of a choice."""
    has = np.flatnonzero(at >= 0)
    return float(values[has, at[has]].sum())


def _reached(steps: Steps, take: np.ndarray, n: int) -> np.ndarray:
    """The channel each customer comes to."""
    at = np.full(n, NOBODY)
    order = np.argsort(steps.nth[take], kind="stable")
    at[steps.customer[take][order]] = steps.channel[take][order]
    return at
