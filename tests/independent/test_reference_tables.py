"""The reference for the tables of the complete book against figures worked out by hand."""

import datetime as dt

import pytest
import reference_cohorts
import reference_edges
import reference_history
import reference_layers
import reference_repeat
import reference_rfm
import reference_statement
from reference import Cutoffs, book_of

SHORT = Cutoffs(fledgling_days=10, amount_line=1_000, prime_days=60, lapse_days=30)


def day(text):
    return dt.date.fromisoformat(text)


def book(rows, closing, cut=SHORT):
    return book_of([(who, day(date), amount) for who, date, amount in rows], day(closing), cut)


def picked(rows, *names):
    """{key: values of these columns}."""
    return {key: tuple(row[name] for name in names) for key, row in rows.items()}


# a lapses on 14 February, is back on 1 March as burst and lapses again on 31 March; b lapses on
# 3 March; c is fledgling from 25 March; d never buys.
FOUR = book(
    [
        ("a", "2024-01-15", 400),
        ("a", "2024-03-01", 700),
        ("b", "2024-02-02", 300),
        ("c", "2024-03-20", 200),
        ("c", "2024-03-25", 100),
        ("d", "2024-03-26", -50),
    ],
    "2024-04-10",
)


def test_the_months_and_quarters_of_four_customers():
    flows = ("opening", "new", "returned", "lost", "closing", "complete", "trusted")
    assert picked(reference_statement.statement(FOUR, "month"), *flows) == {
        "2024-01": (0, 1, 0, 0, 1, True, False),
        "2024-02": (1, 1, 0, 1, 1, True, False),
        "2024-03": (1, 1, 1, 2, 1, True, True),
        "2024-04": (1, 0, 0, 0, 1, False, True),
    }
    layers = reference_statement.layer_statement(FOUR, "quarter")
    moved = ("new", "returned", "moved_in", "moved_out", "lost", "closing")
    found = {key: row for key, row in picked(layers, *moved).items() if any(row)}
    assert found == {
        ("2024-Q1", "first"): (3, 0, 0, 1, 2, 0),
        ("2024-Q1", "fledgling"): (0, 0, 1, 0, 0, 1),
        ("2024-Q1", "burst"): (0, 1, 0, 0, 1, 0),
        ("2024-Q2", "fledgling"): (0, 0, 0, 0, 0, 1),
    }


def test_years_are_counted_back_from_closing_and_the_oldest_may_be_cut():
    of_years = reference_statement.statement(
        book([("a", "2022-02-28", 1), ("a", "2022-03-01", 1)], "2024-02-29"), "year"
    )
    assert picked(of_years, "start", "complete") == {
        "2022-02-28": (day("2021-03-01"), False),
        "2023-02-28": (day("2022-03-01"), True),
        "2024-02-29": (day("2023-03-01"), True),
    }


def test_the_level_settles_where_as_many_come_as_go():
    """One comes and one goes every month, another stays: a hole of a half."""
    fleeting = [(f"k{month}", f"2023-{month:02}-05", 1) for month in range(1, 13)]
    fleeting += [("k13", "2024-01-05", 1), ("k14", "2024-02-05", 1)]
    start = day("2023-01-05")
    faithful = [("a", (start + dt.timedelta(28 * step)).isoformat(), 1) for step in range(15)]
    assert reference_statement.settling_level(book(fleeting + faithful, "2024-02-29")) == {
        "inflow": 1,
        "hole": 0.5,
        "level": 2,
        "active": 2,
        "half_way_months": pytest.approx(1),
    }
    assert reference_statement.settling_level(book(fleeting + faithful, "2024-02-28")) is None


YEARS = book(
    [
        ("a", "2022-01-01", 100),
        ("a", "2023-05-01", 200),
        ("a", "2024-05-01", 400),
        ("b", "2022-03-01", 100),
        ("b", "2024-03-01", 300),
        ("c", "2023-02-01", 50),
        ("d", "2024-07-01", 60),
        ("d", "2024-07-02", -10),
    ],
    "2024-12-31",
)


def test_the_history_of_three_years():
    rows = reference_history.year_history(YEARS)
    people = ("active", "previous", "kept", "lost", "new", "revived", "dormant")
    assert picked(rows, *people) == {
        day("2022-12-31"): (2, *[None] * 6),
        day("2023-12-31"): (2, 2, 1, 1, 1, 0, 0),
        day("2024-12-31"): (3, 2, 1, 1, 1, 1, 1),
    }
    money = ("sales", "sales_per_active", "kept_spend", "new_spend", "revived_spend")
    assert picked(rows, *money) == {
        day("2022-12-31"): (200, 100, None, None, None),
        day("2023-12-31"): (250, 125, 200, 50, None),
        day("2024-12-31"): (750, 250, 400, 50, 300),
    }


