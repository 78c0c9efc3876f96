"""The outlook of a book: base case, five years with nobody new, levers, and what is missing."""

import dataclasses
import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.foresight import EVERYBODY, LEVERS, look_ahead
from toolkit.foresight.ahead.fan import days_ahead
from toolkit.foresight.ahead.five import whole_parts
from toolkit.foresight.ahead.history import day_of
from toolkit.foresight.ahead.layers import standing_by_layer
from toolkit.foresight.ahead.levers import (
    hole_after,
    lever_cases,
    lever_runs,
    likelier_return,
    likelier_second,
    saved,
    smaller_hole,
)
from toolkit.foresight.ahead.record import happenings


@pytest.fixture(scope="module")
def ahead(book_of):
    """Three years of a shop of quick rhythm."""
    draw, orders = np.random.default_rng(7), []
    for number in range(900):
        day, usual = int(draw.integers(0, 1080)), draw.lognormal(8, 0.4)
        rhythm, leaves = draw.gamma(4, 6), day + draw.exponential(150) * (draw.random() < 0.7)
        while day < 1080:
            orders.append((f"c{number:03}", day, int(usual * draw.lognormal(0, 0.3)) + 1))
            day += max(1, int(draw.gamma(2, rhythm / 2)))
            if day > leaves:
                day += int(draw.exponential(300))
    book, _ = book_of(orders, 1085, lapse_days=60)
    return look_ahead(book)


def test_today_is_the_book_s_today(ahead):
    line, customers = ahead.history.lapse_days, ahead.book.customers()
    assert ahead.start.sum() == len(customers)
    assert ahead.start[:, :line].sum() == customers.active.sum() == ahead.months.opening[0]


def test_what_happened_is_what_the_book_s_moves_say(ahead):
    happened, moves = happenings(ahead.history, ahead.known), ahead.book.moves()
    since = day_of(ahead.known.ends[0])
    inside = moves[moves.date > since]
    assert happened["new"].sum() == (inside.from_layer == "outside").sum()
    lost = inside.from_active & ~inside.to_active
    assert happened["lost"].sum() == lost.sum() > 100
    back = ~inside.from_active & inside.to_active & (inside.from_layer != "outside")
    assert happened["returned"].sum() == back.sum() > 50
    visits = ahead.book.visits()
    assert happened["sales"].sum() == visits.amount[visits.date > since].sum()


def test_every_month_ahead_balances(ahead):
    table = ahead.months
    assert np.allclose(table.opening + table.new + table.returned - table.lost, table.closing)
    assert np.allclose(table.opening[1:], table.closing[:-1])


def test_the_fan_and_the_levers_have_one_base_case(ahead):
    level = ahead.fan[ahead.fan.measure == "active"].expected.to_numpy()
    assert level == pytest.approx(ahead.months.closing.to_numpy())
    sales = ahead.fan[ahead.fan.measure == "sales"].expected.sum()
    base = ahead.levers.iloc[0]
    assert base.lever == "base" and base.active_1 == round(level[-1])
    assert base.sales_1 == pytest.approx(sales, abs=1)
    days = days_ahead(ahead.rates, ahead.history.closing, 60)
    cases = lever_cases(ahead.start, ahead.rates, days, 90)
    course = lever_runs(ahead.start, ahead.rates, days, cases)
    assert course.closing[0, :12] == pytest.approx(level)
    balance = course.opening + course.new + course.returned - course.lost
    assert np.allclose(balance, course.closing) and list(cases) == ["base", *LEVERS]


def test_every_lever_brings_people_and_money(ahead):
    moved = ahead.levers.iloc[1:]
    more = moved[[c for c in moved if c.startswith("more_")]]
    assert (more > 0).all(axis=None)
    assert (moved.more_active_1 == moved.active_1 - ahead.levers.active_1[0]).all()


