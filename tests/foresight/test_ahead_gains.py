"""The range of what a lever adds: what it holds, and what cancels."""

from dataclasses import replace

import numpy as np
import pytest
from stationary_shops import history_at, make_shop

from toolkit.foresight.ahead.fan import days_ahead, edges, spreads
from toolkit.foresight.ahead.gains import gain_ends
from toolkit.foresight.ahead.levers import Case, lever_cases, lever_runs, lever_table
from toolkit.foresight.ahead.rates import rates_of, tally

LOW, HIGH = "more_active_1_low", "more_active_1_high"


@pytest.fixture(scope="module")
def shop():
    """Customers today, rates and closing date of a simulated shop."""
    history = history_at(make_shop(3))
    rates = rates_of(tally(history), history.lapse_days)
    return history.standing(history.closing), rates, history.closing


@pytest.fixture(scope="module")
def year(shop):
    return days_ahead(shop[1], shop[2], 12)


@pytest.fixture(scope="module")
def cases(shop):
    start, rates, closing = shop
    return lever_cases(start, rates, days_ahead(rates, closing, 60), 90)


@pytest.fixture(scope="module")
def ends(shop, year, cases):
    start, rates, _ = shop
    return gain_ends(start, rates, year, cases, 1.0).set_index("lever")


def width(rows):
    return rows[HIGH] - rows[LOW]


def test_the_range_holds_what_the_lever_is_expected_to_add(shop, cases, ends):
    start, rates, closing = shop
    course = lever_runs(start, rates, days_ahead(rates, closing, 60), cases)
    more = lever_table(cases, course, rates).set_index("lever").more_active_1
    assert ends.index.tolist() == more.index.tolist()
    assert (ends[LOW] <= more).all() and (more <= ends[HIGH]).all()
    assert tuple(ends.loc["base"]) == (0, 0) and (width(ends)[1:] > 0).all()


def test_what_moves_the_base_case_as_well_cancels(shop, ends):
    level = spreads(*shop)["active"]
    low, high = edges(level.mean, level.chance + level.shared, level.freedom)
    assert width(ends.loc["hole_point"]) < 0.2 * (high - low)[-1]


def test_a_larger_shop_of_the_same_rates_is_surer(shop, year, cases, ends):
    start, rates, _ = shop
    large = replace(
        rates,
        counts=100 * rates.counts,
        new_per_day=100 * rates.new_per_day,
        unseen=100 * rates.unseen,
    )
    days = replace(year, new=100 * year.new)
    moved = {name: replace(case, new=100 * case.new) for name, case in cases.items()}
    wide = gain_ends(100 * start, large, days, moved, 1.0).set_index("lever")
    assert (width(wide)[1:] < 100 * width(ends)[1:]).all()


def test_a_wider_fan_widens_the_range(shop, year, cases, ends):
    start, rates, _ = shop
    wider = gain_ends(start, rates, year, cases, 4.0).set_index("lever")
    assert (width(wider)[1:] > width(ends)[1:]).all()


def test_nothing_changed_adds_nothing_and_fewer_new_mirror_more(shop, year):
    start, rates, _ = shop
    cases = {
        "none": Case(np.copy, year.new),
        "more": Case(np.copy, 1.1 * year.new),
        "fewer": Case(np.copy, 0.9 * year.new),
    }
    found = gain_ends(start, rates, year, cases, 1.0).set_index("lever")
    assert tuple(found.loc["none"]) == (0, 0)
    more, fewer = found.loc["more"], found.loc["fewer"]
    assert (more[LOW], more[HIGH]) == (-fewer[HIGH], -fewer[LOW]) and more[LOW] > 0