def test_the_change_in_sales_is_parted_by_who_bought():
    parts = ("change", "people", "frequency", "price", "other")
    assert picked(reference_history.sales_groups(YEARS), *parts) == {
        "kept": (200, 0, 0, pytest.approx(200), 0),
        "new": (50, 50, 0, 0, 0),
        "revived": (300, 300, 0, 0, 0),
        "lost": (-50, -50, 0, 0, 0),
        "none": (0, 0, 0, 0, 0),
    }
    twice = [("a", "2023-06-01", 100), ("a", "2024-06-01", 150), ("a", "2024-07-01", 250)]
    kept = reference_history.sales_groups(book(twice, "2024-12-31"))["kept"]
    halves = [pytest.approx(150), pytest.approx(150)]  # visits doubled, and the price of one
    assert [kept[part] for part in parts] == [300, 0, *halves, 0]


def test_places_hold_the_month_of_those_who_stand_there():
    rows = reference_layers.layer_table(FOUR)
    found = picked(rows, "customers", "sales", "visits", "year_ago")
    assert {key: row for key, row in found.items() if row[0]} == {
        (day("2024-01-31"), "first", "active"): (1, 400, 1, None),
        (day("2024-02-29"), "first", "active"): (1, 300, 1, None),
        (day("2024-02-29"), "first", "lapsed"): (1, 0, 0, None),
        (day("2024-03-31"), "first", "lapsed"): (1, 0, 0, None),
        (day("2024-03-31"), "fledgling", "active"): (1, 300, 2, None),
        (day("2024-03-31"), "burst", "lapsed"): (1, 700, 1, None),
        (day("2024-04-10"), "first", "lapsed"): (1, 0, 0, None),
        (day("2024-04-10"), "fledgling", "active"): (1, 0, 0, None),
        (day("2024-04-10"), "burst", "lapsed"): (1, 0, 0, None),
    }


def test_a_year_ago_is_twelve_rows_up_or_the_same_day_of_a_month_cut():
    orders = [("x", "2022-03-01", 1), ("a", "2023-03-10", 1), ("b", "2023-03-20", 1)]
    ago = {}
    for closing in ("2024-03-15", "2024-03-31"):
        rows = reference_layers.layer_table(book(orders, closing))
        ago[closing] = rows[day(closing), "first", "active"]["year_ago"]
    assert ago == {"2024-03-15": 1, "2024-03-31": 2}


def test_what_became_of_those_who_were_active():
    rows = reference_layers.layer_rates(FOUR, day("2024-03-20"), day("2024-04-10"))
    fates = ("customers", "promoted", "stayed", "fell_back", "lapsed")
    assert picked(rows, *fates)["first"] == (1, 1, 0, 0, 0)
    assert picked(rows, *fates)["burst"] == (1, 0, 0, 0, 1)
    assert reference_layers.movement(FOUR, day("2024-02-29"), day("2024-03-31")) == {
        ("first", "active", "first", "lapsed"): {"customers": 1},
        ("first", "lapsed", "burst", "lapsed"): {"customers": 1},
        ("outside", "", "fledgling", "active"): {"customers": 1},
    }


def test_lines_a_quarter_lower_or_higher_are_rounded_half_up():
    rows = reference_layers.sensitivity(FOUR)
    lines = ("fledgling_days", "amount_line", "prime_days", "lapse_days")
    assert picked(rows, *lines) == {
        "as_set": (10, 1_000, 60, 30),
        "lapse_less": (10, 1_000, 60, 23),
        "lapse_more": (10, 1_000, 60, 38),
        "cuts_less": (8, 750, 45, 30),
        "cuts_more": (13, 1_250, 75, 30),
    }
    assert rows["cuts_less"]["prime_lapsed"] == rows["cuts_more"]["steady_lapsed"] == 1
    assert rows["as_set"]["burst_lapsed"] == 1 and rows["as_set"]["active"] == 1


WAITING = book(
    [
        ("a", "2024-01-01", 1),
        ("a", "2024-01-11", 1),  # after 10 days
        ("b", "2024-01-01", 1),
        ("b", "2024-01-21", 1),  # after 20
        ("c", "2024-03-21", 1),  # waited for since 20 days
        ("d", "2024-01-01", 1),
        ("d", "2024-02-10", 1),  # after 40
        ("e", "2024-01-01", 1),  # waited for since 100
    ],
    "2024-04-10",
)


