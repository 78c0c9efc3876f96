"""Shops whose customers' response is known, because it is drawn: what a file shows of them, and
what each of them would do with a contact and without."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

LAYERS = np.array(["fledgling", "steady", "prime"])
RATE, BACK = np.array([0.5, 0.9, 1.6]), np.array([1.2, 1.6, 2.4])  # visits a year; second life


@dataclass(frozen=True)
class Shop:
    """order: margin of a usual visit (yen); spread: of its logarithm between customers; kind: what
    the response depends on (`uplifts`); kappa: its strength."""

    name: str
    order: float
    spread: float
    kind: str = "even"
    kappa: float = 0.25
    customers: int = 6_000


def population(shop: Shop, seed: int) -> pd.DataFrame:
    """Lapsed customers of a shop: what a file shows (layer, months silent, visits, spent, margin)
    and what it does not (p0, their own chance without contact; tau, what a contact adds to it).

    A customer buys at a rate of their own and may have left for good on the last visit, the more
    likely the fewer visits there were; who has been silent for long has more likely left.
    """
    draw = np.random.default_rng(seed)
    n = shop.customers
    layer = draw.choice(3, n, p=[0.45, 0.35, 0.2])
    rate = RATE[layer] * draw.gamma(2.0, 0.5, n)
    left = draw.random(n) < np.array([0.75, 0.6, 0.45])[layer]
    silent = 8 + draw.exponential(14, n).clip(max=28)  # months
    came = ~left & (draw.random(n) > np.exp(-rate * (silent - 8) / 12))
    p0 = np.where(left, 0.004, 1 - np.exp(-rate / 2))
    visits = 2 + draw.poisson(3 * RATE[layer])
    margin = shop.order * np.exp(shop.spread * draw.normal(size=n) - shop.spread**2 / 2)
    table = pd.DataFrame(
        {
            "customer_id": [f"c{i:05}" for i in range(n)],
            "layer": LAYERS[layer],
            "months": silent.round().astype(int),
            "n_visits": visits,
            "spent": (visits * margin * draw.lognormal(0, 0.3, n)).round(),
            "margin": (margin * BACK[layer]).round(),
            "p0": p0,
        }
    )
    return table[~came].reset_index(drop=True).assign(draws=lambda t: draw.random(len(t)))


def kappas(shop: Shop, table: pd.DataFrame) -> np.ndarray:
    """The response by what a file shows. `even`: the same for all. `dogs`: a contact drives away
    the prime who have been silent for less than a year (sleeping dogs). `sure`: the steady come
    whatever is done (sure buyers)."""
    kappa = np.full(len(table), shop.kappa)
    if shop.kind in ("dogs", "both"):
        kappa[(table.layer == "prime") & (table.months < 12)] = -shop.kappa
    if shop.kind in ("sure", "both"):
        kappa[table.layer == "steady"] = 0.0
    return kappa


def cells(table: pd.DataFrame) -> pd.Series:
    """What a file can tell of the chance: the layer and the silence."""
    bands = pd.cut(table.months, [0, 9, 11, 14, 18, 24, 99], labels=False)
    return table.layer + bands.astype(str)


def chances(past: pd.DataFrame, table: pd.DataFrame) -> np.ndarray:
    """The chance of every customer as learnt from who came in the past, shrunk to the mean."""
    came = (past.draws < past.p0).groupby(cells(past)).agg(["sum", "count"])
    mean = came["sum"].sum() / came["count"].sum()
    rates = (came["sum"] + 20 * mean) / (came["count"] + 20)
    return cells(table).map(rates).fillna(mean).to_numpy()
