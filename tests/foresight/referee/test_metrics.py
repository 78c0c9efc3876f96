"""The referee: every score against a number worked out by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from toolkit.foresight.referee import auc, calibration, lift, noise_floor, spread
from toolkit.foresight.referee.metrics import places

CHANCE = np.array([0.9, 0.8, 0.6, 0.4, 0.3, 0.1])
CAME = [1, 0, 1, 0, 1, 0]
SILENT = [10, 20, 100, 90, 120, 89]


@pytest.fixture
def six(known):
    return known(SILENT, CAME)


def test_auc_of_six_customers():
    # Pairs (came, stayed away) in the right order: .9 beats 3, .6 beats 2, .3 beats 1: 6 of 9.
    assert auc(np.array(CAME), CHANCE) == pytest.approx(6 / 9)


def test_ties_count_half():
    # .5 against .5 and .5 against .1: half and one of two.
    assert auc(np.array([1, 0, 0]), np.array([0.5, 0.5, 0.1])) == pytest.approx(0.75)
    assert auc(np.array(CAME), np.full(6, 0.2)) == 0.5


def test_places_of_six_customers():
    # Of those who came: above how many of the 3 others; of the others: below how many who came.
    placed = places(np.array(CAME), CHANCE)
    assert placed.tolist() == pytest.approx([1, 1 / 3, 2 / 3, 2 / 3, 1 / 3, 1])


@pytest.mark.parametrize("outcome", [0, 1])
def test_auc_is_missing_when_none_or_all_came(outcome):
    assert auc(np.full(6, outcome), CHANCE) is None


@given(
    st.lists(st.tuples(st.integers(0, 1), st.integers(0, 5)), min_size=2, max_size=40).filter(
        lambda rows: len({came for came, _ in rows}) == 2
    )
)
def test_auc_is_that_of_the_well_kept_library(rows):
    came, order = map(np.array, zip(*rows, strict=True))
    assert auc(came, order) == pytest.approx(roc_auc_score(came, order))
    assert auc(came, -order) == pytest.approx(1 - auc(came, order))


def test_lift_of_six_customers():
    # The best third are .9 (came) and .8: half came, as of all.
    assert lift(np.array(CAME), CHANCE, 1 / 3) == pytest.approx(1.0)
    # The best sixth came: 1 over 1/2.
    assert lift(np.array(CAME), CHANCE, 1 / 6) == pytest.approx(2.0)


def test_lift_of_customers_who_cannot_be_told_apart_is_one_in_any_order():
    came = np.array([1, 1, 0, 0, 0])
    assert lift(came, np.zeros(5), 0.2) == pytest.approx(1.0)
    # Half of the two best, of whom one came.
    assert lift(np.array([1, 0, 0, 1, 0]), np.array([2, 2, 1, 0, 0]), 0.2) == pytest.approx(1.25)


def test_lift_is_missing_when_nobody_came():
    assert lift(np.zeros(4), np.arange(4), 0.1) is None


def test_the_noise_floor_is_what_right_chances_show():
    # A thousand draws of 200 customers a tenth, chances exactly right.
    chance, p = np.random.default_rng(1), np.repeat(np.linspace(0.05, 0.9, 10), 200)
    shown = chance.random((1000, 2000)) < p
    errors = np.abs(shown.reshape(1000, 10, 200).mean(axis=2) - p[::200]).mean(axis=1)
    table = pd.DataFrame({"predicted": p[::200], "customers": 200})
    assert noise_floor(table) == pytest.approx(errors.mean(), rel=0.03)


def test_groups_differ_by_one_at_most_and_hold_everyone(known):
    chance = np.linspace(0.9, 0.1, 23)
    table = calibration(known([1] * 23, [1] * 10 + [0] * 13), chance)
    assert table.tenth.tolist() == list(range(1, 11))
    assert table.customers.tolist() == [3, 3, 3, 2, 2, 2, 2, 2, 2, 2]
    assert table.came.sum() == 10
    assert table.predicted.is_monotonic_increasing


def test_fewer_customers_than_groups_leave_no_empty_group(known):
    table = calibration(known([1] * 4, [0, 0, 1, 1]), np.array([0.1, 0.2, 0.3, 0.4]))
    assert table.customers.tolist() == [1, 1, 1, 1]


def test_the_least_likely_come_first(six):
    table = calibration(six, CHANCE, groups=2)
    assert table.predicted.tolist() == pytest.approx([0.8 / 3, 2.3 / 3])
    assert table.came.tolist() == [1, 2]
    assert table.happened.tolist() == pytest.approx([1 / 3, 2 / 3])


def test_the_interval_is_wilsons(known):
    # z = 1.959964: 1 of 4: (1 + z2/2 -+ z sqrt(3/4 + z2/4)) / (4 + z2); 0 of 4: 0 to z2 / (4 + z2).
    table = calibration(known([1] * 8, [0, 0, 0, 0, 1, 0, 0, 0]), np.arange(8) / 10, groups=2)
    z2 = 1.959963985**2
    half = np.sqrt(z2 * (0.75 + z2 / 4))
    low, high = (1 + z2 / 2 - half) / (4 + z2), (1 + z2 / 2 + half) / (4 + z2)
    assert (low, high) == pytest.approx((0.04559, 0.69936), abs=1e-5)
    assert table.low.tolist() == pytest.approx([0, low], abs=1e-9)
    assert table.high.tolist() == pytest.approx([z2 / (4 + z2), high], abs=1e-9)


def test_calibration_error_is_the_mean_distance():
    table = pd.DataFrame({"predicted": [0.1, 0.5], "happened": [0.2, 0.2]})
    assert spread(table) == pytest.approx(0.2)
