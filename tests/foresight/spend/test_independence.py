"""The check of independence: correlations by hand, and what size of them fails."""

import pandas as pd
import pytest
from scipy.stats import pearsonr, spearmanr

from toolkit.foresight.spend import Independence, independence


def rows_of(*customers):
    """(visits, money) of each customer -> rows."""
    table = pd.DataFrame(customers, columns=["visits", "money"])
    return table.assign(customers=1)[["visits", "customers", "money"]]


def test_both_correlations_are_those_of_the_customers_one_by_one():
    people = [(1, 300), (1, 500), (2, 800), (3, 2100), (3, 1500), (5, 3000), (8, 4000)]
    found = independence(rows_of(*people))
    counts, means = [n for n, _ in people], [money / n for n, money in people]
    assert found.customers == 7
    assert found.pearson[0] == pytest.approx(pearsonr(counts, means)[0])
    assert found.spearman[0] == pytest.approx(spearmanr(counts, means)[0])


def test_weights_are_customers():
    one_by_one = rows_of(*[(1, 300)] * 3, *[(2, 800)] * 2, (3, 900), (4, 2000))
    grouped = pd.DataFrame(
        {"visits": [1, 2, 3, 4], "customers": [3, 2, 1, 1], "money": [900, 1600, 900, 2000]}
    )
    pair = independence(one_by_one), independence(grouped)
    assert pair[0].spearman == pytest.approx(pair[1].spearman)
    assert pair[0].pearson == pytest.approx(pair[1].pearson)


def test_the_interval_is_fishers():
    # r = 0.5 of 103 customers: atanh 0.5 = 0.5493, 1.96 / 10 either side.
    ends = independence(rows_of(*[(n, 100 * n * (10 + n % 3)) for n in range(1, 104)])).pearson
    r, low, high = ends
    assert low < r < high
    assert Independence(103, (0.5, 0.3394, 0.6341), None).verdict == "dependent_more"


@pytest.mark.parametrize(
    ("pearson", "spearman", "verdict"),
    [
        ((0.0, -0.1, 0.1), (0.05, -0.05, 0.15), "independent"),
        ((0.08, 0.06, 0.1), (0.198, 0.18, 0.21), "mild_more"),
        ((0.0, -0.1, 0.1), (-0.2, -0.25, -0.15), "mild_less"),
        ((0.5, 0.1, 0.8), None, "mild_more"),
        ((0.1, 0.05, 0.15), (-0.1, -0.15, -0.05), "mild_less"),
        ((0.35, 0.31, 0.4), (0.0, -0.1, 0.1), "dependent_more"),
        ((0.0, -0.1, 0.1), (-0.4, -0.5, -0.31), "dependent_less"),
        (None, None, "independent"),
    ],
)
def test_the_verdict_is_by_the_end_of_the_interval(pearson, spearman, verdict):
    assert Independence(100, pearson, spearman).verdict == verdict


@pytest.mark.parametrize(
    "people",
    [[], [(1, 100)], [(2, 100)] * 9, [(n, 100 * n) for n in range(1, 9)], [(1, 5), (2, 4), (3, 3)]],
    ids=["nobody", "one", "equal counts", "equal means", "three"],
)
def test_what_does_not_vary_has_no_correlation(people):
    found = independence(rows_of(*people))
    assert found.pearson is found.spearman is None
    assert found.verdict == "independent"
