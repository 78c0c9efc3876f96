import datetime as dt

import numpy as np
import pytest

from toolkit.book import Cutoffs
from toolkit.book.right_edge import Silences, last_visit_months, open_month, visit_ends

LINE = Cutoffs(90, 70_000, 210, 30, {}, "classic")
CLASSIC = Cutoffs(90, 70_000, 210, 240, {}, "classic")


def test_every_visit_ends_after_its_days_or_is_the_last(typed):
    visits = typed.visits(
        {"A": ["2024-01-01", "2024-01-05", "2024-03-01"], "B": ["2024-01-01"], "C": ["2024-01-01"]}
    )
    found = visit_ends(visits, dt.date(2024, 3, 11), 10)
    rows = [tuple(None if np.isnan(v) else int(v) for v in row) for row in found.to_numpy(float)]
    # 1 January is 70 days before the closing date: A came after 4 days, B and C not again.
    assert sorted(rows, key=str) == sorted(
        [(70, 4, 1), (70, None, 2), (66, 11, 1), (10, None, 1)], key=str
    )


def test_the_chance_of_passing_follows_the_silence_so_far():
    # Line of 3 days. 100 visits on day 0: 40 back after one day, 30 after two, 6 after three.
    lengths = np.zeros((10, 5))
    lengths[0] = [0, 40, 30, 6, 24]
    days = Silences(lengths, dt.date(2024, 1, 1), dt.date(2024, 1, 1), 3)
    # After one day: 60 remain, after two 30, and 24 pass the line.
    assert days.passing(9) == pytest.approx([0.24, 24 / 60, 24 / 30, 1.0])
    # As of day 2 the third day is not known yet, and there is no line's length of history.
    assert days.passing(2) is None


def test_days_still_to_come_are_not_watched():
    # Day 8 had 50 visits more: by day 9 they have been watched for one day, on which 10 came.
    lengths = np.zeros((10, 5))
    lengths[0] = [0, 40, 30, 6, 24]
    lengths[8] = [0, 10, 0, 0, 40]
    days = Silences(lengths, dt.date(2024, 1, 1), dt.date(2024, 1, 1), 3)
    first = 1 - 50 / 150
    assert days.passing(9) == pytest.approx([first * 24 / 60, 24 / 60, 24 / 30, 1.0])


def test_a_month_whose_customers_all_passed_the_line_is_known(typed):
    visits = typed.visits({"A": ["2024-01-05"], "B": ["2024-01-05", "2024-02-20"]})
    found = last_visit_months(visits, dt.date(2024, 3, 1), 30)
    assert found.month.tolist() == ["2024-01", "2024-02"]
    assert found.customers.tolist() == [1, 1]
    assert (found.lost.tolist(), found.open.tolist()) == ([1, 0], [0, 1])
    assert found.known.tolist() == [True, False]
    assert found.loc[0, ["expected_lost", "low", "high"]].tolist() == [1, 1, 1]
    # One return in all makes no curve: what the open one will do is not known.
    assert found.loc[1, ["expected_lost", "low", "high"]].isna().all()


def test_the_open_are_expected_to_pass_as_often_as_those_before_them(typed):
    # Forty pairs of visits ten days apart; half of all visits are so followed, half pass the line.
    seen = {f"r{n}": ["2024-01-10", "2024-01-20"] for n in range(40)}
    seen |= {f"s{n}": ["2024-03-25"] for n in range(8)}
    found = last_visit_months(typed.visits(seen), dt.date(2024, 3, 31), 30)
    row = found.set_index("month").loc["2024-03"]
    assert (row.customers, row.lost, row.open) == (8, 0, 8)
    # After six days of silence: 40 of the 80 watched visits came on the tenth day, 40 passed.
    assert row.expected_lost == pytest.approx(4)
    assert 0 <= row.low < 4 < row.high <= 8
    assert found.set_index("month").loc["2024-01", "lost"] == 40


def months_of_strangers(late):
    """One new customer on the 10th of every month of 2024, and so many more after the 15th."""
    for month, n in enumerate(late, 1):
        yield (f"m{month}", f"2024-{month:02}-10", 1000)
        yield from ((f"m{month}x{i}", f"2024-{month:02}-{16 + i}", 1000) for i in range(n))


def test_the_open_month_is_so_far_plus_what_usually_follows(typed):
    rows = [*months_of_strangers([9, 9, 1, 2, 3, 1, 2, 3, 2, 2]), ("now", "2024-11-15", 1000)]
    moves = typed.daily(rows, "2024-11-15", LINE)
    found = open_month(moves, dt.date(2024, 1, 10), dt.date(2024, 11, 15), 30)
    new = found.set_index("flow").loc["new"]
    # Trusted are March to October (from 9 February on): 1, 2, 3, 1, 2, 3, 2, 2 after the 15th.
    assert (new.so_far, new.months) == (1, 8)
    assert new.expected == pytest.approx(1 + 2)
    # sd = sqrt(4 / 7), t(7) at 95 % = 1.8946, prediction of one more month
    wide = 1.8946 * np.sqrt(4 / 7) * np.sqrt(1 + 1 / 8)
    assert new.high == pytest.approx(3 + wide, abs=0.001)
    assert new.low == pytest.approx(3 - wide, abs=0.001)
    assert found.flow.tolist() == ["new", "returned", "lost"]


def test_what_has_happened_stays_in_the_band(typed):
    rows = [*months_of_strangers([0, 0, 0, 9, 0, 0, 0, 0, 0]), ("now", "2024-10-15", 1000)]
    moves = typed.daily(rows, "2024-10-15", LINE)
    found = open_month(moves, dt.date(2024, 1, 10), dt.date(2024, 10, 15), 30)
    assert found.set_index("flow").loc["new", "low"] == 1


def test_a_complete_month_and_a_short_history_have_no_open_month(typed):
    rows = list(months_of_strangers([1] * 12))
    first = dt.date(2024, 1, 10)
    whole = typed.daily(rows, "2024-12-31", LINE)
    assert open_month(whole, first, dt.date(2024, 12, 31), 30) is None
    short = typed.daily(rows, "2024-12-15", CLASSIC)
    assert open_month(short, first, dt.date(2024, 12, 15), 240) is None
