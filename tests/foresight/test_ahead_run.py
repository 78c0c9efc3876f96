"""Stocks and flows by hand: what comes in, goes out and is left."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.foresight.ahead.chance import chance_variance
from toolkit.foresight.ahead.kinds import FIRST, KINDS, cell_of, cell_starts, kind_of, usual_way
from toolkit.foresight.ahead.run import run

LINE = 16
CELLS = len(cell_starts(LINE))
ENDS = np.array([10, 20, 30])


def start(*customers):
    """(kind, days silent, how many) -> a stock."""
    stock = np.zeros((KINDS, CELLS))
    for kind, silent, n in customers:
        stock[kind, cell_of(silent, LINE)] += n
    return stock


def hazard(active=0.0, lapsed=0.0):
    chances = np.full((KINDS, CELLS), active)
    chances[:, LINE:] = lapsed
    return chances


def one(stock, chances, new=0.0, pace=1.0, ends=ENDS):
    days = int(ends[-1])
    arrivals = np.full((1, days), float(new))
    return run(stock[None], chances[None], arrivals, np.full((1, days), pace), ends, LINE,
               usual_way(LINE))  # fmt: skip


def test_who_never_comes_is_lost_on_the_day_of_the_line():
    # silent for 10 and for 3 days: lost on days 6 and 13, in the first and in the second month
    course = one(start((FIRST, 10, 5), (3, 3, 2)), hazard())
    assert course.opening[0].tolist() == [7, 2, 0]
    assert course.lost[0].tolist() == [5, 2, 0]
    assert course.closing[0].tolist() == [2, 0, 0]
    assert course.end.sum() == 7 and not course.visits.any()


def test_who_comes_every_day_is_never_lost():
    course = one(start((FIRST, 15, 4)), hazard(active=1.0))
    assert not course.lost.any() and course.closing[0].tolist() == [4, 4, 4]
    assert course.visits[0].sum(1).tolist() == [40, 40, 40]
    # the first of these visits came after 16 days, so a kind of the slowest pace begins, and stays
    assert course.visits[0, 0, kind_of(2, 16, LINE)] == 40


def test_new_customers_leave_a_line_after_their_first_visit():
    # two a day for 30 days: those of the first 14 days are lost, the 14th on day 30
    course = one(start(), hazard(), new=2.0)
    assert course.new[0].tolist() == [20, 20, 20]
    assert course.lost[0].tolist() == [0, 8, 20]
    assert course.closing[0].tolist() == [20, 32, 32]


def test_lapsed_customers_return_at_their_chance():
    # a quarter of 64 on the first day, of 48 on the second; nobody is lost again within two days
    course = one(start((3, 20, 64)), hazard(lapsed=0.25), ends=np.array([1, 2]))
    assert course.returned[0].tolist() == [16, 12] and course.closing[0].tolist() == [16, 28]


def test_a_visit_on_the_last_day_is_in_time_and_no_return():
    course = one(start((FIRST, LINE - 1, 8)), hazard(active=0.5), ends=np.array([1]))
    assert course.lost[0].tolist() == [4] and course.returned[0].tolist() == [0]
    assert course.closing[0].tolist() == [4]


def test_a_season_multiplies_the_chance_of_a_day_up_to_one():
    course = one(start((3, 20, 10)), hazard(lapsed=0.4), pace=2.0, ends=np.array([1]))
    assert course.returned[0, 0] == pytest.approx(8)
    assert one(start((3, 20, 10)), hazard(lapsed=0.4), pace=9.0).returned[0, 0] == 10


CHANCES = st.floats(0, 1)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), top=CHANCES, new=st.floats(0, 5), pace=st.floats(0, 3))
def test_every_month_of_every_run_balances(seed, top, new, pace):
    draw = np.random.default_rng(seed)
    stocks = draw.integers(0, 20, (3, KINDS, CELLS)).astype(float)
    chances = draw.random((3, KINDS, CELLS)) * top
    way = draw.random((KINDS, usual_way(LINE).shape[1], KINDS))
    way /= way.sum(2, keepdims=True)
    arrivals = new * draw.random((3, 30))
    c = run(stocks, chances, arrivals, pace * draw.random((3, 30)), ENDS, LINE, way)
    assert np.allclose(c.opening + c.new + c.returned - c.lost, c.closing)
    assert np.allclose(c.opening[:, 1:], c.closing[:, :-1])
    assert np.allclose(c.end.sum((1, 2)), stocks.sum((1, 2)) + arrivals.sum(1))
    assert (c.end > -1e-9).all() and (c.closing > -1e-9).all()


def test_chance_of_one_day_is_binomial():
    # eight on their last day, each stays with a half: variance 8 x 1/4 of level and losses
    stock = start((FIRST, LINE - 1, 8))
    level, lost, mean = chance_variance(
        stock, hazard(active=0.5), np.zeros(1), np.ones(1), np.array([1]), LINE, usual_way(LINE)
    )
    assert (level.tolist(), lost.tolist(), mean.tolist()) == ([2], [2], [4])


def test_new_customers_are_a_poisson_stream():
    level, _, mean = chance_variance(
        start(), hazard(), np.full(10, 3.0), np.ones(10), np.array([10]), LINE, usual_way(LINE)
    )
    assert level.tolist() == mean.tolist() == [30]


def test_backwards_and_forwards_expect_the_same():
    draw = np.random.default_rng(5)
    stock = draw.integers(0, 9, (KINDS, CELLS)).astype(float)
    chances, new, pace = draw.random((KINDS, CELLS)) / 5, draw.random(30), 0.5 + draw.random(30)
    forwards = run(stock[None], chances[None], new[None], pace[None], ENDS, LINE, usual_way(LINE))
    _, _, mean = chance_variance(stock, chances, new, pace, ENDS, LINE, usual_way(LINE))
    assert mean == pytest.approx(forwards.closing[0])