def test_a_lever_moves_its_rate_by_what_it_says(ahead):
    rates, line = ahead.rates, ahead.history.lapse_days
    days = days_ahead(rates, ahead.history.closing, 12)
    before = hole_after(ahead.start, rates.hazard, rates, days)
    smaller = saved(rates.hazard, line, smaller_hole(ahead.start, rates, days, 0.01))
    after = hole_after(ahead.start, smaller, rates, days)
    assert before - after == pytest.approx(0.01, abs=1e-4) and ahead.hole == before

    def second(hazard, window):  # within the line every cell is a day
        return 1 - np.prod(1 - hazard[0, :window])

    changed = likelier_second(rates.hazard, 50, line, 0.05)
    assert second(changed, 50) - second(rates.hazard, 50) == pytest.approx(0.05)
    assert (changed[1:] == rates.hazard[1:]).all() and (
        changed[:, 50:] == rates.hazard[:, 50:]
    ).all()
    doubled = likelier_return(rates.hazard, line, 2)
    assert (doubled[:, line:] == np.minimum(2 * rates.hazard[:, line:], 1)).all()
    assert (doubled[:, :line] == rates.hazard[:, :line]).all()


def test_a_lever_that_cannot_move_so_far_is_left_out(ahead):
    nothing = 0 * ahead.rates.hazard
    assert likelier_second(nothing, 50, 60, 0.05) is None
    assert likelier_second(nothing + 1, 50, 60, 0.05) is None
    assert likelier_return(nothing, 60, 2) is None


def test_with_nobody_new_the_customers_of_today_are_all_there_are(ahead):
    table = ahead.five_years
    people = table.pivot(index="year", columns="layer", values="active")
    assert (people.drop(columns=EVERYBODY).sum(axis=1) == people[EVERYBODY]).all()
    assert people[EVERYBODY][0] == ahead.months.opening[0]
    assert people[EVERYBODY].is_monotonic_decreasing and people[EVERYBODY][5] < people[EVERYBODY][1]
    sales = table[table.year > 0].pivot(index="year", columns="layer", values="sales")
    assert (sales.drop(columns=EVERYBODY).sum(axis=1) == sales[EVERYBODY]).all()
    whole = int(sales[EVERYBODY].sum())
    assert ahead.multiple == pytest.approx(whole / ahead.book.sales()["total"])


def test_the_layers_of_today_are_the_book_s_layers(ahead):
    line, found = ahead.history.lapse_days, standing_by_layer(ahead.book)
    assert (sum(found.values()) == ahead.start).all()
    active = ahead.book.customers().query("active").groupby("layer").size()
    for layer, stock in found.items():
        assert stock[:, :line].sum() == active.get(layer, 0)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=6))
def test_whole_parts_add_up(parts):
    whole = whole_parts(np.array(parts))
    assert whole.sum() == round(np.array(parts).sum())
    assert (np.abs(whole - parts) <= 1).all()


def test_months_ahead_end_a_month_apart(ahead):
    level = ahead.fan[ahead.fan.measure == "active"]
    assert level.end.iloc[0] > ahead.book.closing and len(level) == 12
    assert level.end.iloc[-1] == ahead.book.closing.replace(year=ahead.book.closing.year + 1)
    assert all(isinstance(end, dt.date) for end in level.end)


@pytest.mark.parametrize(
    ("days", "customers", "why"),
    [
        (100, 300, "ahead_too_short"),
        (500, 299, "ahead_too_small"),
        (1, 1, "ahead_too_small"),
    ],
    ids=["short", "small", "one"],
)
def test_what_is_missing_is_said_instead_of_a_number(book_of, days, customers, why):
    orders = [
        (f"c{n}", d, 1000) for n in range(customers) for d in range(n % days, days, 20 + n % 7)
    ]
    nothing_ahead(look_ahead(book_of(orders, days, lapse_days=60)[0]), why)


def test_few_active_customers_of_many_are_too_few(book_of):
    # 300 came once, on the first day; all but 49 of them not since.
    orders = [(f"c{n}", 0, 1000) for n in range(300)]
    orders += [(f"c{n}", d, 1000) for n in range(49) for d in range(20, 500, 20)]
    nothing_ahead(look_ahead(book_of(orders, 500, lapse_days=60)[0]), "ahead_too_few")
    orders += [("c49", d, 1000) for d in range(20, 500, 20)]
    assert look_ahead(book_of(orders, 500, lapse_days=60)[0]).why is None


