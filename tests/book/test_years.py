import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from random_orders import CUTS, few, orders

from toolkit.book.year import year_counts
from toolkit.book.years import IN_MONEY, year_history

D = dt.date
FIRST, CLOSING = D(2022, 1, 1), D(2024, 12, 31)
COUNTS = ["active", "previous", "kept", "lost", "new", "revived", "dormant"]

ROWS = [
    ("A", "2022-01-01", 1_000),  # every year
    ("A", "2023-05-01", 2_000),
    ("A", "2023-06-01", 500),
    ("A", "2023-07-01", -300),
    ("A", "2024-12-31", 4_000),
    ("B", "2022-06-01", 3_000),  # not in 2023, revived in 2024
    ("B", "2023-02-01", -100),
    ("B", "2024-06-01", 700),
    ("C", "2023-12-31", 900),  # new in 2023, lost in 2024
    ("D", "2024-01-01", 60),  # new in 2024, twice
    ("D", "2024-03-01", 40),
    ("E", "2024-02-02", -7),  # never a customer
]


def history(typed, rows, first=FIRST, closing=CLOSING):
    return year_history(typed.days(rows, closing), first, closing)


def test_every_year_tells_the_kept_the_lost_the_new_and_the_revived(typed):
    found = history(typed, ROWS)
    assert list(found.end) == [D(2022, 12, 31), D(2023, 12, 31), CLOSING]
    assert found[COUNTS].to_numpy(object, na_value=None).tolist() == [
        [2, None, None, None, None, None, None],  # A, B: nobody knows since when
        [2, 2, 1, 1, 1, 0, 0],  # A kept, B lost, C new
        [3, 2, 1, 1, 1, 1, 1],  # A kept, C lost, D new, B revived
    ]


def test_sales_are_the_yearly_spend_times_the_active(typed):
    found = history(typed, ROWS)
    assert list(found.sales) == [4_000, 3_000, 4_793]
    assert list(found.sales_per_active) == [2_000, 1_500, pytest.approx(4_793 / 3)]


def test_each_group_spends_its_net_money_of_the_year_per_customer(typed):
    found = history(typed, ROWS).set_index("end")
    spends = found[["kept_spend", "new_spend", "revived_spend"]]
    assert spends.loc[D(2022, 12, 31)].isna().all()
    assert list(spends.loc[D(2023, 12, 31)])[:2] == [2_200, 900]
    assert pd.isna(spends.at[D(2023, 12, 31), "revived_spend"])
    assert list(spends.loc[CLOSING]) == [4_000, 100, 700]


def many(name, year, n):
    return [(f"{name}{i}", f"{year}-03-01", 1) for i in range(n)]


def test_rates_divide_by_the_year_before_and_by_those_who_can_come_back(typed):
    rows = many("a", 2022, 10) + many("a", 2023, 4) + many("a", 2024, 7) + many("b", 2023, 1)
    last = history(typed, rows).iloc[-1]
    # before: a0-a3 and b0; dormant a4-a9, of whom a4, a5, a6 come back
    assert (last.retention, last.outflow, last.revival) == (4 / 5, 1 / 5, 3 / 6)


def test_rates_of_fewer_than_five_are_not_given(typed):
    last = history(typed, ROWS).iloc[-1]
    assert pd.isna(last.retention) and pd.isna(last.outflow) and pd.isna(last.revival)


@pytest.mark.parametrize(("first", "years"), [(D(2023, 1, 1), 2), (D(2023, 1, 2), 1)])
def test_only_years_that_lie_wholly_in_the_file_are_told(typed, first, years):
    rows = [("A", first.isoformat(), 1), ("B", "2024-05-01", 1)]
    found = history(typed, rows, first)
    assert len(found) == years
    assert found.previous.isna().tolist() == [True, False][:years]
    assert found.active.iloc[-1] == 1


def test_a_file_of_less_than_a_year_has_no_rows_and_all_columns(typed):
    found = history(typed, [("A", "2024-01-02", 1)], D(2024, 1, 2))
    assert len(found) == 0
    assert list(found) == [
        "end",
        *COUNTS,
        "retention",
        "outflow",
        "revival",
        *IN_MONEY,
    ]


def test_a_year_in_which_nobody_came_is_there(typed):
    rows = [("A", "2022-01-01", 5), ("A", "2024-02-01", 7)]
    found = history(typed, rows)
    assert list(found.active) == [1, 0, 1]
    assert pd.isna(found.sales_per_active[1])
    assert found[COUNTS].iloc[-1].tolist() == [1, 0, 0, 0, 0, 1, 1]


def test_the_year_to_29_february_follows_the_year_to_the_28th(typed):
    rows = [("A", "2022-03-01", 1), ("B", "2023-02-28", 1), ("C", "2023-03-01", 1)]
    found = history(typed, rows, D(2022, 3, 1), D(2024, 2, 29))
    assert list(found.end) == [D(2023, 2, 28), D(2024, 2, 29)]
    assert list(found.active) == [2, 1]


def test_without_amounts_there_are_counts_and_no_money(typed):
    book = typed.book([(c, d, None) for c, d, _ in ROWS], no_amount=True)
    found = book.year_history()
    assert list(found)[-1] == "revival"
    assert list(found.active) == [2, 3, 4]  # every day with an order is a visit


@few
@given(orders())
def test_the_newest_year_is_the_yearly_view_and_every_year_adds_up(typed, rows):
    book = typed.book(rows, profile="classic", **CUTS)
    found = book.year_history()
    known = found[found.kept.notna()]
    assert (known.kept + known.new + known.revived == known.active).all()
    assert (known.kept + known.lost == known.previous).all()
    assert len(known) == max(len(found) - 1, 0)
    if len(found):
        last = found.iloc[-1]
        assert last.active == book.sales()["customers"]
        assert last.sales == book.sales()["total"]
    if book.two_years:
        counts = year_counts(book.year_groups(), two_years=True)
        assert {name: last[name] for name in counts} == counts
