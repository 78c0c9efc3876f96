import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from random_orders import CUTS, few, orders
from scipy.stats import binomtest

from toolkit.book.same_age import latest_against_before, same_age

D = dt.date
EARLY = D(2000, 1, 1)


def test_a_second_visit_counts_up_to_the_last_of_the_days(typed):
    seen = {
        "just in time": ["2022-01-01", "2022-04-01"],  # 90 days
        "a day late": ["2022-01-01", "2022-04-02"],
        "half a year": ["2022-01-01", "2022-06-30"],  # 180 days
        "a year": ["2022-01-01", "2023-01-01"],  # 365 days
        "later": ["2022-01-01", "2023-01-02"],
        "never": ["2022-01-31"],
    }
    found = same_age(typed.visits(seen), D(2024, 1, 1))
    assert [tuple(row[:4]) for row in found.itertuples(index=False)] == [
        ("2022-01", 90, 6, 1),
        ("2022-01", 180, 6, 3),
        ("2022-01", 365, 6, 4),
    ]
    low, high = binomtest(3, 6).proportion_ci(method="wilson")
    assert tuple(found.loc[1, ["share", "low", "high"]]) == pytest.approx((0.5, low, high))


@pytest.mark.parametrize(
    ("closing", "answer"),
    [
        ("2024-05-28", []),
        ("2024-05-29", [90]),  # 29 February + 90 days, although the one member had 118
        ("2024-08-26", [90]),
        ("2024-08-27", [90, 180]),
        ("2025-02-27", [90, 180]),
        ("2025-02-28", [90, 180, 365]),
    ],
)
def test_a_cohort_is_judged_when_the_last_day_of_its_month_had_the_days(typed, closing, answer):
    found = same_age(typed.visits({"A": ["2024-02-01"]}), D.fromisoformat(closing))
    assert list(found.within_days) == answer


def test_four_customers_are_counted_and_not_shared(typed):
    found = same_age(typed.visits({name: ["2022-01-01"] for name in "ABCD"}), D(2024, 1, 1))
    assert list(found.customers) == [4, 4, 4]
    assert found[["share", "low", "high"]].isna().all(axis=None)


@few
@given(orders())
def test_more_come_again_the_longer_they_are_waited_for(typed, rows):
    book = typed.book(rows, profile="classic", **CUTS)
    found, cohorts = book.same_age(), book.cohorts()
    for _, part in found.groupby("cohort"):
        assert part.again.is_monotonic_increasing
        assert list(part.within_days) == [90, 180, 365][: len(part)]
    sizes = cohorts[cohorts.age == 0].set_index("cohort").customers
    assert (found.customers == found.cohort.map(sizes)).all()


def months(start, *shares, customers=100):
    """Rows of `same_age` within 90 days: one cohort a month with these shares."""
    names = [str(p) for p in pd.period_range(start, periods=len(shares), freq="M")]
    again = [round(share * customers) for share in shares]
    return pd.DataFrame(
        {"cohort": names, "within_days": 90, "customers": customers, "again": again}
    )


def test_the_latest_twelve_months_against_the_twelve_before():
    # 480 and 360 of 1,200 each; with one more of either kind 481/1202 and 361/1202:
    # change 0.099834, variance (0.240076 + 0.210130) / 1202, half 1.96 x 0.019353 = 0.037932
    found = latest_against_before(months("2022-01", *[0.3] * 12, *[0.4] * 12), 90, EARLY)
    assert (found["start"], found["end"], found["verdict"]) == ("2023-01", "2023-12", "better")
    assert (found["customers"], found["customers_before"]) == (1_200, 1_200)
    assert found["change"] == pytest.approx(0.1)
    assert (found["low"], found["high"]) == pytest.approx((0.061902, 0.137767), abs=2e-5)


def test_fewer_coming_again_is_worse_and_hardly_fewer_the_same():
    found = latest_against_before(months("2022-01", *[0.4] * 12, *[0.3] * 12), 90, EARLY)
    assert found["verdict"] == "worse"
    found = latest_against_before(months("2022-01", *[0.31] * 12, *[0.3] * 12), 90, EARLY)
    assert found["verdict"] == "same" and found["change"] == pytest.approx(-0.01)


def test_months_that_scatter_more_than_chance_widen_the_interval():
    # about 0.3 and 0.4 by turns 0.2 up and down: the same means, no longer to be told apart
    before, now = [0.1, 0.5] * 6, [0.2, 0.6] * 6
    found = latest_against_before(months("2022-01", *before, *now), 90, EARLY)
    assert found["change"] == pytest.approx(0.1) and found["verdict"] == "same"


def test_the_comparison_needs_two_years_of_months_to_be_trusted():
    table = months("2022-01", *[0.3] * 24)
    assert latest_against_before(table, 90, D(2022, 1, 1)) is not None
    assert latest_against_before(table, 90, D(2022, 1, 2)) is None
    assert latest_against_before(table.iloc[1:], 180, EARLY) is None
    assert latest_against_before(months("2022-01", *[0.3] * 24, customers=0), 90, EARLY) is None
