"""Gamma-Gamma: the published fit and expectations, recovery, edges, and its slope."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.foresight.spend import GammaGamma, fit_gamma_gamma, independence, spend_rows
from toolkit.foresight.spend.gamma_gamma import _likelihood

PUBLISHED = GammaGamma(6.25, 3.74, 15.44)


def repeats_of(real_data, file, columns, skip=0):
    """Rows as of `spend_rows`, one per customer, from raw purchase days in cents."""
    found = pd.read_csv(
        real_data / "cdnow" / file, sep=r"\s+", header=None, usecols=columns, skiprows=skip
    )
    found = found.set_axis(["customer", "date", "amount"], axis=1)
    found["amount"] = (100 * found["amount"]).round().astype("int64")
    days = found[found.date <= 19970930].groupby(["customer", "date"], as_index=False).amount.sum()
    days = days[days.groupby("customer").cumcount() > 0]
    per = days.groupby("customer").amount.agg(["count", "sum"])
    per = per[per["sum"] > 0].reset_index(drop=True)
    return pd.DataFrame({"visits": per["count"], "customers": 1, "money": per["sum"]})


def test_cdnow_gives_the_published_parameters(real_data):
    rows = repeats_of(real_data, "CDNOW_sample.txt", [1, 2, 4])
    found = fit_gamma_gamma(rows)
    assert len(rows) == 946
    assert [found.p, found.q, found.gamma / 100] == pytest.approx([6.25, 3.74, 15.44], abs=0.008)
    assert found.log_likelihood + 946 * np.log(100) == pytest.approx(-4055.918, abs=0.002)
    errors = [found.errors[0], found.errors[1], found.errors[2] / 100]
    assert errors == pytest.approx([1.190, 0.290, 4.160], abs=0.002)
    assert found.mean / 100 == pytest.approx(35.17, abs=0.005)


def test_cdnow_breaks_independence_a_little(real_data):
    found = independence(repeats_of(real_data, "CDNOW_master.txt", [0, 1, 3], skip=1))
    assert found.pearson[0] == pytest.approx(0.080, abs=0.0005)
    assert found.spearman[0] == pytest.approx(0.198, abs=0.0005)
    assert found.verdict == "mild_more"


@pytest.mark.parametrize(
    ("n", "mean", "expected"),
    [(0, 0, 35.2190), (1, 35, 35.0667), (2, 22.35, 24.6637), (5, 80, 76.3901)],
    ids=["never", "once", "twice", "five"],
)
def test_expectations_are_the_published_ones(n, mean, expected):
    assert PUBLISHED.expected(n, n * mean) == pytest.approx(expected, abs=5e-5)


def test_parameters_are_recovered_from_amounts_drawn_with_them(drawn, bought):
    found = fit_gamma_gamma(spend_rows(bought(drawn(4.0, 3.5, 2000.0, 4000, seed=3))))
    off = np.array([found.p, found.q, found.gamma]) - [4.0, 3.5, 2000.0]
    assert found.edge is None
    assert np.all(np.abs(off) < 2 * np.array(found.errors))
    assert np.all(np.array(found.errors) < 0.15 * np.array([4.0, 3.5, 2000.0]))


def test_rows_with_weights_are_the_customers_one_by_one():
    one_by_one = pd.DataFrame(
        {"visits": [1, 1, 2, 2, 3], "customers": 1, "money": [900, 900, 2600, 2600, 1500]}
    )
    grouped = pd.DataFrame(
        {"visits": [1, 2, 3], "customers": [2, 2, 1], "money": [1800, 5200, 1500]}
    )
    pair = [fit_gamma_gamma(rows) for rows in (one_by_one, grouped)]
    assert pair[0].log_likelihood == pytest.approx(pair[1].log_likelihood, abs=1e-9)


def test_another_currency_moves_gamma_alone(drawn, bought):
    amounts = drawn(4.0, 3.5, 2000.0, 400)
    rows = spend_rows(bought(amounts))
    small, large = (fit_gamma_gamma(rows.assign(money=rows.money * k)) for k in (1, 100))
    assert [large.p, large.q] == pytest.approx([small.p, small.q], rel=1e-4)
    assert large.gamma == pytest.approx(100 * small.gamma, rel=1e-4)


def test_amounts_that_never_vary_within_customers_are_at_the_edge(bought):
    rows = spend_rows(bought({i: [500 * (1 + i % 7)] * (1 + i % 4) for i in range(200)}))
    assert fit_gamma_gamma(rows).edge == "boundary"


@given(st.floats(0.2, 30), st.floats(0.2, 30), st.floats(0.05, 20), st.integers(0, 10**6))
def test_the_slope_is_that_of_the_likelihood(p, q, gamma, seed):
    chance = np.random.default_rng(seed)
    told = chance.integers(1, 9, 5).astype(float), chance.gamma(3, 0.3, 5) + 0.01, np.ones(5)
    value = np.array([p, q, gamma])
    _, slope = _likelihood(value, *told)
    for i in range(3):
        step = np.zeros(3)
        step[i] = 1e-5 * value[i]
        up, down = (_likelihood(value + sign * step, *told)[0] for sign in (1, -1))
        by_steps = (up - down) / (2 * step[i])
        assert slope[i] == pytest.approx(by_steps, rel=1e-4, abs=1e-5)


@given(st.floats(0.05, 50), st.floats(1.01, 50), st.floats(1, 1e6), st.integers(1, 100))
def test_what_is_expected_lies_between_own_mean_and_the_shops(p, q, gamma, n):
    model = GammaGamma(p, q, gamma)
    for own in (1.0, 500.0, 1e7):
        found = model.expected(n, n * own)
        low, high = sorted([own, model.mean])
        assert low * (1 - 1e-9) <= found <= high * (1 + 1e-9)
