"""On whom the sales rest, and recency, frequency and money, worked out a second time."""

import datetime as dt
import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from reference import year_back
from reference_history import active_year, money_of
from reference_statement import DAY, all_visits, ratio, share

GROUPS = (
    "champions",
    "loyal",
    "promising",
    "new",
    "need_attention",
    "about_to_sleep",
    "at_risk",
    "hibernating",
    "lost_loyal",
    "lost",
)
FREQUENCY = {1: (1, 1), 2: (2, 2), 3: (3, 4), 4: (5, 9), 5: (10, None)}


def ranked(book):
    """[(customer, net sales of the last 12 months)] of its buyers, largest first."""
    start = year_back(book.closing) + DAY
    sums = {name: money_of(book.customers[name], start, book.closing) for name in active_year(book)}
    return sorted(sums.items(), key=lambda own: (-own[1], own[0]))


def deciles(book):
    """{decile: customers, sales, share, cumulative share, per customer, least}."""
    order = ranked(book)
    total = sum(sales for _, sales in order)
    parts = {}
    for place, (_, sales) in enumerate(order):
        parts.setdefault(10 * place // len(order) + 1, []).append(sales)
    rows, so_far = {}, 0
    for decile, sales in parts.items():
        so_far += sum(sales)
        rows[decile] = {
            "customers": len(sales),
            "sales": sum(sales),
            "share": sum(sales) / total if total > 0 else None,
            "cumulative_share": so_far / total if total > 0 else None,
            "per_customer": sum(sales) / len(sales),
            "least": min(sales),
        }
    return rows


def concentration(book):
    """customers, sales, what the largest fifth and the ten largest bring, Gini."""
    sales = [amount for _, amount in ranked(book)]
    n = len(sales)
    rising = sorted(max(amount, 0) for amount in sales)
    weighed = sum((2 * i - n - 1) * amount for i, amount in enumerate(rising, 1))
    return {
        "customers": n,
        "sales": sum(sales),
        "top_fifth": sum(sales[: math.ceil(Fraction(n, 5))]),
        "top_ten": sum(sales[:10]),
        "gini": ratio(weighed, n * sum(rising)),
    }


def recency_lines(book):
    """Days at which R falls from 5 to 4, 3, 2 and 1."""
    parts = [Decimal(book.cut.lapse_days) * Decimal(part) for part in ("0.25", "0.5", "1", "2")]
    return [int(days.quantize(Decimal(1), ROUND_HALF_UP)) for days in parts]


def money_lines(book):
    """The 20th, 40th, 60th and 80th percentile of money to date at closing, nearest rank."""
    money = sorted(sum(book.customers[name].values()) for name in all_visits(book))
    ranks = [math.ceil(Fraction(part * len(money), 5)) for part in (1, 2, 3, 4)]
    return [money[rank - 1] for rank in ranks]


def scores(book, date):
    """{customer: (R, F, M, money to date)} of those with a visit up to a day."""
    found, silences, sums = {}, recency_lines(book), money_lines(book)
    for name, seen in all_visits(book).items():
        known = [day for day in seen if day <= date]
        if not known:
            continue
        gap, n = (date - known[-1]).days, len(known)
        money = money_of(book.customers[name], dt.date.min, date)
        recency = 5 - sum(gap >= line for line in silences)
        often = max(score for score, (least, _) in FREQUENCY.items() if n >= least)
        found[name] = recency, often, 1 + sum(money > line for line in sums), money
    return found


def rfm_table(book):
    """{customer: recency, frequency, monetary, group, amount} at closing, by name."""
    return {
        name: {
            "recency": recency,
            "frequency": often,
            "monetary": money,
            "group": group_of(recency, often),
            "amount": amount,
        }
        for name, (recency, often, money, amount) in sorted(scores(book, book.closing).items())
    }


def group_of(recency, often):
    """The group's name, by our rule."""
    if recency >= 4:
        return {1: "new", 2: "promising", 3: "loyal"}.get(often, "champions")
    loyal, slight = {
        3: ("need_attention", "about_to_sleep"),
        2: ("at_risk", "hibernating"),
        1: ("lost_loyal", "lost"),
    }[recency]
    return loyal if often >= 3 else slight


def month_back(date):
    """The same day of the previous month, clipped to its last."""
    last = date.replace(day=1) - DAY
    return last.replace(day=min(date.day, last.day))


def rfm_groups(book):
    """{(date, group): customers, share, amount} now, a month ago and a year ago."""
    rows = {}
    for date in (book.closing, month_back(book.closing), year_back(book.closing)):
        if date < book.first_date:
            continue
        everyone = scores(book, date).values()
        for group in GROUPS:
            own = [money for r, f, _, money in everyone if group_of(r, f) == group]
            rows[date, group] = {
                "customers": len(own),
                "share": share(len(own), len(everyone)),
                "amount": sum(own),
            }
    return rows


def rfm_grid(book):
    """{(R, F): customers, mean amount} where there is a customer, best first."""
    cells = {}
    for recency, often, _, money in scores(book, book.closing).values():
        cells.setdefault((recency, often), []).append(money)
    return {
        cell: {"customers": len(cells[cell]), "mean_amount": sum(cells[cell]) / len(cells[cell])}
        for cell in sorted(cells, reverse=True)
    }


def _spans(book):
    """{letter: {score: (from, to)}}, both included, None where open."""
    days, money = recency_lines(book), money_lines(book)
    starts = [0, *days[:-1]]
    recency = {5 - i: (starts[i], days[i] - 1) for i in range(4)}
    amount = {i + 1: (money[i - 1] + 1, money[i]) for i in range(1, 4)}
    return {
        "R": recency | {1: (days[-1], None)},
        "F": FREQUENCY,
        "M": amount | {1: (None, money[0]), 5: (money[-1] + 1, None)},
    }


def rfm_scores(book):
    """{(letter, score): from, to, customers}, 5 to 1; no span for a score nobody can have."""
    everyone = list(scores(book, book.closing).values())
    rows = {}
    for place, (letter, spans) in enumerate(_spans(book).items()):
        for score in (5, 4, 3, 2, 1):
            least, most = spans[score]
            if least is not None and most is not None and least > most:
                least = most = None
            customers = sum(own[place] == score for own in everyone)
            rows[letter, score] = {"from": least, "to": most, "customers": customers}
    return rows
