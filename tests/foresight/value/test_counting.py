"""Expected visits: scored once for each kind of history, the same as one by one."""

import datetime as dt

import numpy as np
import pytest

from toolkit.foresight.counts import HISTORY
from toolkit.foresight.value.counting import counted_at
from toolkit.frames import frame

YEARS = (365, 1095)


def by_customer(table):
    return frame(table).set_index("customer_id").sort_index()


@pytest.fixture(scope="module")
def counted(shop, counting):
    book, _ = shop
    return counted_at(book.visits_table, book.closing, counting)


def test_every_customer_has_what_the_model_says_of_their_history(counted):
    found = by_customer(counted.expected(YEARS))
    histories = by_customer(counted.histories)
    assert found.index.tolist() == histories.index.tolist()
    for days in YEARS:
        told = counted.model.expected_visits(histories, days)
        assert found[f"visits_{days}"].tolist() == pytest.approx(told.tolist())


def test_one_who_comes_back_has_one_visit_more_and_no_silence(counted):
    found = by_customer(counted.if_back((365,)))
    histories = by_customer(counted.histories)
    back = histories.assign(repeats=histories.repeats + 1, last_days=histories.age_days)
    told = counted.model.expected_visits(back[HISTORY], 365)
    assert found.visits_365.tolist() == pytest.approx(told.tolist())


def test_what_a_model_has_no_number_for_is_nothing(shop):
    class Broken:
        def expected_visits(self, rows, horizon_days):
            return np.resize([np.nan, np.inf, -3.0, 2.0, 1e9], len(rows))

    book, _ = shop
    broken = counted_at(book.visits_table, book.closing, lambda rows: Broken())
    found = frame(broken.expected((30,)))
    assert set(found.visits_30) == {0.0, 2.0, 30.0}


def test_later_visits_are_not_seen(shop, counting):
    book, _ = shop
    day = book.closing - dt.timedelta(days=100)
    visits = book.visits_table
    known = visits.filter(visits.date <= day)
    found, alone = (
        by_customer(counted_at(v, day, counting).expected(YEARS)) for v in (visits, known)
    )
    assert found.equals(alone)
