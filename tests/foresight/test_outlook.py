"""The outlook of a shop: which method speaks, what judged it, and that nothing leaks."""

import datetime as dt

import numpy as np
import pytest
from pandas.testing import assert_frame_equal

from toolkit.book import keep_book
from toolkit.foresight import foresee
from toolkit.foresight.features import features_at
from toolkit.foresight.referee import calibration, spread
from toolkit.foresight.returns.regression import fit_regression
from toolkit.frames import frame
from toolkit.intake import read_sales
from toolkit.settings import Settings

LINE = HORIZON = 60  # of the simulated shop, as set in conftest
CLOSING_DAY = 420


@pytest.fixture(scope="module")
def outlook(shop):
    return foresee(*shop)


def at(book, back):
    """Features and outcome of the book so many horizons before its closing date."""
    origin = book.closing - dt.timedelta(days=back * HORIZON)
    found = features_at(book.visits_table, origin, LINE, HORIZON)
    return frame(found.order_by("customer_id"))


def test_a_shop_of_some_size_gets_a_regression_judged_one_horizon_back(shop, outlook):
    book, _ = shop
    assert (outlook.method, outlook.why) == ("regression", None)
    assert outlook.judged_at == book.closing - dt.timedelta(days=HORIZON)
    assert outlook.horizon_days == HORIZON
    assert outlook.scores.method.tolist() == ["regression", "recency", "base_rate"]
    assert outlook.calibration.customers.sum() == len(at(book, 1))


def test_the_regression_beats_the_base_rate_on_the_simulated_shop(outlook):
    scores = outlook.scores.set_index("method")
    assert scores.auc["regression"] > 0.8 and scores.auc["base_rate"] == 0.5
    assert scores.brier["regression"] < scores.brier["base_rate"]


def test_the_chances_are_learnt_one_horizon_back_and_applied_at_the_closing_date(shop, outlook):
    book, _ = shop
    rule = fit_regression(at(book, 1))
    now = frame(features_at(book.visits_table, book.closing, LINE).order_by("customer_id"))
    found = outlook.customers()
    assert found.customer_id.tolist() == sorted(set(found.customer_id))  # in step with the numbers
    assert np.abs(found.chance.to_numpy() - rule.chance(now)).max() < 1e-12


def test_the_judged_chances_were_learnt_two_horizons_back(shop, outlook):
    book, _ = shop
    earlier, known = at(book, 2), at(book, 1)
    scores = outlook.scores.set_index("method")
    chance = fit_regression(earlier).chance(known)
    assert scores.predicted["regression"] == pytest.approx(chance.mean(), abs=1e-12)
    assert scores.predicted["base_rate"] == pytest.approx(earlier.came.mean(), abs=1e-12)
    assert set(scores.happened) == {known.came.mean()}
    assert outlook.calibration_error == pytest.approx(spread(calibration(known, chance)))


def test_what_happens_after_the_closing_date_changes_nothing(shop, outlook, shop_of, shop_orders):
    later = [("c000", CLOSING_DAY + 1, 900_000), ("new", CLOSING_DAY + 30, 500)]
    found = foresee(*shop_of(shop_orders + later))
    assert_frame_equal(found.customers(), outlook.customers())
    assert_frame_equal(found.scores, outlook.scores)
    assert_frame_equal(found.calibration, outlook.calibration)


def test_other_outcomes_change_what_happened_and_not_what_was_predicted(
    outlook, shop_of, shop_orders
):
    # Half the customers do not come in the horizon that judges.
    origin = CLOSING_DAY - HORIZON
    fewer = [o for o in shop_orders if o[1] <= origin or o[0][-1] in "02468"]
    found = foresee(*shop_of(fewer))
    assert found.judged_at == outlook.judged_at
    assert found.scores.predicted.tolist() == outlook.scores.predicted.tolist()
    assert found.calibration.predicted.tolist() == outlook.calibration.predicted.tolist()
    assert found.scores.happened[0] < 0.7 * outlook.scores.happened[0]


