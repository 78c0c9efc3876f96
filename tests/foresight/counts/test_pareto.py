"""Pareto/NBD without hypergeometric functions, against them and against plain quadrature."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import gammaln, hyp2f1

from toolkit.foresight.counts import discounted_visits
from toolkit.foresight.counts.pareto import ParetoLoss, chance_alive, chances, expected_if_alive
from toolkit.foresight.counts.rows import rows_of

NAMES = ("r", "alpha", "s", "beta")
SHOPS = {
    "music": (0.553, 10.578, 0.606, 11.669),
    "equal scales": (0.8, 5.0, 0.4, 5.0),
    "leaving slowly": (0.6, 4.0, 0.5, 90.0),
    "leaving at once": (1.2, 20.0, 0.3, 0.2),
    "s of one": (0.7, 8.0, 1.0, 12.0),
}
LOGS = st.lists(st.floats(-2.5, 2.5), min_size=4, max_size=4).map(np.array)
CUSTOMERS = np.array([(0, 0, 38.86), (0, 0, 1), (2, 30.43, 38.86), (9, 12, 200), (30, 39, 39)]).T


def frame_of(history, **more):
    x, t, age = history
    return pd.DataFrame({"repeats": x, "last_days": 7 * t, "age_days": 7 * age} | more)


def published_likelihood(x, t, age, r, alpha, s, beta):
    """Fader and Hardie 2005, with the base of the larger scale."""
    larger, other = max(alpha, beta), s + 1 if alpha >= beta else r + x

    def part(at):
        z = abs(alpha - beta) / (larger + at)
        return hyp2f1(r + s + x, other, r + s + x + 1, z) / (larger + at) ** (r + s + x)

    head = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta)
    stayed = (alpha + age) ** -(r + x) * (beta + age) ** -s
    return head + np.log(stayed + s / (r + s + x) * (part(t) - part(age)))


@pytest.mark.parametrize("shop", SHOPS)
def test_the_likelihood_is_the_published_one(shop):
    for x, t, age in CUSTOMERS.T:
        loss = ParetoLoss(rows_of(frame_of(([x], np.array([t]), np.array([age])))))
        found = -loss(np.log(SHOPS[shop]))[0]
        assert found == pytest.approx(published_likelihood(x, t, age, *SHOPS[shop]), rel=1e-9)


@pytest.mark.parametrize("shop", SHOPS)
def test_chances_and_visits_are_integrals_over_the_time_of_leaving(shop):
    r, alpha, s, beta = SHOPS[shop]
    named, horizon = dict(zip(NAMES, SHOPS[shop], strict=True)), 39.0
    alive, any_if_alive = chances(named, CUSTOMERS, horizon)
    visits = expected_if_alive(named, CUSTOMERS, horizon)
    for at, (x, _, age) in enumerate(CUSTOMERS.T):

        def still_here(ahead, end=beta + age):
            return (end / (end + ahead)) ** s

        def silent(ahead, end=alpha + age, phases=r + x):
            return (end / (end + ahead)) ** phases

        def first(ahead, phases=r + x, end=alpha + age, silent=silent, here=still_here):
            return phases / (end + ahead) * silent(ahead) * here(ahead)

        assert any_if_alive[at] == pytest.approx(quad(first, 0, horizon)[0], rel=1e-8)
        whole = (r + x) / (alpha + age) * quad(still_here, 0, horizon)[0]
        assert visits[at] == pytest.approx(whole, rel=1e-8)
    assert alive == pytest.approx(chance_alive(named, CUSTOMERS), rel=1e-12)


@pytest.mark.parametrize("shop", SHOPS)
def test_discounting_is_an_integral_without_end(shop):
    named, rate = dict(zip(NAMES, SHOPS[shop], strict=True)), 0.0027
    found = discounted_visits(named, CUSTOMERS, rate)
    for at, (x, _, age) in enumerate(CUSTOMERS.T):
        end, weekly = named["beta"] + age, (named["r"] + x) / (named["alpha"] + age)

        def worth(log, end=end):
            ahead = np.exp(log)
            return ahead * np.exp(-rate * ahead) * (end / (end + ahead)) ** named["s"]

        whole = weekly * quad(worth, -15, np.log(50 / rate), limit=200)[0]
        expected = whole * chance_alive(named, CUSTOMERS)[at]
        assert found[at] == pytest.approx(expected, rel=1e-5)


@settings(deadline=None, max_examples=40)
@given(
    LOGS, st.lists(st.tuples(st.integers(0, 60), st.floats(0, 1), st.floats(0, 150)), min_size=1)
)
def test_the_slopes_are_those_of_the_likelihood(logs, rows):
    x, part, age = np.array(rows).T
    loss = ParetoLoss(rows_of(frame_of((x, part * age, age), customers=np.arange(1, len(x) + 1))))
    step = 1e-6
    measured = [(loss(logs + e)[0] - loss(logs - e)[0]) / (2 * step) for e in step * np.eye(4)]
    assert loss(logs)[1] == pytest.approx(np.array(measured), rel=1e-4, abs=1e-5)


@settings(deadline=None, max_examples=40)
@given(LOGS, st.integers(0, 300), st.floats(0, 1), st.floats(0, 150), st.floats(0, 300))
def test_who_buys_is_alive_and_a_later_visit_is_more_alive(logs, x, part, age, horizon):
    named = dict(zip(NAMES, np.exp(logs), strict=True))
    last = part * age if x else 0.0
    history = np.array([[x, x], [last, (last + age) / 2 if x else 0.0], [age, age]], float)
    alive, any_if_alive = chances(named, history, horizon)
    assert ((alive >= 0) & (alive <= 1) & (any_if_alive >= 0) & (any_if_alive <= 1)).all()
    assert alive[1] >= alive[0] - 1e-9
    visits = expected_if_alive(named, history, horizon)
    assert (visits >= any_if_alive - 1e-7).all()


@pytest.mark.parametrize("logs", [(-12, 12, -12, 12), (12, -12, 12, -12), (12, 12, 12, 12)])
def test_at_the_walls_there_is_still_a_number(histories_of, logs):
    frame = histories_of((0, 0, 0), (0, 0, 900), (5000, 900, 900), (1, 1, 900), (3, 900, 900))
    value, slopes = ParetoLoss(rows_of(frame))(np.array(logs, float))
    assert np.isfinite(value) and np.isfinite(slopes).all()
