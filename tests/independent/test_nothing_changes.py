"""What must not matter: the order of rows, how a day's money is cut into orders, names."""

import random

from hypothesis import given
from random_ledgers import FRAMES, ledger
from slate import Frame, slate_of
from test_balances_of_books import SEEDS, examples
from whole_book import put, unlike, whole

from toolkit import Settings, keep_book, read_sales

FRAME = FRAMES[0]
PEOPLE = (
    "bucket_statement",
    "cohorts",
    "last_visit_months",
    "nth_curve",
    "repeat_rates",
    "rfm_grid",
    "rfm_groups",
    "same_age",
    "year_history",
)


BY_ORDER = ("quality.outliers", "quality.buyers")  # tables on orders, not on days


def cut_up(draw, orders):
    """Every order as one to three orders of the same customer, day and sum."""
    for name, day, amount in orders:
        parts = [draw.choice((0, 1, -700, amount, 2 * amount)) for _ in range(draw.randrange(3))]
        yield from ((name, day, part) for part in (*parts, amount - sum(parts)))


def renamed(answer, names):
    """An answer with the customers named anew, rows of customers in the order of the names."""
    if isinstance(answer, dict):
        return {
            key: names[value] if key == "customer_id" else renamed(value, names)
            for key, value in answer.items()
        }
    if isinstance(answer, list):
        rows = [renamed(value, names) for value in answer]
        named = rows and isinstance(rows[0], dict) and "customer_id" in rows[0]
        return sorted(rows, key=repr) if named else rows
    return answer


@examples(4)
@given(SEEDS)
def test_the_order_of_rows_and_the_cut_into_orders_change_nothing(seed):
    orders, draw = ledger(seed, FRAME), random.Random(seed)
    book = whole(slate_of(FRAME).put(orders))
    cut = list(cut_up(draw, orders))
    draw.shuffle(cut)
    other = whole(slate_of(FRAME).put(cut))
    assert not unlike(by_day(other), by_day(book))


def by_day(answers):
    """The answers that rest on days, however their money is cut into orders."""
    return {name: answer for name, answer in answers.items() if name not in BY_ORDER}


def written(folder, orders, name):
    """A sales file of the orders, each with its number."""
    lines = [f"{number},{who},{day},{amount}" for number, (who, day, amount) in orders]
    path = folder / name
    path.write_text("\n".join(["order_id,customer_id,date,amount", *lines]), encoding="utf-8")
    return str(path)


def dealt(orders, draw):
    """The orders dealt to three files; some lie in two of them, as exports that overlap have it."""
    piles = [[], [], []]
    for order in orders:
        for pile in draw.sample(piles, draw.choice((1, 1, 1, 2))):
            pile.append(order)
    return [pile for pile in piles if pile]


def read_and_kept(files, closing):
    settings = Settings(sales_file=files[0], currency="USD", closing_date=closing)
    return keep_book(read_sales(files, settings), settings)


@examples(4)
@given(SEEDS)
def test_splitting_the_file_changes_nothing(tmp_path_factory, seed):
    draw, folder = random.Random(seed), tmp_path_factory.mktemp("split")
    orders = list(enumerate(ledger(seed, FRAME), 1))
    closing = max(day for _, (_, day, _) in orders)
    one = read_and_kept([written(folder, orders, "all.csv")], closing)
    piles = dealt(orders, draw)
    files = [written(folder, pile, f"{n}.csv") for n, pile in enumerate(piles)]
    assert not unlike(whole(read_and_kept(files, closing)), whole(one))


@examples(4)
@given(SEEDS)
def test_renaming_customers_changes_nothing_but_the_names(seed):
    orders, draw = ledger(seed, FRAME), random.Random(seed)
    known = sorted({name for name, _, _ in orders})
    names = dict(zip(known, draw.sample([f"{n}-é東" for n in range(99)], len(known)), strict=True))
    book = whole(slate_of(FRAME).put(orders))
    anew = whole(slate_of(FRAME).put([(names[who], *order) for who, *order in orders]))
    assert not unlike(anew, {name: renamed(answer, names) for name, answer in book.items()})


@examples(4)
@given(SEEDS)
def test_people_are_the_same_in_a_file_without_amounts(seed):
    """Every order a visit: as if each had cost one cent."""
    orders = [(who, day, 1) for who, day, _ in ledger(seed, FRAME)]
    priced = slate_of(FRAME).put(orders)
    bare = slate_of(Frame(FRAME.first, FRAME.closing, FRAME.cut, money=False)).put(
        [(who, day, None) for who, day, _ in orders]
    )
    for table in PEOPLE:
        found, wanted = (put(book, getattr(book, table)()) for book in (bare, priced))
        assert found and len(found) == len(wanted), table
        for row, full in zip(found, wanted, strict=True):
            assert row and not unlike(row, {name: full[name] for name in row}), table
    for kind in ("quarter", "year"):
        assert bare.bucket_statement(kind).equals(priced.bucket_statement(kind))
    assert bare.layer_table().empty and bare.layer_statement().empty
    assert bare.sales_groups().empty and bare.deciles().empty
