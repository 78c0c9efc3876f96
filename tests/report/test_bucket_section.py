"""The section on the bucket: which sentence is told of which numbers."""

import pytest

from toolkit.report.facts import Facts, rate
from toolkit.report.sections.bucket import _hole
from toolkit.words import Words

EN = Words("en")


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ((40, 100), (30, 100), "the hole grew by 10.0 points from 30.0% the year before"),
        ((30, 100), (40, 100), "the hole shrank by 10.0 points from 40.0% the year before"),
        ((0, 100), (0, 50), "the hole is unchanged from the year before"),
        # 0.02 points apart: as written they are the same
        ((1_000, 5_000), (1_001, 5_000), "the hole is unchanged from the year before"),
    ],
)
def test_a_hole_as_large_as_the_year_before_is_called_unchanged(now, before, said):
    facts = Facts([rate("hole.year", now, ""), rate("hole.previous", before, "")])
    assert said in _hole(facts, EN)
