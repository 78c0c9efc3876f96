"""Chances moved as a whole: to a mean, to a season that shows in the past, and only then."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.foresight.competitors import Lesson, learn
from toolkit.foresight.referee import (
    Round,
    calendar_of,
    season_of,
    shift_to,
    shifted,
    visits_season,
)

CLOSING = dt.date(2025, 12, 31)
DAYS = 91
N = 3000


@given(
    st.lists(st.floats(0.001, 0.999), min_size=1, max_size=30),
    st.floats(0.01, 0.99),
)
def test_the_step_gives_the_mean_asked_for_and_keeps_the_order(chances, mean):
    chance = np.array(chances)
    step = shift_to(chance, mean)
    moved = shifted(chance, step)
    assert moved.mean() == pytest.approx(mean, abs=1e-6)
    assert np.array_equal(np.argsort(moved, kind="stable"), np.argsort(chance, kind="stable"))


def test_a_step_by_hand():
    # From odds of 1 to odds of 3.
    assert shift_to(np.array([0.5]), 0.75) == pytest.approx(np.log(3))
    assert shifted(np.array([0.5]), 0.0).tolist() == [0.5]
    assert shift_to(np.array([]), 0.3) == 0.0


def seasonal_shop(rate_of):
    """`see` of a shop whose customers are alike but for their silence; `rate_of` a day is the
    share that comes in the window after it."""

    def see(day):
        draw = np.random.default_rng(day.toordinal())
        silent = draw.integers(1, 200, N)
        came = draw.random(N) < rate_of(day) * np.where(silent < 100, 1.2, 0.8)
        return pd.DataFrame(
            {"customer_id": range(N), "recency_days": silent, "came": came.astype(int)}
        )

    return see


def season(rate_of, years=5):
    first = CLOSING - dt.timedelta(days=365 * years)
    calendar, see = calendar_of(first, CLOSING, DAYS), seasonal_shop(rate_of)
    judged = []
    for r in calendar.rounds:
        seen = see(r.judged)
        judged.append((r, seen, learn("recency", Lesson(see(r.learnt))).chance(seen)))
    return season_of(calendar, first, "recency", judged, see, lambda day: Lesson(see(day)))


def by_quarter(day):
    """Every second quarter half as many come; quarters of 91 days, back from the closing date."""
    return 0.4 if ((CLOSING - day).days // DAYS) % 2 == 0 else 0.2


def test_a_season_that_repeats_is_used():
    found = season(by_quarter)
    assert found.helped and found.checked == 2 and found.gain_low > 0
    # Learnt where .2 came, applied where .4 will: the odds a year ago went the same way.
    assert found.step == pytest.approx(np.log(0.4 / 0.6) - np.log(0.2 / 0.8), abs=0.15)


def test_no_season_is_no_correction():
    found = season(lambda day: 0.3)
    assert not found.helped and found.step == 0.0 and found.checked == 2


def test_a_year_that_was_unlike_the_next_is_not_followed():
    rates = {0: 0.3, 1: 0.3, 2: 0.3, 3: 0.3}
    found = season(lambda day: rates.get((CLOSING - day).days // DAYS, by_quarter(day)))
    assert not found.helped and found.step == 0.0


def test_without_two_years_before_there_is_nothing_to_check():
    found = season(by_quarter, years=2)
    assert not found.helped and found.checked == 0 and found.gain is None


def test_a_window_of_a_year_has_every_season():
    calendar = calendar_of(CLOSING - dt.timedelta(days=3000), CLOSING, 365)
    never = [(Round(CLOSING, CLOSING, 365), None, None)]
    found = season_of(calendar, dt.date(2010, 1, 1), "recency", never, None, None)
    assert not found.helped and found.checked == 0


def test_the_season_of_visits_is_what_came_over_what_was_expected():
    # The naive rate expects 4 + 2 visits of these two in 100 days, 9 came: half as many again.
    # Their chances are near 1 and could hardly rise: visits are not bound by them.
    seen = pd.DataFrame({"n_visits": [8, 4], "age_days": [200, 200], "came_visits": [6, 3]})
    assert visits_season("naive_rate", None, seen, 60, 100) == pytest.approx(1.5)
    nobody = seen.assign(came_visits=0)
    assert visits_season("naive_rate", None, nobody, 60, 100) == 1.0