def test_expected_money_is_spend_times_visits_times_margin(shop, outlook):
    _, settings = shop
    customers = outlook.customers()
    margin = customers.spend_per_visit * outlook.visits_if_back * settings.margin_share
    assert customers.margin_if_returns.tolist() == pytest.approx(margin.tolist())
    expected = customers.chance * outlook.visits_if_back
    assert customers.expected_visits.tolist() == pytest.approx(expected.tolist())
    assert outlook.visits_if_back >= 1


def test_every_customer_of_the_book_is_there_once(shop, outlook):
    book, _ = shop
    assert outlook.customers().customer_id.tolist() == book.customers().customer_id.tolist()
    rhythm = outlook.customers().set_index("customer_id").rhythm_days
    assert (rhythm.isna() == (book.customers().set_index("customer_id").n_visits == 1)).all()


def test_without_amounts_there_are_chances_and_no_money(shop_of, shop_orders, outlook):
    found = foresee(*shop_of([(name, day, None) for name, day, _ in shop_orders], no_amount=True))
    customers = found.customers()
    assert found.method == "regression"
    assert customers.chance.between(0, 1).all()
    assert customers[["spend_per_visit", "margin_if_returns"]].isna().all(axis=None)
    assert found.scores.auc[0] == pytest.approx(outlook.scores.auc[0], abs=0.02)


def one_day_shop(book_of, customers, came):
    """All customers buy on day 0, the first `came` of them again on day 90; closed on day 120."""
    orders = [(f"c{i:03}", 0, 1000) for i in range(customers)]
    orders += [(f"c{i:03}", 90, 1000) for i in range(came)]
    return book_of(orders, 120, lapse_days=LINE, horizon_days=HORIZON)


@pytest.mark.parametrize(
    ("customers", "came", "method", "why"),
    [
        (300, 30, "regression", None),
        (300, 29, "recency", "too_small"),
        (300, 271, "recency", "too_small"),
        (299, 30, "recency", "too_small"),
        (50, 1, "recency", "too_small"),
        (49, 1, "none", "nothing_to_learn"),
        (50, 0, "none", "nothing_to_learn"),
    ],
)
def test_the_size_of_the_file_decides_the_method(book_of, customers, came, method, why):
    outlook = foresee(*one_day_shop(book_of, customers, came))
    assert (outlook.method, outlook.why) == (method, why)
    assert outlook.judged_at is outlook.scores is outlook.calibration is None
    assert outlook.calibration_error is None
    assert outlook.customers().chance.isna().all() == (method == "none")


def test_customers_who_cannot_be_told_apart_all_get_the_base_rate(book_of):
    # At the origin (day 60) all 300 look alike and 30 came; at the closing date the 270 still do.
    book, settings = one_day_shop(book_of, 300, 30)
    customers = foresee(book, settings).customers()
    same = customers[customers.n_visits == 1]
    assert len(same) == 270
    assert same.chance.nunique() == 1
    known = frame(features_at(book.visits_table, book.closing - dt.timedelta(60), LINE, HORIZON))
    assert fit_regression(known).chance(known).tolist() == pytest.approx([0.1] * 300, abs=1e-4)


def test_cdnow_is_ranked_and_the_lapsed_are_promised_what_came(real_data):
    # 18,605 customers are lapsed at 120 days on 1998-01-01, 2,524 of them came (13.6 %). Without
    # the bend in the weight of silence the mean chance was 15.9 %.
    given = {"currency": "USD", "amount_line": 70, "lapse_days": 120}
    settings = Settings(**given)
    book = keep_book(read_sales(real_data / "cdnow" / "CDNOW_master.txt", settings), settings)
    outlook = foresee(book, settings)
    auc = outlook.scores.set_index("method")[["auc", "auc_lapsed"]].loc["regression"]
    assert auc.tolist() == pytest.approx([0.805, 0.701], abs=0.003)
    origins = [book.closing - dt.timedelta(days) for days in (360, 180)]
    earlier, known = (frame(features_at(book.visits_table, o, 120, 180)) for o in origins)
    lapsed = known[known.recency_days >= 120]
    assert (len(lapsed), lapsed.came.sum()) == (18_605, 2_524)
    chance = fit_regression(earlier).chance(lapsed)
    assert chance.mean() == pytest.approx(lapsed.came.mean(), rel=0.1)
    likely = chance > 0.3
    assert chance[likely].mean() == pytest.approx(lapsed.came[likely].mean(), rel=0.1)
