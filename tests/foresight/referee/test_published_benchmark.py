"""The benchmark of who returns on three public files, with the published figures as the bar.

Published: AUC of all, lift in the top tenth and AUC of those silent over 90 days at the cut, of
the same cuts, with models learnt inside the calibration window.
"""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from raw_days import LAPSE_DAYS, book_at_cut

from toolkit.foresight.applied import apply
from toolkit.foresight.competitors import RULES, VISITS, learn, learn_visits, settled
from toolkit.foresight.counts import fit_counts
from toolkit.foresight.past import past_of
from toolkit.foresight.referee import (
    auc,
    bare_at,
    calibration,
    lift,
    noise_floor,
    seen_at,
    spread,
)
from toolkit.foresight.referee.bootstrap import auc_parts, resampled
from toolkit.foresight.referee.numbers import squares
from toolkit.frames import frame

# method: (AUC, AUC of the lapsed)
PUBLISHED = {
    "cdnow": {
        "recency": (0.759, 0.657),
        "rfm": (0.765, 0.667),
        "regression": (0.769, 0.669),
        "chance_any": (0.755, 0.644),
        "boosting": (0.766, 0.665),
        "stacked": (0.772, 0.674),
        "mean_rank": (0.770, 0.669),
    },
    "grocery": {
        "recency": (0.887, 0.718),
        "rfm": (0.867, 0.704),
        "regression": (0.888, 0.721),
        "chance_any": (0.854, 0.585),
        "boosting": (0.869, 0.682),
        "stacked": (0.863, 0.618),
        "mean_rank": (0.880, 0.683),
    },
    "wholesaler": {
        "recency": (0.685, 0.584),
        "rfm": (0.736, 0.598),
        "regression": (0.738, 0.597),
        "chance_any": (0.738, 0.607),
        "boosting": (0.729, 0.584),
        "stacked": (0.742, 0.609),
        "mean_rank": (0.739, 0.603),
    },
}
# Lift in the top tenth, where a row was published with one.
LIFTS = {
    "cdnow": {
        "recency": 2.52,
        "rfm": 2.64,
        "regression": 2.66,
        "chance_any": 2.67,
        "boosting": 2.65,
    },
    "grocery": {
        "recency": 2.68,
        "rfm": 2.78,
        "regression": 2.72,
        "chance_any": 2.83,
        "boosting": 2.79,
    },
    "wholesaler": {
        "recency": 1.33,
        "rfm": 1.61,
        "regression": 1.63,
        "chance_any": 1.65,
        "boosting": 1.63,
    },
}
# Of the lapsed who came, the share in the top fifth of their list: of the least of the rules (the
# best hold 0.41, 0.50 and 0.29).
CAPTURED = {"cdnow": 0.40, "grocery": 0.45, "wholesaler": 0.27}
BEST_CALIBRATION = {"cdnow": 0.062, "grocery": 0.041, "wholesaler": 0.052}
COUNT_MAE = {"cdnow": 0.795, "grocery": 1.400, "wholesaler": 0.984}
COUNTED = {"cdnow": (23_570, 0.299), "grocery": (1_525, 0.339), "wholesaler": (3_317, 0.588)}


@pytest.fixture(scope="module", params=list(PUBLISHED))
def told(request, real_data):
    """A file at its cut: the past, everybody's features with what came, and what was promised."""
    book, visits, horizon = book_at_cut(request.param, real_data)
    past = past_of(book, horizon, fit_counts)
    applied = apply(book, past, horizon, fit_counts)
    ends = {"": past.calendar.days, "_long": horizon}
    now = seen_at(book.visits_table, book.closing, LAPSE_DAYS, fit_counts, ends=ends).customers
    came = bare_at(visits, book.closing, LAPSE_DAYS, horizon)
    assert came.customer_id.tolist() == now.customer_id.tolist()
    orders = {name: settled(learn(name, past.lesson), now).order(now) for name in RULES}
    longer = now.model_visits_long.sum() / now.model_visits.sum()
    days = past.calendar.days
    expected = {
        name: learn_visits(name, past.lesson, LAPSE_DAYS, days).expected_visits(now) * longer
        for name in VISITS
    }
    promised = frame(applied.customers.order_by("customer_id"))
    return SimpleNamespace(
        name=request.param,
        past=past,
        came=came,
        orders=orders,
        visits=pd.DataFrame(expected),
        lapsed=(came.recency_days >= LAPSE_DAYS).to_numpy(),
        promised=promised,
    )


