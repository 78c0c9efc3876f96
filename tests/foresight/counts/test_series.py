"""The exact series of expected visits, against the sum of chances it was derived from."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import betaln, gammaln, hyp2f1
from scipy.stats import nbinom

from toolkit.foresight.counts import series
from toolkit.foresight.counts.cnbd import chances

LOGS = st.lists(st.floats(-2.0, 2.0), min_size=4, max_size=4).map(np.array)
HISTORY = st.tuples(st.integers(0, 60), st.floats(0, 1), st.floats(0, 150))


def named(logs):
    return dict(zip(("r", "alpha", "a", "b"), np.exp(logs), strict=True))


def one(history):
    x, part, age = history
    return np.array([[x], [part * age if x else 0.0], [age]], float)


def by_chances(p, k, first, history, horizon):
    """sum_n P(N >= n) B(a, b + x + d + n - 1) / B(a, b + x + d) of one customer who is there."""
    (x,), (last,), (age,) = history
    s, j = p["r"] + k * x, np.arange(k)
    with np.errstate(divide="ignore"):
        logs = gammaln(s + j) - gammaln(j + 1)
        logs[1:] += j[1:] * np.log((age - last) / (p["alpha"] + age))
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    q = (p["alpha"] + age) / (p["alpha"] + age + horizon)
    n = np.arange(1, 20_000)
    after = p["b"] + x + first
    here = np.exp(betaln(p["a"], after + n - 1) - betaln(p["a"], after))
    falls_due = sum(w * nbinom.sf(n * k - i - 1, s + i, q) for i, w in zip(j, weights, strict=True))
    return falls_due @ here


@settings(deadline=None, max_examples=40)
@given(LOGS, st.integers(1, 4), st.sampled_from([0, 1]), HISTORY, st.floats(1, 52))
def test_the_series_is_the_sum_of_chances(logs, k, first, history, horizon):
    p, history = named(logs), one(history)
    found = series.expected_if_alive(p, k, first, history, horizon)
    assert found == pytest.approx(by_chances(p, k, first, history, horizon), rel=1e-6, abs=1e-9)


@settings(deadline=None, max_examples=60)
@given(LOGS, st.integers(1, 4), st.sampled_from([None, 0, 1]), HISTORY, st.floats(0, 260))
def test_more_visits_are_expected_than_customers_who_come(logs, k, first, history, horizon):
    p, history = named(logs), one(history)
    if first is None:
        p = {"r": p["r"], "alpha": p["alpha"]}
    visits = series.expected_if_alive(p, k, first, history, horizon)
    _, any_if_alive = chances(p, k, first, history, horizon)
    assert visits >= any_if_alive - 1e-8


def test_one_phase_is_the_closed_form_of_the_paper():
    # Fader, Hardie and Lee 2005, equation 10, for customers who are there.
    p = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
    x, last, age = history = np.array([(1, 20, 38.86), (4, 30, 38.86), (26, 30.86, 31)]).T
    r, alpha, a, b = p.values()
    t = 39.0
    f = hyp2f1(r + x, b + x, a + b + x - 1, t / (alpha + age + t))
    closed = (a + b + x - 1) / (a - 1) * (1 - ((alpha + age) / (alpha + age + t)) ** (r + x) * f)
    assert series.expected_if_alive(p, 1, 0, history, t) == pytest.approx(closed, rel=1e-8)


def test_where_nobody_leaves_it_is_rate_times_time():
    history = np.array([(0, 0, 30), (3, 10, 30), (400, 29, 30), (2000, 500, 500)], float).T
    found = series.expected_if_alive({"r": 0.7, "alpha": 9.0}, 1, None, history, 52.0)
    expected = (0.7 + history[0]) / (9.0 + history[2]) * 52
    assert found == pytest.approx(expected, rel=1e-7)


@pytest.mark.parametrize("a", [0.4, 0.9995, 1.0, 1.0 + 1e-6, 2.5])
def test_starting_near_many_phases_leaves_nothing_out(a):
    p = {"r": 1.0, "alpha": 3.0, "a": a, "b": 2.0}
    history = np.array([[600.0], [100.0], [101.0]])
    found = series.expected_if_alive(p, 2, 1, history, 52.0)
    assert found == pytest.approx(by_chances(p, 2, 1, history, 52.0), rel=1e-7)


@pytest.mark.parametrize("k", [1, 2, 5])
@pytest.mark.parametrize("a", [0.05, 1.0, 3.0])
def test_a_long_series_ends_in_an_integral(monkeypatch, k, a):
    p = {"r": 0.6, "alpha": 0.5, "a": a, "b": 0.8}
    history = np.array([(0, 0, 0), (1, 1, 2), (40, 50, 50)], float).T
    exact = series.expected_if_alive(p, k, 1, history, 50.0)
    monkeypatch.setattr(series, "LONGEST", 160)
    assert series.expected_if_alive(p, k, 1, history, 50.0) == pytest.approx(exact, rel=1e-4)


def test_a_new_customer_of_a_shop_that_is_soon_left(monkeypatch):
    # a + b < 1, where the closed form has a gamma function of something negative.
    p = {"r": 1.56, "alpha": 0.5, "a": 0.2, "b": 0.3}
    new = np.zeros((3, 1))
    monkeypatch.setattr(series, "LONGEST", 160)
    found = series.expected_if_alive(p, 1, 0, new, 52.0)
    assert found == pytest.approx(by_chances(p, 1, 0, new, 52.0), rel=1e-4)
    # The same where the series starts far out.
    busy = np.array([[0.0], [0.0], [0.01]])
    p |= {"r": 900.0, "alpha": 90.0}
    found = series.expected_if_alive(p, 1, 0, busy, 52.0)
    assert found == pytest.approx(by_chances(p, 1, 0, busy, 52.0), rel=1e-6)


def test_a_century_ahead_of_a_new_customer_is_a_number():
    p = {"r": 0.6, "alpha": 0.8, "a": 0.4, "b": 0.8}
    century = series.expected_if_alive(p, 2, 1, np.zeros((3, 1)), 5200.0)
    assert by_chances(p, 2, 1, np.zeros((3, 1)), 520.0) < century < 10_000
    rate = series.expected_if_alive({"r": 0.6, "alpha": 0.8}, 1, None, np.zeros((3, 1)), 5200.0)
    assert rate == pytest.approx(0.6 / 0.8 * 5200, rel=1e-5)


@pytest.mark.parametrize("horizon", [0.0, 1e-9])
def test_no_time_ahead_is_no_visit(horizon):
    p = {"r": 0.6, "alpha": 4.0, "a": 0.4, "b": 0.8}
    history = np.array([(0, 0, 0), (5, 30, 30)], float).T
    assert series.expected_if_alive(p, 2, 1, history, horizon) == pytest.approx(0, abs=1e-6)
