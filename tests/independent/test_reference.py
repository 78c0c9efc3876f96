"""The reference against figures worked out by hand: an auditor's ruler is measured first."""

import datetime as dt

import pytest
from raw_files import read_cdnow, read_uci
from reference import (
    Cutoffs,
    all_moves,
    book_of,
    bucket_months,
    bucket_year,
    customers_at_closing,
    layer_at,
    layer_months,
    layer_of,
    place_at,
    returns_only_of,
    visits_of,
    year_back,
)
from reference_year import (
    came_back,
    covers_two_years,
    f2_rate,
    hole_year,
    lapse_error_rate,
    sales_year,
    year_money,
    year_view,
)

CLASSIC = Cutoffs()
SHORT = Cutoffs(fledgling_days=10, amount_line=1000, prime_days=20, lapse_days=30)


def day(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("n", "tenure", "money", "gap", "layer", "active"),
    [
        (1, 0, 200_000, 10, "first", True),
        (1, 0, 500, 240, "first", False),
        (1, 0, 500, 239, "first", True),
        (2, 89, 90_000, 5, "fledgling", True),
        (2, 90, 69_999, 5, "steady", True),
        (2, 90, 70_000, 5, "burst", True),
        (9, 209, 70_000, 300, "burst", False),
        (9, 210, 70_000, 300, "prime", False),
        (9, 210, 69_999, 239, "steady", True),
    ],
)
def test_the_published_vectors_fall_where_they_should(n, tenure, money, gap, layer, active):
    assert layer_of(n, tenure, money, CLASSIC) == layer
    first = day("2020-03-01")
    steps = [0, *range(1, n - 1), tenure] if n > 1 else [0]
    days = {first + dt.timedelta(step): 1 for step in steps}
    days[first] = money - (n - 1)
    assert len(days) == n
    closing = max(days) + dt.timedelta(gap)
    assert place_at(days, closing, CLASSIC) == (layer, active)


def test_two_orders_on_one_day_are_one_visit():
    orders = [("a", day("2024-01-05"), 5000), ("a", day("2024-01-05"), 4000)]
    row = customers_at_closing(book_of(orders, day("2024-01-10")))["a"]
    assert (row["layer"], row["n_visits"], row["amount"], row["gap_days"]) == ("first", 1, 9000, 5)


def test_a_day_is_a_visit_only_when_its_net_amount_is_positive():
    days = {
        day("2024-01-01"): 0,
        day("2024-01-02"): -5,
        day("2024-01-03"): 1,
    }
    assert visits_of(days) == [day("2024-01-03")]
    assert returns_only_of(days) == [(day("2024-01-02"), -5)]
    assert layer_at(days, day("2024-01-02"), SHORT) is None


def test_a_visit_exactly_on_the_lapse_line_is_in_time_and_one_day_later_is_not():
    for gap, causes in ((30, ["visit", "visit"]), (31, ["visit", "lapse", "visit"])):
        again = day("2024-01-01") + dt.timedelta(gap)
        book = book_of([("a", day("2024-01-01"), 10), ("a", again, 20)], again, SHORT)
        assert [move[5] for move in all_moves(book)["a"]] == causes


def test_a_return_on_the_lapse_day_moves_the_layer_before_the_line_passes():
    orders = [
        ("a", day("2024-01-01"), 600),
        ("a", day("2024-01-11"), 600),  # tenure 10, money 1200: burst
        ("a", day("2024-02-10"), -300),  # the thirtieth day: money 900, steady
    ]
    moves = all_moves(book_of(orders, day("2024-02-10"), SHORT))["a"]
    assert moves == [
        (day("2024-01-01"), "outside", False, "first", True, "visit", 600),
        (day("2024-01-11"), "first", True, "burst", True, "visit", 600),
        (day("2024-02-10"), "burst", True, "steady", True, "return", -300),
        (day("2024-02-10"), "steady", True, "steady", False, "lapse", 0),
    ]


