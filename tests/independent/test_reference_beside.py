"""The reference for what lies beside the sales against figures worked out by hand."""

import datetime as dt
import math

import pytest
import reference_baskets
import reference_contacts
import reference_edges
import reference_evidence
import reference_history
import reference_products
import reference_subscriptions
from reference import Cutoffs, book_of

SHORT = Cutoffs(fledgling_days=10, amount_line=1_000, prime_days=60, lapse_days=30)


def day(text):
    return dt.date.fromisoformat(text)


def dated(rows):
    """Rows with the text in the second place as a date."""
    return [(who, day(date), *rest) for who, date, *rest in rows]


def book(rows, closing):
    return book_of(dated(rows), day(closing), SHORT)


def crowd(first, last, *rows):
    """The same rows for each of so many customers."""
    return [(f"c{n}", *row) for n in range(first, last) for row in rows]


def line(who, date, product, price=100.0, quantity=1.0):
    return who, day(date), product, product, quantity, price * quantity, price


def test_the_change_in_sales_is_parted_by_price_visits_and_customers():
    rows = [("a", "2023-06-01", 100)]
    twice = [("a", "2024-05-01", 100), ("a", "2024-06-01", 100)]
    doubled = [*twice, ("b", "2024-05-01", 100), ("b", "2024-06-01", 100)]
    parts = reference_history.split_change(book(rows + twice, "2024-12-31"))
    assert parts == {
        "per_visit": 0,
        "visits_per_customer": pytest.approx(100),
        "customers": pytest.approx(0),
    }
    parts = reference_history.split_change(book(rows + doubled, "2024-12-31"))
    assert list(parts.values()) == pytest.approx([0, 150, 150])
    assert reference_history.split_change(book(rows, "2024-12-31")) is None


# b lapsed on 2024-03-02, c on 2024-03-10; a is active.
SEEN = book(
    [("b", "2024-02-01", 100), ("c", "2024-02-09", 100), ("a", "2024-03-20", 100)], "2024-03-31"
)


def test_contacts_count_after_the_day_of_the_last_visit():
    made = dated(
        [("b", "2024-02-01"), ("c", "2024-02-10"), ("a", "2023-03-31"), ("a", "2024-04-01")]
    )
    everybody = reference_contacts.forgotten(SEEN, made)[None]
    assert everybody == {"lapsed": 2, "forgotten": 1, "share": None}
    places = reference_contacts.contacted_places(SEEN, made, 12)
    assert places["first", "active"]["contacted"] == 0  # a year ago to the day, or tomorrow
    assert places["first", "lapsed"]["contacted"] == 2
    assert reference_contacts.months_back(day("2024-03-31"), 1) == day("2024-02-29")


def test_visits_follow_contacts_with_customers():
    made = dated([("b", "2024-01-31"), ("b", "2024-02-01"), ("c", "2024-02-09")])
    again = book(
        [("b", "2024-02-01", 1), ("b", "2024-02-08", 1), ("c", "2024-02-09", 1)], "2024-03-31"
    )
    rows = reference_contacts.lag(again, made)
    assert [(row["contacts"], row["followed"]) for row in rows.values()] == [
        *[(2, 1)] * 3,  # b was no customer yet on the day before the first visit
        (0, 0),
        (0, 0),
    ]


def test_prospects_are_customers_already_converted_or_wait():
    listed = [("a", "2024-03-20", "web"), ("b", "2024-02-02", "web"), ("x", "2024-03-01", "fair")]
    listed += [("c", "2024-01-31", "web"), ("c", "2024-01-30", "fair"), ("y", "2024-03-01", "fair")]
    listed += [("z", "2024-03-31", "web")]
    rows = reference_contacts.stages(SEEN, dated(listed), dated([("x", "2024-03-01")]))
    assert list(rows) == ["fair", "web", None]
    assert rows[None] == {
        "prospects": 6,
        "already": 1,
        "converted": 2,
        "waiting": 3,
        "not_followed": 2,
        "share": 2 / 5,
        "median_days": None,
    }
    assert rows["fair"] | {"median_days": 0} == {
        "prospects": 3,
        "already": 0,
        "converted": 1,
        "waiting": 2,
        "not_followed": 1,
        "share": None,
        "median_days": 0,
    }
    assert (
        reference_contacts._median([(0, True), (5, False), (9, True), (9, True), (9, False)]) == 9
    )


