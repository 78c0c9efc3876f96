"""The customer master as the book hands it out."""

import datetime as dt

from beside_typed import book_beside

ROWS = [("A", "2025-03-01", 100), ("B", "2025-06-01", 100), ("C", "2025-06-01", -5)]
MASTER = [
    ("B", "female", dt.date(1985, 3, 4), ""),
    ("A", "", None, "東京都"),
    ("C", "male", None, "東京都"),  # returns only: no customer of the book
    ("Z", "male", None, ""),
]


def test_without_a_master_there_is_nothing_to_hand_out(typed):
    book = book_beside(typed, ROWS)
    assert book.people() is None and book.people_covered() is None


def test_customers_of_the_book_are_handed_out_and_nobody_else(typed):
    people = book_beside(typed, ROWS, people=MASTER).people()
    assert list(people.columns) == ["customer_id", "gender", "birth_date", "area"]
    assert people.values.tolist() == [
        ["A", "", None, "東京都"],
        ["B", "female", dt.date(1985, 3, 4), ""],
    ]


def test_what_it_covers_is_counted(typed):
    covered = book_beside(typed, ROWS, people=MASTER).people_covered()
    assert covered == {"people": 2, "gender": 1, "birth_date": 1, "area": 1}


def test_a_master_is_in_no_count_of_customers(typed):
    plain, beside = book_beside(typed, ROWS), book_beside(typed, ROWS, people=MASTER)
    assert beside.customers().equals(plain.customers())
