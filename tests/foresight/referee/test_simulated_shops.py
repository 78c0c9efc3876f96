"""Shops whose ways do not change, made by rule: what is promised comes, whoever wins."""

import datetime as dt
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from raw_days import visits_of_days

from toolkit.foresight import past
from toolkit.foresight.applied import apply
from toolkit.foresight.counts import fit_counts
from toolkit.foresight.referee import bare_at, calibration, noise_floor, sampled, spread
from toolkit.frames import frame

OPENING = dt.date(2022, 1, 1)
CLOSING_DAY, HORIZON, CUSTOMERS = 900, 120, 3500


def shop(seed, phases, stays, customers=CUSTOMERS):
    """Purchase days of customers who arrive evenly, before the opening as after it, and buy at
    gaps of so many exponential phases until they leave, `stays` days after the first visit on
    average, each at a rate of their own."""
    draw = np.random.default_rng(seed)
    start = draw.uniform(-600, CLOSING_DAY, customers)
    rate = draw.gamma(1.5, 1 / 60, customers) + 1 / 400
    leaves = start + draw.exponential(stays, customers)
    now, rows = start, []
    who = np.arange(customers)
    while len(who):
        rows.append((who, np.floor(now)))
        now = now + draw.gamma(phases, 1 / (phases * rate[who]))
        kept = (now < leaves[who]) & (now < CLOSING_DAY + HORIZON)
        who, now = who[kept], now[kept]
    customers, days = (np.concatenate(part) for part in zip(*rows, strict=True))
    days = pd.DataFrame({"customer_id": customers, "day": days})
    days = days[days.day >= 0]
    date = pd.Timestamp(OPENING) + pd.to_timedelta(days.day, unit="D")
    return visits_of_days(days.assign(date=date, amount=float("nan")))


def judged(visits):
    """Past, tenths of the chances used against what came, the sample's size."""
    closing = OPENING + dt.timedelta(days=CLOSING_DAY)
    book = SimpleNamespace(
        visits_table=visits.filter(visits.date <= closing),
        closing=closing,
        first=OPENING,
        cutoffs=SimpleNamespace(lapse_days=120),
        has_money=False,
    )
    found = past.past_of(book, HORIZON, fit_counts)
    promised = frame(apply(book, found, HORIZON, fit_counts).customers.order_by("customer_id"))
    came = bare_at(visits, closing, 120, HORIZON)
    assert promised.customer_id.tolist() == came.customer_id.tolist()
    return found, calibration(came, promised.chance.to_numpy())


SHOPS = {"who leave": (1, 1, 200), "who stay": (2, 1, 5000), "in rhythm": (3, 3, 300)}


@pytest.mark.parametrize("name", SHOPS)
def test_chances_and_what_happened_are_within_three_points(name):
    found, tenths = judged(shop(*SHOPS[name]))
    print(name, found.verdict.winners, f"{spread(tenths):.4f}, noise {noise_floor(tenths):.4f}")
    assert spread(tenths) <= 0.03
    assert abs(found.season.step) < 0.1  # by luck one in twenty finds a season, a small one


def test_a_sample_names_the_winner_that_all_customers_name(monkeypatch):
    visits = shop(*SHOPS["in rhythm"], customers=6000)
    everyone, tenths = judged(visits)
    monkeypatch.setattr(past, "sampled", lambda given: sampled(given, 3000))
    some, fewer = judged(visits)
    assert everyone.sampled is None and some.sampled == pytest.approx(3000, rel=0.1)
    assert some.verdict.winners == everyone.verdict.winners
    auc = [one.verdict.ranking.set_index("method").auc for one in (everyone, some)]
    assert (auc[0] - auc[1]).abs().max() < 0.015
    assert fewer.customers.sum() == tenths.customers.sum()  # applied to all
    assert spread(fewer) <= 0.03
