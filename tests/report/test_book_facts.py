"""Every figure below is worked by hand from the ledger in conftest.py."""

from decimal import Decimal

import pytest

from toolkit.report.book_facts import book_facts


@pytest.fixture(scope="module")
def facts(client):
    return book_facts(client("ledger").book)


def values(facts, prefix):
    return {f.id.removeprefix(prefix): f.value for f in facts if f.id.startswith(prefix)}


def test_rows_are_counted(facts):
    names = ("rows_read", "rows_kept", "set_aside")
    assert [facts.value(f"quality.{name}") for name in names] == [22, 21, 1]


def test_the_bucket_of_the_year(facts):
    # new F, G, H; returned I on 2025-10-10; lost B 07-29, D 08-12, E 11-05, K 04-12
    assert values(facts, "bucket.") == {
        "year.opening": 5,
        "year.new": 3,
        "year.returned": 1,
        "year.lost": 4,
        "year.closing": 5,
        "year.came_back": 0,
        "year.inflow": 4,
        "quick_ratio": 1.0,
    }


def test_the_hole_counts_customers_and_last_years_is_not_known_yet(facts):
    hole, before = facts["hole.year"], facts["hole.previous"]
    assert (hole.value, hole.numerator, hole.denominator, hole.why) == (0.8, 4, 5, None)
    assert (before.value, before.why) == (None, "file_too_short")


def test_customers_stand_in_ten_places(facts):
    assert {k: v for k, v in values(facts, "layers.").items() if "previous" not in k} == {
        "first.active": 2,  # G, H
        "first.lapsed": 2,  # C, K
        "fledgling.active": 0,
        "fledgling.lapsed": 1,  # D: 44 days
        "steady.active": 1,  # I: 6,000 in all
        "steady.lapsed": 1,  # E: exactly 90 days is not fledgling
        "burst.active": 1,  # F: 79,000 within 144 days
        "burst.lapsed": 0,
        "prime.active": 1,  # A
        "prime.lapsed": 1,  # B
    }
    assert values(facts, "customers.") == {
        "ever": 10,  # J has a return only
        "active": 5,
        "lapsed": 5,
        "previous": 5,
    }


def test_last_years_places_are_counted_with_what_was_known_then(facts):
    before = values(facts, "layers.previous.")
    assert sum(before.values()) == 7  # A, B, C, D, E, I, K
    assert before["prime.active"] == 2  # A: 80,000 in 354 days; B: 120,000 in 275
    assert before["first.active"] == 2  # E, K
    assert before["first.lapsed"] == 2  # C, and I since 2024-12-27


def test_the_prime_customer_lost_is_counted_with_the_sales_of_the_year_before(facts):
    assert values(facts, "prime.") == {"lost": 1, "lost_sales": Decimal(120_000)}


def test_the_yearly_view(facts):
    # this year A, E, F, G, H, I; last year A, B, C, D, E, I, K
    assert values(facts, "year.") == {
        "active": 6,
        "previous": 7,
        "kept": 3,
        "lost": 4,
        "new": 3,
        "revived": 0,
        "kept_spend": Decimal("10666.67"),  # A 20,000 + E 9,000 + I 3,000, by three
    }
    assert facts["rate.retention"].value == 3 / 7
    assert (facts["rate.outflow"].numerator, facts["rate.outflow"].denominator) == (4, 7)
    assert facts["rate.revival"].why == "zero_denominator"  # everybody seen before bought in 2024


def test_sales_are_three_factors(facts):
    # A 20,000, E 9,000, F 79,000, G 2,500, H 1,000 and back, I 3,000, J -500; eight visits of six
    assert facts.value("sales.total") == Decimal(113_000)
    assert facts.value("sales.visits") == 8
    assert facts.value("sales.customers") == 6
    assert str(facts.value("sales.per_visit")) == "14125.00"
    per = facts["sales.visits_per_customer"]
    assert (per.value, per.numerator, per.denominator) == (8 / 6, 8, 6)
    assert facts.value("sales.no_visit") == Decimal(-1_500)


def test_last_years_sales_stand_beside(facts):
    assert facts.value("sales.previous.total") == Decimal(233_000)
    assert facts.value("sales.previous.visits") == 11
    assert facts.value("sales.previous.customers") == 7
    assert str(facts.value("sales.previous.per_visit")) == "21181.82"


