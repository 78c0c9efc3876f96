import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from random_orders import CUTS, few, orders

from toolkit.book import LAYERS, STATES
from toolkit.book.cutoffs import Cutoffs
from toolkit.book.layer_table import layer_table

D = dt.date
CLASSIC = Cutoffs(90, 70_000, 210, 240, {}, "classic")
SHORT = Cutoffs(90, 70_000, 210, 20, {}, "classic")

TWO = [
    ("A", "2024-01-10", 100),
    ("A", "2024-01-20", 40),  # fledgling from here on
    ("A", "2024-02-10", -15),
    ("B", "2024-01-31", 500),
    ("B", "2024-03-05", 300),
    ("outside", "2024-02-01", -9),
]


def table_of(typed, rows, first, closing, cut=CLASSIC):
    days, daily = typed.days(rows, closing), typed.daily(rows, closing, cut)
    return layer_table(days, daily, first, closing, cut)


def places(table):
    """{(month end, layer, state): the row} of places that hold somebody or money."""
    keyed = table.set_index(["month_end", "layer", "state"])
    keyed = keyed[(keyed.customers > 0) | (keyed.sales != 0) | (keyed.visits > 0)]
    return {(f"{end:%m-%d}", *place): row for (end, *place), row in keyed.iterrows()}


@pytest.fixture(scope="module")
def two(typed):
    return table_of(typed, TWO, D(2024, 1, 10), D(2024, 3, 15))


def test_the_money_of_a_month_stands_where_its_customer_ends_the_month(two):
    found = {place: (row.customers, row.sales, row.visits) for place, row in places(two).items()}
    assert found == {
        ("01-31", "first", "active"): (1, 500, 1),
        ("01-31", "fledgling", "active"): (1, 140, 2),  # also what A bought as a first-timer
        ("02-29", "first", "active"): (1, 0, 0),
        ("02-29", "fledgling", "active"): (1, -15, 0),  # the money of one outside is nowhere
        ("03-15", "fledgling", "active"): (2, 300, 1),
    }


def test_per_head_divides_by_those_standing_there(two):
    last = places(two)["03-15", "fledgling", "active"]
    assert (last.sales_per_head, last.visits_per_head) == (150, 0.5)
    empty = two[two.customers == 0]
    assert len(empty) == 25
    assert empty[["sales_per_head", "visits_per_head"]].isna().all(axis=None)


def test_shares_are_of_all_customers_then_and_not_given_for_fewer_than_five(typed, two):
    assert two.share.isna().all()
    rows = [(f"c{n}", "2024-01-05", 10) for n in range(4)] + [("c0", "2024-02-01", 10)]
    rows += [("c4", "2024-02-02", 10)]
    found = places(table_of(typed, rows, D(2024, 1, 5), D(2024, 2, 29)))
    assert pd.isna(found["01-31", "first", "active"].share)
    assert found["02-29", "first", "active"].share == 0.8
    assert found["02-29", "fledgling", "active"].share == 0.2


def test_all_ten_places_of_every_month_are_there_however_many(typed):
    found = table_of(typed, [("A", "2020-02-01", 5)], D(2020, 2, 1), D(2024, 12, 31))
    order = [(layer, state) for layer in LAYERS for state in STATES]
    assert list(zip(found.layer, found.state, strict=True)) == order * 59
    assert found.month_end.is_monotonic_increasing and found.sales.sum() == 5


def test_who_lapses_in_the_month_of_the_money_ends_it_lapsed(typed):
    rows = [
        ("A", "2024-01-05", 70),  # lapsed on the 25th
        ("B", "2024-01-20", 30),  # on 9 February
        ("B", "2024-02-08", -5),
    ]
    found = places(table_of(typed, rows, D(2024, 1, 5), D(2024, 2, 20), SHORT))
    assert {place: (row.customers, row.sales) for place, row in found.items()} == {
        ("01-31", "first", "lapsed"): (1, 70),
        ("01-31", "first", "active"): (1, 30),
        ("02-20", "first", "lapsed"): (2, -5),
    }


