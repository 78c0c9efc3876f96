"""Climbing to a maximum whose place is known."""

import numpy as np
import pytest

from toolkit.foresight.counts.climb import WALL, Summit, climb, finish, standard_errors

TOP = np.array([0.5, -1.0])
CURVE = np.array([[2.0, 0.6], [0.6, 0.5]])


def bowl(logs):
    away = logs - TOP
    return 3.0 + 0.5 * float(away @ CURVE @ away), CURVE @ away


def slope(logs):
    """Ever better the larger the first, with no end."""
    return float(np.exp(-logs[0]) + 0.5 * logs[1] ** 2), np.array([-np.exp(-logs[0]), logs[1]])


def two_hollows(logs):
    value = float((logs[0] ** 2 - 1) ** 2 + 0.3 * logs[0])
    return value, np.array([4 * logs[0] * (logs[0] ** 2 - 1) + 0.3])


def test_the_top_its_height_and_its_curvature_are_found():
    summit = climb(bowl, [np.zeros(2)])
    assert summit.logs == pytest.approx(TOP, abs=1e-6)
    assert summit.loss == pytest.approx(3.0)
    assert summit.spread == pytest.approx(np.linalg.inv(CURVE), rel=1e-6)


def test_the_better_of_two_starts_counts():
    assert climb(two_hollows, [np.array([1.2]), np.array([-0.8])]).logs[0] < -0.9


def test_a_way_without_end_stops_before_the_wall():
    summit = climb(slope, [np.zeros(2)])
    assert 8 < summit.logs[0] < WALL + 2
    assert standard_errors(summit, 100) is None


def test_errors_are_those_of_the_curvature():
    # Of a parameter exp(l) it is exp(l) times the error of l, which falls with the customers.
    found = standard_errors(climb(bowl, [np.zeros(2)]), 100)
    expected = np.exp(TOP) * np.sqrt(np.diag(np.linalg.inv(CURVE)) / 100)
    assert found == pytest.approx(expected, rel=1e-5)
    assert standard_errors(climb(bowl, [np.zeros(2)]), 1) is None  # as large as the parameter


@pytest.mark.parametrize("believed", [0.7, 1.3, 5.0], ids=["short", "long", "down"])
def test_a_curvature_that_is_not_quite_right_still_leads_there(believed):
    near = Summit(TOP + 0.1, 0.0, believed * np.linalg.inv(CURVE))
    summit = finish(bowl, near)
    assert summit.logs == pytest.approx(TOP, abs=1e-5)
    assert summit.loss == pytest.approx(3.0)


def test_without_a_curvature_the_long_way_is_taken():
    assert finish(bowl, Summit(np.zeros(2), 0.0, None)).logs == pytest.approx(TOP, abs=1e-5)