def test_subscriptions_are_visits_with_a_marked_order():
    others = [("a", "2023-01-01", 100), ("b", "2023-12-20", 300), ("z", "2022-01-01", 5)]
    marked = [("a", "2024-01-01", 50), ("a", "2024-12-31", 150), ("c", "2023-12-10", 100)]
    everything, marks = book(others + marked, "2024-12-31"), dated(marked)
    rows = reference_subscriptions.subscription_share(everything, marks)
    assert rows["sales"] == {"marked": 200, "total": 200, "share": 1}
    assert rows["customers"] == {"marked": 1, "total": 1, "share": None}
    assert reference_subscriptions.upgrade(everything, marks) == (1, 3)  # after 365 days
    hole = reference_subscriptions.churn(everything, marks)
    assert [(row["active"], row["lapsed"]) for row in hole.values()] == [(1, 1), (1, 1)]
    left = reference_subscriptions.layers_without(everything, marks, dated(others))
    assert left["first", "lapsed"] == {"customers": 3, "without": 3}
    assert left["steady", "active"] == {"customers": 1, "without": 0}


def test_chances_are_sums():
    assert reference_evidence.differs(0, 2, 1) == pytest.approx(0.5)
    assert reference_evidence.differs(1, 2, 1) == 1
    assert reference_evidence.exceeds(1, 2, 1) == pytest.approx(1 - math.exp(-2))
    assert reference_evidence.exceeds(2, 1, 2) == pytest.approx(1 - 2 * math.exp(-1))
    chances = {"a": 0.01, "b": 0.04, "c": 0.034, "d": 0.038}  # d stands: 0.038 > 0.0375 does not
    assert reference_evidence.believed(chances) == {"a", "b", "c", "d"}
    assert reference_evidence.believed(chances | {"b": 0.06}) == {"a"}
    assert [reference_evidence.step_of(n) for n in (1, 2, 5, 7, 8)] == [1, 2, 4, 6, 8]


def test_baskets_hold_what_was_bought_on_a_visit():
    lines = (
        line("a", "2024-03-20", "tea"),
        line("a", "2024-03-20", "tea", 120.0),
        line("a", "2024-03-20", "cup", 50.0, -1.0),
        line("a", "2024-03-21", "cup"),  # no visit on that day
        line("a", "2024-03-20", "送料"),
        ("b", day("2024-02-01"), "cup", "a cup", None, None, None),
    )
    assert reference_products.baskets(SEEN, lines) == {
        "a": {day("2024-03-20"): {"tea": 120}},
        "b": {day("2024-02-01"): {"cup": None}},
    }


def test_products_are_held_against_beginnings_with_as_many_products():
    orders = crowd(0, 21, ("2023-01-01", 100)) + crowd(0, 9, ("2023-04-01", 100))
    orders += crowd(21, 31, ("2023-01-01", 100))
    lines = [line(who, "2023-01-01", "tea" if int(who[1:]) < 21 else "cup") for who, *_ in orders]
    everybody = book(orders, "2024-01-01")
    rows = reference_products.first_products(everybody, tuple(lines))
    assert list(rows) == ["tea", None]
    tea = rows["tea"]
    assert (tea["customers"], tea["again"], tea["expected"]) == (21, 9, pytest.approx(9 / 31))
    assert (tea["spend"], tea["later"]) == pytest.approx((30 * 100 / 21, 900 / 21))
    assert (rows[None]["customers"], rows[None]["again"]) == (31, 9)


