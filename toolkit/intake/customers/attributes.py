"""What a customer master tells of a person, in one form each: gender, date of birth, area."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.names import aliases, plain
from toolkit.intake.tables.coded import Coded, half_width
from toolkit.intake.values.dates import Stamps

GENDERS = ("female", "male", "other")
OLDEST = 120  # whole years of age
PLACEHOLDERS = r"^[0/.\-:\sー―年月日]+$|^(0001|1111|1899|1900|9999)\D|^(1900|9999)\d{4}"
UNSET = np.array(["1899-12-30", "1899-12-31", "1900-01-01", "1970-01-01"], "datetime64[D]")
FEWEST_SHARED, SHARED = 10, 0.01  # customers, and their share, with one birthday: a form's default
MOST_DEFAULTS = 3
SHORT_YEAR = r"^\d{1,2}\D+\d{1,2}\D+\d{1,2}$|^\d{1,2}[- ]?\p{L}+[- ,.]*\d{2}$"
CODE = re.compile(r"(?:jp)?0*([1-9]\d?)")
_ADDRESS = r"^〒?\s*(?:\d{3}-?\d{4})?\s*(?:日本国?[、,]?)?\s*"


def genders(column: Coded) -> tuple[pa.Array, np.ndarray]:
    """`female`, `male`, `other` or "" for every text, and the texts (mask) not understood.

    Numbers are those of ISO/IEC 5218 (1 male, 2 female, 0 and 9 not known); where there is a 0 and
    no 2 they may be any, and are not understood (our rule).
    """
    words = aliases()["gender"]
    meant = {word: gender for gender in GENDERS for word in words[gender]}
    meant |= dict.fromkeys(words["unknown"], "")
    texts = [re.sub(r"\.0$", "", plain(text)) for text in column.texts.to_pylist()]
    if "0" in texts and "2" not in texts:
        meant = {word: gender for word, gender in meant.items() if word not in ("0", "1")}
    found = [meant.get(text) for text in texts]
    unread = np.array([each is None for each in found], bool)
    return pa.array([each or "" for each in found], pa.string()), unread


def births(stamps: Stamps, column: Coded, closing: dt.date) -> tuple[np.ndarray, ...]:
    """The date of birth of every row (datetime64[D], NaT for none); the rows (mask) whose
    placeholder (1900-01-01, a form's default) says nothing; and those that cannot be read.

    A year of two digits that would lie after the closing date is of the century before. Who would
    be younger than 0 or older than 120 at the closing date cannot be read. A day that at least 10
    customers and 1 % of those with a birthday have is a default, of at most three (our rules).
    """
    days = stamps.at.astype("datetime64[D]")
    texts = half_width(column.texts)
    last, first = np.datetime64(closing), np.datetime64(_years_before(closing, OLDEST + 1))
    short = column.look_up(pc.match_substring_regex(texts, SHORT_YEAR).to_numpy(False))
    days = np.where(short & (days > last), _century_before(days), days)
    filled = ~column.blank()
    dummy = column.look_up(pc.match_substring_regex(texts, PLACEHOLDERS).to_numpy(False)) & filled
    dummy |= np.isin(days, UNSET)
    good = ~np.isnat(days) & (days <= last) & (days > first) & ~dummy
    dummy |= good & _shared(days, good)
    unread = filled & ~good & ~dummy
    return np.where(good & ~dummy, days, np.datetime64("NaT")), dummy, unread


def _years_before(day: dt.date, years: int) -> dt.date:
    return (pd.Timestamp(day) - pd.DateOffset(years=years)).date()


def _century_before(days: np.ndarray) -> np.ndarray:
    """The same calendar days a hundred years earlier; the 1st of March where there is none."""
    months = days.astype("datetime64[M]")
    return (months - 1200).astype("datetime64[D]") + (days - months.astype("datetime64[D]"))


def _shared(days: np.ndarray, good: np.ndarray) -> np.ndarray:
    """Rows of a day that too many have (mask); none where there are many such days, as in a
    master that has the years alone."""
    codes, found = pd.factorize(days)
    n = np.bincount(codes[good], minlength=len(found) + 1)
    much = n >= max(FEWEST_SHARED, SHARED * good.sum())
    return much[codes] if much.sum() <= MOST_DEFAULTS else np.zeros(len(days), bool)


def prefectures(column: Coded) -> pa.Array:
    """The prefecture for every text: 東京 and 13 are 東京都; what is none of Japan's stays."""
    return pa.array([_prefecture(text) for text in half_width(column.texts).to_pylist()])


def of_addresses(column: Coded) -> tuple[pa.Array, np.ndarray]:
    """The prefecture an address begins with, and the texts (mask) that begin with none."""
    texts = half_width(column.texts)
    pattern = f"{_ADDRESS}(?P<area>{'|'.join(aliases()['prefecture']['of_japan'])})"
    found = pc.struct_field(pc.extract_regex(texts, pattern), "area")
    found = pc.fill_null(found, "")
    unread = pc.and_(pc.equal(found, ""), pc.not_equal(texts, ""))
    return found, unread.to_numpy(zero_copy_only=False)


def as_they_are(column: Coded) -> pa.Array:
    """The texts, in half width."""
    return half_width(column.texts)


def _prefecture(text: str) -> str:
    known = _known()
    bare = plain(text)
    code = CODE.fullmatch(bare)
    if code and int(code[1]) <= len(known[0]):
        return known[0][int(code[1]) - 1]
    return known[1].get(bare, text)


@cache
def _known() -> tuple[Sequence[str], dict[str, str]]:
    """The prefectures by number, and by their names with and without 都, 府 or 県."""
    names = aliases()["prefecture"]["of_japan"]
    return names, {name: name for name in names} | {n[:-1]: n for n in names if n[-1] != "道"}
