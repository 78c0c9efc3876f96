"""Two public files, read twice: by the toolkit and by the independent reference.

Every month-end place, every bucket row, every customer and every move must agree; the
customers typed by hand hold both sides to the raw rows.
"""

import datetime as dt
from functools import cache

import public_face
import pytest
import raw_files
import reference
import reference_year
from typed_cdnow import CDNOW_CUSTOMERS
from typed_uci import UCI_CUSTOMERS

FILES = {
    "cdnow": {
        "path": raw_files.CDNOW,
        "read": raw_files.read_cdnow,
        "settings": {"currency": "USD", "profile": "classic", "amount_line": 70},
        "cut": reference.Cutoffs(90, 7_000, 210, 240),
        "typed": CDNOW_CUSTOMERS,
    },
    "uci": {
        "path": raw_files.UCI,
        "read": raw_files.read_uci,
        "settings": {
            "currency": "GBP",
            "profile": "classic",
            "amount_line": 500,
            "lapse_days": 90,
        },
        "cut": reference.Cutoffs(90, 50_000, 210, 90),
        "typed": UCI_CUSTOMERS,
    },
}
BOTH = pytest.mark.parametrize("name", FILES)
TYPED = pytest.mark.parametrize(
    ("name", "customer"), [(name, who) for name, file in FILES.items() for who in file["typed"]]
)


def raw_of(folder, name):
    return FILES[name]["read"](folder)


@cache
def expected(folder, name):
    return reference.book_of(raw_of(folder, name).orders, cut=FILES[name]["cut"])


@cache
def toolkit_of(folder, name):
    return public_face.ledger_and_book(folder / FILES[name]["path"], **FILES[name]["settings"])


@cache
def toolkit_customers(folder, name):
    return public_face.customers(toolkit_of(folder, name)[1])


@cache
def toolkit_moves(folder, name):
    return public_face.moves(toolkit_of(folder, name)[1])


@BOTH
def test_rows_kept_and_set_aside_agree(real_data, name):
    raw, source = raw_of(real_data, name), toolkit_of(real_data, name)[0].source
    assert (source.rows_read, source.rows_kept) == (raw.rows_read, raw.rows_kept)
    assert {reason: n for reason, n in source.set_aside.items() if n} == raw.set_aside


@BOTH
def test_every_place_of_every_month_end_agrees(real_data, name):
    book = toolkit_of(real_data, name)[1]
    assert public_face.layer_months(book) == reference.layer_months(expected(real_data, name))


@BOTH
def test_every_bucket_month_agrees(real_data, name):
    book = toolkit_of(real_data, name)[1]
    assert public_face.bucket_months(book) == reference.bucket_months(expected(real_data, name))


@BOTH
def test_every_customer_agrees(real_data, name):
    wanted = reference.customers_at_closing(expected(real_data, name))
    assert toolkit_customers(real_data, name) == wanted


@BOTH
def test_every_move_agrees(real_data, name):
    assert toolkit_moves(real_data, name) == reference.all_moves(expected(real_data, name))


@BOTH
def test_the_hole_is_undefined_in_a_file_shorter_than_a_year_and_a_lapse_line(real_data, name):
    assert public_face.hole(toolkit_of(real_data, name)[1]) is None


@BOTH
def test_the_figures_of_the_year_agree(real_data, name):
    book, wanted = toolkit_of(real_data, name)[1], expected(real_data, name)
    assert public_face.bucket_year(book) == reference.bucket_year(wanted)
    assert public_face.sales(book) == reference_year.sales_year(wanted)
    assert public_face.year_groups(book) == reference_year.year_money(wanted)
    assert public_face.share(book.f2()) == reference_year.f2_rate(wanted)
    assert public_face.share(book.lapse_error()) == reference_year.lapse_error_rate(wanted)
    assert public_face.returns(book) == reference.all_returns(wanted)


@BOTH
def test_of_the_losses_so_many_came_back(real_data, name):
    book, wanted = toolkit_of(real_data, name)[1], expected(real_data, name)
    assert book.bucket_year()["came_back"] == reference_year.came_back(wanted)


def _place(text):
    layer, _, state = text.partition(" ")
    return layer, state == "active"


def _typed(name, customer):
    state, moves = FILES[name]["typed"][customer]
    state = state and dict(zip(public_face.STATE, state, strict=True))
    return state, [
        (dt.date.fromisoformat(day), *_place(before), *_place(after), cause, amount)
        for day, before, after, cause, amount in moves
    ]


@TYPED
def test_a_customer_typed_by_hand_stands_in_the_book_as_typed(real_data, name, customer):
    state, moves = _typed(name, customer)
    assert toolkit_customers(real_data, name).get(customer) == state
    assert toolkit_moves(real_data, name).get(customer, []) == moves


@TYPED
def test_a_customer_typed_by_hand_holds_the_reference_too(real_data, name, customer):
    state, moves = _typed(name, customer)
    book = expected(real_data, name)
    days = book.customers[customer]
    assert reference.moves_of(days, book.closing, book.cut) == moves
    alone = reference.Book({customer: days}, book.first_date, book.closing, book.cut)
    assert reference.customers_at_closing(alone).get(customer) == state
