"""The bootstrap: paired, seeded, and to first order what resampling the AUC itself would give."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from toolkit.foresight.referee.bootstrap import auc_parts, joined, resampled
from toolkit.foresight.referee.winner import lead, winner


@pytest.fixture(scope="module")
def two_orders():
    """Outcomes of 800 customers, a good order and one a little worse."""
    chance = np.random.default_rng(3)
    truth = chance.normal(size=800)
    came = chance.random(800) < 1 / (1 + np.exp(1 - 1.5 * truth))
    return came, truth, truth + chance.normal(size=800) * 0.5


def test_parts_add_up_to_nothing_and_are_missing_when_all_came():
    parts = auc_parts(np.array([1, 0, 1, 0]), np.array([4, 3, 2, 1]))
    assert parts.sum() == pytest.approx(0)
    assert auc_parts(np.ones(3), np.arange(3)) is None


def test_the_interval_is_that_of_resampling_the_auc_itself(two_orders):
    came, good, worse = two_orders
    parts = np.column_stack([auc_parts(came, order) for order in (good, worse)])
    drawn = resampled(parts, seed=1, draws=2000)
    found = np.percentile(drawn[:, 0] - drawn[:, 1], [2.5, 97.5])
    chance, plain = np.random.default_rng(2), []
    for _ in range(500):
        who = chance.integers(0, 800, 800)
        plain.append(roc_auc_score(came[who], good[who]) - roc_auc_score(came[who], worse[who]))
    middle = roc_auc_score(came, good) - roc_auc_score(came, worse)
    assert found + middle == pytest.approx(np.percentile(plain, [2.5, 97.5]), abs=0.004)


def test_the_same_seed_draws_the_same_customers_for_all_columns():
    parts = np.random.default_rng(0).normal(size=(50, 1)) @ np.array([[1.0, 1.0, 2.0]])
    drawn = resampled(parts, seed=7)
    assert np.array_equal(drawn, resampled(parts, seed=7))
    assert np.allclose(drawn[:, 0], drawn[:, 1]) and np.allclose(2 * drawn[:, 0], drawn[:, 2])


def test_a_customer_of_two_origins_is_one_row_with_the_mean_of_both_as_its_share():
    # Means of 2 and 5 over the origins; the mean over the joined rows is their mean, 3.5.
    one = (np.array([1, 2]), np.array([[1.0], [3.0]]))
    two = (np.array([2, 3]), np.array([[4.0], [6.0]]))
    rows = joined([one, two])
    assert rows.shape == (3, 1)
    assert rows.mean() == pytest.approx(3.5)


def test_who_is_tied_with_the_best_follows_from_the_interval():
    deviations = np.zeros((100, 3))
    deviations[:, 1] = np.linspace(-0.02, 0.02, 100)
    found = lead(np.array([0.70, 0.79, 0.80]), deviations)
    assert found.behind.tolist() == pytest.approx([0.1, 0.01, 0])
    assert found.tied.tolist() == [False, True, True]
    assert found.behind_low[1] == pytest.approx(0.01 - 0.019, abs=1e-3)


@pytest.mark.parametrize(
    ("tied", "also", "chosen"),
    [
        ([False, True, True], None, "b"),
        ([False, False, True], None, "c"),
        ([True, True, True], [False, False, True], "c"),
        ([True, True, False], [False, False, True], "a"),
    ],
)
def test_the_simplest_of_the_tied_is_used(tied, also, chosen):
    also = None if also is None else np.array(also)
    assert winner(["a", "b", "c"], np.array(tied), also) == chosen
