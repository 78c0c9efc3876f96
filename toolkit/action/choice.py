"""Which contacts to make: the channel of each customer, where to stop, the best use of a limit."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from toolkit.action.limits import total, within
from toolkit.action.score import RESPONSES

HALVINGS = 40  # of the weight of the low response

Choice = Callable[[np.ndarray], np.ndarray]  # values [customer, channel] -> channel of each


def chosen(offers: pd.DataFrame, budget: float | None, most: int | None) -> pd.DataFrame:
    """The offer taken of each customer, and whether it is to be made.

    `offers`: one row per customer and channel with customer_id, channel, contact_cost and the
    three priorities (minor units). One row per customer: the row of the channel chosen and `send`.
    The choice is the one whose profit, as a share of the best possible, is greatest at whichever
    response between low and high makes that share smallest (`safest`), within the limits: `most`
    contacts, and `budget` for their costs (`within`). At equal values the channel that comes first
    in `offers` is taken. Who is not to be contacted has the channel of the greatest expected
    profit.
    """
    if offers.empty:
        return offers.assign(send=pd.Series(dtype=bool))
    offers, who, what, table = _table(offers)
    cost, gains = table[0], table[1:]
    free = budget is None and most is None
    at = safest(gains, lambda values: within(values, cost, budget, most), free)
    return _rows(offers, who, what, at, gains[1])


def best_possible(
    offers: pd.DataFrame, budget: float | None = None, most: int | None = None
) -> tuple[float, ...]:
    """The greatest profit (minor units) that could be earned at the low, middle and high response,
    were it known: every customer by the best channel, or not at all; within limits, where there
    are such (`limits.within`)."""
    if (budget is not None or most is not None) and len(offers):
        cost, *gains = _table(offers)[3]
        return tuple(total(each, within(each, cost, budget, most)) for each in gains)
    best = offers.groupby("customer_id")[list(RESPONSES)].max().clip(lower=0).sum()
    return tuple(float(each) for each in best)


def safest(gains: np.ndarray, choice: Choice, free: bool = True) -> np.ndarray:
    """The channel of each customer (-1: none) of the choice whose smallest share of the best
    possible profit, over all responses, is greatest.

    gains: [response, customer, channel], missing where a channel is not used for a customer;
    choice: the best choice for given values; free: whether any other is allowed too. Minimax
    relative regret (Savage 1951, JASA 46(253); relative: Kouvelis & Yu 1997). The profit of a
    choice is a straight line in the response and the best possible is convex, so the share is
    smallest at the low or the high response. The choices that matter are best for some weighted
    sum of the two shares; the weight is found by halving, since with it the one rises and the
    other falls. Where nothing pays at one of the two, no contact is made that loses there. Whoever
    pays at both is contacted at any weight.
    """
    ends = gains[[0, 2]]
    best = np.array([total(each, choice(each)) for each in ends])
    if (best <= 0).any():
        losing = (ends[best <= 0] < 0).any(axis=0)
        return choice(np.where(losing, np.nan, gains[1]))
    ends = ends / best[:, None, None]

    def found(weight: float) -> tuple[np.ndarray, np.ndarray]:
        at = choice(weight * ends[0] + (1 - weight) * ends[1])
        return at, np.array([total(each, at) for each in ends])

    bold, careful = found(0.0), found(1.0)
    top = max(bold, careful, key=lambda each: each[1].min())
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        weight = (low + high) / 2
        now = found(weight)
        top = max(top, now, key=lambda each: each[1].min())
        if now[1][0] < now[1][1]:
            low, bold = weight, now
        else:
            high, careful = weight, now
    if free:
        top = max(top, _mixed(bold, careful, ends), key=lambda each: each[1].min())
    return top[0]


def _table(offers: pd.DataFrame) -> tuple:
    """The offers by customer, the places of their customers and channels, and [cost and the three
    priorities, customer, channel]."""
    place, channels = pd.factorize(offers.channel)
    order = np.lexsort((place, pd.factorize(offers.customer_id, sort=True)[0]))
    offers, what = offers.iloc[order].reset_index(drop=True), place[order]
    who, names = pd.factorize(offers.customer_id)
    table = np.full((4, len(names), len(channels)), np.nan)
    for row, name in zip(table, ("contact_cost", *RESPONSES), strict=True):
        row[who, what] = offers[name]
    return offers, who, what, table


def _mixed(bold: tuple, careful: tuple, ends: np.ndarray) -> tuple:
    """The best choice between two that differ in customers of the same worth: the bold one for the
    first of these, the careful one for the others."""
    differ = np.flatnonzero(bold[0] != careful[0])[::-1]
    if not len(differ):
        return bold
    change = np.zeros((2, len(differ)))
    for sign, (at, _) in ((-1, bold), (1, careful)):
        has = at[differ] >= 0
        change[:, has] += sign * ends[:, differ[has], at[differ[has]]]
    shares = bold[1][:, None] + np.cumsum(change, axis=1)
    upto = int(shares.min(axis=0).argmax())
    at = bold[0].copy()
    at[differ[: upto + 1]] = careful[0][differ[: upto + 1]]
    return at, shares[:, upto]


def _rows(offers: pd.DataFrame, who, what, at: np.ndarray, gain: np.ndarray) -> pd.DataFrame:
    """The row of each customer's channel, with `send`."""
    usual = np.nan_to_num(gain, nan=-np.inf).argmax(axis=1)
    shown = np.where(at >= 0, at, usual)
    rows = offers[what == shown[who]].reset_index(drop=True)
    return rows.assign(send=at >= 0)
