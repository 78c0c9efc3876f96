"""The fan holds what comes as often as it says, and knows nothing of what comes after."""

import numpy as np
import pandas as pd
import pytest
from coverage_of_fans import JUDGED, lengths, simulated
from stationary_shops import came, history_at, make_shop

from toolkit.foresight.ahead.fan import (
    COUNTED,
    MEASURES,
    SO_FAR,
    Spread,
    base_course,
    days_ahead,
    edges,
    fan_table,
    measured,
    spreads,
)
from toolkit.foresight.ahead.months import months_to
from toolkit.foresight.ahead.rates import rates_of, tally
from toolkit.foresight.ahead.record import (
    fan_at,
    happenings,
    origins,
    past_errors,
    rolling_coverage,
    stretches,
)

SHOPS = 36  # a share of 0.8 shows in 36 shops as 0.61 to 0.95 in 99 of 100 cases (binomial)


@pytest.fixture(scope="module")
def shop():
    return make_shop(3)


@pytest.fixture(scope="module")
def known(shop):
    return tally(history_at(shop))


@pytest.fixture(scope="module")
def tried():
    return simulated(SHOPS, start=1000)


def test_fans_hold_what_came_as_often_as_they_say(tried):
    inside = tried.pivot_table(index="measure", columns="month", values="inside")
    assert sorted(inside.columns) == list(JUDGED) and set(inside.index) == set(MEASURES)
    assert inside.min(axis=None) >= 0.61 and inside.max(axis=None) <= 0.97
    # neighbouring months and measures of a shop are no draws of their own, but their mean is closer
    assert 0.74 <= inside.mean(axis=None) <= 0.86


def test_what_is_expected_is_neither_too_much_nor_too_little(tried):
    level = tried[tried.measure == "active"]
    off = (level.happened / level.expected - 1).groupby(level.month).mean()
    assert off.abs().max() < 0.04


def test_young_files_do_not_make_sales_out_of_their_late_months():
    # Who has come often is there only late in a young file, in the best months of a season.
    found = lengths(shops=3, days=(450, 730))
    off = found.groupby(["kind", "days"]).sales.mean().unstack("days")
    assert off.loc[["at a visit", "with time"]].abs().max(axis=None) < 0.08
    assert off.loc["with time, season"].abs().max() < 0.2


def test_the_range_of_a_sum_holds_the_sum(shop, known):
    rates = rates_of(known, shop.lapse_days)
    found = spreads(history_at(shop).standing(shop.closing), rates, shop.closing)
    months, total = found["sales"], found[SO_FAR]
    assert total.mean == pytest.approx(months.mean.cumsum())
    assert total.chance == pytest.approx(months.chance.cumsum())
    assert total.shared[0] == pytest.approx(months.shared[0])
    # Of twelve months that share the errors of the rates: between none and all of it in common.
    assert months.shared.sum() < total.shared[-1] <= np.sqrt(months.shared).sum() ** 2


def test_the_next_month_of_the_level_is_known_better_than_the_next_year(shop, known):
    fan = fan_at(history_at(shop), known, shop.closing)
    level = fan[fan.measure == "active"].set_index("month")
    width = (level.high - level.low) / level.expected
    assert width[1] < width[3] < width[12] and width[1] < width[12] / 2


def test_ends_are_whole_customers_around_the_expectation(shop, known):
    fan = fan_at(history_at(shop), known, shop.closing)
    assert ((fan.low <= fan.expected) & (fan.expected <= fan.high)).all()
    counted = fan[fan.measure.isin(COUNTED)]
    assert (counted[["low", "high"]] % 1 == 0).all(axis=None) and (fan.low >= 0).all()


def test_the_middle_of_the_fan_is_the_base_case(shop, known):
    start, rates = history_at(shop).standing(shop.closing), rates_of(known, shop.lapse_days)
    found = spreads(start, rates, shop.closing)
    base = measured(base_course(start, rates, days_ahead(rates, shop.closing, 12)), rates)
    for name in MEASURES:
        assert found[name].mean == pytest.approx(base[name][0])


