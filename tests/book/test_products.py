"""Products: which purchases count, and each table worked by hand."""

import datetime as dt

import pandas as pd
import pytest
from product_lines import book_of, plain
from scipy.stats import binomtest
from scipy.stats import t as student

from toolkit.book.products.purchases import NOT_GOODS
from toolkit.frames import frame


def crowd(first, last, rows):
    """The same rows (day, product, amount) for customers c<first> to c<last>, without the last."""
    return [(f"c{n}", *row) for n in range(first, last) for row in rows]


def bought(book):
    """(customer, day, product, price, size) of every purchase; 0 for no price."""
    table = frame(book.named(book.products.bought).order_by(["customer_id", "date", "number"]))
    named = table.assign(
        product=table.number.map(book.products.catalogue["product"]),
        day=table.date.map(dt.date.isoformat),
        price=table.price.fillna(0),
    )
    return plain(named, "customer_id", "day", "product", "price", "size")


def test_a_file_without_product_lines_has_no_products(typed):
    assert typed.book([("A", "2024-01-01", 100)]).products is None


def test_lines_of_days_without_a_visit_alone_are_no_products(typed):
    rows = [("A", "2024-01-01", "tea", 0), ("A", "2024-03-01", "送料", 100)]
    assert book_of(typed, rows).products is None
    assert book_of(typed, [*rows, ("A", "2024-03-01", "tea", 0)]).products is not None


def test_only_what_was_bought_on_a_visit_counts(typed):
    rows = [
        ("A", "2024-01-01", "tea", 300, 3),
        ("A", "2024-01-01", "tea", 120, 1),  # the same day, dearer: one purchase
        ("A", "2024-01-01", "cup", 0, 1),  # free, but taken along
        ("A", "2024-01-02", "tea", 100, 1),
        ("A", "2024-01-02", "cup", -100, -1),  # the day comes to nothing
        ("B", "2024-01-01", "cup", -50, -1),  # brought back on a day of a purchase
        ("B", "2024-01-01", "tea", 100, 1),
        ("B", "2024-01-01", "送料", 500, 1),
        ("B", "2024-01-01", "P1", 500, 1, " Postage "),
        ("B", "2024-01-01", "送料無料セット", 500, 0),
    ]
    assert bought(book_of(typed, rows)) == [
        ("A", "2024-01-01", "tea", 120.0, 2),
        ("A", "2024-01-01", "cup", 0.0, 2),
        ("B", "2024-01-01", "tea", 100.0, 2),
        ("B", "2024-01-01", "送料無料セット", 0.0, 2),
    ]


def test_what_is_no_product_is_written_as_it_is_compared():
    assert len(set(NOT_GOODS)) == len(NOT_GOODS)
    assert [name for name in NOT_GOODS if name != name.strip().lower()] == []


def test_products_are_named_by_most_of_their_lines_and_ordered_by_customers(typed):
    rows = [
        ("A", "2024-01-01", "T1", 100, 1, "Tea"),
        ("A", "2024-01-02", "T1", 100, 1, "Green tea"),
        ("A", "2024-01-03", "T1", 100, 1, "Green tea"),
        ("B", "2024-01-01", "C1", 100, 1, "Cup"),
        ("C", "2024-01-01", "C1", 100, 1, "A cup"),
        ("B", "2024-01-01", "A1", 100, 1, None),
    ]
    table = book_of(typed, rows).products.catalogue
    assert plain(table, "product", "name", "customers", "visits") == [
        ("C1", "A cup", 2, 2),  # once each: in the order of the alphabet
        ("A1", "A1", 1, 1),
        ("T1", "Green tea", 1, 3),
    ]


# First visits on 2023-01-01, two years before the closing date 2024-12-31.
BEGINNING = [
    *crowd(0, 12, [("2023-01-01", "tea", 100), ("2023-04-01", "cup", 50)]),  # day 90: in time
    *crowd(12, 20, [("2023-01-01", "tea", 100), ("2023-04-02", "cup", 50)]),  # day 91: late
    *crowd(20, 39, [("2023-01-01", "rare", 900)]),  # nineteen: not shown, but among all
    *crowd(39, 40, [("2023-01-01", "cup", 300), ("2023-01-01", "tea", 100)]),
    *crowd(39, 40, [("2024-01-01", "cup", -40), ("2024-01-02", "cup", 500)]),  # day 365 and 366
    *crowd(40, 90, [("2024-01-02", "tea", 100)]),  # watched for a day less than a year
]


