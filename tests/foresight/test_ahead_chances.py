"""Chances day by day: a calendar's rhythm keeps its shape, and old customers stay apart."""

import numpy as np
import pandas as pd
import pytest
from stationary_shops import came, heavy_leavers, history_at, monthly_subscribers

from toolkit.foresight.ahead.chances import chances_of
from toolkit.foresight.ahead.kinds import FIRST, KINDS, OLD, grid_ends, kind_of
from toolkit.foresight.ahead.rates import rates_of, tally
from toolkit.foresight.ahead.record import fan_at, one_sided


def test_a_day_has_its_own_chance_inside_the_line():
    steps = len(grid_ends(40)) + 1
    visits, days = np.zeros((KINDS, steps)), np.zeros((KINDS, steps))
    days[FIRST, :30], days[FIRST, 30:40], visits[FIRST, 29] = 1000, 80, 920  # all on day 30
    found = chances_of(visits, days, 40)
    assert found.rate[FIRST, 29] == pytest.approx(0.92, abs=0.01) and found.sharp
    assert 1 - np.prod(1 - found.rate[FIRST, :40]) == pytest.approx(0.92, abs=0.02)


def test_an_even_chance_is_no_calendar():
    days = np.full((KINDS, len(grid_ends(40)) + 1), 1000.0)
    found = chances_of(0.5 * days, days, 40)
    assert found.rate == pytest.approx(0.5, abs=0.01) and not found.sharp
    assert found.due(days[None], 40) == pytest.approx([0.5 * days.sum()], rel=0.01)


def test_kinds_without_visits_have_the_chances_of_their_pace():
    steps = len(grid_ends(40)) + 1
    visits, days = np.zeros((KINDS, steps)), np.zeros((KINDS, steps))
    visits[2], days[2] = 10, 100
    found = chances_of(visits, days, 40)
    alike = int(kind_of(20, 19 * 8, 40))
    assert found.rate[alike] == pytest.approx(found.rate[alike + OLD])
    assert found.rate[alike] == pytest.approx(0.1, abs=0.02)


@pytest.mark.parametrize("line", [60, 90, 120], ids=str)
def test_monthly_subscribers_are_as_many_in_a_year_as_now(line):
    shop = monthly_subscribers(5, line=line)
    history, happened = history_at(shop), came(shop)
    known = tally(history)
    assert (rates_of(known, line).season_visits == 1).all()  # months differ in days alone
    level = fan_at(history, known, shop.closing).query("measure == 'active' and month == 12")
    assert level.expected.item() == pytest.approx(happened.active[12], rel=0.1)
    assert level.low.item() <= happened.active[12] <= level.high.item()


def test_old_customers_do_not_lend_their_loyalty_to_new_ones():
    off = []
    for seed in (4000, 4001, 4002):
        shop = heavy_leavers(seed, 540)
        history = history_at(shop)
        fan = fan_at(history, tally(history), shop.closing).query("measure == 'active'")
        off.append(fan.expected.iloc[-1] / came(shop).active[12])
    assert np.mean(off) < 1.1  # 1.14 where nobody tells them apart


def test_a_record_off_to_one_side_is_told():
    rows = [(back, "active", min(back, 12), 120.0, 100.0) for back in (3, 6, 9, 12)]
    names = ["back", "measure", "month", "expected", "happened"]
    errors = pd.DataFrame(rows, columns=names)
    assert one_sided(errors) == -1 and one_sided(errors[errors.back > 3]) == 0
    assert one_sided(errors.assign(happened=140.0)) == 1
    assert one_sided(errors.assign(happened=[100.0, 100, 100, 125])) == 0
    assert one_sided(errors.assign(happened=112.0)) == 0
