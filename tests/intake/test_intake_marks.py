"""Comma or point: what decides the decimal mark of a column, what contradicts, what is told."""

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from toolkit.intake.tables.coded import Coded
from toolkit.intake.values.amounts import read_amounts
from toolkit.intake.values.place import Place
from toolkit.problems import InputProblem
from toolkit.words import Words


def numbers(*texts, place=True, **given):
    coded = pa.array(texts, pa.string()).dictionary_encode()
    column = Coded(coded.indices.to_numpy(), coded.dictionary)
    at = Place("f.csv", "amount", np.arange(len(texts)) + 2) if place else None
    return read_amounts(column, at, **given)


def values(*texts, **given):
    found = numbers(*texts, **given)
    return [
        str(Decimal(int(units)).scaleb(-found.scale).normalize() + 0) if good else None
        for units, good in zip(found.units, found.readable, strict=True)
    ]


DECIDED = {
    "a comma elsewhere": (["1,234", "12,50"], ["1.234", "12.5"], ","),
    "a point elsewhere": (["1,234", "1,234.50"], ["1234", "1234.5"], "."),
    "a comma parts a point": (["1.234", "12,50"], ["1234", "12.5"], ","),
    "points in two places": (["1.234", "1.234.567"], ["1234", "1234567"], ","),
    "commas in two places": (["1,234", "1,234,567"], ["1234", "1234567"], "."),
    "nothing before the comma": (["1,234", "0,500"], ["1.234", "0.5"], ","),
    "four before the comma": (["1,234", "1234,567"], ["1.234", "1234.567"], ","),
    "blanks before the comma": (["1 234", "1 234,567"], ["1234", "1234.567"], ","),
    "commas of three alone": (["1,234", "56"], ["1234", "56"], None),
    "points of three alone": (["1.234", "56"], ["1.234", "56"], None),
    "signs around it": (["1,234 €", "-12,50 €"], ["1.234", "-12.5"], ","),
    "Indian": (["1,234", "1,23,456"], ["1234", "123456"], "."),
    "what is no amount": (["1,234", "5 items, 2,5 kg"], ["1234", None], None),
}


@pytest.mark.parametrize("case", DECIDED)
def test_the_column_decides(case):
    texts, expected, mark = DECIDED[case]
    assert values(*texts) == expected
    assert numbers(*texts).mark == mark


def test_a_decimal_comma_is_told_with_an_example():
    (note,) = numbers("1,234", "12,50").told
    assert note == ("decimal_comma", {"file": "f.csv", "column": "amount", "value": "12,50"})
    assert Words("en").say("note.decimal_comma", **note[1]) == (
        "f.csv, “amount”: amounts such as 12,50 were read with a decimal comma."
    )
    assert Words("ja").say("note.decimal_comma", **note[1]) == (
        "f.csv の「amount」：12,50 のような金額は、コンマを小数点として読みました。"
    )
    assert numbers("1,234", "1,234.50").told == () == numbers("1,234").told


def test_the_ledger_tells_it_among_its_notes(shop):
    text = 'customer_id,date,amount\n1,2024-01-05,"1.234,50"\n1,2024-01-06,"2.000"\n'
    assert shop.notes(text, currency="EUR")["decimal_comma"]["value"] == "1.234,50"
    assert shop.amounts(text, currency="EUR") == [123450, 200000]


def test_two_marks_in_one_column_are_refused_with_a_row_of_each():
    with pytest.raises(InputProblem) as caught:
        numbers("5", "12,50", "1,234", "12.50")
    assert caught.value.text("en") == (
        "f.csv, column amount: 12,50 (row 3) has a decimal comma, 12.50 (row 5) a decimal point. "
        'Correct the amounts, or give the mark of most of them with `--decimal-mark ","` '
        'or `--decimal-mark "."`; the others are then left out.'
    )
    assert caught.value.text("ja") == (
        "f.csv の列「amount」：3 行目の 12,50 はコンマが、5 行目の 12.50 はピリオドが小数点です。"
        "金額を直すか、多いほうの小数点を "
        '`--decimal-mark ","` か `--decimal-mark "."` で指定してください。'
        "合わない金額の行は除きます。"
    )


def test_without_a_place_to_name_most_decide():
    assert values("12,50", "1,5", "12.50", place=False) == ["12.5", "1.5", None]


def test_a_slip_under_one_percent_is_unreadable_and_decides_nothing():
    points = [f"{i}.50" for i in range(10, 210)]
    assert values(*points, "1,50")[-1] is None
    commas = [f"{i},50" for i in range(10, 210)]
    assert values(*commas, "1.50")[-1] is None
    assert values(*commas, "1.500", "1.50")[-2:] == ["1500", None]
    thousands = [f"{i},000" for i in range(10, 210)]
    assert values(*thousands, "1,50")[-2:] == ["209000", None]
    with pytest.raises(InputProblem):
        numbers(*points[:20], "1,50", "2,50")


def test_a_single_slip_among_few_is_unreadable_and_decides_nothing():
    closed = [f"{i},000.-" for i in range(1, 6)]
    assert values(*closed, "1,00") == ["1000", "2000", "3000", "4000", "5000", None]
    assert values(*[f"{i},50" for i in range(1, 6)], "1.50")[-1] is None
    with pytest.raises(InputProblem):
        numbers(*closed[:4], "1,00")


@pytest.mark.parametrize(
    ("mark", "expected"),
    [(",", ["1.234", "12.5", None, "1234"]), (".", ["1234", None, "12.5", "1.234"])],
    ids=["comma", "point"],
)
def test_a_mark_that_is_set_holds(mark, expected):
    assert values("1,234", "12,50", "12.50", "1.234", mark=mark) == expected


def test_the_setting_reaches_every_amount_of_the_file(shop):
    text = 'customer_id,date,price,quantity\n1,2024-01-05,"1,5","1,2"\n2,2024-01-05,"2.5",1\n'
    assert shop.faults(text, currency="EUR")["two_decimal_marks"]["column"] == "price"
    assert shop.amounts(text, currency="EUR", decimal_mark=",") == [180]
    assert shop.reasons(text, currency="EUR", decimal_mark=",") == [(3, "unreadable", "2.5")]
    assert shop.amounts(text, currency="EUR", decimal_mark=".") == [250]


def test_a_quantity_that_shows_no_mark_has_that_of_the_price(shop):
    text = 'customer_id,date,price,quantity\n1,2024-01-05,"{}","2,000"\n'
    assert shop.amounts(text.format("1,50"), currency="EUR") == [300]
    assert shop.amounts(text.format("1.50"), currency="EUR") == [300000]


def test_a_price_times_a_quantity_is_exact(shop):
    text = 'customer_id,date,price,quantity\n1,2024-01-05,"1.234,57",3\n1,2024-01-06,"0,10","0,7"\n'
    assert shop.amounts(text, currency="EUR") == [370371, 7]
