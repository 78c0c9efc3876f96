import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from random_orders import CUTS, few, orders

from toolkit.book import Cutoffs
from toolkit.book.course import LAYERS
from toolkit.book.level import settling_level
from toolkit.book.moves import moves_by_day
from toolkit.book.statement import bucket_statement, lapsed_within, layer_statement

D = dt.date
FLOWS = ["period", "opening", "new", "returned", "lost", "closing"]
PER_LAYER = ["layer", "opening", "new", "returned", "moved_in", "moved_out", "lost", "closing"]
ROWS = [
    ("A", "2024-02-10", 1_000),  # lost on 7 October 2024, back on 15 January 2025
    ("A", "2025-01-15", 1_000),
    ("B", "2024-05-20", 1_000),  # 90 days on: 90,000, out of first into burst
    ("B", "2024-08-18", 89_000),  # lost on 15 April 2025
    ("C", "2025-03-31", 1_000),
]
FIRST, CLOSING = D(2024, 2, 10), D(2025, 4, 30)


@pytest.fixture(scope="module")
def moves(typed):
    return typed.moves(ROWS, CLOSING.isoformat())


def stated(moves, period, first=FIRST, closing=CLOSING, lapse_days=240):
    lapsed = lapsed_within(moves, closing)
    return bucket_statement(moves_by_day(moves), lapsed, first, closing, lapse_days, period)


def rows(table, columns):
    return list(table[columns].itertuples(index=False, name=None))


def test_quarters_open_where_the_last_one_closed(moves):
    found = stated(moves, "quarter")
    assert rows(found, FLOWS) == [
        ("2024-Q1", 0, 1, 0, 0, 1),
        ("2024-Q2", 1, 1, 0, 0, 2),
        ("2024-Q3", 2, 0, 0, 0, 2),
        ("2024-Q4", 2, 0, 0, 1, 1),
        ("2025-Q1", 1, 1, 1, 0, 3),
        ("2025-Q2", 3, 0, 0, 1, 2),
    ]
    assert list(found.complete) == [True] * 5 + [False]
    assert list(found.trusted) == [False] * 4 + [True] * 2  # 10 February + 240 days: 7 October


def test_years_count_back_from_the_closing_date(moves):
    found = stated(moves, "year")
    assert rows(found, FLOWS) == [
        ("2024-04-30", 0, 1, 0, 0, 1),
        ("2025-04-30", 1, 2, 1, 2, 2),
    ]
    assert list(found.complete) == [False, True]


def test_the_quick_ratio_is_in_over_out_and_not_given_while_filling_or_without_a_loss(moves):
    ratios = stated(moves, "month").set_index("period").quick_ratio
    assert ratios["2025-04"] == 0.0
    assert ratios.drop("2025-04").isna().all()  # October 2024 has a loss, and begins before the 7th


def silent(n, day):
    return [(f"{day}-{i}", day, 1_000) for i in range(n)]


def test_the_hole_of_a_month_is_lost_by_opening_from_five_customers_on(typed):
    # first date 1 January 2024; six come on 1 June, of whom two are lost on 27 January 2025
    back = [(f"2024-06-01-{i}", "2024-12-01", 1_000) for i in range(4)]
    moves = typed.moves([("A", "2024-01-01", 1), *silent(6, "2024-06-01"), *back], "2025-01-31")
    found = stated(moves, "month", D(2024, 1, 1), D(2025, 1, 31)).set_index("period")
    assert found.hole["2025-01"] == 2 / 6
    assert found.hole["2024-12"] == 0.0
    assert pd.isna(found.hole["2024-08"])  # still filling: A is lost on the 28th
    fewer = typed.moves([("A", "2024-01-01", 1), *silent(4, "2024-06-01")], "2025-01-31")
    found = stated(fewer, "month", D(2024, 1, 1), D(2025, 1, 31)).set_index("period")
    assert found.lost["2025-01"] == 4 and pd.isna(found.hole["2025-01"])


