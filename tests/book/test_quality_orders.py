"""Orders and customers out of all proportion, worked by hand."""

import datetime as dt

import pandas as pd
import pytest

from toolkit.book.quality.far_out import far_out

D = "2025-12-31"


def many(n, amount=1_000, day="2025-06-01"):
    """So many customers with one order each."""
    return [(f"c{i:03}", day, amount) for i in range(n)]


def test_far_out_is_ten_times_what_99_in_a_hundred_stay_within(typed):
    assert far_out(typed.orders(many(100)), "amount") == 10_000
    assert far_out(typed.orders(many(99)), "amount") is None
    returns = [("c000", D, -5), ("c001", D, 0)]
    assert far_out(typed.orders(many(99) + returns), "amount") is None


def test_a_shop_whose_amounts_lie_wide_apart_is_asked_for_more(typed):
    wide = [(f"c{i:03}", "2025-06-01", 100 if i % 2 else 1_000) for i in range(100)]
    # quartiles 100 and 1,000: 1,000 x (1,000 / 100) cubed, not 10 x 1,000
    assert far_out(typed.orders(wide), "amount") == 1_000_000


def test_an_order_far_out_is_found_and_one_just_below_is_not(typed):
    rows = [*many(300), ("A", "2025-07-01", 10_000), ("B", "2025-07-02", 9_999)]
    (found,) = typed.book(rows, D).quality.outliers().to_dict("records")
    assert (found["customer_id"], found["date"]) == ("A", dt.date(2025, 7, 1))
    assert (found["amount"], found["undone"], found["source_row"]) == (10_000, False, 302)
    assert found["order_id"] == "o300" and pd.isna(found["undone_by"])


def test_a_return_of_the_same_amount_is_told_with_its_order_and_alone_without(typed):
    rows = [*many(300), ("A", "2025-07-01", 50_000), ("A", "2025-07-09", -50_000)]
    rows += [("B", "2025-08-01", -60_000), ("B", "2025-08-02", 1_000)]
    found = typed.book(rows, D).quality.outliers()
    assert found[["customer_id", "amount", "undone"]].to_numpy().tolist() == [
        ["B", -60_000, False],
        ["A", 50_000, True],
    ]
    assert found.undone_by.fillna("").tolist() == ["", "o301"]


def test_orders_after_the_closing_date_are_not_looked_at(typed):
    rows = [*many(300), ("A", "2026-01-01", 50_000)]
    assert typed.book(rows, D).quality.outliers().empty


def buyers(typed, rows):
    found = typed.book(rows, D).quality.buyers()
    marks = ("often", "large", "many")
    return {row.customer_id: [m for m in marks if getattr(row, m)] for row in found.itertuples()}


def weekly(name, n, amount=1):
    days = [dt.date(2025, 1, 2) + dt.timedelta(7 * k) for k in range(n)]
    return [(name, day, amount) for day in days]


def test_a_customer_who_comes_every_week_in_a_shop_of_one_time_buyers(typed):
    assert buyers(typed, many(250) + weekly("A", 52) + weekly("B", 51)) == {"A": ["often"]}
    assert buyers(typed, many(98) + weekly("A", 52)) == {}


def test_a_customer_with_a_tenth_of_all_sales_or_far_out_of_the_others(typed):
    others = many(150)  # far out is 10,000
    assert buyers(typed, [*others, ("A", "2025-07-01", 10_000)]) == {"A": ["large"]}
    assert buyers(typed, [*others, ("A", "2025-07-01", 9_999)]) == {}
    wide = [(f"c{i:03}", "2025-06-01", 100 if i % 2 else 1_000) for i in range(150)]
    # a tenth of 75 x 1,100 and itself: 9,167 of 91,667
    assert buyers(typed, [*wide, ("A", "2025-07-01", 9_167)]) == {"A": ["large"]}
    assert buyers(typed, [*wide, ("A", "2025-07-01", 9_166)]) == {}


def test_ten_orders_on_one_day_are_a_gift_list_and_returns_are_no_orders(typed):
    gifts = [("A", "2025-12-01", 300)] * 10
    few = [("B", "2025-12-01", 300)] * 9 + [("B", "2025-12-01", -300)]
    assert buyers(typed, gifts + few) == {"A": ["many"]}
    old = [("C", "2024-12-31", 300)] * 10  # a day before the last 12 months
    assert buyers(typed, gifts + old) == {"A": ["many"]}


def test_what_a_buyer_bought_and_where_the_first_row_of_the_year_stands(typed):
    rows = [("A", "2024-06-01", 300), ("B", "2025-01-05", 200)] + [("A", "2025-12-01", 300)] * 10
    (found,) = typed.book(rows, D).quality.buyers().to_dict("records")
    assert (found["visits"], found["sales"], found["most_orders"]) == (1, 3_000, 10)
    assert (found["source_file"], found["source_row"]) == (0, 4)


TWO_YEARS = [
    *(("A", "2023-06-01", 1_000), ("A", "2024-10-01", 1_000)),
    *(("B", "2024-11-01", 2_000), ("B", "2025-11-01", 3_000)),
    ("K", "2024-12-01", 500),
    *[("K", "2025-12-01", 100)] * 10,
]


def test_the_headline_figures_with_and_without_the_buyers(typed):
    # a year ago A, B and K are active; at D A is lapsed. A is lost, B and K are kept.
    everybody, others = typed.book(TWO_YEARS, D).quality.influence().to_dict("records")
    names = ["active", "hole_lost", "hole_of", "customers", "sales", "kept", "previous"]
    assert (everybody["who"], [everybody[n] for n in names]) == ("all", [2, 1, 3, 2, 4_000, 2, 3])
    assert (others["who"], [others[n] for n in names]) == ("without", [1, 1, 2, 1, 3_000, 1, 2])


def test_all_headline_figures_are_those_of_the_book(typed):
    book = typed.book(TWO_YEARS, D)
    found, year = book.quality.influence().iloc[0], book.year()
    assert (found.hole_lost, found.hole_of) == book.hole()
    assert (found.kept, found.previous, found.customers) == tuple(
        year[name] for name in ("kept", "previous", "active")
    )
    assert found.sales == book.sales()["total"]


@pytest.mark.parametrize("first, known", [("2024-10-01", []), ("2024-05-05", ["hole_of"])])
def test_figures_a_short_file_cannot_have_are_null(typed, first, known):
    rows = [("A", first, 500), ("B", "2024-12-01", 5), *[("K", "2025-12-01", 100)] * 10]
    found = typed.book(rows, D).quality.influence().iloc[0]
    asked = ["hole_of", "previous"]
    assert [name for name in asked if found[name] is not None] == known
    assert found.active == 1


def test_without_amounts_there_is_no_money_and_many_orders_still_count(typed):
    rows = [(name, day, None) for name, day, _ in TWO_YEARS]
    quality = typed.book(rows, D, no_amount=True).quality
    assert quality.outliers().empty
    assert "sales" not in quality.buyers() and quality.buyers().customer_id.tolist() == ["K"]
    assert quality.influence().sales.isna().all()
    assert "missing_sales" not in quality.gaps() and "sales" not in quality.spikes()


def test_nobody_out_of_the_ordinary_leaves_nothing_to_compare(typed):
    quality = typed.book([("A", "2025-01-01", 5)], D).quality
    assert quality.buyers().empty and quality.influence().empty and quality.outliers().empty
    assert quality.persons() is None