def nothing_ahead(found, why):
    assert found.why == why and found.notes == []
    for name in ("fan", "months", "five_years", "levers", "multiple", "hole", "errors"):
        assert getattr(found, name) is None


def test_a_shop_open_for_less_than_a_year_and_a_line_has_no_five_years(shop):
    book, _ = shop
    found = look_ahead(book)
    assert "ahead_part_year" in found.notes and found.five_years is None and found.multiple is None
    assert found.levers.active_5.isna().all() and found.levers.active_1.notna().all()
    assert len(found.fan) == 48


def test_a_shop_open_for_less_than_a_year_and_a_line_foresees_no_sales(shop, ahead):
    found = look_ahead(shop[0])
    assert found.rates.has_money and not found.has_sales and found.year_sales is None
    assert "sales" not in set(found.fan.measure) and found.months.sales.isna().all()
    money = found.levers.columns[found.levers.columns.str.contains("sales")]
    assert found.levers[money].isna().all(axis=None)
    assert ahead.has_sales and ahead.months.sales.notna().all()


def test_the_year_s_sales_have_ends_wider_than_a_sum_of_independent_months(ahead):
    expected, low, high = ahead.year_sales
    sales = ahead.fan[ahead.fan.measure == "sales"]
    assert expected == pytest.approx(sales.expected.sum()) and low < expected < high
    # Months that move together: narrower than all ends at once, wider than each on its own.
    wide = (sales.high - sales.low).to_numpy()
    assert np.sqrt((wide**2).sum()) < high - low <= wide.sum()
    assert ahead.last_year == ahead.book.sales()["total"]


def test_a_record_against_it_leaves_out_what_rests_on_it(ahead):
    level = ahead.errors.measure == "active"
    half = ahead.errors.expected.where(~level, ahead.errors.expected / 2)
    doubtful = dataclasses.replace(ahead)
    vars(doubtful)["errors"] = ahead.errors.assign(happened=half)
    assert doubtful.doubt == "ahead_always_less" and ahead.doubt is None
    assert doubtful.five_years is doubtful.levers is doubtful.multiple is None
    assert len(doubtful.fan) == 60


@pytest.mark.parametrize(
    ("why", "note"),
    [(None, "ahead_young"), ("none_new", "ahead_young_open"), ("opened", None)],
)
def test_a_young_file_is_held_against_it_as_its_left_edge_says(shop, why, note, monkeypatch):
    found = look_ahead(shop[0])
    monkeypatch.setattr(type(found.book), "left_edge_total", lambda self: {"why": why})
    young = [key for key in found.notes if key.startswith("ahead_young")]
    assert young == ([note] if note else [])


def test_without_amounts_there_are_people_and_no_money(shop_of, shop_orders):
    bare = [(name, day, None) for name, day, _ in shop_orders]
    found = look_ahead(shop_of(bare, no_amount=True)[0])
    assert "sales" not in set(found.fan.measure) and found.multiple is None
    assert found.levers.sales_1.isna().all() and found.levers.active_1.notna().all()


def test_where_as_much_goes_back_as_came_in_no_sales_are_foreseen(shop_of, shop_orders):
    # Everything goes back the day after it was bought (or with the next visit, a day later).
    bought = {(name, day) for name, day, _ in shop_orders}
    back = [
        (name, day + 1 if (name, day + 1) not in bought else day + 2, -amount)
        for name, day, amount in shop_orders
    ]
    found = look_ahead(shop_of(shop_orders + [one for one in back if one[1] <= 420])[0])
    kept = look_ahead(shop_of(shop_orders)[0])
    assert "ahead_all_back" in found.notes and "ahead_all_back" not in kept.notes
    assert kept.rates.has_money and not found.rates.has_money
    assert "sales" not in set(found.fan.measure) and found.levers.sales_1.isna().all()
    assert found.months.sales.isna().all()