def test_the_hole_of_a_year_is_who_was_there_and_is_lapsed_at_its_end(typed):
    rows = [("early", "2022-01-01", 1)]
    for name in ("gone", "kept", "back", "twice", "stays"):
        rows.append((name, "2023-12-15", 1))
    rows += [
        ("kept", "2024-06-01", 1),
        ("back", "2024-12-01", 1),  # lost on 11 August, back by the end
        ("stays", "2024-07-01", 1),
        ("new", "2024-01-05", 1),  # not there at the start, lost within the year
        ("early", "2024-01-02", 1),  # lapsed at the start, returned and lost again
    ]
    # at a line of 100 days `twice` is lost in March, comes again and is lost a second time
    rows.append(("twice", "2024-06-01", 1))
    moves = typed.moves(rows, "2024-12-31", _line(100))
    found = stated(moves, "year", D(2022, 1, 1), D(2024, 12, 31), 100)
    # of gone, kept, back, twice, stays only back is active at the end
    assert found.hole.iloc[-1] == 4 / 5
    assert found.opening.iloc[-1] == 5


def _line(days):
    return Cutoffs(90, 70_000, 210, days, {}, "classic")


def test_the_hole_of_a_year_needs_the_day_before_it_to_be_trusted(typed):
    # 5 May 2023 + 240 days is 31 December 2023, the day before the year
    for first, known in (("2023-05-05", True), ("2023-05-06", False)):
        rows = [("A", first, 1), *silent(5, "2023-12-01")]
        moves = typed.moves(rows, "2024-12-31")
        found = stated(moves, "year", D.fromisoformat(first), D(2024, 12, 31)).iloc[-1]
        assert pd.notna(found.hole) is known


def test_new_and_returned_count_in_the_layer_after_the_move_and_lost_in_the_one_before(moves):
    found = layer_statement(moves_by_day(moves), FIRST, CLOSING, 240, "year")
    assert list(found.layer) == list(LAYERS) * 2
    last = found[found.period == "2025-04-30"]
    assert rows(last, PER_LAYER) == [
        ("first", 1, 2, 0, 0, 1, 1, 1),  # B in, B out to burst, A lost, C in
        ("fledgling", 0, 0, 0, 0, 0, 0, 0),
        ("steady", 0, 0, 1, 0, 0, 0, 1),  # A back after 340 days
        ("burst", 0, 0, 0, 1, 0, 1, 0),
        ("prime", 0, 0, 0, 0, 0, 0, 0),
    ]


def test_a_return_that_changes_the_layer_of_the_lapsed_moves_nobody(typed):
    rows = [
        ("A", "2024-01-01", 50_000),
        ("A", "2024-06-01", 50_000),  # burst, lapsed on 27 January 2025
        ("A", "2025-02-10", -60_000),  # steady, still lapsed
    ]
    daily = moves_by_day(typed.moves(rows, "2025-02-28"))
    months = layer_statement(daily, D(2024, 1, 1), D(2025, 2, 28), 240, "month")
    assert months[months.period == "2025-02"].drop(columns=["period", "start", "end"]).to_dict(
        "list"
    ) == {
        "layer": list(LAYERS),
        **{name: [0] * 5 for name in PER_LAYER[1:]},
        "complete": [True] * 5,
        "trusted": [True] * 5,
    }


def test_a_return_that_changes_the_layer_of_the_active_moves_them(typed):
    rows = [
        ("A", "2024-01-01", 50_000),
        ("A", "2024-06-01", 50_000),
        ("A", "2024-06-10", -60_000),
    ]
    daily = moves_by_day(typed.moves(rows, "2024-06-30"))
    june = layer_statement(daily, D(2024, 1, 1), D(2024, 6, 30), 240, "month").tail(5)
    assert rows_of(june, "burst") == (0, 0, 0, 1, 1, 0, 0)
    assert rows_of(june, "steady") == (0, 0, 0, 1, 0, 0, 1)


def rows_of(table, layer):
    return rows(table[table.layer == layer], PER_LAYER[1:])[0]


def test_without_amounts_there_is_a_bucket_and_no_layers(typed):
    book = typed.book([(c, d, None) for c, d, _ in ROWS], no_amount=True)
    assert len(book.bucket_statement("quarter")) == 5
    assert len(book.layer_statement("quarter")) == 0


