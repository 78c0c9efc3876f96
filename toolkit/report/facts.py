"""Facts: every number a sentence of the report may show, with what it divides by what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from toolkit import currency
from toolkit.book import FEW, wilson
from toolkit.words import Words, Written

SHARE, CUSTOMERS, VISITS, DAYS, MONTHS, ROWS, RATIO = (
    "share",
    "customers",
    "visits",
    "days",
    "months",
    "rows",
    "ratio",
)
ORDERS, PERIODS, CONTACTS, CAMPAIGNS = "orders", "periods", "contacts", "campaigns"
NAMES = "names"  # of campaigns: a customer of several is a name of each
COUNTED = (CUSTOMERS, VISITS, MONTHS, ROWS, ORDERS, PERIODS, CONTACTS, CAMPAIGNS, NAMES)


@dataclass(frozen=True)
class Fact(Written):
    """One number shown.

    value: integer for counts, 0..1 for shares, exact Decimal in major units for money, None when
    undefined (then `why` says so). unit: customers, visits, orders, contacts, rows, days, months,
    periods, campaigns, names (of campaigns), share, ratio or an ISO currency code. interval: 95 %
    for estimated rates, low and high assumption for profits. source: the function that computed it.
    """

    id: str
    value: Any
    unit: str
    numerator: Any = None
    denominator: Any = None
    interval: tuple[Any, Any] | None = None
    why: str | None = None
    source: str = ""

    def write(self, words: Words, form: str) -> str:
        """The value in the words' language; `form` overrides the form its unit suggests."""
        if self.unit in COUNTED:
            return words.write(self.value, form or "count")
        if self.unit in (SHARE, DAYS, RATIO):
            return words.write(self.value, form or self.unit)
        return words.write(self.value, form or "money", self.unit)


class Facts:
    """Facts by id, in the order they were stated."""

    def __init__(self, facts: Iterable[Fact]):
        self._facts = {fact.id: fact for fact in facts}

    def __getitem__(self, key: str) -> Fact:
        return self._facts[key]

    def __contains__(self, key: str) -> bool:
        return key in self._facts

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts.values())

    def value(self, key: str) -> Any:
        """The bare value of a fact."""
        return self._facts[key].value

    def say(self, words: Words, key: str, **more: Any) -> str:
        """The sentence `key` with facts by id and further values in its placeholders."""
        return words.say(key, **self._facts, **more)

    def known(self, *keys: str) -> bool:
        """Whether all these facts are there and have a value."""
        return all(key in self and self[key].value is not None for key in keys)

    def __add__(self, other: Facts) -> Facts:
        return Facts([*self, *other])


def count(key: str, value: int | None, unit: str, source: str, why: str | None = None) -> Fact:
    """A count; None needs a `why`."""
    return Fact(key, value, unit, why=why if value is None else None, source=source)


def rate(
    key: str,
    parts: tuple[int, int] | None,
    source: str,
    why: str | None = None,
    estimate: bool = False,
) -> Fact:
    """A share numerator / denominator; with `estimate` a 95 % Wilson interval (Wilson 1927)."""
    if parts is None or parts[1] == 0:
        return Fact(key, None, SHARE, why=why or "zero_denominator", source=source)
    k, n = parts
    if n < FEW:
        return Fact(key, None, SHARE, k, n, why="too_few", source=source)
    interval = None
    if estimate:
        low, high = wilson(k / n, n)
        interval = (round(float(low), 6), round(float(high), 6))
    return Fact(key, k / n, SHARE, k, n, interval, source=source)


def money(key: str, minor: Any, code: str, source: str, why: str | None = None, **more) -> Fact:
    """An amount given in minor units (an integer, or a Fraction or float for means)."""
    value = None if minor is None else in_major(minor, code)
    return Fact(key, value, code, why=why if value is None else None, source=source, **more)


def in_major(minor: Any, code: str) -> Decimal:
    """Minor units in major units: integers exactly, means to two digits finer than the currency."""
    if isinstance(minor, int):
        return currency.major(minor, code)
    places = currency.decimals(code)
    exact = (
        Decimal(minor.numerator) / Decimal(minor.denominator)
        if isinstance(minor, Fraction)
        else Decimal(repr(float(minor)))
    )
    return exact.scaleb(-places).quantize(Decimal(1).scaleb(-places - 2), ROUND_HALF_UP)


def as_json(facts: Facts) -> list[dict[str, Any]]:
    """The facts for `facts.json`: money as strings, counts as integers, shares as numbers."""
    return [{key: _plain(value) for key, value in asdict(fact).items()} for fact in facts]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value
