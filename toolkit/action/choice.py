"""Which contacts to make: the channel of each customer, where to stop, the best use of a limit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.action.score import RESPONSES

FREE = 1e15  # a step that costs nothing comes before all that cost something


@dataclass(frozen=True, eq=False)
class Steps:
    """Contacts as steps from nothing to a cheap channel and on to dearer ones, best yen first.

    customer, channel: their places in the table of offers; nth: first step of the customer, second
    and so on; cost and gain (low, middle, high): what the step adds (minor units).
    """

    customer: np.ndarray
    channel: np.ndarray
    nth: np.ndarray
    cost: np.ndarray
    gain: np.ndarray


def chosen(offers: pd.DataFrame, budget: float | None, most: int | None) -> pd.DataFrame:
    """The offer taken of each customer, and whether it is to be made.

    `offers`: one row per customer and channel with customer_id, channel, contact_cost and the
    three priorities (minor units). One row per customer: the row of the channel chosen and `send`.
    Channels are climbed by expected profit at the middle response per unit of cost (the greedy
    rule of the multiple-choice knapsack: Sinha & Zoltners 1979, Operations Research 27(3)), up to
    `stop`, and by whatever pays at every response. `most` keeps so many customers with the
    greatest expected profit; then `budget` is spent step by step, skipping what no longer fits, or
    on the best single contact should that bring more: what is lost against the best use of the
    money is less than one step brings. At equal profits the channel that comes first in `offers`
    is taken. Who is not to be contacted has the channel of the greatest
    expected profit.
    """
    if offers.empty:
        return offers.assign(send=pd.Series(dtype=bool))
    place, channels = pd.factorize(offers.channel)
    order = np.lexsort((place, pd.factorize(offers.customer_id, sort=True)[0]))
    offers, what = offers.iloc[order].reset_index(drop=True), place[order]
    who, names = pd.factorize(offers.customer_id)
    table = np.full((4, len(names), len(channels)), np.nan)
    for place, name in enumerate(("contact_cost", *RESPONSES)):
        table[place, who, what] = offers[name]
    cost, gains = table[0], table[1:]
    within = cost <= np.inf if budget is None else cost <= budget
    steps = steps_of(cost, np.where(within, gains, np.nan))
    take = _kept_up(steps, np.arange(len(steps.cost)) < stop(steps, _best(gains)))
    if most is not None:
        take &= np.isin(steps.customer, _greatest(steps, take, len(names), most))
    at = _reached(steps, take, len(names))
    if budget is not None:
        at = _reached(steps, spent(steps, take, budget), len(names))
        at = _single(at, gains[1], steps, take)
    return _rows(offers, who, what, at, gains[1])


def steps_of(cost: np.ndarray, gains: np.ndarray) -> Steps:
    """The steps that pay at the middle response, best per unit of cost first.

    cost: [customer, channel]; gains: [response, customer, channel]; missing where a channel is not
    used for a customer.
    """
    n = len(cost)
    at, made = np.full(n, -1), []
    for nth in range(cost.shape[1]):
        has = at >= 0
        spent_, got = np.zeros(n), np.zeros((3, n))
        spent_[has] = cost[has, at[has]]
        got[:, has] = gains[:, has, at[has]]
        more, extra = gains[1] - got[1][:, None], cost - spent_[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            yields = np.where(extra > 0, more / extra, FREE * (1 + more))
        yields[~((more > 0) & (extra >= 0))] = -np.inf
        best = yields.argmax(1)
        climbs = np.flatnonzero(np.isfinite(yields[np.arange(n), best]))
        to = best[climbs]
        gain, per = gains[:, climbs, to] - got[:, climbs], yields[climbs, to]
        made.append((climbs, to, np.full(len(to), nth), extra[climbs, to], gain, per))
        at[climbs] = to
    customer, channel, nth_, more_cost, gain, per = (
        np.concatenate([each[i] for each in made], axis=-1) for i in range(6)
    )
    order = np.lexsort((customer, nth_, -per))
    return Steps(customer[order], channel[order], nth_[order], more_cost[order], gain[:, order])


def stop(steps: Steps, best: np.ndarray) -> int:
    """How many steps to make: the number whose profit is the greatest share of the best possible
    at whichever of the three responses makes that share smallest.

    best: the best possible profit at each response. Where nothing pays at a response, none may
    lose at it. With one response it is every step that pays. Minimax relative regret (Savage 1951,
    JASA 46(253); relative: Kouvelis & Yu 1997). The profit of a list is a straight line in the
    response and the best possible is convex, so at no response between low and high is the share
    smaller than at the worse of the two.
    """
    sums = np.concatenate([np.zeros((3, 1)), np.cumsum(steps.gain, axis=1)], axis=1)
    shares = np.full(sums.shape, np.inf)
    for share, total, most in zip(shares, sums, best, strict=True):
        if most > 0:
            share[:] = total / most
        else:
            share[total < 0] = -np.inf
    worst = shares.min(axis=0)
    return int(np.flatnonzero(worst >= worst.max() - 1e-12)[-1])


def spent(steps: Steps, take: np.ndarray, budget: float) -> np.ndarray:
    """The steps that fit a budget, tried in their order; no step without the one before it."""
    left, kept = budget + 1e-9, np.zeros(len(take), dtype=bool)
    reached: dict[int, int] = {}
    for place in np.flatnonzero(take):
        who, nth = int(steps.customer[place]), int(steps.nth[place])
        if steps.cost[place] <= left and reached.get(who, 0) == nth:
            kept[place], reached[who] = True, nth + 1
            left -= steps.cost[place]
    return kept


def _kept_up(steps: Steps, take: np.ndarray) -> np.ndarray:
    """`take` and every step that pays at each response, so far as the steps before are taken."""
    take = take | (steps.gain > 0).all(axis=0)
    for nth in range(1, int(steps.nth.max(initial=0)) + 1):
        ready = np.isin(steps.customer, steps.customer[take & (steps.nth == nth - 1)])
        take = take & ((steps.nth != nth) | ready)
    return take


def _best(gains: np.ndarray) -> np.ndarray:
    """The best possible profit at each response: every customer by the best channel, or not."""
    return np.fmax(np.nan_to_num(gains, nan=-np.inf).max(axis=2), 0).sum(axis=1)


def _greatest(steps: Steps, take: np.ndarray, n: int, most: int) -> np.ndarray:
    """The customers with the greatest expected profit of their steps."""
    sums = np.bincount(steps.customer[take], steps.gain[1, take], n)
    return np.argsort(-sums, kind="stable")[:most]


def _reached(steps: Steps, take: np.ndarray, n: int) -> np.ndarray:
    """The channel each customer comes to, -1 for none."""
    at = np.full(n, -1)
    order = np.argsort(steps.nth[take], kind="stable")
    at[steps.customer[take][order]] = steps.channel[take][order]
    return at


def _single(at: np.ndarray, gain: np.ndarray, steps: Steps, take: np.ndarray) -> np.ndarray:
    """`at`, or the one contact alone that brings more than all of it."""
    has, who, what = at >= 0, steps.customer[take], steps.channel[take]
    if not len(who):
        return at
    best = int(gain[who, what].argmax())
    if gain[who[best], what[best]] <= gain[has, at[has]].sum():
        return at
    alone = np.full(len(at), -1)
    alone[who[best]] = what[best]
    return alone


def _rows(offers: pd.DataFrame, who, what, at: np.ndarray, gain: np.ndarray) -> pd.DataFrame:
    """The row of each customer's channel, with `send`."""
    usual = np.nan_to_num(gain, nan=-np.inf).argmax(axis=1)
    shown = np.where(at >= 0, at, usual)
    rows = offers[what == shown[who]].reset_index(drop=True)
    return rows.assign(send=at >= 0)
