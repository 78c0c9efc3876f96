"""The likelihood of (M)BG/CNBD-k and the NBD: identities, slopes and other ways to the same."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import approx_fprime
from scipy.special import gammaln
from scipy.stats import nbinom

from toolkit.foresight.counts.climb import climb
from toolkit.foresight.counts.cnbd import CnbdLoss, chances
from toolkit.foresight.counts.rows import rows_of

FIRSTS = st.sampled_from([None, 0, 1])
PHASES = st.integers(1, 4)
LOGS = st.lists(st.floats(-2.5, 2.5), min_size=4, max_size=4).map(np.array)


@st.composite
def histories(draw):
    rows = draw(
        st.lists(
            st.tuples(st.integers(0, 40), st.floats(0, 1), st.integers(1, 900)),
            min_size=1,
            max_size=12,
        )
    )
    return pd.DataFrame(
        {
            "repeats": [x for x, _, _ in rows],
            "last_days": [0 if x == 0 else round(age * at) for x, at, age in rows],
            "age_days": [age for _, _, age in rows],
            "customers": draw(st.lists(st.integers(1, 5), min_size=len(rows), max_size=len(rows))),
        }
    )


def parameters(logs):
    return dict(zip(("r", "alpha", "a", "b"), np.exp(logs), strict=True))


def total(frame, k, first, logs):
    rows = rows_of(frame)
    size = 2 if first is None else 4
    return -CnbdLoss(rows, k, first)(logs[:size])[0] * rows.customers


@settings(deadline=None, max_examples=60)
@given(histories(), PHASES, FIRSTS, LOGS)
def test_the_slopes_are_those_of_the_likelihood(frame, k, first, logs):
    loss, point = CnbdLoss(rows_of(frame), k, first), logs[: 2 if first is None else 4]
    step = 1e-6
    measured = [
        (loss(point + e)[0] - loss(point - e)[0]) / (2 * step) for e in step * np.eye(len(point))
    ]
    assert loss(point)[1] == pytest.approx(np.array(measured), rel=1e-4, abs=1e-5)


@settings(deadline=None, max_examples=40)
@given(histories(), PHASES, FIRSTS, LOGS)
def test_weights_stand_for_customers(frame, k, first, logs):
    spread_out = frame.loc[frame.index.repeat(frame.customers)].assign(customers=1)
    found = total(frame, k, first, logs)
    assert found == pytest.approx(total(spread_out, k, first, logs), rel=1e-12, abs=1e-9)


@settings(deadline=None, max_examples=40)
@given(histories(), FIRSTS, LOGS, st.floats(0.1, 30))
def test_another_unit_of_time_moves_the_likelihood_by_the_repeats(frame, first, logs, unit):
    scaled = frame.assign(last_days=frame.last_days * unit, age_days=frame.age_days * unit)
    moved = logs + np.array([0, np.log(unit), 0, 0])
    shift = (frame.customers * frame.repeats).sum() * np.log(unit)
    before = total(frame, 1, first, logs)
    assert total(scaled, 1, first, moved) == pytest.approx(before - shift, rel=1e-9, abs=1e-6)


@settings(deadline=None, max_examples=40)
@given(histories(), LOGS)
def test_one_phase_is_the_closed_form_of_the_papers(frame, logs):
    # Fader, Hardie and Lee 2005: A1 A2 (A3 + delta A4).
    r, alpha, a, b = np.exp(logs)
    x, t, age = (frame[c].to_numpy(float) for c in ("repeats", "last_days", "age_days"))
    t, age = t / 7, age / 7
    a1 = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    a2 = gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
    a3 = -(r + x) * np.log(alpha + age)
    a4 = np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(alpha + t)
    either = np.where(x > 0, np.logaddexp(a3, a4), a3)
    expected = frame.customers @ (a1 + a2 + either)
    assert total(frame, 1, 0, logs) == pytest.approx(expected, rel=1e-9, abs=1e-8)


def test_without_leaving_the_counts_are_negative_binomial(shop_of_file):
    frame = shop_of_file("cdnow")
    summit = climb(CnbdLoss(rows_of(frame), 1, None), [np.log([0.5, 10.0])])
    r, alpha = np.exp(summit.logs)
    weeks = frame.age_days / 7
    height = frame.customers @ nbinom.logpmf(frame.repeats, r, alpha / (alpha + weeks))
    assert height == pytest.approx(-3193.06, abs=0.005)


@settings(deadline=None, max_examples=60)
@given(histories(), PHASES, FIRSTS, LOGS, st.floats(0, 200))
def test_who_buys_is_alive_and_a_later_visit_is_more_alive(frame, k, first, logs, horizon):
    x, t, age = (frame[c].to_numpy(float) for c in ("repeats", "last_days", "age_days"))
    alive, any_if_alive = chances(parameters(logs), k, first, (x, t, age), horizon)
    assert ((alive >= 0) & (alive <= 1)).all()
    assert ((any_if_alive >= 0) & (any_if_alive <= 1)).all()
    later = np.where(x > 0, (t + age) / 2, 0.0)
    more, _ = chances(parameters(logs), k, first, (x, later, age), horizon)
    assert (more >= alive - 1e-12).all()


@pytest.mark.parametrize("first", [None, 0, 1])
@pytest.mark.parametrize("logs", [(-12, 12, -12, 12), (12, -12, 12, -12), (12, 12, 12, 12)])
def test_at_the_walls_there_is_still_a_number(histories_of, first, logs):
    frame = histories_of((0, 0, 0), (0, 0, 900), (5000, 900, 900), (1, 1, 900), (3, 900, 900))
    for k in (1, 8):
        loss = CnbdLoss(rows_of(frame), k, first)
        value, slopes = loss(np.array(logs[: 2 if first is None else 4], float))
        assert np.isfinite(value) and np.isfinite(slopes).all()


def test_the_measured_slope_is_what_scipy_measures(histories_of):
    # Once with a foreign ruler, at a point of an ordinary shop.
    loss = CnbdLoss(rows_of(histories_of((0, 0, 300), (2, 100, 300), (9, 250, 260))), 2, 1)
    point = np.log([1.3, 2.8, 0.4, 0.8])
    measured = approx_fprime(point, lambda p: loss(p)[0], 1e-7)
    assert loss(point)[1] == pytest.approx(measured, abs=1e-6)
