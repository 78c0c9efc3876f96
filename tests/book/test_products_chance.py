"""Products of invented customers: what was planted is found, and out of chance nothing is made."""

import datetime as dt
import itertools
from collections import Counter

import numpy as np
import pytest
from product_lines import book_of

START = dt.date(2022, 1, 1)
CLOSING = dt.date(2024, 12, 31)
NAMES = np.array([f"P{n:02}" for n in range(24)])


def invented(seed, customers=700, plant=False):
    """Lines of customers who differ in how often they come and how much they carry home.

    What lies in a basket depends on nothing but its size and how popular each product is. With
    `plant`, P02 brings P03 into the same basket, P04 is followed by P05 on the next visit, and
    customers who begin with P06 alone come back within weeks or, having bought P07, not again.
    """
    rng = np.random.default_rng(seed)
    popular = 1 / np.arange(3, len(NAMES) + 3)
    rows = []
    for n in range(customers):
        often, much = rng.gamma(1.5, 2.5), rng.gamma(1.2, 2.0)
        day = START + dt.timedelta(days=int(rng.integers(700)))
        before = set()
        for visit in range(1 + rng.poisson(often)):
            size = min(1 + rng.poisson(much), len(NAMES) // 2)
            basket = set(NAMES[np.argsort(rng.exponential(size=len(NAMES)) / popular)[:size]])
            if plant:
                basket |= {"P03"} if "P02" in basket and rng.random() < 0.5 else set()
                basket |= {"P05"} if "P04" in before and rng.random() < 0.4 else set()
            amounts = rng.integers(100, 3000, len(basket)).tolist()
            rows += [
                (f"c{n}", day, str(x), a) for x, a in zip(sorted(basket), amounts, strict=True)
            ]
            if plant and "P07" in basket:
                break
            soon = plant and visit == 0 and "P06" in basket
            day += dt.timedelta(days=20 if soon else int(rng.integers(10, 200)))
            before = basket
            if day > CLOSING:
                break
    return rows


@pytest.fixture(scope="module")
def planted(typed):
    return book_of(typed, invented(1, plant=True), CLOSING).products


def marked(table):
    return table[table.marked]


def pairs(table):
    return list(zip(table["product"], table.other_product, strict=True))


def test_a_planted_pair_is_found_and_stands_first(planted):
    table = planted.together()
    assert pairs(marked(table))[0] in [("P02", "P03"), ("P03", "P02")]
    first = table.iloc[0]
    assert first.visits > 1.3 * first.expected


def test_a_planted_follower_is_found_and_stands_first(planted):
    assert pairs(marked(planted.following()))[0] == ("P04", "P05")


def test_a_planted_beginning_and_a_planted_end_are_found(planted):
    begun = marked(planted.first_products()).set_index("product")
    assert begun.share["P06"] > begun.expected["P06"]
    gone = marked(planted.leaving())
    assert gone["product"].iloc[0] == "P07" and gone.share.iloc[0] > gone.expected.iloc[0]


def test_out_of_chance_alone_nearly_nothing_is_claimed(typed):
    claims, looked_at = [], 0
    for seed in range(4):
        products = book_of(typed, invented(seed, customers=300), CLOSING).products
        tables = [products.first_products(), products.leaving()]
        for table in (*tables, products.together(), products.following()):
            looked_at += len(table)
            claims.append(int(table.marked.sum()))
    # one table in twenty may claim something; more than two of sixteen is less than one in twenty
    assert looked_at > 1000 and len(claims) == 16
    assert sum(n > 0 for n in claims) <= 2
    assert sum(claims) <= 4


def test_chance_pairs_lie_near_what_is_expected_in_every_basket_size(typed):
    # the lift of the textbook is above 1 here: big baskets hold every pair
    table = book_of(typed, invented(3), CLOSING).products.together()
    assert table.visits.sum() / table.expected.sum() == pytest.approx(1, abs=0.04)
    assert (table.lift > 1.2).mean() > 0.5


def test_the_lift_of_independent_products_is_near_one(typed):
    rng = np.random.default_rng(4)
    baskets = rng.random((4000, 5)) < [0.5, 0.4, 0.3, 0.3, 0.2]
    rows = [
        (f"c{n // 4}", START + dt.timedelta(days=30 * (n % 4)), name, 100)
        for n, basket in enumerate(baskets)
        for name in ["bag", *(f"p{k}" for k in range(5) if basket[k])]
    ]
    table = book_of(typed, rows, CLOSING).products.together()
    assert len(table) == 15
    assert table.lift.tolist() == pytest.approx([1] * 15, abs=0.12)


def test_every_pair_is_counted_as_by_hand(typed):
    rows = invented(5, customers=250)
    table = book_of(typed, rows, CLOSING).products.together()
    baskets = {}
    for customer, day, product, _ in rows:
        baskets.setdefault((customer, day), set()).add(product)
    visits, who = Counter(), {}
    for (customer, _), basket in baskets.items():
        for pair in itertools.combinations(sorted(basket), 2):
            visits[pair] += 1
            who.setdefault(pair, set()).add(customer)
    by_hand = {pair: (len(who[pair]), visits[pair]) for pair in visits if len(who[pair]) >= 20}
    found = {tuple(sorted(p)): n for p, n in zip(pairs(table), counted(table), strict=True)}
    assert found == by_hand and len(found) == len(table) > 50


def counted(table):
    return zip(table.customers, table.visits, strict=True)


def test_every_follower_is_counted_as_by_hand(typed):
    rows = invented(6, customers=250)
    table = book_of(typed, rows, CLOSING).products.following()
    visits = {}
    for customer, day, product, _ in rows:
        visits.setdefault(customer, {}).setdefault(day, set()).add(product)
    who = Counter()
    for days in visits.values():
        had = set()
        for before, after in itertools.pairwise([days[day] for day in sorted(days)]):
            had |= before
            who.update(itertools.product(before, after - had))
    by_hand = {pair: n for pair, n in who.items() if n >= 20}
    assert dict(zip(pairs(table), table.customers, strict=True)) == by_hand
    assert len(table) > 20


def test_renaming_products_and_shuffling_lines_change_no_number(typed):
    rows = invented(7, customers=250)
    names = dict(zip(NAMES.tolist(), np.random.default_rng(0).permutation(NAMES), strict=True))
    renamed = [(a, b, str(names[c]), d) for a, b, c, d in rows][::-1]
    one, other = (book_of(typed, x, CLOSING).products for x in (rows, renamed))
    for table in ("first_products", "leaving", "together", "following"):
        numbers = [getattr(p, table)().select_dtypes("number") for p in (one, other)]
        a, b = (n.sort_values(list(n)).to_numpy() for n in numbers)
        assert a == pytest.approx(b, nan_ok=True) and len(a) > 10
    assert one.tiers().matrix.equals(other.tiers().matrix)


def test_a_book_closed_in_the_past_is_the_book_of_the_file_cut_there(typed):
    rows = invented(8, customers=250)
    early = dt.date(2023, 12, 31)
    past = book_of(typed, rows, early).products
    cut = book_of(typed, [row for row in rows if row[1] <= early], early).products
    for table in ("first_products", "leaving", "together", "following"):
        a, b = getattr(past, table)(), getattr(cut, table)()
        assert a.drop(columns="p").equals(b.drop(columns="p")) and len(a) > 5
    assert past.tiers().matrix.equals(cut.tiers().matrix)
