"""Intervals of single customers: bands of those foretold alike, and how often they hold."""

import numpy as np
import pandas as pd
import pytest

from toolkit.foresight.value.singles import bands, customers_ends
from toolkit.frames import frame, in_engine

TOLD = {"low_12": 1.0}


def singles_of(active, visits, came, foreseen=100.0):
    return pd.DataFrame({"active": active, "visits": visits, "foreseen": foreseen, "came": came})


def ends_of(found, *customers, whole=TOLD):
    """(active, visits_12, margin_12) -> [[low, high], ...]."""
    rows = pd.DataFrame(customers, columns=["active", "visits_12", "margin_12"])
    table = in_engine(rows.assign(at=range(len(rows))))
    return frame(customers_ends(table, 12, found, whole).order_by("at"))[["low_12", "high_12"]]


def test_an_end_is_what_one_in_ten_fell_short_of_or_exceeded():
    # A hundred of whom 100 was foreseen brought 1 to 100: the 10.1th and the 90.9th.
    found = bands(singles_of(True, 2.0, np.arange(1, 101)))
    assert found[found.active].low.tolist() == pytest.approx([0.101])
    assert found[found.active].high.tolist() == pytest.approx([0.909])
    assert ends_of(found, (True, 2.0, 1000)).values.tolist() == [[101, 909]]


def test_nobody_is_lost_beside_the_bands():
    found = bands(singles_of(True, [1.0] * 40 + [2.0] * 80, range(120)))
    ends = ends_of(found, (True, 0.0, 10), (False, 0.5, 10), (True, np.nan, 10), (True, 9.0, 10))
    assert len(ends) == 4 and ends.drop(index=2).notna().all(axis=None)
    assert found.begins.tolist() == [0.0, 2.0] * 2


def test_bands_part_the_seldom_from_the_frequent():
    # Fifty with 0.1 visits of whom four came, fifty with 3 who all brought 80 to 129.
    seldom = singles_of(True, 0.1, [0] * 46 + [500] * 4)
    frequent = singles_of(True, 3.0, range(80, 130))
    found = bands(pd.concat([seldom, frequent]))
    made = found[found.active]
    assert made.begins.tolist() == [0.0, 3.0]
    ends = ends_of(found, (True, 0.0, 40), (True, 2.9, 40), (True, 3.0, 1000), (True, 50.0, 10_000))
    assert ends.values.tolist() == [[0, 0], [0, 0], [841, 1249], [8410, 12490]]


def test_the_lapsed_have_bands_of_their_own_where_they_are_enough():
    active, lapsed = singles_of(True, 1.0, [100] * 60), singles_of(False, 1.0, [0] * 50)
    both = ends_of(bands(pd.concat([active, lapsed])), (True, 1.0, 10), (False, 1.0, 10))
    assert both.values.tolist() == [[10, 10], [0, 0]]
    few = bands(pd.concat([active, lapsed[:49]]))  # then all 109 speak for the lapsed
    assert few[few.active].low.tolist() == [1.0]
    assert few[~few.active].low.tolist() == [0.0] and few[~few.active].high.tolist() == [1.0]


def test_returned_money_brings_no_end_below_nothing():
    found = bands(singles_of(True, 1.0, [-50] * 20 + [100] * 40))
    assert found.low.tolist() == [0.0, 0.0]


@pytest.mark.parametrize("whole", [{"low_12": np.nan}, TOLD], ids=["whole untold", "few"])
def test_without_a_record_there_is_no_interval(whole):
    many = 60 if np.isnan(whole["low_12"]) else 49
    found = bands(singles_of(True, 1.0, [100] * many))
    assert ends_of(found, (True, 1.0, 10), whole=whole).isna().all(axis=None)


def test_one_in_ten_is_above_the_high_end_among_those_likely_to_come():
    # Twenty thousand customers whose visits follow their own rates; half of them are the record.
    chance = np.random.default_rng(11)
    rates = chance.gamma(0.5, 1.0, 20_000)
    came = chance.poisson(rates) * 1000 * chance.gamma(5, 0.2, 20_000)
    known = singles_of(True, rates[:10_000], came[:10_000], rates[:10_000] * 1000)
    rest = list(zip([True] * 10_000, rates[10_000:], rates[10_000:] * 1000, strict=True))
    ends, later = ends_of(bands(known), *rest), came[10_000:]
    above, below = later > ends.high_12, later < ends.low_12
    comes = 1 - np.exp(-rates[10_000:])
    assert above[comes > 0.15].mean() == pytest.approx(0.1, abs=0.02)
    assert above[comes < 0.08].mean() < 0.08 and (ends.high_12[comes < 0.08] == 0).all()
    assert below.mean() < 0.1
    held = (~above & ~below)[comes > 0.9]
    assert held.mean() == pytest.approx(0.8, abs=0.05)
