"""The section on coming again: charts that are drawn whatever the shares are."""

import pandas as pd
import pytest

from toolkit.book import wilson
from toolkit.report.sections.repeat import step_chart
from toolkit.report.sections.repeat_rates import rate_chart
from toolkit.words import Words

EN = Words("en")


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_steps_that_nobody_or_everybody_went_on_from_are_drawn(share):
    n = pd.Series(range(5, 400))
    low, high = wilson(share + 0 * n, n)
    for start in range(0, len(n), 8):  # as many steps as there are visits
        part = slice(start, start + 8)
        known = pd.DataFrame(
            {
                "nth": range(1, 1 + len(n[part])),
                "share": share,
                "low": low[part],
                "high": high[part],
            }
        )
        bars = step_chart(known, None, EN).axes[0].patches
        assert [bar.get_height() for bar in bars] == [share] * len(known)


def test_rates_of_nobody_are_drawn_along_the_floor():
    months = pd.DataFrame(
        {
            "month": ["2025-01", "2025-02"],
            "repeater_rate": [0.0, 0.0],
            "repeat_rate": [0.0, 0.0],
            "trusted": True,
            "complete": True,
        }
    )
    assert rate_chart(months, EN).axes[0].get_ylim() == (0, 1)
