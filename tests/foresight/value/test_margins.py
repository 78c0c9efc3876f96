"""Visits, amounts and a margin, by hand; later years discounted when asked."""

import ibis
import pyarrow as pa
import pytest

from toolkit.foresight.value.foretold import with_amounts
from toolkit.foresight.value.margins import YEARS, margins
from toolkit.frames import frame

VISITS = {"customer_id": [1, 2], "visits_365": [2.0, 0.5], "visits_730": [3.0, 0.7]}


class Amounts:
    """So much per visit."""

    def __init__(self, *amounts):
        self.amounts = amounts

    def table(self):
        ids = list(range(1, 1 + len(self.amounts)))
        return ibis.memtable(pa.table({"customer_id": ids, "spend_per_visit": self.amounts}))


def worked_out(amounts, rate=0.0):
    visits = ibis.memtable(pa.table(VISITS | {"visits_1095": [3.5, 0.8]}))
    told = with_amounts(visits, amounts, YEARS)
    return frame(margins(told, 0.4, rate).order_by("customer_id"))


def test_margin_is_visits_times_amount_times_share():
    found = worked_out(Amounts(1000.0, 333.0))
    assert found.margin_12.tolist() == [800, 67]  # 66.6 is rounded
    assert found.margin_36.tolist() == [1400, 107]  # 106.56
    assert found.visits_12.tolist() == [2.0, 0.5] and found.visits_36.tolist() == [3.5, 0.8]


def test_with_a_rate_each_year_counts_as_of_its_middle():
    found = worked_out(Amounts(1000.0, 1000.0), rate=0.1)
    first = 2.0 / 1.1**0.5
    third = first + 1.0 / 1.1**1.5 + 0.5 / 1.1**2.5
    assert found.margin_12[0] == round(400 * first)
    assert found.margin_36[0] == round(400 * third)
    assert found.visits_36[0] == 3.5


def test_only_customers_with_an_amount_have_a_margin():
    assert worked_out(Amounts(1000.0)).customer_id.tolist() == [1]


@pytest.mark.parametrize("rate", [0.0, 0.05, 0.3])
def test_a_rate_never_adds(rate):
    plain, less = worked_out(Amounts(900.0, 500.0)), worked_out(Amounts(900.0, 500.0), rate)
    assert (less.margin_36 <= plain.margin_36).all()
