"""The lapse line the past recommends."""

import numpy as np
import pandas as pd
import pytest
from rhythm_days import day

from toolkit.book import wilson
from toolkit.foresight.rhythm.lines import called_lost, rated
from toolkit.foresight.rhythm.recommended import LapseLine, Replay, candidates, recommend, replay


def tried(error, called=1000, longest=730):
    """Lines with an error and a number of called lost, each a function of the days."""
    table = pd.DataFrame({"line_days": range(1, longest + 1)})
    table["called_lost"] = [called(d) if callable(called) else called for d in table.line_days]
    table["came_back"] = [
        round(error(d) * n) for d, n in zip(table.line_days, table.called_lost, strict=True)
    ]
    table["error"] = (table.came_back / table.called_lost).where(table.called_lost >= 5)
    table["low"], table["high"] = wilson(table.error, table.called_lost)
    return table


def falling(day):
    return max(0.0, 0.5 - day / 500)  # one in five at 150 days


def test_the_shortest_line_with_one_in_five_is_recommended():
    found = recommend(tried(falling))
    assert (found.line_days, found.why, found.judged_to) == (150, None, 730)
    assert found.earliest == 140 and found.latest == 170  # half-widths of 2.5 points at 1,000
    sure = recommend(tried(falling, 1_000_000))
    assert (sure.earliest, sure.line_days, sure.latest) == (150, 150, 160)


def test_a_file_too_short_to_judge_long_lines_cannot_tell():
    found = recommend(tried(falling, lambda day: 1000 if day <= 120 else 99))
    assert found == LapseLine(None, None, None, 120, "too_short")
    assert recommend(tried(falling, 0)) == LapseLine(None, None, None, None, "too_short")


def test_where_everybody_comes_back_there_is_no_line():
    assert recommend(tried(lambda day: 0.6)) == LapseLine(None, None, None, 730, "none")


def test_where_nobody_comes_back_the_shortest_line_does():
    assert recommend(tried(lambda day: 0.0)).line_days == 30


@pytest.mark.parametrize("given", [240, 75])
def test_the_candidates_stand_beside_the_classic_and_the_line_in_force(given):
    lines = tried(falling)
    rows = candidates(lines, recommend(lines), given)
    assert rows.line_days.tolist() == sorted({60, 90, 120, 150, 180, 240, 365, given})
    assert rows.line_days[rows.recommended].tolist() == [150]
    assert rows.line_days[rows.in_force].tolist() == [given]


def test_without_a_recommendation_the_others_still_stand():
    lines = tried(lambda day: 0.6)
    rows = candidates(lines, recommend(lines), 240)
    assert rows.line_days.tolist() == [60, 90, 120, 180, 240, 365] and not rows.recommended.any()


@pytest.fixture(scope="module")
def steady_shop(seen):
    """Ten new customers every tenth day for five years; of those silent for 60 days one in ten
    comes at day 100, and half of the others before day 50."""
    chance, days = np.random.default_rng(5), {}
    for start in range(0, 1800, 10):
        for n in range(10):
            luck = chance.random()
            gap = 100 if luck < 0.1 else int(chance.integers(5, 50)) if luck < 0.55 else None
            days[f"{start}-{n}"] = [start] + ([start + gap] if gap else [])
    return seen(days)


def test_the_rule_is_judged_on_silences_it_had_not_seen(steady_shop):
    found = replay(steady_shop, day(1800))
    assert found.day == day(1800 - 730)
    then = recommend(rated(called_lost(steady_shop, found.day)))
    assert found.line_days == then.line_days
    assert recommend(rated(called_lost(steady_shop, day(1800)))).line_days == then.line_days
    a_year = 365 * 1.45  # customers a year, and the second visits of half of them
    assert found.called_lost == pytest.approx(a_year, rel=0.25)
    assert found.came_back / found.called_lost <= 0.25


def test_a_file_too_short_to_have_had_a_line_two_years_ago_has_no_record(seen, steady_shop):
    assert replay(steady_shop, day(1000)) is None
    assert replay(seen({"a": [0, 5]}), day(2000)) is None
    assert isinstance(replay(steady_shop, day(1500)), Replay)
