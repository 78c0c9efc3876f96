"""Unique histories as arrays, and fewer of them for a first look."""

import numpy as np
import pandas as pd
import pytest

from toolkit.foresight.counts.rows import Shared, rows_of, weeks_of


def test_days_become_weeks_and_what_cannot_be_is_put_right(histories_of):
    frame = histories_of((2, 7, 14), (0, 5, 14), (1, 21, 14), (-1, -7, -14))
    x, last, age = weeks_of(frame)
    assert x.tolist() == [2, 0, 1, 0]
    assert last.tolist() == [1, 0, 2, 0]  # no last visit without repeats, none after the origin
    assert age.tolist() == [2, 2, 2, 0]


def test_shared_values_add_up_by_value():
    column = Shared.of(np.array([3.0, 1.0, 3.0]))
    assert column.values.tolist() == [3, 1]
    assert column.total(np.array([10.0, 20.0, 30.0])).tolist() == [40, 20]


def test_without_weights_a_row_is_a_customer_and_nobody_is_no_row(histories_of):
    frame = histories_of((2, 7, 14), (0, 0, 14))
    assert rows_of(frame).customers == 2
    assert rows_of(frame.assign(customers=[3, 0])).weight.tolist() == [3]


def test_gaps_are_told_in_weeks(histories_of):
    # Two gaps of 14 and 21 days are 2 and 3 weeks.
    frame = histories_of((2, 35, 70)).assign(customers=1, log_gaps=np.log(14) + np.log(21))
    rows = rows_of(frame)
    assert rows.log_gaps == pytest.approx(np.log(6))
    # Erlang-3 against exponential: (k - 1) sum ln gap - x ln (k - 1)!.
    assert rows.regularity(3) == pytest.approx(2 * np.log(6) - 2 * np.log(2))
    assert rows.regularity(1) == 0


def test_without_gaps_the_last_visit_is_a_sum_of_phases(histories_of):
    # Of 2 repeats 6 weeks after the first: gamma(4) against gamma(2), without the rate.
    rows = rows_of(histories_of((2, 42, 70), (0, 0, 70)))
    assert rows.log_gaps is None
    assert rows.regularity(2) == pytest.approx(2 * np.log(6) - np.log(6))
    assert rows.regularity(1) == 0


def test_fewer_rows_keep_customers_repeats_and_means():
    chance = np.random.default_rng(2)
    age = chance.integers(1, 900, 20_000)
    x = chance.integers(0, 4, 20_000)
    last = np.where(x > 0, chance.integers(0, age + 1), 0)
    frame = pd.DataFrame({"repeats": x, "last_days": last, "age_days": age})
    rows = rows_of(frame)
    few = rows.coarse(2_000)
    assert len(few.weight) <= 2_000
    assert few.customers == pytest.approx(20_000)
    for name in ("repeats", "last", "age"):
        before, after = getattr(rows, name), getattr(few, name)
        whole = before.total(rows.weight) @ before.values
        assert after.total(few.weight) @ after.values == pytest.approx(whole)
    assert rows.coarse(20_000) is rows
