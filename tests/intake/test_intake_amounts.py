"""Every way an amount may be written, and arithmetic that loses nothing."""

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from toolkit.intake.tables.coded import Coded
from toolkit.intake.values.amounts import Numbers, minor_units, read_amounts, total
from toolkit.intake.values.place import Place


def read(*texts):
    return read_amounts(Coded(np.arange(len(texts)), pa.array(texts, pa.string())))


def value(text):
    numbers = read(text)
    if not numbers.readable[0]:
        return None
    return Decimal(int(numbers.units[0])).scaleb(-numbers.scale)


FORMS = {
    "1980(軽)": "1980",
    "1980内": "1980",
    "1980外": "1980",
    "***1,980": "1980",
    "500": "500",
    "0": "0",
    "*1980": "1980",
    "1,980*": "1980",
    "＊1980": "1980",
    "※1,980円": "1980",
    "1980 ※": "1980",
    "1980軽": "1980",
    "@1980": "1980",
    "1980込": "1980",
    "1980(込)": "1980",
    "1980（抜）": "1980",
    "1,980税込": "1980",
    "1,980税込※": "1980",
    "-1980*": "-1980",
    "007": "7",
    "1234.5": "1234.5",
    "1,234": "1234",
    "1,234,567.89": "1234567.89",
    "1 234": "1234",
    "1 234 567.5": "1234567.5",
    "1\u202f234.50": "1234.5",
    ".5": "0.5",
    "5.": "5",
    "1.000": "1",
    "1.234,56": "1234.56",
    "1.234.567": "1234567",
    "1 234,56": "1234.56",
    "12,50": "12.5",
    "0,500": "0.5",
    ",5": "0.5",
    "1'234.50": "1234.5",
    "1’234’567.50": "1234567.5",
    "1,23,456.00": "123456",
    "12,34,567": "1234567",
    "¥1,234": "1234",
    "￥１，２３４": "1234",
    "１，２３４．５０": "1234.5",
    "\\1,234": "1234",
    "1,234円": "1234",
    "¥ 1,234 円": "1234",
    "1200 yen": "1200",
    "$1,240.00": "1240",
    "US$12.50": "12.5",
    "£2.55": "2.55",
    "2.55 £": "2.55",
    "€3": "3",
    "3 €": "3",
    "12,50 €": "12.5",
    "₹1,23,456.50": "123456.5",
    "USD 12.50": "12.5",
    "12,50 EUR": "12.5",
    "JPY1,200": "1200",
    "$12.50 USD": "12.5",
    "USD $12.50": "12.5",
    "CHF 1'234.50": "1234.5",
    "-500": "-500",
    "−500": "-500",
    "－５００": "-500",
    "ー500": "-500",
    "500-": "-500",
    "1.234,56-": "-1234.56",
    "500,00- EUR": "-500",
    "-$3.00": "-3",
    "$-3.00": "-3",
    "(500)": "-500",
    "（500）": "-500",
    "(¥1,500)": "-1500",
    "¥(1,500)": "-1500",
    "(1,500)円": "-1500",
    "△500": "-500",
    "▲1,500円": "-1500",
    "¥△500": "-500",
    "▲ 500": "-500",
    "+500": "500",
    "¥500-": "500",
    "¥1,200.-": "1200",
    "12.-": "12",
    "12,-": "12",
    "¥ -": "0",
    "$-": "0",
    "- €": "0",
    "3千円": "3000",
    "1.2万円": "12000",
    "1,2万": "12000",
    "2百万円": "2000000",
    "△3億円": "-300000000",
    "税込1,200円": "1200",
    "1,200円（税込）": "1200",
    "1,200(税抜き)": "1200",
    "1,200円税別": "1200",
    "金1,200円也": "1200",
    "金1,200円": "1200",
    "金 １,２００ 円也（税込）": "1200",
    "1e-05": "0.00001",
    "1e3": "1000",
    "1.5E+3": "1500",
    "1,5E+3": "1500",
    "0.30000000000000004": "0.30000000000000004",
    "123456789012345670901234": "123456789012345670901234",
    "123456789012345670901234円": "123456789012345670901234",
}


