"""The rows of a fit: who is in them, and that they add up."""

import pytest

from toolkit.foresight.spend import spend_rows
from toolkit.foresight.spend.amounts import mean_amounts


def test_customers_alike_share_a_row(bought):
    rows = spend_rows(bought({"a": [100, 300], "b": [200, 200], "c": [200], "d": [900, 900]}))
    assert rows.values.tolist() == [[1, 1, 200], [2, 2, 800], [2, 1, 1800]]
    assert mean_amounts(rows).tolist() == [200, 200, 900]


def test_repeat_visits_leave_the_first_one_out(bought):
    rows = spend_rows(bought({"a": [100, 300], "c": [200]}), repeats=True)
    assert rows.values.tolist() == [[1, 1, 300]]


def test_amounts_of_zero_and_below_are_left_out(bought):
    rows = spend_rows(bought({"a": [100, 0, 300], "b": [-50], "c": [0]}))
    assert rows.values.tolist() == [[2, 1, 400]]


def test_a_bin_is_one_per_cent_wide_and_the_money_exact(bought):
    amounts = {i: [10_000 + i] for i in range(1000)}
    rows = spend_rows(bought(amounts))
    assert rows.customers.sum() == 1000
    assert rows.money.sum() == sum(10_000 + i for i in range(1000))
    assert len(rows) == pytest.approx(10, abs=1)


def test_without_amounts_there_is_no_row(bought):
    assert spend_rows(bought({"a": [None, None]})).empty