def test_a_return_while_lapsed_moves_the_layer_and_leaves_the_customer_lapsed():
    orders = [
        ("a", day("2024-01-01"), 600),
        ("a", day("2024-01-21"), 600),  # tenure 20, money 1200: prime
        ("a", day("2024-03-01"), -300),  # lapsed on 20 February; money 900: steady
        ("a", day("2024-03-05"), 100),  # money 1000 again: prime
    ]
    moves = all_moves(book_of(orders, cut=SHORT))["a"]
    assert moves[2:] == [
        (day("2024-02-20"), "prime", True, "prime", False, "lapse", 0),
        (day("2024-03-01"), "prime", False, "steady", False, "return", -300),
        (day("2024-03-05"), "steady", False, "prime", True, "visit", 100),
    ]


def test_money_given_back_before_the_first_visit_counts_but_moves_nobody():
    orders = [
        ("a", day("2024-01-01"), -500),
        ("a", day("2024-01-05"), 1200),
        ("a", day("2024-01-15"), 200),  # tenure 10, money 900: steady, not burst
        ("b", day("2024-01-02"), -100),
    ]
    book = book_of(orders, cut=SHORT)
    assert all_moves(book) == {
        "a": [
            (day("2024-01-05"), "outside", False, "first", True, "visit", 1200),
            (day("2024-01-15"), "first", True, "steady", True, "visit", 200),
        ]
    }
    assert set(customers_at_closing(book)) == {"a"}


def test_a_visit_that_changes_no_place_is_no_move():
    orders = [("a", day("2024-01-01") + dt.timedelta(step), 10) for step in (0, 3, 6)]
    assert len(all_moves(book_of(orders, cut=SHORT))["a"]) == 2


LEDGER = [
    ("a", day("2023-11-15"), 100),  # lapses 2023-12-15, back 2024-01-20, lapses 2024-02-19
    ("a", day("2024-01-20"), 100),
    ("b", day("2024-01-10"), 100),  # lapses 2024-02-09
    ("c", day("2024-02-14"), 100),
]


def test_bucket_months_close_what_they_opened():
    book = book_of(LEDGER, day("2024-02-20"), SHORT)
    columns = ("opening", "new", "returned", "lost", "closing", "complete", "trusted")
    rows = {month: tuple(row[c] for c in columns) for month, row in bucket_months(book).items()}
    assert rows == {
        "2023-11": (0, 1, 0, 0, 1, True, False),
        "2023-12": (1, 0, 0, 1, 0, True, False),  # began before 15 December
        "2024-01": (0, 1, 1, 0, 2, True, True),
        "2024-02": (2, 1, 0, 2, 1, False, True),
    }
    assert bucket_year(book) == {"opening": 0, "new": 3, "returned": 1, "lost": 3, "closing": 1}
    assert came_back(book) == 1  # the first of the two losses of `a`


def test_layer_months_hold_ten_places_and_end_on_the_closing_date():
    counts = layer_months(book_of(LEDGER, day("2024-02-20"), SHORT))
    assert len(counts) == 4 * 10
    people = {place: n for place, n in counts.items() if n}
    assert people == {
        (day("2023-11-30"), "first", "active"): 1,
        (day("2023-12-31"), "first", "lapsed"): 1,
        (day("2024-01-31"), "first", "active"): 1,
        (day("2024-01-31"), "steady", "active"): 1,
        (day("2024-02-20"), "first", "lapsed"): 1,
        (day("2024-02-20"), "steady", "lapsed"): 1,
        (day("2024-02-20"), "first", "active"): 1,
    }


def test_a_year_back_from_29_february_is_28_february():
    assert year_back(day("2024-02-29")) == day("2023-02-28")
    assert year_back(day("2025-02-28")) == day("2024-02-28")


YEARS = [
    ("kept", day("2022-06-01"), 10),
    ("kept", day("2023-12-31"), 10),  # D - 1 year itself still belongs to the year before
    ("kept", day("2024-01-01"), 10),  # the first day of the last year
    ("lost", day("2023-06-01"), 10),
    ("gone", day("2022-12-31"), 10),  # just outside both years
    ("revived", day("2022-06-01"), 10),
    ("revived", day("2024-06-01"), 10),
    ("new", day("2024-12-20"), 10),
    ("new", day("2024-12-31"), 15),
    ("returns", day("2024-05-05"), -5),
]


