"""30 random ledgers (RANDOM_LEDGERS=500 for more): the toolkit against the reference.

On each the moves, the customers and a fifth of the tables, by turns, so that every table is
compared on 10 (on 100 of 500): all on all takes minutes more. The ledgers of one frame share a
slate.
"""

import os

import public_face
import pytest
import reference
from comparison import differences
from public_tables import TABLES
from random_ledgers import FRAMES, ledger
from slate import slate_of

LEDGERS = int(os.environ.get("RANDOM_LEDGERS", "30"))
EACH_FRAME = range(len(FRAMES))


def compared(seed, frame):
    """Lines telling in what the toolkit and the reference differ on one ledger."""
    orders = ledger(seed, frame)
    book = slate_of(frame).put(orders)
    wanted = reference.book_of(orders, frame.closing, frame.cut)
    core = {
        "moves": public_face.moves(book) == reference.all_moves(wanted),
        "customers": public_face.customers(book) == reference.customers_at_closing(wanted),
    }
    yield from (f"seed {seed}, {part}" for part, agrees in core.items() if not agrees)
    for place, (name, (ask, work)) in enumerate(TABLES.items()):
        if (place + seed // len(FRAMES)) % 5:
            continue
        for line in differences(ask(book), work(wanted)):
            yield f"seed {seed}, {name}: {line}"


@pytest.mark.parametrize("which", EACH_FRAME)
def test_the_tables_of_random_ledgers_agree_with_the_reference(which):
    seeds = range(which, LEDGERS, len(FRAMES))
    told = [line for seed in seeds for line in compared(seed, FRAMES[which])]
    assert not told, "\n".join(told[:20])


def test_no_comparison_is_blind():
    """Against the reference of a ledger that lacks one customer every table shows a difference."""
    frame, blind = FRAMES[0], set(TABLES)
    for seed in range(2, 40, 10):
        orders = ledger(seed, frame)
        book = slate_of(frame).put(orders)
        asked = {name: TABLES[name][0](book) for name in blind}
        for lacking in sorted({name for name, _, _ in orders})[1:6]:
            known = [order for order in orders if order[0] != lacking]
            wanted = reference.book_of(known, frame.closing, frame.cut)
            blind -= {name for name in blind if differences(asked[name], TABLES[name][1](wanted))}
    assert not blind
