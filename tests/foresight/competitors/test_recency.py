"""The recency rule: bands and shrunken rates by hand, the same in the engine."""

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from toolkit.foresight.competitors.recency import RecencyRule, fit_recency
from toolkit.frames import frame


@pytest.fixture
def thirteen(known):
    """Silences of 1 to 13 days; those of 1, 2 and 4 days came."""
    return fit_recency(known(list(range(1, 14)), [int(day in (1, 2, 4)) for day in range(1, 14)]))


def test_bands_and_rates_are_worked_out_by_hand(thirteen):
    # Base rate 3/13; 2 of 3 came in the first band, 1 of 2 in the second, none of 2 in the others.
    base = 3 / 13
    assert thirteen.upto == (3, 5, 7, 9, 11, 13)
    expected = [(2 + base) / 4, (1 + base) / 3] + [base / 3] * 4
    assert thirteen.rates == pytest.approx(expected, abs=1e-15)


def test_a_band_includes_its_last_day_and_the_last_band_has_no_end(thirteen):
    chance = thirteen.chance(pd.DataFrame({"recency_days": [0, 3, 4, 13, 5000]}))
    r = thirteen.rates
    assert chance.tolist() == [r[0], r[0], r[1], r[5], r[5]]


def test_no_band_is_told_never_nor_always(known):
    rates = fit_recency(known(list(range(60)), [1] * 10 + [0] * 50)).rates
    assert all(0 < rate < 1 for rate in rates)
    assert max(rates) == rates[0]


@pytest.mark.parametrize("came", [0, 1])
def test_where_all_do_the_same_the_next_is_told_a_little_less(known, came):
    # 9 of 9: base 1 - 0.5 / 10, rate (9 + 0.95) / 10; nobody of 9: 0.05 / 10.
    rule = fit_recency(known([40] * 9, [came] * 9))
    assert rule.rates == pytest.approx([0.995 if came else 0.005])
    table = ibis.memtable(pa.table({"recency_days": [40]}))
    found = frame(table.select(chance=rule.chance_expression(table)))
    assert found.chance.tolist() == pytest.approx(list(rule.rates))


def test_equal_silences_make_one_band(known):
    rule = fit_recency(known([40] * 9, [1, 1, 1] + [0] * 6))
    assert rule.upto == (40,)
    assert rule.rates == pytest.approx([(3 + 1 / 3) / 10])


@pytest.mark.parametrize("rule", [None, RecencyRule((40,), (0.3,))])
def test_the_engine_gives_the_same_chance(thirteen, rule):
    rule = rule or thirteen
    days = pd.DataFrame({"recency_days": np.arange(0, 20)})
    table = ibis.memtable(pa.Table.from_pandas(days))
    chances = table.select("recency_days", chance=rule.chance_expression(table))
    engine = frame(chances.order_by("recency_days"))
    assert np.abs(engine.chance.to_numpy() - rule.chance(days)).max() < 1e-12
