"""The lapse line the past recommends."""

import pandas as pd
import pytest

from toolkit.book import wilson
from toolkit.foresight.rhythm.recommended import LapseLine, candidates, recommend


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
