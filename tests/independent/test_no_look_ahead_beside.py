"""No look-ahead in what only some clients have: products, subscriptions, contacts, prospects."""

import csv
import datetime as dt
import random

import public_face
import pytest
from whole_book import beside, unlike, whole

FIRST = dt.date(2021, 1, 1)
PAST = dt.date(2023, 2, 14)
SALES = ("order_id", "customer_id", "date", "amount", "product_id", "is_subscription")
CONTACTS = ("customer_id", "contact_date", "channel")
PROSPECTS = ("customer_id", "registered_on", "source")


def sales(draw):
    """Rows of 300 customers over three years, of nine products, some on subscription."""
    rows = []
    for number in range(300):
        day = FIRST + dt.timedelta(draw.randrange(700))
        for _ in range(draw.choice((1, 1, 2, 3, 6))):
            order = f"A{len(rows):05}", f"K{number:03}", day
            amount = draw.choice((900, 2_500, 8_000, -400))
            for _ in range(draw.choice((1, 1, 2))):
                product = draw.choice("ABCDEFGHI"[: 3 + number % 7])
                rows.append((*order, amount, product, draw.choice((0, 0, 0, 1))))
            day += dt.timedelta(draw.choice((0, 3, 40, 90, 239, 240, 400)))
    rows.append(("A-past", "K000", PAST, 500, "A", 0))
    return rows


def dated(draw, number, word):
    """Rows of a contact log or a prospect list: known customers and strangers."""
    names = [f"K{draw.randrange(400):03}" for _ in range(number)]
    days = [FIRST + dt.timedelta(draw.randrange(1_100)) for _ in names]
    return [(name, day, draw.choice(word)) for name, day in zip(names, days, strict=True)]


def written(path, columns, rows):
    """The rows as a file; its path."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([columns, *rows])
    return str(path)


def book_of(folder, orders, contacts, prospects):
    """The book of these files, closed on the past day."""
    folder.mkdir()
    return public_face.ledger_and_book(
        written(folder / "sales.csv", SALES, orders),
        contacts_file=written(folder / "contacts.csv", CONTACTS, contacts),
        prospects_file=written(folder / "prospects.csv", PROSPECTS, prospects),
        closing_date=PAST,
    )[1]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_book_closed_in_the_past_is_the_book_of_the_files_cut_there(seed, tmp_path):
    draw = random.Random(seed)
    orders, contacts = sales(draw), dated(draw, 600, ("letter", "call"))
    prospects = dated(draw, 200, ("fair", "web"))
    book = book_of(tmp_path / "whole", orders, contacts, prospects)
    known = [
        [row for row in rows if row[i] <= PAST]
        for rows, i in ((orders, 2), (contacts, 1), (prospects, 1))
    ]
    cut = book_of(tmp_path / "cut", *known)
    assert len(known[0]) < len(orders)
    parts = {name.partition(".")[0] for name, _ in beside(book)}
    assert parts == {"products", "subscriptions", "contacts", "prospects", "quality"}
    assert not unlike(whole(book), whole(cut))