def test_a_fan_knows_nothing_of_what_comes_after_it(shop, known):
    back = 5
    at = int(known.ends[-1 - back])
    then = history_at(shop, at)
    told = fan_at(history_at(shop), known.upto(back), at)
    pd.testing.assert_frame_equal(told, fan_at(then, tally(then), at))


def test_what_happened_is_what_the_shop_did(shop):
    history = history_at(shop, months_to(shop.closing, 12))
    happened, real = happenings(history, tally(history)), came(shop)
    for name in MEASURES:
        assert happened[name][-12:].tolist() == real[name].tolist()


def test_origins_lie_every_third_month_with_six_months_before_them(known):
    assert origins(known) == list(range(3, len(known.new) - 5, 3))[:8]
    assert origins(known.upto(len(known.new) - 8)) == []


def test_the_record_widens_the_fan_and_hardly_narrows_it():
    flat = np.full(12, 100.0)
    found = dict.fromkeys(MEASURES, Spread(flat, flat * 0, flat, flat))  # 10 either way
    right = pd.DataFrame({"back": 6, "measure": "new", "month": [1, 2], "expected": 100.0})
    off = stretches(right.assign(happened=[130.0, 70.0]), found)
    assert off["new"] == pytest.approx((2 + 2 * 9) / 4) and off["lost"] == 1
    assert stretches(right.assign(happened=100.0), found)["new"] == 0.6
    # less than a year of rates: its own variance counts fourfold
    assert stretches(right.assign(happened=110.0), found, 9)["new"] == pytest.approx((8 + 2) / 4)


def test_a_month_is_not_judged_finer_than_by_a_customer_or_a_visit():
    # Nobody can be lost yet (variance 1e-60), and half a one was: 0.25 of one squared.
    flat, hardly = np.full(12, 100.0), np.full(12, 1e-60)
    found = dict.fromkeys(MEASURES, Spread(flat, hardly, hardly, flat))
    past = pd.DataFrame({"back": 6, "measure": "lost", "month": [1, 2], "expected": 100.0})
    assert stretches(past.assign(happened=100.5), found)["lost"] == 0.625  # (2 + 2 x 0.25) / 4
    # Money of a visit 3000 / 100 = 30, off by 60: 4 of its squares.
    money = {"sales": Spread(flat, flat * 30, -flat * 29.99999, flat)}
    past = past.assign(measure="sales", happened=160.0)
    assert stretches(past, found | money)["sales"] == pytest.approx((2 + 2 * 4) / 4)


def test_the_middle_eighty_of_a_hundred_never_fall_below_nothing():
    mean, variance = np.array([100.0, 1.0, 0.0]), np.array([25.0, 4.0, 0.0])
    low, high = edges(mean, variance, np.full(3, 1e6))
    assert low[0] == pytest.approx(93.6, abs=0.2) and high[0] == pytest.approx(106.4, abs=0.3)
    assert 0 < low[1] < 1 < high[1] and (low[2], high[2]) == (0, 0)


def test_where_next_to_nobody_is_expected_nothing_breaks():
    # Subscribers a month after their last order: a loss in 10^200, whose square is no number.
    mean, nothing = np.array([1e-200]), np.array([1e-205])
    assert [end[0] for end in edges(mean, nothing, np.array([3.0]))] == [1e-200, 1e-200]
    one = Spread(mean, nothing, nothing, np.array([3.0]))
    assert one.scaled(np.array([5.0])) == pytest.approx(2e-205)


def test_a_measure_of_the_fan_is_a_row_for_each_month(shop, known):
    start, rates = history_at(shop).standing(shop.closing), rates_of(known, shop.lapse_days)
    table = fan_table(spreads(start, rates, shop.closing), dict.fromkeys(MEASURES, 1.0))
    assert list(table.columns) == ["measure", "month", "expected", "low", "high"]
    assert len(table) == 12 * len(MEASURES)


def test_a_short_history_has_no_record_and_still_a_fan(shop, known):
    short = known.upto(len(known.new) - 6)
    errors = past_errors(history_at(shop), short, shop.lapse_days)
    assert errors.empty and rolling_coverage(history_at(shop), short).empty
    assert len(fan_at(history_at(shop), short, int(short.ends[-1]))) == 60
