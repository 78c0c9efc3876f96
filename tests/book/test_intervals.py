import numpy as np
import pytest
from scipy.stats import binomtest

from toolkit.book.intervals import wilson


@pytest.mark.parametrize(("k", "n"), [(0, 5), (3, 7), (7, 7), (120, 1000)])
def test_the_interval_of_a_counted_share_is_wilsons(k, n):
    known = binomtest(k, n).proportion_ci(method="wilson")
    assert wilson(k / n, n) == pytest.approx((known.low, known.high))


def test_a_broken_number_lies_between_its_neighbours():
    low, high = wilson([0.5, 0.5, 0.5], [10, 10.5, 11])
    assert low[0] < low[1] < low[2] and high[0] > high[1] > high[2]


def test_without_a_share_or_anybody_there_is_no_interval():
    low, high = wilson([np.nan, 0.5], [10, 0])
    assert np.isnan(low).all() and np.isnan(high).all()