def test_who_is_still_waited_for_counts_for_the_days_passed():
    rows = reference_repeat.nth_curve(WAITING)
    shares = [rows[1, days]["share"] for days in (30, 60, 90, 180)]
    assert shares == [pytest.approx(0.4), pytest.approx(0.7), pytest.approx(0.7), None]
    bounds = (rows[1, 30]["low"], rows[1, 30]["high"])  # 2 of 5: c left only when b came
    assert bounds == pytest.approx((0.11762, 0.76928), abs=1e-5)
    assert rows[2, 30] == {"customers": 3, "share": None, "low": None, "high": None}


def test_the_two_rates_of_nearly_one_name():
    march = reference_repeat.repeat_rates(FOUR)["2024-03"]
    assert (march["buyers"], march["repeaters"], march["ever"]) == (2, 2, 3)
    year = reference_repeat.repeat_year(WAITING)
    assert (year["repeater_rate"], year["repeat_rate"]) == (3 / 5, 3 / 5)


def test_a_cohort_is_followed_month_by_month():
    rows = reference_cohorts.cohorts(FOUR)
    figures = ("customers", "buyers", "again", "sales", "sales_to_date", "complete")
    assert {key: row for key, row in picked(rows, *figures).items() if key[0] == "2024-01"} == {
        ("2024-01", 0): (1, 1, 0, 400, 400, True),
        ("2024-01", 1): (1, 0, 0, 0, 400, True),
        ("2024-01", 2): (1, 1, 1, 700, 1_100, True),
        ("2024-01", 3): (1, 0, 1, 0, 1_100, False),
    }
    early = book([("x", "2024-01-03", -20), ("x", "2024-02-03", 100)], "2024-02-29")
    assert reference_cohorts.cohorts(early)["2024-02", 0]["sales"] == 80


def test_cohorts_are_compared_once_all_of_a_cohort_are_old_enough():
    assert reference_cohorts.same_age(WAITING) == {}
    later = book_of(
        [(who, date, 1) for who, days in WAITING.customers.items() for date in days],
        day("2024-07-28"),
        SHORT,
    )
    rows = reference_cohorts.same_age(later)
    found = picked(rows, "customers", "again", "share")
    assert found == {("2024-01", 90): (4, 3, None), ("2024-03", 90): (1, 0, None)}
    assert reference_cohorts.wilson(2, 5) == pytest.approx((0.11762, 0.76928), abs=1e-5)


def test_tenths_and_what_the_largest_bring():
    twelve = book([(f"k{n:02}", "2024-01-01", n) for n in range(1, 13)], "2024-01-31")
    tenths = reference_rfm.deciles(twelve)
    assert [row["customers"] for row in tenths.values()] == [2, 1, 1, 1, 1, 2, 1, 1, 1, 1]
    assert (tenths[1]["sales"], tenths[1]["least"], tenths[10]["sales"]) == (23, 11, 1)
    assert tenths[2]["cumulative_share"] == pytest.approx(33 / 78)
    assert reference_rfm.concentration(twelve) == {
        "customers": 12,
        "sales": 78,
        "top_fifth": 33,
        "top_ten": 75,
        "gini": pytest.approx(11 / 36),
    }


def test_recency_frequency_and_money_are_cut_where_ruled():
    assert reference_rfm.recency_lines(FOUR) == [8, 15, 30, 60]
    assert reference_rfm.money_lines(FOUR) == [300, 300, 300, 1_100]
    assert reference_rfm.month_back(day("2024-03-31")) == day("2024-02-29")
    scored = ("recency", "frequency", "monetary", "group", "amount")
    assert picked(reference_rfm.rfm_table(FOUR), *scored) == {
        "a": (2, 2, 4, "hibernating", 1_100),
        "b": (1, 1, 1, "lost", 300),
        "c": (3, 2, 1, "about_to_sleep", 300),
    }
    rows = reference_rfm.rfm_scores(FOUR)
    assert rows["R", 4] == {"from": 8, "to": 14, "customers": 0}
    assert rows["M", 3] == {"from": None, "to": None, "customers": 0}
    assert rows["M", 4] == {"from": 301, "to": 1_100, "customers": 1}


def test_the_last_months_are_counted_as_far_as_they_are_known():
    counts = ("customers", "lost", "open", "expected_lost", "known")
    assert picked(reference_edges.last_visit_months(FOUR), *counts) == {
        "2024-02": (1, 1, 0, 1, True),
        "2024-03": (2, 1, 1, None, False),
    }
    steady = [("first", "2023-01-01", 1)]
    steady += [(f"k{month}", f"2023-{month:02}-20", 1) for month in range(1, 10)]
    expected = reference_edges.open_month(book(steady, "2023-10-15"))
    assert picked(expected, "so_far", "expected", "low", "high", "months") == {
        "new": (0, 1, 1, 1, 8),
        "returned": (0, 0, 0, 0, 8),
        "lost": (0, 1, 1, 1, 8),
    }
    assert reference_edges.open_month(book(steady, "2023-09-30")) is None