BRIEF = Cutoffs(90, 70_000, 210, 10, {}, "classic")


def test_a_year_ago_is_twelve_month_ends_earlier(typed):
    rows = [("A", "2023-01-25", 5), ("B", "2023-02-23", 5), ("C", "2024-02-25", 5)]
    found = table_of(typed, rows, D(2023, 1, 1), D(2024, 2, 29), BRIEF)
    first = found[(found.layer == "first") & (found.state == "active")]
    assert first.year_ago.isna().tolist() == [True] * 12 + [False] * 2
    assert first.year_ago.tolist()[12:] == [1, 1]  # A, lapsed on 4 February; B
    assert found[found.month_end == D(2024, 2, 29)].year_ago.sum() == 2


@pytest.mark.parametrize(("closing", "ago"), [(D(2024, 2, 2), 1), (D(2024, 2, 3), 2)])
def test_the_last_row_of_a_month_not_over_looks_back_to_the_same_day(typed, closing, ago):
    rows = [("A", "2023-01-25", 5), ("B", "2023-02-03", 5)]
    found = table_of(typed, rows, D(2023, 1, 15), closing, BRIEF)
    last = found[(found.month_end == closing) & (found.customers + found.year_ago > 0)]
    assert dict(zip(last.state, last.year_ago, strict=True)) == {"active": ago, "lapsed": 0}


@pytest.mark.parametrize(("first", "known"), [(D(2023, 1, 21), True), (D(2023, 1, 22), False)])
def test_a_year_ago_is_not_given_while_the_file_was_filling(typed, first, known):
    rows = [("A", "2023-01-25", 5)]  # with a line of 10 days, trusted from 31 January or 1 February
    found = table_of(typed, rows, first, D(2024, 1, 31), BRIEF)
    assert found[found.month_end == D(2024, 1, 31)].year_ago.notna().all() == known
    later = table_of(typed, rows, first, D(2024, 1, 30), BRIEF)  # looks back to 30 January
    assert later.year_ago.isna().all()


def test_every_row_says_whether_its_month_is_whole_and_to_be_trusted(typed):
    found = table_of(typed, TWO, D(2024, 1, 10), D(2024, 3, 15), SHORT)
    months = found.drop_duplicates("month_end")
    assert months.complete.tolist() == [True, True, False]
    assert months.trusted.tolist() == [False, True, True]  # from 30 January on


@few
@given(orders())
def test_layer_money_and_the_money_of_those_outside_is_all_money(typed, rows):
    book = typed.book(rows, profile="classic", **CUTS)
    table = book.layer_table()
    people = book.layer_months()
    keys = ["month_end", "layer", "state", "customers"]
    assert table[keys].values.tolist() == people[keys].values.tolist()
    for end, part in table.groupby("month_end"):
        net = {}
        for name, date, amount in rows:
            if date <= end:
                net[name, date] = net.get((name, date), 0) + amount
        customers = {name for (name, _), amount in net.items() if amount > 0}
        inside = {k: v for k, v in net.items() if k[1] >= end.replace(day=1) and k[0] in customers}
        assert part.sales.sum() == sum(inside.values())
        assert part.visits.sum() == sum(amount > 0 for amount in inside.values())


@few
@given(orders())
def test_a_month_seen_later_is_the_month_as_it_was(typed, rows):
    cut = {"profile": "classic"} | CUTS
    whole = typed.book(rows, **cut).layer_table().set_index(["month_end", "layer", "state"])
    end = D(2022, 12, 31)
    known = [row for row in rows if row[1] <= end]
    then = typed.book(known, closing=end, **cut).layer_table()
    then = then.set_index(["month_end", "layer", "state"])
    both = whole.index.intersection(then.index)
    if whole.index.get_level_values(0).max() >= end:
        assert len(both) == len(then)
    pd.testing.assert_frame_equal(whole.loc[both], then.loc[both])