def test_yearly_view_hole_and_sales_on_a_typed_ledger():
    book = book_of(YEARS, day("2024-12-31"), SHORT)
    assert year_view(book) == {
        "active": 3,
        "previous": 2,
        "kept": 1,
        "lost": 1,
        "new": 1,
        "revived": 1,
    }
    assert sales_year(book) == {"total": 40, "visits": 4, "customers": 3, "no_visit": -5}
    assert year_money(book) == {  # `gone` is the one in neither year; no visit, no count
        "kept": (1, 10, 10),
        "new": (1, 25, 0),
        "revived": (1, 10, 0),
        "lost": (1, 0, 10),
        "none": (1, -5, 0),
    }
    assert hole_year(book) == (1, 1)  # only `kept` was active on 2023-12-31, lapsed 2024-01-31


def test_two_years_of_file_means_every_day_of_both_years():
    orders = [("a", day("2022-12-31"), 10), ("a", day("2024-12-29"), 10)]
    assert covers_two_years(book_of(orders, day("2024-12-30")))
    assert not covers_two_years(book_of(orders, day("2024-12-29")))


def test_hole_is_undefined_until_a_lapse_line_could_have_passed_a_year_ago():
    first = ("a", day("2023-12-01"), 10)
    assert hole_year(book_of([first], day("2024-12-30"), SHORT)) is None
    late = [first, ("b", day("2023-12-31"), 10)]
    assert hole_year(book_of(late, day("2024-12-31"), SHORT)) == (1, 1)


def test_second_visit_rate_looks_only_at_first_visits_old_enough():
    orders = [
        ("early", day("2023-10-01"), 10),  # first visit before the cohort's year
        ("yes", day("2023-10-03"), 10),  # (2023-10-02, 2024-10-02]
        ("yes", day("2024-01-01"), 10),  # 90 days later
        ("late", day("2024-10-02"), 10),
        ("late", day("2024-12-31"), 10),  # 90 days later too
        ("slow", day("2024-01-01"), 10),
        ("slow", day("2024-03-31"), -5),
        ("slow", day("2024-04-01"), 10),  # 91 days later
        ("young", day("2024-10-03"), 10),
    ]
    assert f2_rate(book_of(orders, day("2024-12-31"))) == (2, 3)


def test_lapse_error_counts_returns_within_a_year_of_lapses_old_enough():
    orders = [
        ("back", day("2022-01-01"), 10),  # lapses 2022-01-31
        ("back", day("2023-01-31"), 10),  # 365 days later; lapses 2023-03-02
        ("slow", day("2022-01-01"), 10),
        ("slow", day("2023-02-01"), 10),  # 366 days later; lapses 2023-03-03, too young to tell
    ]
    assert lapse_error_rate(book_of(orders, day("2024-03-01"), SHORT)) == (1, 3)


def test_uci_rows_kept_and_set_aside_are_the_known_ones(real_data):
    raw = read_uci(real_data)
    assert (raw.rows_read, raw.rows_kept) == (541_909, 401_604)
    assert raw.set_aside == {"no_customer": 135_080, "duplicate": 5_225}
    book = book_of(raw.orders, cut=Cutoffs(90, 50_000, 210, 90))
    assert (len(book.customers), len(customers_at_closing(book))) == (4_372, 4_334)
    assert (book.first_date, book.closing) == (day("2010-12-01"), day("2011-12-09"))


def test_cdnow_total_is_the_known_one_to_the_cent(real_data):
    raw = read_cdnow(real_data)
    assert (raw.rows_read, raw.rows_kept) == (69_659, 69_659)
    assert sum(amount for _, _, amount in raw.orders) == 250_031_563
    assert len({customer for customer, _, _ in raw.orders}) == 23_570
