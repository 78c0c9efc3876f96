"""What may lie beside a random ledger: marked orders, contacts, prospects and product lines."""

import dataclasses
import datetime as dt
import random
from collections import Counter

from random_ledgers import FRAMES, ledger

CROWDS = (3, 12, 25, 70, 70)
SHOPPERS = (60, 120, 240)
NAMES = {"A1": ("Tea",), "B1": ("Cup", "A cup"), "B2": ("Pot",), "C1": ("Tray",)}
UNITS = (1, 1, 2, None)
SOLD = ("A1", "A1", "A1", "B1", "B2", "D1", "D1", "E1", "G1", "H1", "F1")
FEES = {"F1": ("送料", " Discount ")}
STEPS = (-91, -31, -1, 0, 0, 0, 1, 7, 8, 14, 30, 31, 60, 90, 91, 183, 365)


@dataclasses.dataclass(frozen=True)
class Beside:
    """A ledger and what lies beside it; `marked` and `others` are its orders, parted."""

    orders: list  # (customer, date, amount)
    marked: list
    others: list
    contacts: list  # (customer, date), none but the last two after the closing date
    prospects: list  # (customer, date, source)
    lines: tuple  # (customer, date, product, name, quantity, amount, price)


def _dates(draw, orders, frame, number):
    """Days of customers of the ledger and of strangers, most of them near an order."""
    for _ in range(number):
        name, day, _ = draw.choice(orders)
        day += dt.timedelta(draw.choice(STEPS))
        if draw.random() < 0.3:
            name = f"X{draw.randrange(40):02}"
        yield name, min(max(day, frame.first), frame.closing)


def _shoppers(draw, frame):
    """Orders of many who buy often; most began early or bought a year before the closing date."""
    length, lapse = (frame.closing - frame.first).days, frame.cut.lapse_days
    yield "S000", frame.first, 100
    for number in range(draw.choice(SHOPPERS)):
        start = draw.choice((length // 3, length, max(length - 365 - lapse, 0)))
        day = frame.first + dt.timedelta(draw.randint(start // 2, start))
        for _ in range(draw.choice((1, 2, 4, 7))):
            if day <= frame.closing:
                yield f"S{number:03}", day, draw.choice((500, 900, 900, 2_000, -300))
            day += dt.timedelta(draw.choice((0, 5, 20, 30, 31, 60, 90, 91, lapse, lapse + 1)))


def _basket(draw, before, only):
    """Up to five products, never all by chance.

    Tea brings a cup along and a tray the time after; pots are for those who come only once.
    """
    basket = set(draw.choices(SOLD, k=draw.choice((0, 1, 1, 1, 2, 3, 5))))
    if "A1" in basket and draw.random() < 0.8:
        basket.add("B1")
    if "A1" in before and draw.random() < 0.8:
        basket.add("C1")
    if only and draw.random() < 0.8:
        basket = {"B2"}
    return basket


def _lines(draw, orders):
    """What each order holds; those of returns bring something back."""
    before, times = {}, Counter(name for name, _, _ in orders)
    for name, day, amount in sorted(orders):
        basket = _basket(draw, before.get(name, ()), times[name] == 1)
        before[name] = basket
        way = -1 if amount < 0 or draw.random() < 0.05 else 1
        for product in sorted(basket):
            price, quantity = draw.choice((None, 0, 100, 150, 150, 400, 900)), draw.choice(UNITS)
            named = draw.choice((NAMES | FEES).get(product, (product,)))
            known = price is not None and quantity is not None
            yield (
                name,
                day,
                product,
                named,
                None if quantity is None else float(way * quantity),
                way * price * quantity if known else None,
                float(price) if known else None,
            )


def beside(seed, frame):
    """A random ledger with all that may lie beside it; every other one of a shop much visited."""
    draw = random.Random(f"beside {seed}")
    shop = seed // len(FRAMES) % 2
    orders = list(_shoppers(draw, frame)) if shop else ledger(seed, frame, CROWDS)
    often = draw.choice((0, 0.2, 0.5, 1))
    marks = [draw.random() < often for _ in orders]
    contacts = list(_dates(draw, orders, frame, 2 * len(orders)))
    late = frame.closing + dt.timedelta(1)
    prospects = [
        (*each, draw.choice(("fair", "fair", "web", "")))
        for each in _dates(draw, orders, frame, draw.choice((1, 9, 60)))
    ]
    return Beside(
        orders,
        [order for order, mark in zip(orders, marks, strict=True) if mark],
        [order for order, mark in zip(orders, marks, strict=True) if not mark],
        [*contacts, (orders[0][0], late), *((name, late) for name, *_ in prospects[:3])],
        [*prospects, ("late", late, "web")],
        tuple(_lines(draw, orders)),
    )


def without(given, name):
    """The same without anything of one customer."""
    parts = dataclasses.asdict(given)
    return Beside(
        **{part: type(rows)(r for r in rows if r[0] != name) for part, rows in parts.items()}
    )