@pytest.mark.parametrize("text", FORMS, ids=ascii)
def test_an_amount_is_read_exactly(text):
    assert value(text) == Decimal(FORMS[text])


NO_AMOUNTS = (
    *("", "-", "－", "¥", "abc", "nan", "inf", "(500", "500)", "1.2.3", "5 items", "--5", ".", ","),
    *("△", "△円", "¥△", "(-)", "(¥-)", "-500-", "(500", "-+5", "△-5", "1 23", "1,23", "XYZ 5"),
    *("USDD 5", "USD € 5", "e3", "1e", "1e100", "5%", "1,2345,678", "0,123,456", "1,200円(税込"),
    *("1.2.2026", "1'23", "千円", "5千千", "1万2千円", "½", "٣", "5 \\ 5"),
)


@pytest.mark.parametrize("text", [t for t in NO_AMOUNTS if t != "1,23"], ids=ascii)
def test_what_is_no_amount_is_not_guessed_at(text):
    assert value(text) is None


def test_one_column_has_one_scale():
    numbers = read("1", "2.5", "x", "0.125", "1.10")
    assert (numbers.scale, numbers.units.tolist()) == (3, [1000, 2500, 0, 125, 1100])
    assert numbers.units.dtype == np.int64


def test_signs_are_remembered():
    assert signs(read("¥5", "5円", "$5", "5")) == ["¥", "円", "$", ""]
    assert signs(read("¥5円", "USD 5", "$5 USD", "5 yen")) == ["¥ 円", "USD", "$ USD", "yen"]


def test_the_signs_of_a_product_are_those_of_the_price_else_of_the_quantity():
    assert signs(read("$5", "5", "5", "¥5").times(read("2 yen", "¥2", "2", "2"))) == [
        *("$", "¥", "", "¥"),
    ]


def signs(numbers):
    return [numbers.written[k] for k in numbers.signs]


@pytest.mark.parametrize(
    ("text", "currency", "fault"),
    [("USD 5", "USD", False), ("USD 5", "JPY", True), ("5 Yen", "JPY", False)]
    + [("US$5", "USD", False), ("US$5", "CAD", True), ("$5 CAD", "CAD", False)]
    + [("$5 CAD", "USD", True), ("¥5円", "CNY", True), ("¥5", "CNY", False)],
    ids=str,
)
def test_a_sign_or_code_has_to_be_of_the_currency(shop, text, currency, fault):
    content = f"customer_id,date,amount\n1,2024-01-05,{text}\n"
    if fault:
        assert shop.faults(content, currency=currency)["currency_sign"]["row"] == 2
    else:
        assert shop.amounts(content, currency=currency)


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
    return Numbers(units, scale, np.ones(len(units), bool), np.zeros(len(units), np.int16))


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


def test_amounts_with_tax_and_without_in_one_column_are_told():
    texts = ["1980込", "1,800税抜", "500", "1,980税込"]
    place = Place("s.csv", "金額", np.arange(2, 6))
    column = Coded(np.arange(4), pa.array(texts))
    ((key, told),) = read_amounts(column, place).told
    assert (key, told["n"], told["without"]) == ("tax_mixed", 2, 1)
    assert (told["other_value"], told["other_row"]) == ("1,800税抜", 3)
    alike = Coded(np.arange(2), pa.array(["1980抜", "1,800税抜"]))
    assert read_amounts(alike, place).told == ()


def test_a_word_for_no_charge_is_nothing(shop):
    rows = "A,2024-01-05,無料\nB,2024-01-06,500\nA,2024-02-10,Free\nB,2024-02-11,無償\n"
    assert shop.amounts("会員番号,注文日,金額\n" + rows) == [0, 500, 0, 0]