def test_a_file_without_a_move_is_an_empty_bucket(typed):
    moves = typed.moves([("A", "2024-01-10", -5)], "2024-02-20")
    found = stated(moves, "month", D(2024, 1, 10), D(2024, 2, 20))
    assert rows(found, FLOWS) == [("2024-01", *[0] * 5), ("2024-02", *[0] * 5)]
    layers = layer_statement(moves_by_day(moves), D(2024, 1, 10), D(2024, 2, 20), 240, "month")
    assert len(layers) == 10 and (layers.closing == 0).all()


def months(n, **columns):
    frame = pd.DataFrame(
        {
            "period": [f"m{i:02}" for i in range(n)],
            "opening": 100,
            "new": 10,
            "returned": 2,
            "lost": 8,
            "closing": 104,
            "complete": True,
            "trusted": True,
        }
    )
    return frame.assign(**columns)


def test_the_level_settles_where_as_many_come_in_as_go_out():
    found = settling_level(months(14))
    assert found.pop("half_way_months") == pytest.approx(8.313, abs=5e-4)  # ln 2 / -ln 0.92
    assert found == {
        "since": "m02",
        "until": "m13",
        "inflow": 12.0,
        "lost": 96,
        "opening": 1_200,
        "hole": 0.08,
        "level": pytest.approx(150.0),
        "active": 104,
    }


def test_the_level_comes_from_twelve_whole_trusted_months_or_is_not_given():
    cut = [True] * 12 + [False]
    found = settling_level(months(13, complete=cut, lost=[8] * 12 + [100], closing=7))
    assert (found["hole"], found["active"], found["until"]) == (0.08, 7, "m11")
    assert settling_level(months(12, complete=cut[1:])) is None
    assert settling_level(months(12, trusted=[False, *cut[:11]])) is None
    assert settling_level(months(12, lost=0)) is None
    assert settling_level(months(12, opening=0)) is None


@pytest.mark.parametrize("lost", [100, 387])
def test_when_as_many_leave_in_a_month_as_were_there_no_level_is_given(lost):
    found = settling_level(months(12, lost=lost))
    assert (found["hole"], found["level"], found["half_way_months"]) == (lost / 100, None, None)


@few
@given(orders())
def test_every_statement_balances_and_agrees_with_the_others(typed, rows):
    book = typed.book(rows, profile="classic", **CUTS)
    by_month = book.bucket_months().rename(columns={"month": "period"})
    for period in ("month", "quarter", "year"):
        total, layers = book.bucket_statement(period), book.layer_statement(period)
        assert (total.opening + total.new + total.returned - total.lost == total.closing).all()
        assert list(total.opening[1:]) == list(total.closing[:-1])
        moved = layers.moved_in - layers.moved_out
        net = layers.new + layers.returned + moved - layers.lost
        assert (layers.opening + net == layers.closing).all()
        assert (layers.closing >= 0).all() and moved.groupby(layers.period).sum().eq(0).all()
        columns = ["opening", "new", "returned", "lost", "closing"]
        summed = layers.groupby("end")[columns].sum()
        assert summed.to_numpy().tolist() == total[columns].to_numpy().tolist()
        assert (total[columns[1:4]].sum() == by_month[columns[1:4]].sum()).all()
    same = ["period", *columns, "complete", "trusted"]
    pd.testing.assert_frame_equal(book.bucket_statement("month")[same], by_month[same])


@few
@given(orders())
def test_layers_close_on_the_places_and_the_last_year_is_the_headline(typed, rows):
    book = typed.book(rows, profile="classic", **CUTS)
    layers, places = book.layer_statement("month"), book.layer_months()
    places = places[places.state == "active"]
    assert list(layers.closing) == list(places.customers)
    last = book.bucket_statement("year").iloc[-1]
    year = book.bucket_year()
    assert {k: last[k] for k in ("opening", "new", "returned", "lost", "closing")} == {
        k: year[k] for k in ("opening", "new", "returned", "lost", "closing")
    }
    hole = book.hole()
    if hole is None or hole[1] < 5:
        assert pd.isna(last.hole)
    else:
        assert last.hole == hole[0] / hole[1]