def test_pairs_are_held_against_chance():
    names = ("a", "b", "c", "d")
    pairs = [(x, y) for i, x in enumerate(names) for y in names[i + 1 :]]
    who = [(f"{x}{y}{n}", x, y) for x, y in pairs for n in range(20)]
    orders = [(name, "2024-01-01", 100) for name, *_ in who]
    lines = tuple(line(name, "2024-01-01", each) for name, *both in who for each in both)
    rows = reference_baskets.together(book(orders, "2024-01-31"), lines)
    # Hájek: 120 days, half of them with each product, sum of p (1 - p) over four products is 1
    assert list(rows) == pairs
    assert [row["expected"] for row in rows.values()] == pytest.approx([120 * 0.25 * 0.75] * 6)
    assert rows["a", "b"]["lift"] == pytest.approx(20 / 120 / 0.25)


def test_a_new_product_follows_those_of_the_visit_before():
    orders = crowd(0, 30, ("2024-01-01", 100), ("2024-02-01", 100)) + crowd(
        30, 40, ("2024-01-01", 9)
    )
    lines = [line(f"c{n}", "2024-01-01", "cup" if 20 <= n < 25 else "tea") for n in range(40)]
    lines += [line(f"c{n}", "2024-02-01", "cup" if n < 20 else "pot") for n in range(30)]
    rows = reference_baskets.following(book(orders, "2024-02-28"), tuple(lines))
    assert list(rows) == [("tea", "cup")]
    row = rows["tea", "cup"]  # 20 cups and 10 pots; 25 of these 30 followed tea
    assert (row["customers"], row["starters"]) == (20, 25)
    assert row["expected"] == pytest.approx(20 * 25 / 30)


def test_who_left_and_who_moved_between_tiers():
    orders = crowd(0, 20, ("2023-12-20", 100)) + crowd(0, 5, ("2024-12-20", 100))
    orders += [("old", "2022-01-01", 1)]
    lines = [line(f"c{n}", "2023-12-20", "tea", 10.0 * (1 + n % 3)) for n in range(20)]
    lines += [line(f"c{n}", "2024-12-20", "tea", 30.0) for n in range(5)]
    everybody = book(orders, "2024-12-31")
    left = reference_products.leaving(everybody, tuple(lines))
    assert [(row["customers"], row["lapsed"]) for row in left.values()] == [(20, 15), (20, 15)]
    found, moved = reference_products.tiers(everybody, tuple(lines))
    # 7 at 10, 7 at 20 and 11 at 30, of which the 9th and the 17th are the cut-offs
    assert found == {"cuts": (20, 30), "up": 4, "same": 1, "down": 0, "p": 0.125}
    assert moved["lower", "middle"] == {"customers": 4}


def test_the_open_are_lost_as_often_as_the_file_shows():
    """Twenty-one came again after 10 days, another twenty-one were lost."""
    pairs = [
        row for n in range(21) for row in ((f"a{n}", "2024-01-01", 1), (f"a{n}", "2024-01-11", 1))
    ]
    gone = [(f"b{n}", "2024-01-01", 1) for n in range(21)]
    everybody = book([*pairs, *gone, ("c", "2024-02-27", 1), ("d", "2024-02-15", 1)], "2024-02-29")
    away = reference_edges.staying_away(everybody)
    assert away[9] == pytest.approx(1 - 21 / 64)  # a twice, b and d were silent so long
    assert away[10] == 1
    rows = reference_edges.last_visit_months(everybody)
    assert rows["2024-01"] == {
        "customers": 42,
        "lost": 42,
        "open": 0,
        "expected_lost": 42,
        "known": True,
    }
    assert rows["2024-02"]["expected_lost"] == pytest.approx(1 + 1 - 21 / 64)


def test_the_early_months_are_those_in_which_nobody_could_be_lost():
    rows = reference_edges.left_edge(SEEN)
    assert rows["2024-02"] == {"new": 2} and rows["2024-03"] == {"new": 1}
    assert rows[None] == {"new": 3, "trusted_from": None, "why": "too_short"}
