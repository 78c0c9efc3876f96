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


EVERY_N = np.arange(1, 3001)


@pytest.mark.parametrize("share", [0.0, 1 / 3, 0.5, 2 / 3, 1.0])
def test_the_share_lies_within_its_interval_however_many_were_counted(share):
    for n in (EVERY_N, EVERY_N + 0.37):
        low, high = wilson(np.full(n.shape, share), n)
        assert (low >= 0).all() and (low <= share).all()
        assert (high >= share).all() and (high <= 1).all()


def test_nobody_and_everybody_are_the_ends_of_their_intervals_exactly():
    assert (wilson(np.zeros(3000), EVERY_N)[0] == 0).all()
    assert (wilson(np.ones(3000), EVERY_N)[1] == 1).all()
    # z2 = 3.841459: of five, nobody up to z2 / (5 + z2)
    assert wilson(0, 5)[1] == pytest.approx(0.434482, abs=1e-6)
    assert wilson(1, 5)[0] == pytest.approx(1 - 0.434482, abs=1e-6)


def test_every_count_of_up_to_sixty_lies_within_its_interval():
    n, k = (axis.ravel() for axis in np.mgrid[1:61, 0:61])
    n, k = n[k <= n], k[k <= n]
    low, high = wilson(k / n, n)
    assert (low <= k / n).all() and (k / n <= high).all()
