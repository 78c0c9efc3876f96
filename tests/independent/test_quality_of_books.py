"""What a book says of its file: the same whatever the order of rows and the names, and no more of
the past than was known then."""

import datetime as dt
import random

from hypothesis import given
from reference import Cutoffs
from slate import Frame, slate_of
from test_balances_of_books import SEEDS, examples
from test_nothing_changes import renamed
from whole_book import beside, unlike

FIRST, CLOSING, PAST = dt.date(2022, 1, 3), dt.date(2024, 1, 31), dt.date(2023, 9, 30)
CUT = Cutoffs(90, 7_000, 210, 240)
PEOPLE = 160


def shop(seed):
    """Two years of a shop in which some of everything looks wrong; amounts in minor units."""
    draw = random.Random(seed)
    silent = draw.randrange(100, 600)
    silent = range(silent, silent + draw.choice((6, 7, 30)))
    orders = [("K000", FIRST, 900)]
    for n in range((CLOSING - FIRST).days + 1):
        if n in silent:
            continue
        for _ in range(draw.choice((0, 1, 2, 3)) + 30 * (draw.random() < 0.005)):
            who, day = f"K{draw.randrange(PEOPLE):03}", FIRST + dt.timedelta(n)
            orders.append((who, day, draw.choice((500, 800, 900, 2_500, -500))))
            if draw.random() < 0.003:
                orders += [(who, day, 90_000), (who, day, draw.choice((-90_000, 700)))]
            if draw.random() < 0.003:
                orders += [(who, day, 400)] * draw.choice((9, 10))
    draw.shuffle(orders)
    return orders, draw


def quality(orders, closing=CLOSING):
    """What the book of these orders, closed on a day, has to say of its file."""
    book = slate_of(Frame(FIRST, closing, CUT)).put(orders)
    return {name: answer for name, answer in beside(book) if name.startswith("quality.")}


def test_the_shops_have_something_to_tell():
    told = [quality(shop(seed)[0]) for seed in range(6)]
    for name in ("outliers", "spikes", "gaps", "buyers", "influence"):
        assert any(found[f"quality.{name}"] for found in told), name


@examples(6)
@given(SEEDS)
def test_the_order_of_rows_changes_nothing(seed):
    orders, draw = shop(seed)
    assert not unlike(quality(draw.sample(orders, len(orders))), quality(orders))


@examples(6)
@given(SEEDS)
def test_the_names_of_customers_change_nothing_but_the_names(seed):
    orders, draw = shop(seed)
    known = sorted({who for who, _, _ in orders})
    names = dict(zip(known, draw.sample([f"{n}-é東" for n in range(999)], len(known)), strict=True))
    anew = quality([(names[who], *order) for who, *order in orders])
    assert not unlike(anew, renamed(quality(orders), names))


@examples(6)
@given(SEEDS)
def test_a_book_closed_in_the_past_says_of_its_file_what_it_did_then(seed):
    orders, _ = shop(seed)
    then = [order for order in orders if order[1] <= PAST]
    assert not unlike(quality(orders, PAST), quality(then, PAST))