def test_first_products_lead_to_second_visits_and_spend(typed):
    table = book_of(typed, BEGINNING, "2024-12-31").products.first_products()
    assert plain(table, "product", "customers", "again") == [("tea", 21, 12), (None, 40, 12)]
    tea, everybody = table.iloc[0], table.iloc[1]
    wilson = binomtest(12, 21).proportion_ci(method="wilson")
    assert (tea.share, tea.low, tea.high) == pytest.approx((12 / 21, wilson.low, wilson.high))
    spends = [150] * 20 + [360]
    half = student.ppf(0.975, 20) * pd.Series(spends).std() / 21**0.5
    assert tea.spend == pytest.approx(160)
    assert (tea.spend_low, tea.spend_high) == pytest.approx((160 - half, 160 + half))
    assert tea.later == pytest.approx((20 * 50 - 40) / 21)
    assert everybody.spend == pytest.approx((20 * 150 + 19 * 900 + 360) / 40)


def test_first_products_are_held_against_beginnings_with_as_many_products(typed):
    table = book_of(typed, BEGINNING, "2024-12-31").products.first_products()
    # began with one product: 39, of whom 12 came again; with two: one customer, who did not
    assert table.expected[0] == pytest.approx((20 * 12 / 39 + 0) / 21)
    expected = 20 * 12 / 39 / 21
    luck = 2 * binomtest(12, 21, expected, alternative="greater").pvalue
    assert table.p[0] == pytest.approx(luck) and luck < 0.05 and table.marked[0]
    assert pd.isna(table.expected[1]) and not table.marked[1]


def test_first_products_without_enough_customers_are_none(typed):
    table = book_of(typed, BEGINNING, "2023-12-31").products.first_products()
    assert table.empty and "expected" in table


def test_first_products_without_amounts_have_no_spend(typed):
    rows = [(a, b, c, None) for a, b, c, _ in BEGINNING]
    table = book_of(typed, rows, "2024-12-31", no_amount=True).products.first_products()
    assert table.customers.tolist() == [21, 40]
    assert table[["spend", "spend_low", "spend_high", "later"]].isna().all(axis=None)


# Closing 2024-12-31; active a year before, lapsed at the end unless bought again by mid-2024.
LEAVING = [
    *crowd(0, 24, [("2022-01-01", "old", 10), ("2023-12-01", "tea", 100)]),
    *crowd(18, 24, [("2024-06-01", "cup", 100)]),  # six of them stay
    *crowd(24, 44, [("2023-12-01", "cup", 100), ("2024-06-01", "tea", 100)]),
    *crowd(44, 63, [("2023-12-01", "rare", 100)]),  # nineteen
    *crowd(63, 99, [("2023-01-02", "tea", 100)]),  # lapsed before the year began
]


def test_the_buyers_of_a_product_are_counted_a_year_later(typed):
    table = book_of(typed, LEAVING, "2024-12-31").products.leaving()
    assert plain(table, "product", "customers", "lapsed") == [
        ("tea", 24, 18),
        ("cup", 20, 0),
        (None, 63, 37),
    ]
    wilson = binomtest(18, 24).proportion_ci(method="wilson")
    tea = table.iloc[0]
    assert (tea.share, tea.low, tea.high) == pytest.approx((0.75, wilson.low, wilson.high))
    assert tea.expected == pytest.approx(37 / 63)  # every one of them bought one product
    luck = [
        2 * binomtest(18, 24, 37 / 63, alternative="greater").pvalue,
        2 * binomtest(0, 20, 37 / 63, alternative="less").pvalue,
    ]
    assert table.p.tolist()[:2] == pytest.approx(luck)
    assert table.marked.tolist() == [False, True, False]
    assert table.share[2] == pytest.approx(37 / 63)


def test_buyers_of_as_many_products_are_compared(typed):
    many = ["tea", "cup", "pot"]
    rows = [
        *[(f"m{n}", "2023-12-01", name, 100) for n in range(30) for name in many],
        *[(f"m{n}", "2024-06-01", "tea", 100) for n in range(30)],  # who buys much stays
        *crowd(0, 30, [("2023-12-01", "tea", 100)]),  # who buys one thing leaves
        *crowd(30, 60, [("2022-01-01", "tea", 100)]),
    ]
    table = book_of(typed, rows, "2024-12-31").products.leaving()
    assert plain(table, "product", "share") == [("tea", 0.5), ("cup", 0), ("pot", 0), (None, 0.5)]
    assert table.expected.tolist()[:3] == pytest.approx([0.5, 0, 0])
    assert not table.marked.any()


def test_nobody_can_have_left_a_file_that_began_a_year_ago(typed):
    rows = [row for row in LEAVING if row[1] >= "2023-06-01"]
    assert book_of(typed, rows, "2024-12-31").products.leaving().empty


