"""Shops whose customers' response is known, because it is drawn: what a file shows of them, and
what each of them would do without a contact."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

LAYERS = np.array(["fledgling", "steady", "prime", "paused"])
SHARE = [0.42, 0.32, 0.18, 0.08]
RATE, BACK = np.array([0.5, 0.9, 1.6, 4.0]), np.array([1.2, 1.6, 2.4, 2.0])  # a year; second life
GONE = np.array([0.75, 0.6, 0.45, 0.0])
HALF_A_YEAR = 0.5


@dataclass(frozen=True)
class Shop:
    """order: mean margin of a visit (yen); spread: of its logarithm between customers; kappa: the
    response of each layer, `paused` last (regulars on leave, who come back anyway: sure buyers),
    below zero for sleeping dogs."""

    name: str
    order: float
    spread: float
    kappa: tuple[float, float, float, float] = (0.25, 0.25, 0.25, 0.25)
    customers: int = 6_000


def population(shop: Shop, seed: int) -> pd.DataFrame:
    """Lapsed customers: what a file shows (layer, months silent, visits, spent, margin) and what it
    does not (p0, their own chance without contact).

    A customer buys at a rate of their own and may have left for good after the last visit, the
    more likely the fewer visits there were; who has been silent for long has more likely left.
    """
    draw = np.random.default_rng(seed)
    n = shop.customers
    layer = draw.choice(4, n, p=SHARE)
    rate = RATE[layer] * draw.gamma(4.0, 0.25, n)
    left = draw.random(n) < GONE[layer]
    silent = 8 + np.where(layer == 3, draw.integers(0, 6, n), draw.exponential(14, n).clip(max=28))
    back = ~left & (layer != 3) & (draw.random(n) > np.exp(-rate * (silent - 8) / 12))
    visits = 2 + draw.poisson(3 * RATE[layer])
    margin = shop.order * np.exp(shop.spread * draw.normal(size=n) - shop.spread**2 / 2)
    table = pd.DataFrame(
        {
            "customer_id": [f"c{i:06}" for i in range(n)],
            "layer": LAYERS[layer],
            "months": silent.astype(int),
            "n_visits": visits,
            "spent": (visits * margin * draw.lognormal(0, 0.3, n)).round(),
            "margin": (margin * BACK[layer]).round(),
            "p0": np.where(left, 0.004, 1 - np.exp(-rate * HALF_A_YEAR)),
            "lot": draw.random(n),
        }
    )
    return table[~back].reset_index(drop=True)


@cache
def true_chances() -> pd.Series:
    """The mean chance of those of whom a file shows the same: by layer and months."""
    everybody = population(Shop("all", 1.0, 0.1, customers=400_000), 99)
    return everybody.groupby(["layer", "months"]).p0.mean()


def truth(shop: Shop, table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(chance, response, uplift) expected of each customer, given what a file shows."""
    chance = true_chances().loc[list(zip(table.layer, table.months, strict=True))].to_numpy()
    kappa = table.layer.map(dict(zip(LAYERS, shop.kappa, strict=True))).to_numpy()
    return chance, kappa, kappa * chance * (1 - chance)


@cache
def _model() -> LogisticRegression:
    """Who comes back, by layer and silence: from a shop of the same customers half a year ago."""
    past = population(Shop("past", 1.0, 0.1), 1)
    came = (past.lot < past.p0).to_numpy()
    return LogisticRegression(C=10.0, max_iter=200).fit(_shown(past), came)


def learnt(table: pd.DataFrame) -> np.ndarray:
    """The chance of each customer, as learnt from who came back in an earlier half year."""
    return _model().predict_proba(_shown(table))[:, 1]


def _shown(table: pd.DataFrame) -> np.ndarray:
    layers = np.stack([table.layer == layer for layer in LAYERS], 1).astype(float)
    silence = np.log(table.months.to_numpy() / 12)[:, None]
    return np.concatenate([layers, layers * silence], 1)
