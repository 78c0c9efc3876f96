"""Facts on whom the sales rest: concentration now and a year ago."""

from __future__ import annotations

from toolkit.book import Book
from toolkit.report.facts import CUSTOMERS, RATIO, SHARE, Fact, count

ENOUGH = 10  # fewer customers cannot be parted into tenths
SOURCE = "concentration.concentration"


def worth_facts(book: Book) -> list[Fact]:
    """Concentration of the sales of the last 12 months and of those before; none without amounts.

    The shares have net sales in minor units as numerator and denominator.
    """
    if not book.has_money:
        return []
    now = _concentration("concentration.", book.concentration())
    if not book.two_years:
        return now
    return now + _concentration("concentration.previous.", book.concentration(book.year_ago))


def _concentration(prefix: str, found: dict) -> list[Fact]:
    gini = found["gini"]
    why = _why(found) or ("zero_denominator" if gini is None else None)
    return [
        count(f"{prefix}customers", found["customers"], CUSTOMERS, SOURCE),
        _share(f"{prefix}top_fifth", found["top_fifth"], found),
        _share(f"{prefix}top_ten", found["top_ten"], found),
        Fact(f"{prefix}gini", None if why else gini, RATIO, why=why, source=SOURCE),
    ]


def _share(key: str, part: int, found: dict) -> Fact:
    why, whole = _why(found), found["sales"]
    if why:
        return Fact(key, None, SHARE, why=why, source=SOURCE)
    return Fact(key, part / whole, SHARE, part, whole, source=SOURCE)


def _why(found: dict) -> str | None:
    if found["customers"] < ENOUGH:
        return "too_few"
    return None if found["sales"] > 0 else "zero_denominator"
