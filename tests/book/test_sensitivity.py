import datetime as dt
from dataclasses import replace

import pandas as pd
from hypothesis import given
from random_orders import CUTS, few, orders

from toolkit.book.cutoffs import Cutoffs
from toolkit.book.sensitivity import PLACE_COLUMNS, SCENARIOS, moved_cutoffs, sensitivity

CLASSIC = Cutoffs(90, 70_000, 210, 240, {}, "classic")
CLOSING, YEAR_AGO = dt.date(2024, 12, 31), dt.date(2023, 12, 31)
FIRST = dt.date(2022, 1, 1)

# Days of silence at the closing date: 0, 180, 240, 300; a year before: 20 (A), 30 (B), 365 (D).
ROWS = [
    ("A", "2023-12-11", 30_000),
    ("A", "2024-03-20", 40_000),  # 100 days from first to last
    ("A", "2024-12-31", 0),
    ("A", "2024-12-31", 100),  # 386 days, 70,100: prime
    ("B", "2023-12-01", 50_000),
    ("B", "2024-03-06", 10_000),  # 96 days, 60,000, silent for 300
    ("C", "2024-07-04", 900),  # silent for 180
    ("D", "2022-12-31", 900),
    ("D", "2024-05-05", 900),  # silent for 240
]


def of(typed, rows, cut=CLASSIC, first=FIRST):
    now, before = (typed.customers(rows, day, cut) for day in (CLOSING, YEAR_AGO))
    return sensitivity(now, before, first, CLOSING, cut).set_index("scenario")


def standing(row):
    return {place: row[place] for place in PLACE_COLUMNS if row[place]}


def test_days_and_amounts_are_moved_by_a_quarter_and_rounded_half_up():
    moved = moved_cutoffs(Cutoffs(90, 70_002, 210, 242, {}, "classic"))
    lines = {name: (c.fledgling_days, c.amount_line, c.prime_days) for name, c in moved.items()}
    assert lines["as_set"] == lines["lapse_less"] == lines["lapse_more"] == (90, 70_002, 210)
    assert lines["cuts_less"] == (68, 52_502, 158)  # 67.5, 52,501.5, 157.5
    assert lines["cuts_more"] == (113, 87_503, 263)  # 112.5, 87,502.5, 262.5
    assert [c.lapse_days for c in moved.values()] == [242, 182, 303, 242, 242]  # 181.5, 302.5


def test_the_lapse_line_moves_customers_between_active_and_lapsed(typed):
    found = of(typed, ROWS)
    assert list(found.index) == list(SCENARIOS)
    counts = {name: (row.active, row.lapsed) for name, row in found.iterrows()}
    assert counts["as_set"] == counts["cuts_less"] == counts["cuts_more"] == (2, 2)
    assert counts["lapse_less"] == (1, 3)  # 180 days: C lapses
    assert counts["lapse_more"] == (3, 1)  # 300 days: D is active again, B lapses on the day
    assert standing(found.loc["lapse_more"]) == {
        "first_active": 1,
        "steady_active": 1,
        "steady_lapsed": 1,
        "prime_active": 1,
    }


def test_the_layer_lines_move_customers_between_layers(typed):
    found = of(typed, ROWS)
    assert standing(found.loc["as_set"]) == {
        "first_active": 1,
        "steady_lapsed": 2,
        "prime_active": 1,
    }
    less = standing(found.loc["cuts_less"])  # 68 days, 52,500, 158 days: B has 96 and 60,000
    assert less == {"first_active": 1, "steady_lapsed": 1, "burst_lapsed": 1, "prime_active": 1}
    more = standing(found.loc["cuts_more"])  # 113 days, 87,500: B is a fledgling, A steady
    assert more == {
        "first_active": 1,
        "fledgling_lapsed": 1,
        "steady_active": 1,
        "steady_lapsed": 1,
    }


def test_the_hole_follows_the_lapse_line(typed):
    old = [(f"o{n}", "2023-06-05", 500) for n in range(4)]  # 209 days silent a year ago
    back = [("o0", "2024-06-30", 500)]  # silent for 184 days
    found = of(typed, ROWS + old + back)
    # 240 days: A, B and o0..o3 were there; B and o1..o3 are gone
    assert found.hole["as_set"] == found.hole["cuts_more"] == 4 / 6
    assert pd.isna(found.hole["lapse_less"])  # 180 days: only A and B were there
    assert found.hole["lapse_more"] == 4 / 6


def test_the_hole_is_unknown_before_the_left_edge_of_its_own_line(typed):
    rows = [(f"c{n}", "2023-12-01", 500) for n in range(5)]
    found = of(typed, rows, first=dt.date(2023, 4, 1))  # 274 days before the year began
    assert found.hole["as_set"] == found.hole["lapse_less"] == 1
    assert pd.isna(found.hole["lapse_more"])


def test_without_amounts_only_the_lapse_line_moves(typed):
    cut = replace(CLASSIC, amount_line=None)
    found = of(typed, [row for row in ROWS if row[2]], cut)
    assert list(found.index) == ["as_set", "lapse_less", "lapse_more"]
    assert found.active.tolist() == [2, 1, 3]
    assert found[[*PLACE_COLUMNS, "amount_line"]].isna().all(axis=None)


@few
@given(orders())
def test_as_set_is_the_book_and_every_scenario_parts_the_same_customers(typed, rows):
    book = typed.book(rows, profile="classic", **CUTS)
    table = book.sensitivity().set_index("scenario")
    places = book.places()
    now = {f"{p.layer}_{p.state}": p.customers for p in places.itertuples()}
    assert table.loc["as_set", list(PLACE_COLUMNS)].to_dict() == now
    everyone = places.customers.sum()
    assert (table[list(PLACE_COLUMNS)].sum(axis=1) == everyone).all()
    assert (table.active + table.lapsed == everyone).all()
    gone, there = book.hole() or (None, 0)
    hole = table.loc["as_set", "hole"]
    assert hole == gone / there if there >= 5 else pd.isna(hole)
