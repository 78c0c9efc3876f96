"""Days that stand out and weeks without an order, worked by hand."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from toolkit.book import keep_book
from toolkit.settings import Settings

START = dt.date(2025, 1, 6)  # a Monday


def day(n):
    return START + dt.timedelta(n)


def filled(counts, amount=100):
    """So many customers on each day from START on, the same ones every day."""
    return [(f"c{i:03}", day(n), amount) for n, count in enumerate(counts) for i in range(count)]


def spikes(typed, rows, **settings):
    return typed.book(rows, **settings).quality.spikes()


@pytest.mark.parametrize("visits, found", [(50, [day(30)]), (49, [])])
def test_a_day_with_five_times_the_usual_stands_out(typed, visits, found):
    counts = [10] * 60
    counts[30] = visits
    told = spikes(typed, filled(counts))
    assert told.date.tolist() == found
    if found:
        row = told.iloc[0]
        assert (row.visits, row.usual_visits, row.new) == (50, 10, 40)
        assert (row.sales, row.usual_sales) == (5_000, 1_000)
        assert row.in_visits and not row.in_sales  # 4,900 without the day's largest customer


def test_the_usual_is_that_of_the_weekday(typed):
    counts = [40 if n % 7 == 5 else 4 for n in range(70)]  # Saturdays
    assert spikes(typed, filled(counts)).empty


def test_a_fair_on_a_day_the_shop_is_closed_stands_out(typed):
    counts = [0 if n % 7 == 6 else 5 for n in range(70)]
    counts[34] = 25  # a Sunday: none of the other Sundays, 5 on the days that have any
    assert spikes(typed, filled(counts)).date.tolist() == [day(34)]


def test_a_busy_day_every_month_is_the_shops_own_way(typed):
    counts = [60 if n % 30 == 15 else 10 for n in range(200)]
    assert spikes(typed, filled(counts)).empty
    counts[100] = 120  # twice the fifth busiest
    assert spikes(typed, filled(counts)).date.tolist() == [day(100)]


def test_a_small_shop_and_a_short_file_have_no_such_day(typed):
    counts = [1] * 60
    counts[30] = 19
    assert spikes(typed, filled(counts)).empty
    assert spikes(typed, filled([1] * 13 + [100] + [1] * 13)).empty


def test_dear_orders_on_one_day_stand_out_but_not_a_single_one(typed):
    rows = filled([20] * 60)
    dear = [(f"c{i:03}", day(30), 900) for i in range(20)]
    (found,) = spikes(typed, rows + dear).to_dict("records")
    assert (found["in_visits"], found["in_sales"], found["sales"]) == (False, True, 20_000)
    assert spikes(typed, [*rows, ("c000", day(30), 900_000)]).empty


def gaps(typed, rows):
    return typed.book(rows).quality.gaps()


def test_a_silent_week_in_a_shop_with_orders_every_day_is_a_gap(typed):
    counts = [10] * 30 + [0] * 7 + [10] * 30
    (found,) = gaps(typed, filled(counts)).to_dict("records")
    assert (found["first_day"], found["last_day"], found["days"]) == (day(30), day(36), 7)
    assert (found["missing_visits"], found["missing_sales"]) == (70, 7_000)
    assert gaps(typed, filled([10] * 30 + [0] * 6 + [10] * 30)).empty


def test_a_shop_with_an_order_every_fifth_day_may_well_be_silent_for_weeks(typed):
    counts = [n % 5 == 0 for n in range(100)]
    counts[40:60] = [0] * 20
    assert gaps(typed, filled(counts)).empty
    counts = [n % 5 == 0 for n in range(300)]
    counts[100:180] = [0] * 80
    assert gaps(typed, filled(counts)).days.tolist() == [84]  # from day 96 to 179


def test_a_day_with_returns_only_is_not_silent(typed):
    rows = filled([10] * 30 + [0] * 7 + [10] * 30)
    assert gaps(typed, [*rows, ("c000", day(33), -100)]).empty


def test_a_handful_of_orders_has_no_gap(typed):
    assert gaps(typed, [("A", day(0), 5), ("A", day(90), 5), ("B", day(400), 5)]).empty
    assert gaps(typed, [("A", day(0), 5)]).empty


def test_a_gap_longer_than_the_weeks_around_has_no_figures(typed):
    rows = [("A", day(0), 100)] + [(name, day(200 + n), 100) for n in range(60) for name in "ABC"]
    (found,) = gaps(typed, rows).to_dict("records")
    assert found["days"] == 199 and pd.isna(found["missing_sales"])


def test_weeks_begin_on_mondays_and_say_how_many_days_they_have(typed):
    rows = [("A", day(3), 5), ("B", day(4), 5), ("A", day(8), 5), ("A", day(23), -5)]
    table = typed.book(rows).quality.weeks()
    assert table.to_numpy().tolist() == [
        [day(0), 2, 4],
        [day(7), 1, 7],
        [day(14), 0, 7],
        [day(21), 0, 3],
    ]


def test_customers_likely_one_person_are_counted_with_their_money(typed):
    rows = [("A", day(0), 500), ("B", day(1), 700), ("C", day(2), 900), ("D", day(3), -5)]
    twins = {"customer": [0, 2, 3], "person": [0, 0, 0], "source_file": 0, "source_row": [2, 4, 5]}
    ledger = replace(typed.ledger(rows), twins=pd.DataFrame(twins))
    quality = keep_book(ledger, Settings()).quality
    # D has a return only: a number of the file, but no customer with money of a customer
    assert quality.persons() == {"customers": 3, "persons": 1, "amount": 1_400}
    none = replace(ledger, twins=ledger.twins.iloc[:0])
    assert keep_book(none, Settings()).quality.persons() == {
        "customers": 0,
        "persons": 0,
        "amount": 0,
    }
