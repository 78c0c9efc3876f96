import pandas as pd
from hypothesis import given
from random_orders import CUTS, few, orders

from toolkit.book.cohorts import yearly_spend

COUNTS = ["age", "customers", "buyers", "again", "sales", "sales_to_date"]


def cohort(book, name, columns=COUNTS):
    table = book.cohorts()
    part = table[table.cohort == name]
    return list(part[columns].itertuples(index=False, name=None))


def test_a_cohort_is_followed_to_the_month_of_the_closing_date(typed):
    rows = [
        ("A", "2024-01-05", 100),
        ("A", "2024-01-31", 200),
        ("B", "2024-01-10", 50),
        ("B", "2024-03-01", 70),
        ("A", "2024-03-02", 10),
        ("C", "2024-02-01", 1_000),
    ]
    book = typed.book(rows, "2024-04-15")
    assert cohort(book, "2024-01") == [
        (0, 2, 2, 1, 350, 350),
        (1, 2, 0, 1, 0, 350),
        (2, 2, 2, 2, 80, 430),
        (3, 2, 0, 2, 0, 430),
    ]
    assert [row[0] for row in cohort(book, "2024-02")] == [0, 1, 2]
    table = book.cohorts()
    assert list(table[table.cohort == "2024-01"].complete) == [True, True, True, False]
    assert list(table[table.cohort == "2024-01"].per_customer) == [175, 175, 215, 215]
    assert set(table.cohort) == {"2024-01", "2024-02"}  # nobody is new in March and April


def test_a_month_that_ends_on_the_closing_date_is_complete(typed):
    assert typed.book([("A", "2024-02-05", 100)], "2024-02-29").cohorts().complete.all()
    assert not typed.book([("A", "2024-02-05", 100)], "2024-02-28").cohorts().complete.any()


def test_money_before_the_first_visit_counts_at_the_beginning(typed):
    rows = [
        ("A", "2023-12-20", -30),
        ("A", "2024-02-05", 100),
        ("A", "2024-02-07", -10),
        ("A", "2024-03-07", -20),
        ("never a customer", "2024-02-07", -500),
    ]
    book = typed.book(rows, "2024-03-31")
    assert cohort(book, "2024-02", ["age", "sales", "buyers"]) == [(0, 60, 1), (1, -20, 0)]
    assert len(book.cohorts()) == 2


def test_shares_of_five_are_given_and_of_four_are_not(typed):
    rows = [(f"new in {m} {n}", f"2024-0{m}-03", 10) for m, k in ((1, 5), (2, 4)) for n in range(k)]
    rows += [("new in 1 0", "2024-02-04", 10), ("new in 2 0", "2024-02-04", 10)]
    table = typed.book(rows, "2024-02-29").cohorts().set_index(["cohort", "age"])
    assert table.share_buying["2024-01", 1] == table.share_again["2024-01", 1] == 1 / 5
    assert pd.isna(table.share_buying["2024-02", 0]) and pd.isna(table.share_again["2024-02", 0])
    assert table.again["2024-02", 0] == 1


def test_without_amounts_cohorts_have_no_money(typed):
    rows = [("A", "2024-01-05", None), ("A", "2024-02-05", None)]
    book = typed.book(rows, "2024-02-29", no_amount=True)
    assert cohort(book, "2024-01", ["age", "buyers", "again"]) == [(0, 1, 0), (1, 1, 1)]
    assert not {"sales", "sales_to_date", "per_customer"} & set(book.cohorts().columns)


def test_the_cohorts_of_a_year_are_followed_as_far_as_the_youngest(typed):
    rows = [
        ("A", "2023-01-05", 100),
        ("A", "2023-03-05", 50),
        ("B", "2023-11-05", 300),
        ("B", "2023-12-05", 10),
        ("C", "2024-01-05", 999),  # a year still running
    ]
    found = yearly_spend(typed.book(rows, "2024-01-20").cohorts())
    # November is one month old at the end of December; age 2 would be the open January
    assert list(found.itertuples(index=False, name=None)) == [
        ("2023", 0, 2, 200.0),
        ("2023", 1, 2, 205.0),
    ]


def test_a_year_is_over_although_nobody_came_new_since(typed):
    book = typed.book([("A", "2023-12-05", 100)], "2024-01-31")
    assert list(yearly_spend(book.cohorts()).year) == ["2023", "2023"]
    assert yearly_spend(typed.book([("A", "2023-11-05", 100)], "2023-11-30").cohorts()).empty


@few
@given(orders())
def test_cohorts_add_up_to_all_customers_and_all_their_money(typed, rows):
    book = typed.book(rows, profile="classic", **CUTS)
    table, customers = book.cohorts(), book.customers()
    assert table.sales.sum() == customers.amount.sum()
    assert table[table.age == 0].customers.sum() == len(customers)
    months = {(name, f"{day:%Y-%m}") for name, day in book.visits()[["customer_id", "date"]].values}
    assert table.buyers.sum() == len(months)


@few
@given(orders())
def test_who_came_again_never_falls_with_age_and_is_in_the_end_who_came_twice(typed, rows):
    book = typed.book(rows, profile="classic", **CUTS)
    table = book.cohorts()
    for _, part in table.groupby("cohort"):
        assert part.again.is_monotonic_increasing
        assert part.share_again.dropna().is_monotonic_increasing
        assert list(part.age) == list(range(len(part)))
        assert part.customers.nunique() == 1
    assert table.groupby("cohort").again.last().sum() == (book.customers().n_visits > 1).sum()
