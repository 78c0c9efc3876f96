import datetime as dt

from toolkit.book.lapse_view import lapse_view

CLOSING = dt.date(2024, 12, 31)

# the line: 240 days. On 31 December 2023 "kept" and "lost" are active, "revived" is lapsed.
ROWS = [
    ("kept", "2023-10-01", 100),
    ("kept", "2024-06-01", 500),
    ("lost", "2023-10-01", 100),
    ("lost", "2024-01-05", -30),
    ("revived", "2022-01-01", 100),
    ("revived", "2024-12-01", 700),
    ("new", "2024-11-01", 900),
    ("new and gone", "2024-01-02", 50),
    ("never back", "2022-01-01", 100),
    ("gave back only", "2024-03-01", -7),
]


def view(typed, rows):
    before, now = (typed.places(rows, day, "2024-12-31") for day in ("2023-12-31", "2024-12-31"))
    found = lapse_view(before, now, typed.bought(rows, "2024-12-31"))
    return list(found.itertuples(index=False, name=None))


def test_groups_follow_where_customers_stood_and_stand(typed):
    assert view(typed, ROWS) == [
        ("kept", 1, 500),
        ("lost", 1, -30),
        ("new", 1, 900),
        ("revived", 1, 700),
        ("none", 2, 43),  # the 50 of who came and went, less what was only given back
    ]


def test_the_sales_of_all_groups_are_those_of_the_year(typed):
    book = typed.book(ROWS, "2024-12-31", profile="classic")
    assert book.lapse_view().sales.sum() == book.sales()["total"] == 2_113


def test_nobody_is_in_two_groups_and_the_active_are_all_there(typed):
    book = typed.book(ROWS, "2024-12-31", profile="classic")
    n = book.lapse_view().set_index("group").customers
    assert n.kept + n.new + n.revived == int(book.customers().active.sum())
    assert (n.lost, n.kept + n.lost) == book.hole()
    assert n.sum() == len(book.customers())