def test_the_change_is_split_without_a_rest(facts):
    parts = [facts.value(f"sales.change.{f}") for f in ("per_visit", "visits_per_customer")]
    assert facts.value("sales.change") == Decimal(-120_000)
    assert sum(parts) + facts.value("sales.change.customers") == Decimal(-120_000)
    # logarithmic mean of 113,000 and 233,000 is 165,830.4; times ln(6/7) = -0.1541507
    assert facts.value("sales.change.customers") == pytest.approx(Decimal(-25_563), abs=2)


def test_the_money_bridge_leads_from_last_year_to_this(facts):
    assert {k: int(v) for k, v in values(facts, "bridge.").items()} == {
        "previous": 233_000,
        "new": 81_500,  # F 79,000, G 2,500, H 0
        "revived": 0,
        "kept": -60_000,  # A from 80,000 to 20,000
        "lost": 141_000,  # B 120,000, C 3,000, D 11,000, K 7,000
        "no_visit": -500,  # J
        "total": 113_000,
    }


def test_a_point_of_the_hole_is_worth_a_hundredth_of_the_opening_at_the_mean_of_the_kept(facts):
    assert facts.value("hole.point_sales") == Decimal("533.33")  # 0.01 x 5 x 10,666.67


def test_five_points_more_second_visits(facts):
    assert facts.value("f2.five_points_sales") == Decimal("2118.75")  # 0.05 x 3 x 14,125


def test_rates_of_three_customers_are_not_shown(facts):
    f2, error = facts["f2.rate"], facts["lapse.error_rate"]
    # first visit in (2024-10-02, 2025-10-02]: D, E (90 days, in time) and F (144 days, too late)
    assert (f2.value, f2.numerator, f2.denominator, f2.why) == (None, 2, 3, "too_few")
    # lapses up to 2024-12-31: B 10-27 (back), C 09-28, I 12-27 (back)
    assert (error.value, error.numerator, error.denominator, error.why) == (None, 2, 3, "too_few")


def test_a_wider_window_takes_in_more_first_time_customers(client):
    # first visit in (2023-11-27, 2024-11-26]: A, B, C, D, I, K; again within 400 days: A, B, D
    f2 = book_facts(client("ledger", f2_window_days=400).book)["f2.rate"]
    assert (f2.value, f2.numerator, f2.denominator) == (0.5, 3, 6)
    assert f2.interval == pytest.approx((0.187616, 0.812384), abs=2e-6)


def test_the_lapse_line_in_force_is_a_fact(facts):
    assert facts.value("lapse.days") == 240
    assert facts.value("f2.window_days") == 90


def test_a_file_without_amounts_has_counts_and_no_money(client):
    facts = book_facts(client("no amounts").book)
    money = ("layers.", "sales.", "bridge.", "prime.", "hole.point_sales", "f2.five_points_sales")
    assert [f.id for f in facts if f.id.startswith(money)] == []
    assert facts.value("customers.ever") == 11  # every day with an order is a visit, J's too


def test_half_a_year_leaves_out_what_needs_a_year_or_two(client):
    facts = book_facts(client("half a year").book)
    assert facts["hole.year"].why == "file_too_short"
    assert facts["rate.retention"].why == "needs_two_years"
    assert facts["sales.previous.per_visit"].why == "needs_two_years"
    assert facts["lapse.error_rate"].why == "file_too_short"
    assert facts["customers.previous"].why == "file_too_short"  # nobody was seen a year ago
    assert facts.value("year.active") == 60
    assert facts["year.previous"].why == "needs_two_years"
    assert "bridge.lost" not in facts and "layers.previous.prime.active" not in facts


def test_last_year_is_not_compared_with_while_the_opening_fills(client):
    # a year before 2025-03-01 the file was 56 days old: places then would be newcomers only
    facts = book_facts(client("one customer").book)
    assert facts["customers.previous"].value is None
    assert "layers.previous.prime.active" not in facts


def test_no_day_is_named_from_fewer_than_five_who_came_again(client):
    facts = book_facts(client("dollars").book)
    assert (facts["f2.day_half"].value, facts["f2.day_half"].why) == (None, "too_few")
    assert book_facts(client("one date").book)["f2.day_half"].why == "nobody_came_twice"
    # A 157, B 275, D 44, E 90, F 144 days; nobody is censored before the last of them
    five = book_facts(client("ledger").book)
    assert five.value("f2.day_most") == 161


def test_a_file_without_losses_has_no_quick_ratio(client):
    fact = book_facts(client("one date").book)["bucket.quick_ratio"]
    assert (fact.value, fact.numerator, fact.denominator) == (None, 80, 0)
    assert fact.why == "zero_denominator"
