"""Months that were busier than others are told from kinds of customers that came late."""

import numpy as np
import pytest

from toolkit.foresight.ahead.busy import busy_months


def test_a_busy_month_is_not_a_kind_that_was_there_then():
    # Two kinds at .1 and .2 a day; the second is there in the second month alone, twice as busy.
    watched = np.array([[[1000.0], [0.0]], [[1000.0], [500.0]]])
    came = watched * np.array([[0.1], [0.2]]) * np.array([1.0, 2.0])[:, None, None]
    factor = busy_months(came, watched)
    assert factor == pytest.approx([2 / 3, 4 / 3], abs=1e-4)
    days = (watched * factor[:, None, None]).sum(0)
    rate = came.sum(0) / days
    assert (rate[1] / rate[0]).item() == pytest.approx(2, abs=1e-3)


def test_even_months_are_left_as_they_are():
    watched = np.array([[[1000.0], [0.0]], [[1000.0], [500.0]]])
    assert busy_months(watched * 0.1, watched) == pytest.approx([1, 1])


def test_a_month_without_any_visit_leaves_all_as_they_are():
    watched = np.ones((3, 2, 2))
    came = watched * np.array([1.0, 0.0, 1.0])[:, None, None]
    assert (busy_months(came, watched) == 1).all()
    assert (busy_months(0 * came, watched) == 1).all()
