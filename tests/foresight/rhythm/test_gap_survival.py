"""Silences by ordinal: curves worked by hand, published, and drawn at random."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from rhythm_days import LAST, day, histories
from scipy.stats import CensoredData, ecdf

from toolkit.foresight.rhythm.gaps import ALL, by_day, gap_counts, visits_until
from toolkit.foresight.rhythm.survival import gap_survival, return_chance
from toolkit.frames import frame

# Weeks in remission under 6-MP (Freireich et al. 1963, Gehan 1965), + where still in it.
REMISSION = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
# Survival and its 95 % interval on the log-log scale, as printed by R's survfit (conf.type).
PRINTED = {
    6: (0.857, 0.620, 0.952),
    7: (0.807, 0.563, 0.923),
    10: (0.753, 0.503, 0.889),
    13: (0.690, 0.432, 0.849),
    16: (0.627, 0.368, 0.805),
    22: (0.538, 0.268, 0.747),
    23: (0.448, 0.188, 0.680),
}


def remission():
    """Twenty-one customers whose first silences are those weeks, on a closing date of day 50."""
    for i, text in enumerate(REMISSION.split()):
        weeks = int(text.rstrip("+"))
        yield f"p{i}", [50 - weeks] if text.endswith("+") else [50 - weeks, 50]


def test_the_curve_is_the_published_one_of_remissions(seen):
    found = gap_survival(gap_counts(seen(dict(remission())), day(50)))
    first = found[(found.ordinal == "1") & (found.came > 0)].set_index("days")
    assert list(first.index) == list(PRINTED)
    printed = pd.DataFrame(PRINTED, index=["survival", "low", "high"]).T
    assert np.abs(first[list(printed)] - printed).to_numpy().max() <= 0.0005 + 1e-12


def test_a_curve_worked_by_hand(seen):
    # Closing day 100. First silences: 10, 15+, 20, 20, 30+.
    visits = seen({"A": [0, 10], "B": [85], "C": [50, 70], "D": [70], "E": [0, 20]})
    found = gap_survival(gap_counts(visits, day(100)))
    rows = found[found.ordinal == "1"].set_index("days")
    assert rows.at_risk.to_dict() == {0: 5, 10: 5, 20: 3, 30: 1}
    assert rows.came.to_dict() == {0: 0, 10: 1, 20: 2, 30: 0}
    assert rows.survival.tolist() == pytest.approx([1, 4 / 5, 4 / 15, 4 / 15])
    # Greenwood: 1/(5 x 4) + 2/(3 x 1); exp(ln S x exp(+- 1.96 x root / |ln S|)).
    assert rows.low[20] == pytest.approx(0.00968, abs=1e-5)
    assert rows.high[20] == pytest.approx(0.68612, abs=1e-4)


def test_ordinals_are_kept_apart_and_few_are_left_out(seen):
    visits = seen({f"c{i}": [0, 5, 15, 45, 60, 61, 62][: 7 - i % 2] for i in range(6)})
    found = gap_survival(gap_counts(visits, day(62)))
    ends = found.groupby("ordinal", sort=False).survival.last()
    assert list(ends.index) == ["1", "2", "3", "4", "5+"]
    assert ends.iloc[:4].tolist() == [0] * 4 and ends["5+"] > 0
    assert len(gap_survival(gap_counts(seen({"a": [0, 5]}), day(9)))) == 0


def test_customers_there_before_the_file_lose_their_ordinal_and_keep_their_silences(seen):
    visits = seen({"old": [3, 40], "new": [30, 37], "newer": [35]})
    counts = gap_counts(visits, day(50), since=day(30))
    assert counts.visits.sum() == 5
    assert by_day(counts, "1", 60).waiting[0] == 2
    assert by_day(counts, "2", 60).waiting[0] == 1
    assert by_day(counts, ALL, 60).waiting[0] == 5
    assert by_day(counts, ALL, 60).came[37] == 1


def test_a_silence_beyond_the_longest_is_one_that_lasts(seen):
    counts = gap_counts(seen({"a": [0, 500]}), day(500), longest=100)
    first = counts[counts.ordinal == 1]
    assert first[["days", "came", "visits"]].to_numpy().tolist() == [[101, False, 1]]


def test_a_shorter_curve_of_the_same_counts_loses_nobody(seen):
    visits = seen({"a": [0, 40], "b": [0, 900], "c": [0], "d": [0], "e": [880]})
    counts = gap_counts(visits, day(1000))
    long, short = gap_survival(counts, 1095), gap_survival(counts, 100)
    assert short.at_risk.iloc[0] == 5 and short.days.iloc[-1] == 100
    assert short.survival.iloc[:2].tolist() == long.survival.iloc[:2].tolist()


def test_nothing_later_than_the_day_is_known(seen):
    visits = seen({"a": [0, 10, 30], "b": [25]})
    known = frame(visits_until(visits, day(20)).order_by("nth"))
    assert known.date.tolist() == [day(0), day(10)]
    assert known.next_date.tolist() == [day(10), None]


def test_the_chance_of_a_return_worked_by_hand(seen):
    # First silences 40, 100, 300 and 2 x 400+: after 60 days one of four comes within 200 days.
    visits = seen({"a": [0, 40], "b": [0, 100], "c": [0, 300], "d": [0], "e": [0], "f": [0]})
    found = return_chance(gap_counts(visits, day(400)), (200, 365), 1095)
    first = found[(found.ordinal == "1") & (found.within_days == 200)].set_index("silent_days")
    assert first.waiting[0] == 6 and first.share[0] == pytest.approx(2 / 6)
    assert first.waiting[60] == 5 and first.share[60] == pytest.approx(1 / 5)
    assert first.share[90] == pytest.approx(1 / 5)
    assert pd.isna(first.share[120])  # four are left
    year = found[(found.ordinal == "1") & (found.within_days == 365)].set_index("silent_days")
    assert year.share[30] == pytest.approx(3 / 6)
    assert pd.isna(year.share[60])  # nobody has been watched for 425 days


@settings(max_examples=15, deadline=None)
@given(histories())
def test_curves_are_those_of_scipy_and_chances_lie_in_their_intervals(seen, drawn):
    counts = gap_counts(seen(drawn), day(LAST))
    found, days = gap_survival(counts, 1095), by_day(counts, "2", 1095)
    assert found.survival.between(found.low - 1e-12, found.high + 1e-12).all()
    assert found.groupby("ordinal").survival.apply(lambda s: s.is_monotonic_decreasing).all()
    second = counts[counts.ordinal == 2]
    if days.waiting[0] >= 5 and second.came.any():
        times = second.days.repeat(second.visits), second.came.repeat(second.visits)
        sf = ecdf(CensoredData(times[0][times[1]], right=times[0][~times[1]])).sf
        own = found[(found.ordinal == "2") & (found.came > 0)]
        assert own.survival.to_numpy() == pytest.approx(sf.evaluate(own.days))
    chances = return_chance(counts, (365, 90), 1095)
    told = chances[chances.share.notna()]
    assert told.share.between(told.low - 1e-12, told.high + 1e-12).all()
    both = told[told.within_days == 365].merge(
        told[told.within_days == 90], on=["ordinal", "silent_days"], suffixes=("", "_soon")
    )
    assert (both.share >= both.share_soon - 1e-12).all()
