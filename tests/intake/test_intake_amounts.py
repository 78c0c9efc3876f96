"""Every way an amount may be written, and arithmetic that loses nothing."""

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from toolkit.intake.amounts import Numbers, minor_units, read_amounts, total
from toolkit.intake.grid import Coded


def read(*texts):
    return read_amounts(Coded(np.arange(len(texts)), pa.array(texts, pa.string())))


def value(text):
    numbers = read(text)
    if not numbers.readable[0]:
        return None
    return Decimal(int(numbers.units[0])).scaleb(-numbers.scale)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("500", "500"),
        ("0", "0"),
        ("007", "7"),
        ("1234.5", "1234.5"),
        ("1,234", "1234"),
        ("1,234,567.89", "1234567.89"),
        ("1 234", "1234"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1.000", "1"),
        ("¥1,234", "1234"),
        ("￥１，２３４", "1234"),
        ("\\1,234", "1234"),
        ("1,234円", "1234"),
        ("¥ 1,234 円", "1234"),
        ("$1,240.00", "1240"),
        ("£2.55", "2.55"),
        ("€3", "3"),
        ("3 €", "3"),
        ("-500", "-500"),
        ("−500", "-500"),
        ("－５００", "-500"),
        ("-$3.00", "-3"),
        ("$-3.00", "-3"),
        ("(500)", "-500"),
        ("(¥1,500)", "-1500"),
        ("△500", "-500"),
        ("▲1,500円", "-1500"),
        ("¥△500", "-500"),
        ("+500", "500"),
        ("1e-05", "0.00001"),
        ("1.5E+3", "1500"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("123456789012345678901234", "123456789012345678901234"),
    ],
)
def test_an_amount_is_read_exactly(text, expected):
    assert value(text) == Decimal(expected)


@pytest.mark.parametrize(
    "text",
    ["", "-", "¥", "abc", "nan", "inf", "1,50", "1.234,56", "12,34,567", "(500", "500)", "1.2.3"]
    + ["5 items", "--5", "."],
)
def test_what_is_no_amount_is_not_guessed_at(text):
    assert value(text) is None


def test_one_column_has_one_scale():
    numbers = read("1", "2.5", "x", "0.125", "1.10")
    assert (numbers.scale, numbers.units.tolist()) == (3, [1000, 2500, 0, 125, 1100])
    assert numbers.units.dtype == np.int64


def test_signs_are_remembered():
    assert read("¥5", "5円", "$5", "5").signs.tolist() == ["¥", "円", "$", ""]


def test_products_and_sums_are_exact_beyond_the_range_of_int64():
    product = read("0.1", "3000000000.01").times(read("3", "4000000000.5"))
    assert product.scale == 3
    assert product.units.tolist() == [300, 12000000001540000000005]
    added = total(product, np.array([0, 0]), 1)
    assert added.units.tolist() == [12000000001540000000305]


def test_a_product_with_an_unreadable_part_is_unreadable():
    assert read("5", "x", "5").times(read("2", "2", "")).readable.tolist() == [True, False, False]


def numbers(units, scale):
    units = np.array(units)
    return Numbers(units, scale, np.ones(len(units), bool), np.full(len(units), "", object))


def test_half_a_minor_unit_goes_away_from_zero():
    amounts, rounded = minor_units(numbers([5, 4, -5, -4, 15, 10], 1), 0)
    assert amounts.tolist() == [1, 0, -1, 0, 2, 1]
    assert rounded == 5


def test_a_coarser_scale_is_widened_to_the_minor_unit():
    amounts, rounded = minor_units(numbers([5, -7], 0), 2)
    assert (amounts.tolist(), rounded) == ([500, -700], 0)


def test_money_beyond_int64_is_an_error_and_never_wraps():
    for units in ([9 * 10**18, 9 * 10**18], [10**30]):
        with pytest.raises(OverflowError):
            minor_units(numbers(units, 0), 2)


def test_trailing_zeros_are_not_decimals():
    assert read("1.00", "1.50", "1.005").finer_than(2).tolist() == [False, False, True]


def test_numbers_are_written_out_without_trailing_zeros():
    assert read("1.50", "1000", "-0.05", "0").as_text().tolist() == ["1.5", "1000", "-0.05", "0"]
