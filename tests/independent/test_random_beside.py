"""20 random ledgers (RANDOM_LEDGERS for more) with contacts, prospects, subscriptions and products
beside them."""

import os

import pytest
import reference
from beside_ledgers import beside, without
from beside_slate import slate_of
from comparison import differences
from public_beside import TABLES
from random_ledgers import FRAMES

LEDGERS = int(os.environ.get("RANDOM_LEDGERS", "20"))
EACH_FRAME = range(len(FRAMES))


def compared(seed, frame):
    """Lines telling in what the toolkit and the reference differ on one ledger."""
    given = beside(seed, frame)
    book = slate_of(frame).put_beside(given)
    wanted = reference.book_of(given.orders, frame.closing, frame.cut)
    for name, (ask, work) in TABLES.items():
        for line in differences(ask(book), work(wanted, given)):
            yield f"seed {seed}, {name}: {line}"


@pytest.mark.parametrize("which", EACH_FRAME)
def test_what_lies_beside_random_ledgers_agrees_with_the_reference(which):
    seeds = range(which, LEDGERS, len(FRAMES))
    told = [line for seed in seeds for line in compared(seed, FRAMES[which])]
    assert not told


def test_no_comparison_is_blind():
    """Against the reference of a ledger that lacks one customer every table shows a difference."""
    blind = set(TABLES)
    for seed in (0, 9, 12, 16, 19):
        frame = FRAMES[seed % len(FRAMES)]
        given = beside(seed, frame)
        book = slate_of(frame).put_beside(given)
        asked = {name: TABLES[name][0](book) for name in blind}
        for lacking in sorted({name for name, _, _ in given.orders})[1:19:2]:
            known = without(given, lacking)
            wanted = reference.book_of(known.orders, frame.closing, frame.cut)
            for name in sorted(blind):
                if differences(asked[name], TABLES[name][1](wanted, known)):
                    blind.remove(name)
    assert not blind
