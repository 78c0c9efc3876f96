"""How sure a difference is: each number against another way to the same one."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest, poisson, ttest_1samp

from toolkit.book.products.evidence import (
    differs,
    discoveries,
    exceeds,
    expected_of,
    mean_interval,
)


@pytest.mark.parametrize(("k", "side"), [(2, "less"), (17, "greater")])
def test_a_difference_is_twice_the_smaller_tail(k, side):
    assert differs([k], [20], [8.0]) == pytest.approx(
        [2 * binomtest(k, 20, 0.4, alternative=side).pvalue]
    )


def test_what_is_expected_exactly_is_no_difference():
    assert differs([8, 0, 20], [20, 20, 20], [8.0, 0.0, 20.0]).tolist() == [1, 1, 1]


def test_an_excess_of_customers_once_each_is_poisson():
    assert exceeds([30], [18.5], [30]) == pytest.approx([poisson.sf(29, 18.5)])


def test_visits_of_few_customers_are_fewer_witnesses():
    # sixty visits of thirty customers, two each: as thirty where half as many are expected
    assert exceeds([60], [37.0], [30]) == pytest.approx([poisson.sf(29, 18.5)])


def test_discoveries_are_benjamini_and_hochbergs():
    p = [0.001, 0.02, 0.028, 0.9]  # against 0.0125, 0.025, 0.0375, 0.05
    assert discoveries(p).tolist() == [True, True, True, False]
    assert discoveries([0.03, 0.04, 0.9]).tolist() == [False, False, False]
    assert discoveries([]).tolist() == []


def test_the_interval_of_a_mean_is_students():
    seen = [3.0, 4.0, 8.0, 5.0]
    interval = ttest_1samp(seen, 0).confidence_interval(0.95)
    low, high = mean_interval(np.mean(seen), np.std(seen, ddof=1), len(seen))
    assert (low, high) == pytest.approx((interval.low, interval.high))


def test_expected_is_what_others_with_as_many_products_did():
    groups = pd.DataFrame({"number": [7, 7, 8], "step": [0, 2, 2], "customers": [10, 4, 5]})
    whole = pd.DataFrame({"step": [0, 2], "customers": [100, 8], "again": [30, 6]})
    assert expected_of(groups, whole, "again").to_dict() == pytest.approx({7: 6.0, 8: 3.75})
