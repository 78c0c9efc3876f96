"""Gender, date of birth and area as customer masters write them. D = 2024-06-30."""

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest

from toolkit.intake.customers.attributes import births, genders, of_addresses, prefectures
from toolkit.intake.tables.coded import Coded
from toolkit.intake.values.date_parts import FIRST_BIRTH
from toolkit.intake.values.dates import read_dates
from toolkit.intake.values.place import Place

D = dt.date(2024, 6, 30)


def column(texts):
    coded = pa.array(texts, pa.string()).dictionary_encode()
    return Coded(coded.indices.to_numpy(), coded.dictionary)


def gender(*texts):
    given = column(texts)
    found, unread = genders(given)
    read = found.take(pa.array(given.codes)).to_pylist()
    return [None if bad else text for text, bad in zip(read, given.look_up(unread), strict=True)]


def birth(*texts):
    """The days; "dummy" for what only fills the field, "unread" for what cannot be read."""
    given = column(texts)
    place = Place("m.csv", "誕生日", np.arange(len(texts)))
    days, dummy, unread = births(
        read_dates(given, place, first_year=FIRST_BIRTH), given, dt.date(2024, 6, 30)
    )
    told = np.where(dummy, "dummy", np.where(unread, "unread", days.astype(str)))
    return ["" if text == "NaT" else text for text in told.tolist()]


@pytest.mark.parametrize("text", ["女", "女性", "Ｆ", "f", "Female", "2", "2.0", "♀"])
def test_a_woman_is_written_in_many_ways(text):
    assert gender(text) == ["female"]


@pytest.mark.parametrize("text", ["男", "男性", "M", "male", "1", "Mr"])
def test_a_man_is_written_in_many_ways(text):
    assert gender(text) == ["male"]


def test_other_and_not_told_are_no_errors():
    assert gender("その他", "不明", "", "9", "回答しない") == ["other", "", "", "", ""]


def test_what_is_not_understood_is_not_guessed_at():
    assert gender("女", "3", "会員") == ["female", None, None]


def test_zero_and_one_without_a_two_may_be_any():
    assert gender("0", "1", "女") == [None, None, "female"]
    assert gender("0", "1", "2") == ["", "male", "female"]


FORMS = {
    "1985-03-04": "1985-03-04", "1948/12/31": "1948-12-31", "19301105": "1930-11-05",
    "昭和22年8月1日": "1947-08-01", "S22.8.1": "1947-08-01", "大正12年9月1日": "1923-09-01",
    "T120901": "1923-09-01", "65/3/31": "1965-03-31", "31/03/1965": "1965-03-31",
    "2024-06-30": "2024-06-30", "1903-07-01": "1903-07-01",
}  # fmt: skip


@pytest.mark.parametrize("text", FORMS, ids=lambda text: text.encode("unicode_escape").decode())
def test_a_birthday_is_read_as_written(text):
    assert birth(text) == [FORMS[text]]


@pytest.mark.parametrize(
    "text", ["1900-01-01", "1900/1/1", "19000101", "0000-00-00", "9999-12-31", "1970-01-01", "-"]
)
def test_what_only_fills_the_field_is_no_birthday(text):
    assert birth(text, "1985-03-04") == ["dummy", "1985-03-04"]


@pytest.mark.parametrize("text", ["2024-07-01", "1903-06-30", "1985-02-30", "3月4日", "soon"])
def test_an_age_of_nobody_and_what_is_no_date_cannot_be_read(text):
    assert birth(text, "1985-03-04") == ["unread", "1985-03-04"]


def test_a_blank_is_neither():
    assert birth("", "1985-03-04") == ["", "1985-03-04"]


def test_a_day_that_very_many_have_is_a_default():
    assert birth(*["1980-01-01"] * 10, "1985-03-04") == ["dummy"] * 10 + ["1985-03-04"]
    years = [f"{1980 + i % 4}-01-01" for i in range(40)]
    assert birth(*years) == years  # the years alone are told
    assert set(birth(*["1980-01-01"] * 9)) == {"1980-01-01"}


def test_a_prefecture_has_one_name():
    given = ["東京", "東京都", "13", "JP-13", "北海道", "大阪", "京都", "California", "48", ""]
    assert prefectures(column(given)).to_pylist() == [
        *("東京都", "東京都", "東京都", "東京都", "北海道", "大阪府", "京都府", "California"),
        *("48", ""),
    ]


def test_of_an_address_only_the_prefecture_is_read():
    found, unread = of_addresses(
        column(
            [
                "〒105-0011 東京都港区芝公園4",
                "京都府京都市中京区",
                "横浜市西区",
                "",
                "105-0011東京都",
            ]
        )
    )
    assert found.to_pylist() == ["東京都", "京都府", "", "", "東京都"]
    assert unread.tolist() == [False, False, True, False, False]
