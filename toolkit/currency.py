"""Minor units: the integers money is added up in."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import get_currency_precision, is_currency


def known(code: str) -> bool:
    """Whether `code` is an ISO 4217 currency code in capitals."""
    return len(code) == 3 and code.isupper() and is_currency(code, "en")


def decimals(code: str) -> int:
    """Digits after the point of the currency's major unit: 0 for JPY, 2 for USD (ISO 4217)."""
    return get_currency_precision(code)


def major(minor: int | None, code: str) -> Decimal | None:
    """Minor units as an exact amount in major units: 1999 USD cents are Decimal('19.99')."""
    return None if minor is None else Decimal(int(minor)).scaleb(-decimals(code))


def minor(amount: Decimal | int | str, code: str) -> int:
    """Major units as minor units; the amount must not be finer than the currency."""
    scaled = Decimal(str(amount)).scaleb(decimals(code))
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{amount} is finer than {code} allows")
    return int(scaled)
