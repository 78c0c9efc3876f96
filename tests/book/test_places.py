import datetime as dt

import pandas as pd

from toolkit.book import LAYERS, STATES
from toolkit.book.places import compared, lost_from, places
from toolkit.frames import frame

CLOSING = dt.date(2024, 12, 31)
YEAR_AGO = dt.date(2023, 12, 31)


def table_of(typed, rows):
    customers = typed.customers(rows, CLOSING)
    found = places(customers, typed.bought(rows, CLOSING))
    return found.set_index(["layer", "state"])


def lost(typed, rows):
    before, now = (typed.places(rows, day, CLOSING) for day in (YEAR_AGO, CLOSING))
    found = frame(lost_from(before, now, typed.bought(rows, YEAR_AGO)))
    return {row.layer: (row.customers, row.sales) for row in found.itertuples()}


def test_each_place_has_its_people_and_their_money_of_the_last_year(typed):
    rows = [
        ("A", "2023-12-31", 9_000),  # money of the year before
        ("A", "2024-12-01", 3_000),
        ("B", "2024-11-01", 600),
        ("C", "2024-11-01", 500),
        ("C", "2024-11-02", -100),
        ("D", "2024-01-01", 1_000),
        ("E", "2022-01-01", 1_000),
    ]
    found = table_of(typed, rows)
    assert found.loc["steady", "active"].to_dict() == {
        "customers": 1,
        "sales": 3_000,
        "visits": 1,
        "share": 0.2,
        "sales_share": 0.6,
        "per_head": 3_000,
        "visits_per_head": 1,
    }
    assert found.loc["first", "active"].to_dict() == {
        "customers": 2,
        "sales": 1_000,
        "visits": 2,
        "share": 0.4,
        "sales_share": 0.2,
        "per_head": 500,
        "visits_per_head": 1,
    }
    assert found.loc["first", "lapsed"].customers == 2


def test_all_ten_places_are_there_and_an_empty_one_has_no_average(typed):
    found = table_of(typed, [("A", "2024-12-01", 5)])
    assert list(found.index) == [(layer, state) for layer in LAYERS for state in STATES]
    empty = found.loc["prime", "lapsed"]
    assert empty.customers == empty.sales == 0 and pd.isna(empty.per_head)


def test_without_sales_in_the_year_there_is_no_share_of_sales(typed):
    found = table_of(typed, [("A", "2022-12-01", 500), ("A", "2024-01-05", -500)])
    assert found.sales.sum() == -500
    assert found.sales_share.isna().all()


def test_shares_of_fewer_than_five_are_not_given(typed):
    rows = [(name, "2024-12-01", 5) for name in "ABCDE"]
    assert table_of(typed, rows[:4]).share.isna().all()
    assert table_of(typed, rows).share.sum() == 1


AGO = [
    ("A", "2022-06-01", 700),
    ("A", "2023-06-01", 500),
    ("B", "2023-12-31", 300),
    ("A", "2024-06-01", 500),
    ("C", "2024-06-01", 100),
    *((f"old {n}", "2021-01-01", 5) for n in range(3)),
]


def side_by_side(typed, **options):
    now, before = (
        places(typed.customers(AGO, day), typed.bought(AGO, day)) for day in (CLOSING, YEAR_AGO)
    )
    return compared(now, before, **{"whole_year": True} | options).set_index(["layer", "state"])


def test_a_year_ago_is_seen_as_it_was_known_then(typed):
    row = side_by_side(typed).loc["steady", "active"]  # A: lapsed on 31 January 2023, back in June
    assert row[["customers", "sales", "visits", "per_head"]].tolist() == [1, 500, 1, 500]
    assert row[["customers_ago", "sales_ago", "visits_ago"]].tolist() == [1, 500, 1]
    first = side_by_side(typed).loc["first", "active"]
    assert first[["customers", "customers_ago"]].tolist() == [1, 1]
    assert first[["sales", "sales_ago"]].tolist() == [100, 300]
    assert first[["share", "share_ago"]].tolist() == [1 / 6, 1 / 5]
    lapsed = side_by_side(typed).loc["first", "lapsed"]
    assert lapsed[["customers", "customers_ago"]].tolist() == [4, 3]


def test_a_year_not_whole_in_the_file_has_people_but_no_money(typed):
    found = side_by_side(typed, whole_year=False)
    assert found.customers_ago.sum() == 5 and found.sales.sum() == 600
    money = ["sales_ago", "sales_share_ago", "visits_ago", "per_head_ago", "visits_per_head_ago"]
    assert found[money].isna().all(axis=None)


def test_with_nothing_to_compare_there_is_only_now(typed):
    now = places(typed.customers(AGO[:4], CLOSING), typed.bought(AGO[:4], CLOSING))
    found = compared(now, None, whole_year=True)
    assert found.filter(like="_ago").isna().all(axis=None)
    assert found.customers.sum() == 2 and found.share.isna().all()  # of two customers no share


def test_the_lost_are_told_by_the_layer_of_a_year_ago_with_their_money_then(typed):
    rows = [
        ("prime", "2023-01-10", 60_000),
        ("prime", "2023-09-10", 60_000),
        ("fledgling", "2022-12-31", 999),  # a day before that year
        ("fledgling", "2023-01-01", 3),
        ("fledgling", "2023-03-20", 4),  # 79 days; lapsed a year ago already
        ("first", "2023-12-31", 50),
        ("down by a return", "2023-06-01", 40_000),
        ("down by a return", "2023-10-01", 40_000),
        ("down by a return", "2024-02-01", -40_000),
        ("kept", "2023-11-01", 70),
        ("kept", "2024-06-01", 70),
    ]
    assert lost(typed, rows) == {
        "prime": (1, 120_000),
        "first": (1, 50),
        "burst": (1, 80_000),
    }
