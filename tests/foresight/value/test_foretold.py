"""What won on the past is what is foretold with, at the closing date and before it."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from pandas.testing import assert_frame_equal
from stand_in import StandIn

from toolkit.foresight import foresee, foresee_value
from toolkit.foresight.competitors import VISITS, Lesson, learn_visits
from toolkit.foresight.past import past_of
from toolkit.foresight.referee import bare_at
from toolkit.foresight.spend import fit_spend
from toolkit.foresight.value.foretold import ByCounts, ByWinners, foretelling
from toolkit.frames import frame

WINDOW = LINE = 60  # of the simulated shop, as set in conftest
THIRD = 140  # of its 420 days
YEAR = 365


class Leaving(StandIn):
    """Customers leave, the sooner the shorter they have been there."""

    def expected_visits(self, told, horizon_days):
        lasts = 100 + told["last_days"].to_numpy(float)
        share = (1 - np.exp(-horizon_days / lasts)) * lasts / horizon_days
        return super().expected_visits(told, horizon_days) * share


@pytest.fixture(scope="module")
def counting():
    return lambda histories: Leaving()


@pytest.fixture(scope="module")
def past(shop, counting):
    return past_of(shop[0], WINDOW, counting)


def with_winners(past, counts, value="visits_x_own"):
    winners = past.verdict.winners | {"counts": counts, "value": value}
    return replace(past, verdict=replace(past.verdict, winners=winners))


def by_customer(table):
    return frame(table.order_by("customer_id"))


def test_within_the_window_it_is_what_the_winners_say(shop, past, counting):
    # A third of the 420 days: learnt at day 280 from the 140 after it (300 customers there; at day
    # 140 there were fewer, so nothing older is learnt from).
    book, _ = shop
    chosen = with_winners(past, "chance_x_back")
    told = by_customer(ByWinners(book, chosen, counting)(book.closing, (THIRD,)))
    seen = bare_at(book.visits_table, book.closing - dt.timedelta(days=THIRD), LINE, THIRD)
    rule = learn_visits("chance_x_back", Lesson(seen), LINE, THIRD)
    now = bare_at(book.visits_table, book.closing, LINE)
    visits = rule.expected_visits(now)
    assert told[f"visits_{THIRD}"].tolist() == pytest.approx(visits.tolist())
    spend = frame(fit_spend(book.visits_table).both().order_by("customer_id"))
    worth = visits * spend.spend_per_visit.to_numpy()
    assert told[f"amount_{THIRD}"].tolist() == pytest.approx(worth.tolist())


def test_the_count_model_as_winner_is_the_count_model_to_any_horizon(shop, past, counting):
    book, days = shop[0], (YEAR, 3 * YEAR)
    chosen = with_winners(past, "count_model", "visits_x_model")
    told = by_customer(ByWinners(book, chosen, counting)(book.closing, days))
    alone = by_customer(ByCounts(book, counting)(book.closing, days))
    assert_frame_equal(told, alone[told.columns], rtol=1e-9)


@pytest.mark.parametrize("winner", [name for name in VISITS if name != "count_model"])
def test_beyond_the_window_it_goes_on_as_the_count_model_does(shop, past, counting, winner):
    book, days = shop[0], (THIRD, YEAR, 3 * YEAR)
    told = by_customer(ByWinners(book, with_winners(past, winner), counting)(book.closing, days))
    model = by_customer(ByCounts(book, counting)(book.closing, days))
    for name in ("visits", "amount"):
        for horizon in days[1:]:
            ratio = told[f"{name}_{horizon}"] / told[f"{name}_{THIRD}"]
            wanted = model[f"visits_{horizon}"] / model[f"visits_{THIRD}"]
            assert np.abs(ratio - wanted).max() < 1e-6
            assert wanted.min() < wanted.max() <= horizon / THIRD


def test_nothing_later_than_the_day_is_used(shop, past, counting, shop_of, shop_orders):
    day = shop[0].closing - dt.timedelta(days=2 * WINDOW)
    known, _ = shop_of([order for order in shop_orders if order[1] <= 420 - 2 * WINDOW])
    told = [
        by_customer(ByWinners(book, with_winners(past_, "boosted_visits"), counting)(day, (YEAR,)))
        for book, past_ in (
            (shop[0], past),
            (known, replace(past, visits=known.visits_table)),
        )
    ]
    whole, alone = (one.drop(columns="customer_id") for one in told)  # numbered by the file
    assert whole.equals(alone) and len(whole)


def test_a_day_with_too_little_to_learn_from_has_nothing(shop, past, counting):
    book = shop[0]
    day = book.first + dt.timedelta(days=18)  # no window of a week lies behind it
    told = ByWinners(book, with_winners(past, "chance_x_back"), counting)
    assert told(day, (WINDOW,)) is None and not told.can_at(day)
    assert ByCounts(book, counting)(day, (WINDOW,)) is not None


def test_the_value_of_the_customers_rests_on_the_winners(shop, counting):
    book, settings = shop
    outlook = foresee(book, settings, counting)
    found = foresee_value(book, settings, outlook, counting)
    assert found.method == "winners"
    assert found.visits_by == outlook.winners["counts"]
    assert found.amounts_by == outlook.winners["value"]
    told = ByWinners(book, outlook.past, counting)(book.closing, (YEAR,))
    wanted = by_customer(told).amount_365 * settings.margin_share
    assert found.customers().margin_12.tolist() == pytest.approx(wanted.tolist(), abs=0.51)
    assert set(found.records[12].origin) and found.why is None


def test_customers_too_alike_for_a_model_are_told_the_chance_times_usual_visits(book_of, counting):
    # Subscribers: all of 400 come every 30 days, so nobody stayed away to learn from.
    orders = [(f"c{i:03}", 30 * k + i % 30, 1000) for i in range(400) for k in range(12)]
    book, settings = book_of(orders, 360, horizon_days=60, lapse_days=90)
    outlook = foresee(book, settings, counting)
    assert outlook.why == "too_alike"
    told = by_customer(foretelling(book, outlook.past, counting)(book.closing, (120, YEAR)))
    assert told.visits_120.mean() == pytest.approx(4, abs=0.1)
    assert told.amount_120.sum() == pytest.approx(1000 * told.visits_120.sum(), rel=1e-6)
    found = foresee_value(book, settings, outlook, counting)
    assert (found.method, found.visits_by) == ("alike", "chance_x_back")


def test_where_nothing_was_judged_the_count_model_speaks(shop, past, counting):
    unjudged = replace(past, verdict=None)
    assert isinstance(foretelling(shop[0], unjudged, counting), ByCounts)


def test_without_a_past_the_count_model_speaks(shop, counting):
    assert isinstance(foretelling(shop[0], None, counting), ByCounts)
