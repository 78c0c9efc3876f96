"""What is bought together, and what next, worked out a second time, the plain way."""

from collections import Counter
from itertools import combinations

from reference_evidence import LEAST, believed, exceeds, step_of
from reference_products import baskets, catalogue
from reference_statement import all_visits


def _ordered(rows, order):
    """The rows by excess over what was expected, those believed first."""
    marked = believed({pair: row["p"] for pair, row in rows.items()})
    rows = {pair: row | {"marked": pair in marked} for pair, row in rows.items()}

    def rank(pair):
        row = rows[pair]
        excess = row.get("visits", row["customers"]) - row["expected"]
        return not row["marked"], -excess, *map(order.index, pair)

    return {pair: rows[pair] for pair in sorted(rows, key=rank)}


def _by_chance(found, one, other):
    """Days with both products to be expected of baskets {step: [products of a day]}.

    By Hájek's chance of drawing both, for each size of basket apart: shares times each other,
    times the spread of the sizes less what is missed because places in a basket are few.
    """
    expected = 0
    for days in found.values():
        n = len(days)
        shares = {
            product: number / n
            for product, number in Counter(product for day in days for product in day).items()
        }
        a, b = shares.get(one, 0), shares.get(other, 0)
        drawn = sum(part * (1 - part) for part in shares.values())
        sizes = [len(day) for day in days]
        spread = sum(size**2 for size in sizes) * n / sum(sizes) ** 2
        missed = (1 - a) * (1 - b) / drawn if drawn > 1e-9 else 0
        expected += n * min(max(a * b * (spread - missed), 0), 1)
    return expected


def together(book, lines):
    """{(product, other): customers and visit days with both, against chance}."""
    found, both, sold = {}, {}, Counter()
    for name, days in baskets(book, lines).items():
        for basket in days.values():
            found.setdefault(step_of(len(basket)), []).append(basket)
            sold.update(basket.keys())
            for pair in combinations(sorted(basket), 2):
                both.setdefault(pair, Counter())[name] += 1
    order, total, rows = list(catalogue(book, lines)), sum(map(len, found.values())), {}
    for pair, people in both.items():
        one, other = sorted(pair, key=order.index)
        if len(people) < LEAST:
            continue
        visits, expected = people.total(), _by_chance(found, one, other)
        witnesses = visits**2 / sum(n * n for n in people.values())
        rows[one, other] = {
            "customers": len(people),
            "visits": visits,
            "share": visits / total,
            "lift": (visits / total) / (sold[one] / total * sold[other] / total),
            "expected": expected,
            "p": exceeds(visits, expected, witnesses),
        }
    return _ordered(rows, order)


def _news(book, lines):
    """[(customer, product, the basket of the visit before)] of first purchases after a basket."""
    found = []
    for name, days in baskets(book, lines).items():
        known, seen = set(), all_visits(book)[name]
        for before, day in zip([None, *seen], seen, strict=False):
            basket = days.get(day, {})
            if before in days:
                found += [
                    (name, product, days[before]) for product in basket if product not in known
                ]
            known |= set(basket)
    return found


def following(book, lines):
    """{(product before, new product): customers, starters, share, expected, lift}."""
    news, pairs = _news(book, lines), Counter()
    for _, new, basket in news:
        pairs.update((before, new) for before in basket)
    starters = Counter()
    for name, days in baskets(book, lines).items():
        last = all_visits(book)[name][-1]
        starters.update({p for day, basket in days.items() if day < last for p in basket})
    rows = {}
    for (before, new), customers in pairs.items():
        if customers < LEAST:
            continue
        expected = 0
        for step in {step_of(len(basket)) for _, _, basket in news}:
            alike = [(p, basket) for _, p, basket in news if step_of(len(basket)) == step]
            could = [basket for p, basket in alike if p != before]
            wanted = sum(p == new for p, _ in alike)
            if could:
                expected += wanted * sum(before in basket for basket in could) / len(could)
        rows[before, new] = {
            "customers": customers,
            "starters": starters[before],
            "share": customers / starters[before],
            "expected": expected,
            "lift": customers / expected,
            "p": exceeds(customers, expected, customers),
        }
    return _ordered(rows, list(catalogue(book, lines)))
