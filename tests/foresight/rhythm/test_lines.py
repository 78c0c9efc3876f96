"""Every lapse line tried on the past."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rhythm_days import LAST, day, histories

from toolkit.book.lapse_line import lapse_error
from toolkit.foresight.rhythm.lines import called_lost, line_errors, stood_lost

LONGEST = 400


def test_a_line_worked_by_hand(seen):
    # Beyond 60 days: all but e's first; b's and d's first end in a visit within the year after.
    visits = seen({"a": [0], "b": [0, 100], "c": [0, 430], "d": [0, 61, 1000], "e": [0, 60, 990]})
    found = called_lost(visits, day(1000), LONGEST).set_index("line_days")
    assert found.loc[60].tolist() == [8, 2]
    assert found.loc[59].tolist() == [9, 3]
    assert found.loc[100].tolist() == [6, 1]  # without the first of b and d; c comes by day 465


def test_a_silence_not_watched_for_a_year_beyond_the_line_does_not_count(seen):
    visits = seen({"a": [0]})
    found = called_lost(visits, day(425), LONGEST).set_index("line_days").called_lost
    assert found[60] == 1 and found[61] == 0


@settings(max_examples=30, deadline=None)
@given(histories(), st.integers(1, LONGEST), st.integers(200, LAST))
def test_each_line_is_the_error_of_the_book(seen, drawn, line, closing):
    known = {name: [d for d in days if d <= closing] for name, days in drawn.items()}
    known = {name: days for name, days in known.items() if days}
    if known:
        found = called_lost(seen(drawn), day(closing), LONGEST).set_index("line_days")
        called, back = found.loc[line]
        assert (lapse_error(seen(known), day(closing), line) or (0, 0)) == (back, called)
        assert (found.came_back <= found.called_lost).all() and (found.came_back >= 0).all()
        assert found.called_lost.is_monotonic_decreasing


@settings(max_examples=30, deadline=None)
@given(histories(), st.integers(1, LONGEST), st.integers(0, LAST), st.integers(0, 400))
def test_who_stood_lost_is_counted_one_by_one(seen, drawn, line, at, later):
    found = stood_lost(seen(drawn), day(at), day(at + later), LONGEST).set_index("line_days")
    lost = [d for d in drawn.values() if d[0] <= at and at - max(x for x in d if x <= at) >= line]
    came = [d for d in lost if any(at < x <= at + later for x in d)]
    assert found.loc[line].tolist() == [len(lost), len(came)]


def test_what_a_line_costs_beside_its_error(seen):
    # Ten new customers every tenth day; one in ten comes once more, 100 days later.
    seen_once = {
        f"{d}-{i}": [d] + [d + 100] * (i == 0) for d in range(0, 1000, 10) for i in range(10)
    }
    found = line_errors(seen(seen_once), day(1600)).set_index("line_days")
    at = found.loc[60]
    assert (at.called_lost, at.came_back) == (1100, 100)
    assert at.error == pytest.approx(1 / 11) and at.low < at.error < at.high
    assert at.gone == 1000 and at.later_days == -180 and found.later_days[365] == 125
    watched = 1600 - 365 - 60 + 1
    assert at.unseen == round(1000 * 60 / watched) == 51
    assert at.stood_lost == 1000 and at.came_since == 0


def test_a_short_file_has_lines_without_a_rate(seen):
    found = line_errors(seen({"a": [0, 5], "b": [3]}), day(90))
    assert found.called_lost.sum() == 0
    assert found[["error", "low", "high", "unseen"]].isna().all(axis=None)
    assert len(found) == 730


RAW = {  # cut, end, called lost at more than 90 days, of them back; the same at more than 240
    "cdnow": ("1997-09-30", "1998-06-30", (19_343, 0.211), 0.135),
    "grocery": ("2006-12-31", "2007-12-30", (1_082, 0.138), 0.083),
    "retail": ("2011-08-31", "2011-12-09", (1_383, 0.424), 0.390),
}


@pytest.mark.parametrize("name", RAW)
def test_the_errors_published_for_three_files_are_reproduced(real_data, raw_visits, name):
    cut, end, (lost, back), classic = RAW[name]
    days = [pd.Timestamp(text).date() for text in (cut, end)]
    found = stood_lost(raw_visits(real_data, name), *days).set_index("line_days")
    share = found.came_since / found.stood_lost
    assert found.stood_lost[91] == lost
    assert share[91] == pytest.approx(back, abs=5e-4)
    assert share[241] == pytest.approx(classic, abs=5e-4)
