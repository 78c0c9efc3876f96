"""Five years without one new customer (顧客BS): who is left, and what they buy."""

from __future__ import annotations

import numpy as np
import pandas as pd

from toolkit.foresight.ahead.fan import days_ahead
from toolkit.foresight.ahead.rates import Rates
from toolkit.foresight.ahead.run import run

YEARS = 5
EVERYBODY = "all"


def five_years(
    standing: dict[str, np.ndarray], prices: dict[str, float | None], rates: Rates, closing: int
) -> pd.DataFrame:
    """The customers of today, year by year, at the client's own rates and with nobody new.

    One row per year (0 is the closing date) and layer at the start, all layers together last.
    Columns: year, layer, active (customers at the year's end), sales (of the year, minor units;
    null in year 0 and without amounts). The rows of a year add up exactly. Lapsed customers are
    among them and return at the client's own rate. Source: 顧客BS as published for 通販理論2.0.

    Visits of a kind bring what they brought in the last trusted year; between layers the year's
    sales are split by what customers of each layer spent per visit (`layers.price_by_layer`).
    """
    days = days_ahead(rates, closing, 12 * YEARS)
    starts = np.stack(list(standing.values()))
    none = np.zeros((len(starts), int(days.ends[-1])))
    course = run(
        starts, rates.hazard[None], none, np.repeat(days.pace[None], len(starts), 0), days.ends,
        rates.lapse_days, rates.way,
    )  # fmt: skip
    level = course.closing[:, 11::12]
    sales = _sales(course.visits, list(standing), prices, rates)
    rows = []
    for year in range(YEARS + 1):
        active = course.opening[:, 0] if year == 0 else level[:, year - 1]
        active = whole_parts(active)
        money = [None] * len(active) if year == 0 or sales is None else sales[:, year - 1].tolist()
        rows += list(zip([year] * len(active), standing, active.tolist(), money, strict=True))
        total = None if money[0] is None else sum(money)
        rows.append((year, EVERYBODY, int(active.sum()), total))
    table = pd.DataFrame(rows, columns=["year", "layer", "active", "sales"])
    return table.astype({"sales": "Int64"})


def _sales(visits, names, prices, rates: Rates) -> np.ndarray | None:
    """[layer, year], whole minor units."""
    if not rates.has_money:
        return None
    by_year = visits.reshape(len(names), YEARS, 12, -1).sum(2)
    money, count = by_year @ rates.price, by_year.sum(2)
    usual = np.divide(money[:, 0], count[:, 0], out=np.ones(len(names)), where=count[:, 0] > 0)
    own = np.array([prices.get(name) or mean for name, mean in zip(names, usual, strict=True)])
    split = money * np.divide(own, usual, out=np.ones_like(own), where=usual > 0)[:, None]
    total, parts = money.sum(0), split.sum(0)
    scaled = split * np.divide(total, parts, out=np.zeros_like(total), where=parts > 0)
    return np.stack([whole_parts(year) for year in scaled.T], axis=1)


def whole_parts(parts: np.ndarray) -> np.ndarray:
    """Whole numbers that add up to the rounded sum, each at most one off (largest remainder)."""
    whole = np.floor(parts).astype("int64")
    left = int(round(parts.sum())) - int(whole.sum())
    largest = np.argsort(-(parts - whole), kind="stable")[: max(left, 0)]
    whole[largest] += 1
    return whole
