"""Random ledgers that fit a frame, dense in the days and amounts where rulings change."""

import datetime as dt
import random

from reference import Cutoffs
from slate import Frame

CUTS = (
    Cutoffs(90, 7_000, 210, 240),
    Cutoffs(30, 2_500, 60, 60),
    Cutoffs(10, 1_000, 120, 30),
    Cutoffs(60, 2_000, 61, 366),
    Cutoffs(45, 3_333, 100, 91),
)
SPANS = (
    ("2020-01-20", "2022-08-03", 1),
    ("2020-02-29", "2024-02-29", 0),
    ("2021-03-01", "2023-02-28", 2),
    ("2019-12-31", "2023-12-31", 1),
    ("2022-05-15", "2023-05-14", 2),
    ("2022-11-30", "2023-03-30", 1),
    ("2020-01-01", "2024-03-30", 3),
    ("2021-06-10", "2024-06-09", 4),
    ("2023-02-28", "2024-02-29", 1),
    ("2020-07-31", "2022-11-30", 3),
)


def _frame(first, closing, which):
    return Frame(dt.date.fromisoformat(first), dt.date.fromisoformat(closing), CUTS[which])


FRAMES = tuple(_frame(*span) for span in SPANS)


def _customer(draw, name, frame):
    """One customer's orders: a first day, then steps that lie on a cut-off or beside it."""
    cut, length = frame.cut, (frame.closing - frame.first).days
    lapse, line = cut.lapse_days, cut.amount_line
    steps = [0, 1, 5, 20, 29, 30, 31, 45, 60, 90, 180, 365, lapse - 1, lapse, lapse, lapse + 1]
    amounts = [0, 1, 499, line // 4, line // 2, line // 2, line, line, -1, -line // 2, -line]
    busy = draw.choice((2, 4, 12))
    day = frame.first + dt.timedelta(draw.choice((draw.randint(0, length), draw.randint(0, 90))))
    for _ in range(draw.randint(1, busy)):
        if day > frame.closing:
            return
        yield name, day, draw.choice(amounts)
        day += dt.timedelta(draw.choice(steps[: draw.choice((8, len(steps)))]))


def ledger(seed, frame, crowds=(1, 3, 7, 12, 25)):
    """Orders of one of so many customers in any order, the first date's among them."""
    draw = random.Random(seed)
    orders = [("K00", frame.first, draw.choice((0, -5, 700, 700, 700)))]
    for number in range(draw.choice(crowds)):
        orders += _customer(draw, f"K{number:02}", frame)
    if not any(amount > 0 for _, _, amount in orders):
        orders.append(("K00", frame.first, 900))
    draw.shuffle(orders)
    return orders
