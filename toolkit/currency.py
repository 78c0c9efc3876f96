"""Minor units: the integers money is added up in."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import get_currency_precision, is_currency

# ISO 4217 codes of metals, funds units and tests: nothing a shop is paid in.
NO_MONEY = frozenset(
    ["XXX", "XTS", "XAU", "XAG", "XPT", "XPD", "XDR", "XBA", "XBB", "XBC", "XBD", "XSU", "XUA"]
)


def known(code: str) -> bool:
    """Whether `code` is an ISO 4217 currency code in capitals."""
    return len(code) == 3 and code.isupper() and is_currency(code, "en") and code not in NO_MONEY


def decimals(code: str) -> int:
    """Digits after the point of the major unit, as CLDR has them: 0 for JPY, 2 for USD."""
    return get_currency_precision(code)


def major(minor: int | None, code: str) -> Decimal | None:
    """Minor units as an exact amount in major units: 1999 USD cents are Decimal('19.99')."""
    return None if minor is None else Decimal(int(minor)).scaleb(-decimals(code))
