"""The days at which the past is asked: where they lie, and that windows never meet."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.foresight.referee import Round, calendar_of

CLOSING = dt.date(2025, 12, 31)


def back(days):
    return CLOSING - dt.timedelta(days=days)


def test_five_horizons_of_file_give_three_rounds():
    found = calendar_of(back(500), CLOSING, 100)
    assert found.rounds == tuple(Round(back(k + 100), back(k), 100) for k in (100, 200, 300))
    assert found.learnt == back(100)


def test_what_is_learnt_from_goes_back_a_year_as_far_as_the_file_does():
    found = calendar_of(back(500), CLOSING, 100)  # four windows are a year
    assert found.older(found.learnt, back(500)) == (back(200), back(300), back(400))
    assert found.older(back(300), back(500)) == (back(400),)
    assert calendar_of(back(3000), CLOSING, 365).older(back(365), back(3000)) == ()


@pytest.mark.parametrize(
    ("length", "days", "rounds"),
    [(300, 100, 1), (299, 99, 1), (400, 100, 2), (99, 33, 1), (98, 100, 0), (1000, 100, 3)],
)
def test_a_short_file_has_shorter_windows(length, days, rounds):
    found = calendar_of(back(length), CLOSING, 100)
    assert (found.days, len(found.rounds)) == (days, rounds)
    assert (found.learnt is None) == (rounds == 0)


def test_a_third_of_less_than_a_week_has_no_origin():
    assert calendar_of(back(20), CLOSING, 7).rounds == ()
    assert calendar_of(back(21), CLOSING, 7).days == 7


@given(st.integers(0, 3000), st.integers(7, 1095))
def test_windows_lie_in_the_file_and_nothing_learnt_is_later_than_what_it_is_judged_on(
    length, horizon
):
    found = calendar_of(back(length), CLOSING, horizon)
    for r in found.rounds:
        assert (r.judged - r.learnt).days == r.days == found.days <= horizon
        assert r.judged + dt.timedelta(days=r.days) <= CLOSING
        assert (r.learnt - back(length)).days >= r.days  # as much behind as before
    judged = [r.judged for r in found.rounds]
    assert all(a - b == dt.timedelta(days=found.days) for a, b in pairwise(judged))
