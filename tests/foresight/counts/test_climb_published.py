"""Published fits of two models the project does not have, as hills for its own climber.

Each likelihood is written here from its paper, as a sum of ways a history can have come about: one
for staying, others for leaving at a certain time.
"""

import numpy as np
import pandas as pd
import pytest
from scipy.special import betaln, digamma, gammaln, logsumexp

from toolkit.foresight.counts.climb import climb, standard_errors

# Fader, Hardie & Shang 2010 (Marketing Science 29(6)), table 1: 11,104 who first gave to a public
# radio station in 1995, by the number of the six years after in which they gave again, and the
# last of these.
DONATIONS = {
    (0, 0): 3464,
    (1, 1): 1091, (1, 2): 277, (1, 3): 129, (1, 4): 78, (1, 5): 119, (1, 6): 129,
    (2, 2): 613, (2, 3): 255, (2, 4): 155, (2, 5): 173, (2, 6): 234,
    (3, 3): 322, (3, 4): 181, (3, 5): 225, (3, 6): 357,
    (4, 4): 240, (4, 5): 284, (4, 6): 512,
    (5, 5): 335, (5, 6): 728,
    (6, 6): 1203,
}  # fmt: skip
YEARS = 6
NODES, WEIGHTS = np.polynomial.legendre.leggauss(32)
STARTS = [np.full(4, 0.0), np.array([1.0, 1.0, -1.0, 1.0])]


@pytest.fixture(scope="module")
def donors():
    x, last = np.array(list(DONATIONS)).T
    return pd.DataFrame({"x": x, "last": last, "customers": list(DONATIONS.values())})


def hill(ways, customers):
    """ways(parameters) -> logarithms [history, way] and their slopes by each parameter
    [parameter, history, way]; as the loss that is climbed: the mean over customers."""

    def loss(logs):
        parameters = np.exp(logs)
        terms, slopes = ways(parameters)
        whole = logsumexp(terms, axis=1)
        share = np.exp(terms - whole[:, None])
        each = np.array([(share * slope).sum(axis=1) for slope in slopes])
        return -(customers @ whole) / customers.sum(), -(each @ customers) * parameters / (
            customers.sum()
        )

    return loss


def of_beta(top, bottom, plus_top, plus_bottom):
    """log B(top + plus_top, bottom + plus_bottom) - log B(top, bottom), and its slopes by top and
    bottom."""
    a, b = top + plus_top, bottom + plus_bottom
    both, start = digamma(a + b), digamma(top + bottom)
    return (
        betaln(a, b) - betaln(top, bottom),
        digamma(a) - both - digamma(top) + start,
        digamma(b) - both - digamma(bottom) + start,
    )


def giving(donors):
    """BG/BB (the same paper): giving with a chance of Beta(a, b) in every year until leaving, with
    one of Beta(c, d), in one of the years after the last gift or not at all."""
    x, last = (donors[name].to_numpy()[:, None] for name in ("x", "last"))
    years = np.minimum(last + np.arange(YEARS + 1), YEARS)  # those lived through
    left = last + np.arange(YEARS + 1) < YEARS
    there = last + np.arange(YEARS + 1) <= YEARS

    def ways(parameters):
        a, b, c, d = parameters
        gave, by_a, by_b = of_beta(a, b, x, years - x)
        stayed, by_c, by_d = of_beta(c, d, left.astype(float), years)
        terms = np.where(there, gave + stayed, -np.inf)
        return terms, (by_a, by_b, by_c, by_d)

    return hill(ways, donors.customers.to_numpy())


def growing(histories):
    """Gamma/Gompertz/NBD (Bemmaor & Glady 2012, Management Science 58(5)), in weeks: visits at a
    rate of Gamma(r, alpha) until leaving, with a hazard that grows by exp(b t) and a level of
    Gamma(s, beta). The time of leaving by 32 Gauss-Legendre nodes. In place of beta stands
    beta / b, with which it is Pareto/NBD at b = 0."""
    x, last, age = (
        histories[name].to_numpy(float)[:, None] / unit
        for name, unit in (("repeats", 1), ("last_days", 7), ("age_days", 7))
    )
    half = (age - last) / 2
    y = np.hstack([last + half * (1 + NODES), age])
    left = np.append(np.ones(len(NODES)), 0)
    with np.errstate(divide="ignore"):  # nothing between the last visit and the end
        weight = np.hstack([np.log(half * WEIGHTS), np.zeros_like(age)])

    def ways(parameters):
        r, alpha, b, s, beta = parameters
        grown = np.expm1(b * y) / b
        visits = gammaln(r + x) - gammaln(r) + r * np.log(alpha) - (r + x) * np.log(alpha + y)
        life = s * np.log(beta / (beta + grown)) + left * (np.log(s) + b * y - np.log(beta + grown))
        faster = (y * np.exp(b * y) - grown) / b
        slopes = (
            digamma(r + x) - digamma(r) + np.log(alpha / (alpha + y)),
            r / alpha - (r + x) / (alpha + y),
            left * y - (s + left) * faster / (beta + grown),
            np.log(beta / (beta + grown)) + left / s,
            s / beta - (s + left) / (beta + grown),
        )
        return weight + visits + life, slopes

    return hill(ways, histories.customers.to_numpy(float))


@pytest.mark.parametrize("start", range(len(STARTS)), ids=["one", "other"])
def test_the_donors_of_the_paper_are_found_from_any_start(donors, start):
    assert donors.customers.sum() == 11_104
    loss, published = giving(donors), np.array([1.2035, 0.7497, 0.6567, 2.7834])
    assert -11_104 * loss(np.log(published))[0] == pytest.approx(-33225.581, abs=0.0005)
    summit = climb(loss, [STARTS[start]])
    assert -11_104 * summit.loss == pytest.approx(-33225.581, abs=0.0005)
    assert np.exp(summit.logs) == pytest.approx(published, abs=0.0001)
    assert standard_errors(summit, 11_104) is not None


def test_a_hazard_that_grows_adds_nothing_to_a_steady_one_at_the_music_shop(shop_of_file):
    histories = shop_of_file("cdnow")
    starts = [np.zeros(5), np.log([0.5, 10, 0.02, 1.0, 20])]
    summit = climb(growing(histories), starts)
    assert -2357 * summit.loss == pytest.approx(-9594.976, abs=0.0015)
    r, alpha, b, s, beta = np.exp(summit.logs)
    # The growth runs to its boundary, where what is left is the Pareto/NBD.
    assert b < 1e-3
    assert (r, alpha, s, beta) == pytest.approx((0.55328, 10.5777, 0.60624, 11.6687), rel=0.005)
    assert standard_errors(summit, 2357) is None


@pytest.mark.parametrize("model", ["giving", "growing"])
def test_the_slopes_are_those_of_the_hill(donors, histories_of, model):
    if model == "giving":
        loss, at = giving(donors), np.log([1.1, 0.6, 0.8, 2.0])
    else:
        few = histories_of((0, 0, 270), (3, 80, 210), (2, 140, 140)).assign(customers=[5, 2, 1])
        loss, at = growing(few), np.log([0.6, 9.0, 0.03, 0.7, 15.0])
    measured = [(loss(at + e)[0] - loss(at - e)[0]) / 2e-5 for e in 1e-5 * np.eye(len(at))]
    assert loss(at)[1] == pytest.approx(measured, rel=1e-6, abs=1e-9)
