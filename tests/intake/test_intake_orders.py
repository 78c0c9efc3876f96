"""Rows into orders: one per order number, customer and day."""

from unittest import mock

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from toolkit.intake.sales import orders
from toolkit.intake.tables.coded import Coded

DAY = np.datetime64("2024-01-01")


def coded(texts):
    column = pa.array(texts, pa.string()).dictionary_encode()
    return Coded(column.indices.to_numpy(), column.dictionary)


def grouped(numbers, customers, days):
    found = orders.group(coded(numbers), np.array(customers), DAY + np.array(days))
    return found.order_of.tolist(), found.first.tolist()


def test_an_order_number_gathers_its_rows():
    assert grouped(["A", "B", "A"], [0, 1, 0], [0, 0, 0]) == ([0, 1, 0], [0, 1])


def test_a_number_of_two_customers_or_days_is_two_orders():
    assert grouped(["A", "A", "A"], [0, 1, 0], [0, 0, 3]) == ([0, 1, 2], [0, 1, 2])


def test_a_row_without_a_number_is_an_order():
    assert grouped(["", "A", ""], [0, 0, 0], [0, 0, 0]) == ([0, 1, 2], [0, 1, 2])


@given(st.lists(st.tuples(st.sampled_from(["A", "B", "C", ""]), st.integers(0, 2)), min_size=1))
def test_numbers_that_tell_alone_group_as_all_three_do(rows):
    numbers, customers = zip(*rows, strict=True)
    days = [customer % 2 for customer in customers]
    alone = grouped(numbers, customers, days)
    with mock.patch.object(orders, "_by_number_alone", lambda *_: None):
        assert grouped(numbers, customers, days) == alone
