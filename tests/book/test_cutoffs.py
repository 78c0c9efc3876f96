import datetime as dt
from decimal import Decimal

import pytest

from toolkit.book.cutoffs import find_cutoffs, measured_amount_line, measured_lapse, nearest_rank
from toolkit.book.visits import visits_of
from toolkit.settings import Settings

CLOSING = dt.date(2024, 12, 31)


def back(days):
    return CLOSING - dt.timedelta(days=days)


def pair(name, first, gap, amount=1):
    """Two visits of one customer, the first so many days before closing."""
    return [(name, back(first), amount), (name, back(first - gap), amount)]


def cutoffs(typed, rows, **settings):
    days = typed.days(rows, CLOSING)
    return find_cutoffs(visits_of(days), days, CLOSING, Settings(**settings))


def in_force(found):
    return found.fledgling_days, found.amount_line, found.prime_days, found.lapse_days


TEN = [
    row
    for n in range(1, 11)  # gaps 10, 20 ... 100 days, money 1,000, 2,000 ... 10,000
    for row in pair(f"c{n}", 500, 10 * n, 500 * n)
]


def test_yen_takes_the_classic_cutoffs(typed):
    found = cutoffs(typed, TEN)
    assert in_force(found) == (90, 70_000, 210, 240)
    assert set(found.origin.values()) == {"classic"} and found.profile == "classic"


def test_one_cutoff_given_by_hand_leaves_the_others_classic(typed):
    found = cutoffs(typed, TEN, lapse_days=365)
    assert in_force(found) == (90, 70_000, 210, 365)
    assert found.origin["lapse_days"] == "given" and found.origin["prime_days"] == "classic"


def test_the_amount_line_is_given_in_major_units(typed):
    found = cutoffs(typed, TEN, currency="USD", profile="classic", amount_line="12.34")
    assert found.amount_line == 1_234
    assert cutoffs(typed, TEN, currency="USD", profile="classic").amount_line == 7_000_000


def test_a_line_finer_than_the_currency_is_passed_by_the_next_whole_unit(typed):
    assert cutoffs(typed, TEN, amount_line="99.5").amount_line == 100


def test_without_amounts_there_is_no_amount_line(typed):
    assert cutoffs(typed, TEN, no_amount=True, amount_line=5).amount_line is None


def test_the_auto_profile_measures_all_four(typed):
    # 9th of ten gaps: 90 days; 33.75 and 78.75 days rounded; 7th of ten amounts: 7,000 cents
    found = cutoffs(typed, TEN, currency="USD")
    assert in_force(found) == (34, 7_000, 79, 90)
    assert found.origin == {
        "fledgling_days": "scaled",
        "amount_line": "auto",
        "prime_days": "scaled",
        "lapse_days": "auto",
    }
    assert found.profile == "auto"


def test_the_auto_profile_can_be_chosen_for_yen(typed):
    assert in_force(cutoffs(typed, TEN, profile="auto")) == (34, 7_000, 79, 90)


def test_tenure_lines_are_rounded_half_up(typed):
    found = cutoffs(typed, pair("A", 400, 60), currency="USD")  # 22.5 and 52.5 days
    assert (found.fledgling_days, found.prime_days) == (23, 53)


def test_tenure_lines_follow_a_lapse_line_given_by_hand(typed):
    found = cutoffs(typed, TEN, currency="USD", lapse_days=120)
    assert in_force(found) == (45, 7_000, 105, 120)
    assert found.origin["lapse_days"] == "given" and found.origin["fledgling_days"] == "scaled"


def test_with_no_gap_to_measure_the_classic_line_stands_and_says_so(typed):
    found = cutoffs(typed, [("A", back(500), 9), ("B", back(1), 9)], currency="USD")
    assert in_force(found) == (90, 7_000_000, 210, 240)
    assert found.origin["lapse_days"] == found.origin["amount_line"] == "no_gap"


@pytest.mark.parametrize(("gap", "line"), [(1, 30), (30, 30), (31, 60), (721, 730), (900, 730)])
def test_the_measured_gap_is_rounded_up_to_thirty_days_within_limits(typed, gap, line):
    assert measured_lapse(visits_of(typed.days(pair("A", 950, gap))), CLOSING) == line


def late_and_early(n_early):
    """Customers first seen exactly 365 days before closing (gap 31), and 50 a day later (200)."""
    early = [row for n in range(n_early) for row in pair(f"early{n}", 365, 31)]
    late = [row for n in range(50) for row in pair(f"late{n}", 364, 200)]
    return early + late


def test_a_hundred_customers_seen_for_a_year_are_enough(typed):
    visits = visits_of(typed.days(late_and_early(100)))
    assert measured_lapse(visits, CLOSING) == 60


def test_with_fewer_than_a_hundred_all_customers_are_measured(typed):
    visits = visits_of(typed.days(late_and_early(99)))  # 135th of 149 gaps is one of the 200
    assert measured_lapse(visits, CLOSING) == 210


def test_customers_with_one_visit_do_not_make_up_the_hundred(typed):
    once = [("once", back(365), 1)]
    visits = visits_of(typed.days(late_and_early(99) + once))
    assert measured_lapse(visits, CLOSING) == 210


@pytest.mark.parametrize(
    ("money", "line"),
    [
        (7_000, 7_000),
        (12_499, 10_000),
        (12_500, 15_000),
        (17_500, 20_000),
        (97_500, 100_000),
        (8, 8),
        (13, 15),
    ],
)
def test_the_amount_line_has_one_leading_digit_or_half(typed, money, line):
    days = typed.days([("A", "2024-01-01", money - 1), ("A", "2024-01-02", 1)])
    assert measured_amount_line(days) == line


def test_the_amount_line_counts_returns_and_leaves_single_visits_out(typed):
    days = typed.days(
        [
            ("A", "2024-01-01", 3_000),
            ("A", "2024-02-01", 3_000),
            ("A", "2024-03-01", -1_000),
            ("rich but once", "2024-01-01", 900_000),
        ]
    )
    assert measured_amount_line(days) == 5_000


def test_where_everything_was_returned_there_is_no_amount_line(typed):
    rows = [("A", "2024-01-01", 3), ("A", "2024-02-01", 3), ("A", "2024-03-01", -6)]
    assert measured_amount_line(typed.days(rows)) is None
    found = cutoffs(typed, rows, currency="USD")
    assert found.origin["amount_line"] == "no_gap" and found.origin["lapse_days"] == "auto"


def test_the_nearest_rank_is_always_one_of_the_values(typed):
    # five values: rank 1 up to 20 %, 2 up to 40 %, 3 up to 60 %, 4 up to 80 %, then 5
    orders = typed.orders([("A", "2024-01-01", n) for n in (35, 20, 15, 50, 40)])
    found = [nearest_rank(orders, "amount", share) for share in (0.01, 0.3, 0.4, 0.5, 1.0)]
    assert found == [15, 20, 20, 35, 50]


def test_the_nearest_rank_does_not_slip_by_a_rounding_error(typed):
    orders = typed.orders([("A", "2024-01-01", n) for n in range(1, 71)])
    assert nearest_rank(orders, "amount", 0.9) == 63
    assert nearest_rank(orders, "amount", 0.7) == 49


def test_of_nothing_there_is_no_rank(typed):
    assert nearest_rank(typed.orders([]), "amount", 0.5) is None


def test_a_decimal_line_is_as_exact_as_typed(typed):
    found = cutoffs(typed, TEN, currency="KWD", profile="classic", amount_line=Decimal("0.001"))
    assert found.amount_line == 1
