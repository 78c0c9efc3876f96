"""Simulated shops: what was put in comes out, and the future is as long as was said."""

import numpy as np
import pytest

from toolkit.foresight.counts import fit_counts, fit_family
from toolkit.foresight.counts.simulated import simulated_histories

PUT_IN = {"r": 0.85, "alpha": 1.45, "a": 0.79, "b": 2.42}  # the shop of BTYDplus' own check
SMALL, LARGE = 8_000, 50_000


def shop(customers, k, seed, family="mbg_cnbd", ahead_days=364):
    chance = np.random.default_rng(seed)
    age = chance.integers(26 * 7, 104 * 7, customers)
    return simulated_histories(family, k, PUT_IN, age, chance, ahead_days)


@pytest.fixture(scope="module")
def large():
    """Shops of 50,000 customers by k, each made once."""
    return {k: shop(LARGE, k, 100 + k) for k in (1, 2, 3)}


@pytest.mark.parametrize("k", [1, 2, 3])
def test_a_large_shop_gives_back_its_parameters(large, k):
    model = fit_counts(large[k].assign(customers=1))
    assert (model.family, model.k) == ("mbg_cnbd", k)
    assert model.verdict == ("leave" if k == 1 else "regular")
    for name, value in PUT_IN.items():
        assert model.parameters[name] == pytest.approx(value, rel=0.1)


@pytest.mark.parametrize("family", ["mbg_cnbd", "bg_cnbd"])
@pytest.mark.parametrize("k", [1, 2, 3])
def test_a_small_shop_gives_them_back_within_three_errors(family, k):
    model = fit_family(shop(SMALL, k, 200 + k, family), family, k)
    for name, value in PUT_IN.items():
        assert abs(model.parameters[name] - value) < 3 * model.standard_errors[name]


@pytest.mark.parametrize("k", [1, 2, 3])
def test_the_visits_to_come_and_the_customers_left_add_up(large, k):
    histories = large[k]
    model = fit_counts(histories.assign(customers=1))
    visits = model.expected_visits(histories, 364)
    assert visits.sum() == pytest.approx(histories.ahead.sum(), rel=0.05)
    alive = model.chance_alive(histories)
    assert alive.sum() == pytest.approx(histories.alive.sum(), rel=0.05)
    came = model.chance_any(histories, 364)
    assert came.sum() == pytest.approx((histories.ahead > 0).sum(), rel=0.05)


def test_a_shop_that_nobody_leaves_slows_down_at_most():
    chance = np.random.default_rng(7)
    given = {"r": 0.7, "alpha": 9.0}
    histories = simulated_histories("nbd", 1, given, chance.integers(100, 700, SMALL), chance)
    assert histories.alive.all()
    model = fit_counts(histories)
    assert (model.family, model.verdict) == ("nbd", "slow_down")
    assert list(model.parameters.values()) == pytest.approx([0.7, 9.0], rel=0.1)


def test_fewer_rows_do_not_move_the_maximum(add_up):
    histories = shop(LARGE, 2, 5)
    whole_days = histories.assign(last_days=np.ceil(histories.last_days))
    by_day = fit_family(add_up(whole_days), "mbg_cnbd", 2)
    one_each = fit_family(whole_days, "mbg_cnbd", 2)
    assert by_day.log_likelihood == pytest.approx(one_each.log_likelihood, rel=1e-9)
    assert list(by_day.parameters.values()) == pytest.approx(
        list(one_each.parameters.values()), rel=1e-4
    )
