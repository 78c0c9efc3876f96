"""The invented trade, judged with plain pandas that shares no code with it or with the book."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from toolkit.sample import SampleShop, generate_orders, make_sample

SHOP = SampleShop()
CLOSING = pd.Timestamp(SHOP.closing_date)
LAYERS = ["first", "fledgling", "steady", "burst", "prime"]


def _visits(orders):
    days = orders.assign(date=orders["ordered_at"].dt.normalize())
    return days.groupby(["customer_id", "date"], as_index=False)["amount"].sum()


def _places(orders, date):
    visits = _visits(orders)
    by = visits[visits["date"] <= date].groupby("customer_id")
    n, first, last, money = by.size(), by["date"].min(), by["date"].max(), by["amount"].sum()
    tenure = (last - first).dt.days
    rules = [n == 1, tenure < 90, money < 70_000, tenure < 210]
    layer = np.select(rules, LAYERS[:4], LAYERS[4])
    return pd.DataFrame({"layer": layer, "active": (date - last).dt.days < 240, "n": n, "m": money})


def _hole(orders, date):
    before = _places(orders, date - pd.DateOffset(years=1))
    active = before.index[before["active"]]
    return 1 - _places(orders, date).loc[active, "active"].mean()


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(sample):
    again = make_sample(SampleShop())
    assert again.sales_csv == sample.sales_csv
    assert again.truth_csv == sample.truth_csv
    other = make_sample(replace(SHOP, seed=SHOP.seed + 1))
    assert other.sales_csv != sample.sales_csv
    assert other.truth_csv != sample.truth_csv


def test_the_shop_has_the_promised_size(orders):
    assert 5_700 <= orders["customer_id"].nunique() <= 6_000
    assert 27_000 <= len(orders) <= 33_000
    assert orders["order_id"].is_unique
    assert orders["ordered_at"].dt.normalize().min() == pd.Timestamp(SHOP.first_date)
    assert orders["ordered_at"].dt.normalize().max() == CLOSING
    assert orders["ordered_at"].is_monotonic_increasing


def test_a_larger_shop_is_the_same_shop_with_more_of_it():
    large = generate_orders(SampleShop(customers=30_000))
    assert large["customer_id"].nunique() == pytest.approx(30_000, rel=0.03)
    assert len(large) == pytest.approx(5 * 29_500, rel=0.08)
    assert large["order_id"].is_unique


def test_amounts_are_those_of_a_health_food_catalogue(orders):
    amounts = orders["amount"]
    assert amounts.between(2_000, 20_000).mean() > 0.93
    assert amounts.between(1_000, 30_000).all()
    assert 7_000 <= amounts.mean() <= 9_500
    assert amounts.median() < amounts.mean()  # leans to the right, as money does
    assert (amounts % 2 == 0).all() and amounts.mod(100).nunique() > 20


def test_every_one_of_the_ten_places_is_populated(orders):
    places = _places(orders, CLOSING)
    counts = places.groupby(["layer", "active"]).size()
    assert len(counts) == 10
    assert counts.min() >= 40
    assert counts["prime", True] >= 300


def test_the_hole_has_grown_in_the_last_year(orders):
    now, before = _hole(orders, CLOSING), _hole(orders, CLOSING - pd.DateOffset(years=1))
    assert 0.45 <= now <= 0.65
    assert now - before >= 0.08


def test_without_worsening_the_hole_does_not_grow():
    orders = generate_orders(replace(SHOP, worsening_factor=1.0))
    now, before = _hole(orders, CLOSING), _hole(orders, CLOSING - pd.DateOffset(years=1))
    assert now - before < 0.05


def test_sales_concentration_and_second_purchases_are_believable(orders):
    places = _places(orders, CLOSING)
    assert 0.30 <= (places["n"] >= 2).mean() <= 0.45
    money = places["m"].sort_values(ascending=False)
    assert 0.55 <= money.iloc[: len(money) // 5].sum() / money.sum() <= 0.70
    for back in range(3):
        end = CLOSING - pd.DateOffset(years=back)
        year = (
            orders["ordered_at"]
            .dt.normalize()
            .between(end - pd.DateOffset(years=1) + pd.Timedelta(days=1), end)
        )
        assert 40e6 <= orders.loc[year, "amount"].sum() <= 60e6


def test_december_and_july_are_the_peaks_and_only_with_a_season(orders):
    def monthly(frame):
        calm = frame[frame["ordered_at"].dt.year.isin([2023, 2024])]  # no campaign in these
        return calm["ordered_at"].dt.month.value_counts(normalize=True)

    months = monthly(orders)
    assert set(months.index[:2]) == {12, 7}
    assert months[12] > 1.4 / 12
    flat = monthly(generate_orders(replace(SHOP, season_strength=0.0)))
    assert flat.max() < 1.2 / 12


def test_acquisition_is_level_outside_campaigns_and_the_left_edge(orders, truth):
    regular = truth[truth["kind"].isin(["regular", "one_time", "comeback"])]
    months = regular["first_purchase"].dt.to_period("M").value_counts().sort_index()
    years = [months[f"{year}-04" : f"{year + 1}-02"].mean() for year in range(2021, 2026)]
    assert np.allclose(years, SHOP.monthly_acquisition, rtol=0.12)


def test_a_campaign_brings_hundreds_who_buy_often_and_then_all_leave(orders, truth):
    campaign = truth[truth["kind"] == "campaign"]
    for date in SHOP.campaign_dates:
        start = pd.Timestamp(date)
        came = campaign["first_purchase"].between(start, start + pd.Timedelta(days=9))
        assert came.sum() >= 150
        own = orders[orders["customer_id"].isin(campaign.loc[came, "customer_id"])]
        assert own.groupby("customer_id").size().median() >= 3
        assert own["ordered_at"].max() <= start + pd.Timedelta(days=SHOP.campaign_days + 211)
    assert campaign["left_on"].notna().all()


def test_old_customers_stand_at_the_left_edge_and_look_new(orders, truth):
    old = truth[truth["first_purchase"] < pd.Timestamp(SHOP.first_date)]
    assert len(old) == pytest.approx(SHOP.customers * SHOP.old_share, rel=0.1)
    seen = orders.groupby("customer_id")["ordered_at"].min().dt.to_period("M").value_counts()
    assert seen["2021-04"] > 2.5 * SHOP.monthly_acquisition


def test_some_customers_come_back_after_a_long_silence(orders):
    visits = _visits(orders).sort_values(["customer_id", "date"])
    gaps = visits.groupby("customer_id")["date"].diff().dt.days
    assert 300 <= visits.loc[gaps > 240, "customer_id"].nunique() <= 800


def test_gaps_between_purchases_are_more_regular_than_chance(orders, truth):
    slow = truth[(truth["kind"] == "regular") & (truth["rhythm_days"] != "")]
    rhythm = slow.set_index("customer_id")["rhythm_days"].astype(float)
    visits = _visits(orders).sort_values(["customer_id", "date"])
    visits["gap"] = visits.groupby("customer_id")["date"].diff().dt.days
    visits = visits.dropna().loc[lambda v: v["customer_id"].isin(rhythm.index)]
    many = visits.groupby("customer_id").filter(lambda own: len(own) >= 20)
    ratio = many["gap"] / many["customer_id"].map(rhythm)
    assert 0.9 <= ratio.mean() <= 1.1
    assert 0.6 <= ratio.std() <= 0.85  # Erlang-2 has 0.71, pure chance 1


def test_nobody_buys_before_coming_or_after_leaving(orders, truth):
    known = orders.merge(truth, on="customer_id", validate="many_to_one")
    assert len(known) == len(orders)
    day = known["ordered_at"].dt.normalize()
    assert (day >= known["first_purchase"]).all()
    assert (day <= known["left_on"].fillna(CLOSING)).all()
    new = known[known["first_purchase"] >= pd.Timestamp(SHOP.first_date)]
    first = new.groupby("customer_id")["ordered_at"].min().dt.normalize()
    assert (first == new.groupby("customer_id")["first_purchase"].first()).all()


def test_truth_has_one_row_for_every_customer_number_in_the_sales(sales, truth):
    assert truth["customer_id"].is_unique
    assert set(sales["顧客番号"]) - {""} == set(truth["customer_id"])
    kinds = {"regular", "comeback", "one_time", "campaign", "sample_only"}
    assert set(truth["kind"]) == kinds
