import datetime as dt

import numpy as np
import pandas as pd
import pytest

from toolkit.book.left_edge import estimate, left_edge, month_gaps, monthly_of, none_new
from toolkit.book.replay import MEMORY, Monthly, return_rates, usual_new

JANUARY = 2024 * 12 + 1


def numbered(typed, seen):
    """Visits with their month before, typed as {customer: [days in order]}."""
    rows = [(name, date, 1000) for name, dates in seen.items() for date in dates]
    return typed.book(rows).visits_table


def monthly(seen_back, fresh, **parts):
    """Months typed as {(month, gap): customers} and new customers per month."""
    gaps = np.zeros((len(fresh), MEMORY + 1))
    for (month, gap), customers in seen_back.items():
        gaps[month, gap] = customers
    return Monthly(gaps, np.array(fresh, dtype=float), **parts)


def steady_shop(months, old=True):
    """100 new customers a month; each comes again one and three months after the first time.

    With `old` the shop is older than the file: month 0 sees 300 strangers (100 new, 100 of the
    month before, 100 of three months before), month 1 sees 200 (those of two months before last
    came two months ago, before the file), from month 2 on only the new ones are strangers.
    """
    back = {}
    for month in range(months):
        if month >= 1:
            back[month, 1] = 100
        if month >= (2 if old else 3):
            back[month, 2] = 100
    fresh = [100] * months
    if old:
        fresh[0], fresh[1] = 300, 200
    return monthly(back, fresh)


def test_a_customer_counts_once_a_month_and_by_the_month_before(typed):
    visits = numbered(
        typed,
        {
            "A": ["2024-01-05", "2024-01-20", "2024-03-02", "2024-03-30"],
            "B": ["2024-01-31", "2024-02-01"],
            "C": ["2024-03-03"],
        },
    )
    found = month_gaps(visits)
    assert found.values.tolist() == [
        [JANUARY, -1, 2],
        [JANUARY + 1, JANUARY, 1],
        [JANUARY + 2, -1, 1],
        [JANUARY + 2, JANUARY, 1],
    ]


def test_months_by_gaps_know_which_part_of_their_edges_lies_in_the_file():
    pairs = pd.DataFrame(
        [(JANUARY, -1, 5), (JANUARY + 2, -1, 1), (JANUARY + 2, JANUARY, 2)],
        columns=["month", "before", "customers"],
    )
    table = monthly_of(pairs, dt.date(2024, 1, 22), dt.date(2024, 3, 31))
    assert table.fresh.tolist() == [5, 0, 1]
    assert (table.gaps[2, 2], table.gaps.sum()) == (2, 2)
    assert table.first_part == pytest.approx(10 / 31)
    assert table.whole == slice(1, 3)
    assert monthly_of(pairs, dt.date(2024, 1, 1), dt.date(2024, 3, 15)).last_part == 15 / 31


def test_rates_divide_returns_by_the_buyers_who_could_be_watched_so_long():
    # Buyers: 10, 6 + 4, 5 + 3 + 2. After one month 4 of 10 and 3 of 10, after two 2 of 10.
    rates, doubt = return_rates(monthly({(1, 1): 4, (2, 1): 3, (2, 2): 2}, [10, 6, 5]))
    assert rates[1] == pytest.approx(7 / 20)
    assert rates[2] == pytest.approx(2 / 10)
    assert (np.diff(rates[3:]) < 0).all()  # beyond the file they thin out
    assert rates.sum() == pytest.approx(1)  # nobody comes next twice
    assert doubt > 0


def test_a_cut_month_is_no_part_of_the_rates():
    seen = {(1, 1): 4, (2, 1): 3, (2, 2): 2, (3, 1): 1}
    whole, _ = return_rates(monthly(seen, [10, 6, 5, 0]))
    assert whole[1] == pytest.approx(8 / 30)
    cut, _ = return_rates(monthly(seen, [10, 6, 5, 0], last_part=0.2))
    assert cut[1] == pytest.approx(7 / 20)


def test_the_usual_month_has_the_median_of_the_later_ones_without_those_still_returning():
    shop = monthly({}, [300, 200, 110, 100, 100, 100, 400, 100, 100])
    unseen = np.array([200, 100, 10, 0, 0, 0, 0, 0, 0])
    usual, spread, _, _ = usual_new(shop, unseen, 3)
    assert np.exp(usual) == pytest.approx(100)
    assert spread == pytest.approx(np.sqrt(0.01 + 1 / 100))  # the campaign month does not widen it


