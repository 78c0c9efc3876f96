from decimal import Decimal

import pytest

from toolkit import currency


@pytest.mark.parametrize(("code", "digits"), [("JPY", 0), ("USD", 2), ("KWD", 3), ("KRW", 0)])
def test_a_currency_has_its_own_number_of_decimals(code, digits):
    assert currency.decimals(code) == digits


@pytest.mark.parametrize("code", ["JPY", "USD", "EUR"])
def test_an_iso_code_in_capitals_is_known(code):
    assert currency.known(code)


@pytest.mark.parametrize("code", ["jpy", "YEN", "ZZZ", "", "US", "USDX", "円"])
def test_anything_else_is_not(code):
    assert not currency.known(code)


def test_minor_units_become_major_ones_exactly():
    assert currency.major(1_999, "USD") == Decimal("19.99")
    assert currency.major(-5, "USD") == Decimal("-0.05")
    assert currency.major(1_999, "JPY") == 1_999
    assert currency.major(10**17 + 1, "USD") == Decimal("1000000000000000.01")


def test_no_amount_stays_none():
    assert currency.major(None, "USD") is None