def test_the_customers_are_those_of_the_benchmark(told):
    assert len(told.came) == COUNTED[told.name][0]
    assert told.came.came.mean() == pytest.approx(COUNTED[told.name][1], abs=0.0006)


def test_no_competitor_is_below_its_published_row_beyond_noise(told):
    yes, lines = told.came.came.to_numpy(), []
    for name, bars in PUBLISHED[told.name].items():
        for among, bar in zip((np.ones(len(yes), bool), told.lapsed), bars, strict=True):
            order = told.orders[name][among]
            found = auc(yes[among], order)
            error = auc_parts(yes[among], order).std() / np.sqrt(among.sum())
            lines.append((name, round(found, 4), bar, round(float(error), 4)))
            assert found >= bar - 1.96 * error, lines[-1]
    print(told.name, lines)


def test_no_lift_of_the_top_tenth_is_below_its_published_row_beyond_noise(told):
    yes, lines = told.came.came.to_numpy(), []
    for name, bar in LIFTS[told.name].items():
        found, top = lift(yes, told.orders[name], 0.1), 0.1 * len(yes)
        came = found * yes.mean()  # of the top tenth
        error = np.sqrt(came * (1 - came) / top) / yes.mean()
        lines.append((name, round(found, 3), bar, round(float(error), 3)))
        assert found >= bar - 1.96 * error, lines[-1]
    print(told.name, lines)


def test_the_top_of_the_lapsed_holds_as_many_returners_as_published(told):
    yes, low = told.came.came.to_numpy()[told.lapsed], CAPTURED[told.name]
    for name in RULES:
        found = 0.2 * lift(yes, told.orders[name][told.lapsed], 0.2)
        error = np.sqrt(found * (1 - found) / yes.sum())
        print(told.name, name, round(found, 3), f"+-{1.96 * error:.3f}")
        assert found >= low - 1.96 * error, name


def test_the_winner_is_as_good_as_every_competitor_within_its_interval(told):
    # On CDNOW the choice is on the edge: with the sample of 20,000 the one round inside the
    # calibration window puts the regression 0.0010 (0.0001 to 0.0020) behind the stacked one, with
    # all 23,570 customers 0.0007 (-0.0001 to 0.0014), a tie that goes to the regression, which is
    # then 0.002 behind in the holdout, outside its interval.
    yes, won = told.came.came.to_numpy(), told.past.verdict.winners["ranking"]
    for among in (np.ones(len(yes), bool), told.lapsed):
        orders = [told.orders[name][among] for name in RULES]
        parts = np.column_stack([auc_parts(yes[among], order) for order in orders])
        found = np.array([auc(yes[among], order) for order in orders])
        winner = list(RULES).index(won)
        drawn = resampled(parts, seed=1, draws=2000)
        ahead = found - found[winner] + drawn - drawn[:, [winner]]
        # Six rivals at once: Bonferroni. On its own the regression's lead over the recency rule
        # on the grocery file is 0.0047, 95 % interval 0.0001 to 0.0093.
        low = np.percentile(ahead, 2.5 / (len(RULES) - 1), axis=0)
        print(told.name, won, list(zip(RULES, found.round(4), low.round(4), strict=True)))
        assert (low <= 0).all()


def test_the_visits_expected_are_as_near_as_those_of_every_competitor(told):
    happened = told.came.came_visits.to_numpy(float)
    won = told.past.verdict.winners["counts"]
    merits = squares(happened, told.visits)
    drawn = resampled(merits, seed=1, draws=500)
    winner = list(VISITS).index(won)
    ahead = (merits.mean(axis=0) + drawn) - (merits.mean(axis=0) + drawn)[:, [winner]]
    print(told.name, won, told.visits.sub(happened, axis=0).abs().mean().round(3).to_dict())
    assert (np.percentile(ahead, 2.5, axis=0) <= 0).all()
    # Published mean absolute error of the count model of each file's own choice.
    off = np.abs(told.visits.count_model - happened)
    assert off.mean() <= COUNT_MAE[told.name] + 1.96 * off.std() / np.sqrt(len(off))


def test_the_chances_used_are_as_well_calibrated_as_the_best_published(told):
    tenths = calibration(told.came, told.promised.chance.to_numpy())
    error, floor = spread(tenths), noise_floor(tenths)
    print(told.name, told.past.method, f"off {error:.4f}, noise alone {floor:.4f}")
    assert error <= BEST_CALIBRATION[told.name] + 0.01
