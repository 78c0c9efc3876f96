"""The referee: every score against a number worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from toolkit.foresight.referee import calibration, judge, spread

CHANCE = np.array([0.9, 0.8, 0.6, 0.4, 0.3, 0.1])
CAME = [1, 0, 1, 0, 1, 0]
SILENT = [10, 20, 100, 90, 120, 89]  # lapsed at 90 days: the third, fourth and fifth


@pytest.fixture
def six(known):
    return known(SILENT, CAME)


def judged(features, chance=CHANCE, lapse_days=90):
    return judge(features, {"regression": chance}, lapse_days).iloc[0]


def test_auc_of_six_customers(six):
    # Pairs (came, stayed away) in the right order: .9 beats 3, .6 beats 2, .3 beats 1: 6 of 9.
    assert judged(six).auc == pytest.approx(6 / 9)


def test_auc_of_the_lapsed_counts_the_day_of_the_line(six):
    # .6 and .3 came, .4 did not: one pair of two is right.
    assert judged(six).auc_lapsed == pytest.approx(1 / 2)


def test_brier_of_six_customers(six):
    # (.01 + .64 + .16 + .16 + .49 + .01) / 6
    assert judged(six).brier == pytest.approx(1.47 / 6)


def test_predicted_and_happened_are_means(six):
    row = judged(six)
    assert row.predicted == pytest.approx(3.1 / 6)
    assert row.happened == pytest.approx(0.5)


def test_a_method_in_bands_is_ranked_by_its_own_finer_order(six):
    flat = np.full(6, 0.5)
    row = judge(six, {"recency": flat}, 90, {"recency": -np.array(SILENT)}).iloc[0]
    # Came after 10, 100, 120; stayed away after 20, 90, 89: only the first beats all three.
    assert row.auc == pytest.approx(3 / 9)
    assert row.brier == pytest.approx(0.25)  # of the chances, not of the order


@pytest.mark.parametrize("outcome", [0, 1])
def test_auc_is_missing_when_none_or_all_came(known, outcome):
    row = judged(known(SILENT, [outcome] * 6))
    assert pd.isna(row.auc) and pd.isna(row.auc_lapsed)
    assert row.happened == outcome


def test_auc_of_the_lapsed_is_missing_when_nobody_lapsed(six):
    row = judged(six, lapse_days=500)
    assert pd.isna(row.auc_lapsed) and row.auc == pytest.approx(6 / 9)


def test_every_method_has_its_row(six):
    chances = {"regression": CHANCE, "base_rate": np.full(6, 0.5)}
    scores = judge(six, chances, 90).set_index("method")
    assert list(scores.index) == ["regression", "base_rate"]
    assert scores.auc["base_rate"] == 0.5
    assert scores.brier["base_rate"] == 0.25


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