def test_a_shop_older_than_its_file_is_seen_through():
    shares, total, opened = estimate(steady_shop(24), 4)
    low, middle, high = shares.T
    assert opened < 0.01
    assert middle[:2] == pytest.approx([2 / 3, 1 / 2], abs=0.06)
    assert middle[2:].max() < 0.03
    assert (low[:2] < [2 / 3, 1 / 2]).all() and (high[:2] > [2 / 3, 1 / 2]).all()
    assert total[1] == pytest.approx(300 / 700, abs=0.05)  # 200 + 100 of 300 + 200 + 100 + 100
    assert total[0] < 300 / 700 < total[2]


def test_a_campaign_in_the_first_months_is_not_taken_for_old_customers():
    shop = steady_shop(24)
    shop.fresh[2] += 500
    _, total, _ = estimate(shop, 4)
    assert total[0] < 300 / 1200 < total[2]


def test_a_shop_that_opened_with_its_file_is_told():
    _, _, opened = estimate(steady_shop(24, old=False), 4)
    assert opened > 0.9
    _, total, opened = estimate(steady_shop(5, old=False), 4)
    assert opened > 0.05
    assert total[0] == 0


def one_cohort(typed):
    """120 customers of one January, back once in February to July and once later: then nobody is
    new, although customers of before the file would still be coming back."""
    rows = [
        (f"c{n}", f"2024-{month:02}-{1 + n % 28:02}", 1000)
        for n in range(120)
        for month in (1, 2 + n % 6, 8 + n // 6 % 5)
    ]
    return typed.book(rows, closing="2024-12-31").visits_table


def test_a_file_of_one_group_of_customers_gets_no_estimate(typed):
    months, total = left_edge(one_cohort(typed), dt.date(2024, 1, 1), dt.date(2024, 12, 31), 90)
    assert months.month.tolist() == ["2024-01", "2024-02", "2024-03"]
    assert months.new.tolist() == [120, 0, 0]
    assert months.share.isna().all() and months.returning.isna().all()
    assert total["why"] == "opened"
    assert total["opened"] > 0.5
    assert total["share"] is None and total["returning"] is None
    assert total["trusted_from"] == dt.date(2024, 4, 1)


def test_a_month_that_begins_on_the_first_trusted_day_is_trusted(typed):
    visits = one_cohort(typed)
    months, _ = left_edge(visits, dt.date(2024, 1, 1), dt.date(2024, 12, 31), 91)
    assert months.month.tolist() == ["2024-01", "2024-02", "2024-03"]  # 91 days to 1 April
    months, _ = left_edge(visits, dt.date(2024, 1, 1), dt.date(2024, 12, 31), 92)
    assert months.month.iloc[-1] == "2024-04"


@pytest.mark.parametrize(
    ("dates", "why"),
    [
        (["2024-01-01", "2024-02-28"], "too_short"),
        (["2024-01-10", "2024-02-28", "2024-04-15"], "too_short"),  # whole: February and March
        (["2024-01-01", "2024-02-28", "2024-12-31"], "few_returns"),
    ],
)
def test_too_little_to_replay_is_said(typed, dates, why):
    visits = numbered(typed, {"A": dates})
    first, closing = dt.date.fromisoformat(dates[0]), dt.date.fromisoformat(dates[-1])
    months, total = left_edge(visits, first, closing, 240)
    assert (total["why"], total["share"], total["opened"]) == (why, None, None)
    assert months.new.sum() == 1
    assert months.share.isna().all()
    assert (total["trusted_from"] is None) == (why == "too_short")


@pytest.mark.parametrize(("later", "told"), [(0, True), (4, True), (6, False)])
def test_where_hardly_anybody_is_new_later_nothing_can_be_told(later, told):
    shop = monthly({}, [100] * 4 + [later] * 6)
    assert none_new(shop, 4) is told


def test_a_shop_that_takes_no_more_customers_gets_no_estimate(typed):
    """240 customers come in half a year, one in three or so again every month: nobody was there
    before, though that is what the return rates would make of it."""
    rows = [
        (f"c{n}", f"{2023 + month // 12}-{1 + month % 12:02}-{1 + n % 28:02}", 1000)
        for n in range(240)
        for month in range(n % 6, 18, 1 + n % 3)
    ]
    book = typed.book(rows, closing="2024-06-30").visits_table
    _, total = left_edge(book, dt.date(2023, 1, 1), dt.date(2024, 6, 30), 240)
    assert total["share"] is None
    assert total["why"] in ("none_new", "opened")