def test_pairs_are_counted_by_customer_and_by_visit_day(typed):
    rows = [
        *crowd(0, 20, [("2024-01-01", "tea", 100), ("2024-01-01", "cup", 100)]),
        *crowd(0, 1, [("2024-02-01", "tea", 100), ("2024-02-01", "cup", 100)]),
        *crowd(0, 19, [("2024-03-01", "tea", 100), ("2024-03-01", "pot", 100)]),
        *crowd(20, 40, [("2024-01-01", "cup", 100)]),
    ]
    table = book_of(typed, rows).products.together()
    assert plain(table, "name", "other_name", "customers", "visits") == [("cup", "tea", 20, 21)]
    only = table.iloc[0]
    assert only["share"] == pytest.approx(21 / 60)  # 21 + 19 + 20 visit days
    assert only.lift == pytest.approx((21 / 60) / (41 / 60 * 40 / 60))


def test_what_is_expected_of_a_pair_depends_on_the_size_of_baskets(typed):
    # baskets of two of four products, each pair ten times: nothing but chance
    names = ["a", "b", "c", "d"]
    pairs = [(x, y) for i, x in enumerate(names) for y in names[i + 1 :]]
    rows = [
        (f"c{n}-{x}{y}", "2024-01-01", name, 100)
        for x, y in pairs
        for n in range(20)
        for name in (x, y)
    ]
    table = book_of(typed, rows).products.together()
    assert len(table) == 6 and not table.marked.any()
    # Hájek: 120 days, half of them with each product, sum of p (1 - p) over four products is 1
    assert table.expected.tolist() == pytest.approx([120 * 0.25 * (1 - 0.25 / 1)] * 6)
    assert table.lift.tolist() == pytest.approx([20 / 120 / 0.25] * 6)


def test_a_new_product_on_the_next_visit_follows_those_of_the_one_before(typed):
    rows = [
        *crowd(0, 20, [("2024-01-01", "tea", 100), ("2024-02-01", "cup", 100)]),
        *crowd(0, 20, [("2024-03-01", "cup", 100)]),  # not new any more
        *crowd(20, 25, [("2024-01-01", "cup", 100), ("2024-02-01", "pot", 100)]),
        *crowd(25, 30, [("2024-01-01", "tea", 100), ("2024-02-01", "pot", 100)]),
        *crowd(30, 40, [("2024-01-01", "tea", 100)]),
    ]
    table = book_of(typed, rows).products.following()
    assert plain(table, "name", "other_name", "customers", "starters") == [("tea", "cup", 20, 25)]
    only = table.iloc[0]
    assert only["share"] == pytest.approx(20 / 25)
    # new products: 20 cups and 10 pots; 25 of these 30 followed tea, which is 25/30 for cups
    assert only.expected == pytest.approx(20 * 25 / 30)
    assert only.lift == pytest.approx(30 / 25)


def test_without_pairs_the_tables_are_empty_but_whole(typed):
    products = book_of(typed, [("A", "2024-01-01", "tea", 100)]).products
    for table in (products.together(), products.following(), products.first_products()):
        assert table.empty and {"name", "customers", "p", "marked"} <= set(table)
    assert products.leaving().empty and products.tiers() is None


def test_price_tiers_compare_the_dearest_of_the_first_and_the_latest_visit(typed):
    rows = [
        # prices in order: 10 10 | 20 20 | 30 30 and more of each, six of every tier
        *crowd(0, 2, [("2024-01-01", "low", 10), ("2024-02-01", "low", 20, 2)]),
        *crowd(2, 3, [("2024-01-01", "low", 10), ("2024-01-01", "mid", 20)]),
        *crowd(2, 3, [("2024-02-01", "high", 30), ("2024-03-01", "low", 10)]),
        *crowd(3, 6, [("2024-01-01", "mid", 20), ("2024-02-01", "high", 30)]),
        *crowd(6, 8, [("2024-01-01", "mid", 20)]),  # once: not compared
        *crowd(8, 10, [("2024-01-01", "high", 30)]),
    ]
    found = book_of(typed, rows).products.tiers()
    assert found.cuts == (10.0, 20.0)
    moved = {(r.first_tier, r.last_tier): r.customers for r in found.matrix.itertuples()}
    assert len(moved) == 9
    assert {k: n for k, n in moved.items() if n} == {
        ("lower", "lower"): 2,
        ("middle", "lower"): 1,
        ("middle", "upper"): 3,
    }
    assert (found.up, found.same, found.down, found.customers) == (3, 2, 1, 6)
    assert found.p == pytest.approx(binomtest(3, 4).pvalue)


def test_one_price_makes_no_tiers(typed):
    rows = crowd(0, 5, [("2024-01-01", "tea", 10), ("2024-02-01", "tea", 10)])
    assert book_of(typed, rows).products.tiers() is None


def test_lines_after_the_closing_date_are_not_there(typed):
    rows = [("A", "2024-01-01", "tea", 100), ("A", "2024-06-01", "cup", 100)]
    products = book_of(typed, rows, dt.date(2024, 5, 31)).products
    assert products.catalogue["product"].tolist() == ["tea"]
