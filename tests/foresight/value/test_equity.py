"""Customer equity: exact sums by layer, intervals, fall-backs, and nothing from the future."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from toolkit.foresight import Equity, equity_of, foresee, foresee_value
from toolkit.foresight.spend import fit_spend
from toolkit.foresight.value.counting import counted_at
from toolkit.frames import frame

SUMS = ["margin_12", "margin_36", "second_12", "second_36"]


@pytest.fixture(scope="module")
def equity(shop, counting):
    return foresee_value(*shop, fit=counting)


def test_every_customer_of_the_book_has_a_value(shop, equity):
    book, _ = shop
    customers = equity.customers()
    assert (equity.method, equity.why) == ("counts", None)
    assert customers.customer_id.tolist() == book.customers().customer_id.tolist()
    assert customers.layer.tolist() == book.customers().layer.tolist()
    assert (customers[["margin_12", "margin_36"]] >= 0).all(axis=None)
    assert (customers.margin_36 >= customers.margin_12).all()


def test_margin_is_visits_amount_and_share(shop, equity, counting):
    book, settings = shop
    counted = counted_at(book.visits_table, book.closing, counting)
    visits = frame(counted.expected((365,)).order_by("customer_id"))
    spend = frame(fit_spend(book.visits_table).table().order_by("customer_id"))
    told = visits.visits_365 * spend.spend_per_visit * settings.margin_share
    assert equity.customers().margin_12.tolist() == pytest.approx(told.tolist(), abs=0.51)


def test_the_second_life_is_that_of_the_lapsed_alone(equity):
    customers = equity.customers()
    assert customers.second_12[customers.active].isna().all()
    lapsed = customers[~customers.active]
    assert (lapsed.second_12 > lapsed.margin_12).all()


def test_groups_add_up_to_the_unit(equity):
    customers, groups = equity.customers(), equity.groups
    places = groups[(groups.layer != "all") & (groups.state != "all")]
    total = equity.total()
    assert len(places) == 10 and len(groups) == 18
    for name in ("customers", *SUMS):
        assert places[name].sum() == total[name]
        assert groups[(groups.layer == "all") & (groups.state != "all")][name].sum() == total[name]
    assert total["customers"] == len(customers)
    assert total["margin_12"] == customers.margin_12.sum()
    prime = customers[(customers.layer == "prime") & customers.active]
    row = equity.total("active", "prime")
    assert (row["margin_36"], row["customers"]) == (prime.margin_36.sum(), len(prime))
    assert row["per_head_36"] == pytest.approx(prime.margin_36.mean())


def test_intervals_hold_their_sums_and_widen_with_the_horizon(equity):
    groups = equity.groups
    for months in (12, 36):
        assert (groups[f"low_{months}"] <= groups[f"margin_{months}"]).all()
        assert (groups[f"high_{months}"] >= groups[f"margin_{months}"]).all()
    total = equity.total()
    wide = [total[f"high_{m}"] / total[f"margin_{m}"] for m in (12, 36)]
    assert wide[0] < wide[1]
    assert (groups.low_36 >= groups.low_12).all()


def test_customers_have_intervals_of_their_own(equity):
    customers = equity.customers()
    for months in (12, 36):
        low, margin, high = (customers[f"{k}_{months}"] for k in ("low", "margin", "high"))
        assert (low <= margin).all() and (margin <= high).all() and (low < high).all()
    prime = customers[(customers.layer == "prime") & customers.active]
    row = equity.total("active", "prime")
    # The sum of many is surer than one of them.
    one, whole = (prime.high_12 - prime.low_12) / prime.margin_12, row["high_12"] - row["low_12"]
    assert one.median() > whole / row["margin_12"]


def test_windows_are_the_same_for_both_horizons_of_a_short_file(equity):
    assert equity.window_days(12) == equity.window_days(36) == 140
    assert equity.records[12].origin.nunique() == 2


def test_one_kept_is_worth_more_than_one_lapsed_by_hand():
    groups = pd.DataFrame(
        [
            ("first", "active", 10, 100.0),
            ("first", "lapsed", 50, 20.0),
            ("prime", "active", 30, 900.0),
            ("prime", "lapsed", 5, 100.0),
            ("burst", "active", 8, 500.0),
            ("burst", "lapsed", 4, 1.0),  # too few to stand for one
            ("all", "all", 107, 300.0),
        ],
        columns=["layer", "state", "customers", "per_head_12"],
    )
    assert Equity("counts", groups=groups).kept_value(12) == (10 * 80 + 30 * 800) / 40
    assert Equity("counts", groups=groups[4:]).kept_value(12) is None
    assert Equity("none").kept_value(12) is None


def test_a_rate_discounts(shop, equity, counting):
    less = foresee_value(*shop, fit=counting, yearly_rate=0.1).total()
    assert less["margin_12"] == pytest.approx(equity.total()["margin_12"] / 1.1**0.5, rel=0.01)
    assert less["margin_36"] < 0.92 * equity.total()["margin_36"]


def test_what_happens_after_the_closing_date_changes_nothing(
    equity, shop_of, shop_orders, counting
):
    later = [("c000", 421, 900_000), ("new", 450, 500)]
    found = foresee_value(*shop_of(shop_orders + later), fit=counting)
    assert_frame_equal(found.customers(), equity.customers())
    assert_frame_equal(found.groups, equity.groups)


def test_shuffled_orders_give_the_same_values(equity, shop_of, shop_orders, counting):
    found = foresee_value(*shop_of(shop_orders[::-1]), fit=counting)
    assert_frame_equal(found.customers(), equity.customers())
    assert_frame_equal(found.groups[SUMS], equity.groups[SUMS])


def test_a_file_too_small_for_a_model_has_no_number(book_of):
    book, settings = book_of(SMALL["one customer"], 400)
    found = equity_of(book, foresee(book, settings))
    assert (found.method, found.why, found.groups) == ("none", "nothing_to_learn", None)


def test_without_amounts_nothing_is_said(shop_of, shop_orders, counting):
    bare = [(name, day, None) for name, day, _ in shop_orders]
    found = foresee_value(*shop_of(bare, no_amount=True), fit=counting)
    assert (found.method, found.why, found.groups) == ("none", "no_amount", None)


SMALL = {
    "one order": [("a", 0, 1000)],
    "one customer": [("a", 0, 1000), ("a", 90, 1000)],
    "one price": [(f"c{i}", 10 * i + 3 * k, 500) for i in range(9) for k in range(3)],
    "one day": [(f"c{i}", 100, 500 + i) for i in range(60)],
    "all went back": [("a", 0, 1000), ("a", 5, -1000), ("b", 7, 300), ("b", 8, -900)],
}


@pytest.mark.parametrize("name", SMALL)
def test_no_shop_is_too_small(book_of, counting, name):
    for closing in (110, 400):
        book, settings = book_of(SMALL[name], closing)
        found = foresee_value(book, settings, fit=counting)
        judged = closing == 400 and len(book.customers()) >= 30
        assert (found.method, found.why) == ("counts", None if judged else "not_judged")
        assert found.total()["customers"] == len(book.customers())
        assert found.total()["margin_12"] >= 0
