"""The product's own value, by winners and by counts, against the futures of simulated shops.

Two of them; FUTURES=6 for those of docs/definitions.md.
"""

import os

import numpy as np
import pytest

from toolkit.foresight import foresee, foresee_value

CUSTOMERS, CLOSING, YEAR = 600, 1100, 365
SHOPS = int(os.environ.get("FUTURES", "2"))
LAST_NEW = 800  # early enough that 300 were there to learn from a year before the closing day
GIVEN = {"lapse_days": 240, "currency": "JPY"}


def drawn(seed):
    """(customer, day, amount) of shops whose customers buy at rates of their own, each until one
    purchase is the last, up to a year after the closing day."""
    chance, orders = np.random.default_rng(seed), []
    for number in range(CUSTOMERS):
        day, rate = chance.uniform(0, LAST_NEW), chance.gamma(0.9, 1 / 40)
        leaves, usual = chance.beta(0.8, 2.5), chance.lognormal(8, 0.5)
        while day < CLOSING + YEAR:
            orders.append((f"c{number:03}", int(day), int(usual * chance.lognormal(0, 0.4)) + 1))
            if chance.random() < leaves:
                break
            day += 1 + chance.exponential(1 / rate)
    return orders


@pytest.fixture(scope="module")
def futures(book_of):
    """By method: of every shop the margin that came, and what was foretold of it with its ends."""
    made = {"winners": [], "counts": []}
    for seed in range(SHOPS):
        orders = drawn(70_000 + seed)
        known = [order for order in orders if order[1] <= CLOSING]
        names = {name for name, *_ in known}
        book, settings = book_of(known, CLOSING, **GIVEN)
        later = sum(
            a for name, day, a in orders if name in names and CLOSING < day <= CLOSING + YEAR
        )
        outlook = foresee(book, settings)
        both = foresee_value(book, settings, outlook), foresee_value(book, settings)
        for found in both:
            total = found.total()
            ends = (total["margin_12"], total["low_12"], total["high_12"])
            made[found.method].append((later * settings.margin_share, *ends))
    return made


@pytest.mark.parametrize("method", ["winners", "counts"])
def test_the_value_of_twelve_months_is_what_came(futures, method):
    came, told, low, high = np.array(futures[method]).T
    assert len(came) == SHOPS
    assert told.sum() / came.sum() == pytest.approx(1, abs=0.15)
    assert (np.abs(np.log(told / came)) < 0.4).all()
    assert ((low <= came) & (came <= high)).sum() >= 0.6 * SHOPS  # of 80 % each
