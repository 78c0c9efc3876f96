"""The parts a pattern finds in dates, as numbers, and the calendar days they make."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

FIRST_YEAR, LAST_YEAR = 1950, 2199  # outside lie placeholders such as 1900-01-01 and 9999-12-31
FIRST_BIRTH = 1850  # the first year a date of birth may be of
PIVOT = 69  # two-digit years are 1969 to 2068, as POSIX has them for strptime


class Parts:
    """The named groups of a pattern in texts that match it, one value per text.

    first_year: the first that a date may be of.
    """

    def __init__(self, texts: pa.StringArray, pattern: str, first_year: int = FIRST_YEAR):
        self.first_year = first_year
        self._found = pc.extract_regex(texts, pattern)
        self._names = {each.name for each in self._found.type}

    def __len__(self) -> int:
        return len(self._found)

    def text(self, name: str) -> pa.StringArray:
        """What was found; "" where nothing was, or the pattern has no such group."""
        if name not in self._names:
            return pa.array([""], pa.string()).take(pa.array(np.zeros(len(self), np.int8)))
        return pc.struct_field(self._found, name)

    def given(self, name: str) -> np.ndarray:
        """Where the group found something."""
        if name not in self._names:
            return np.zeros(len(self), bool)
        return pc.not_equal(self.text(name), "").to_numpy(zero_copy_only=False)

    def shows(self, name: str, text: str) -> np.ndarray:
        """Where what the group found begins with this text."""
        if name not in self._names:
            return np.zeros(len(self), bool)
        return pc.starts_with(self.text(name), text).to_numpy(zero_copy_only=False)

    def number(self, name: str, absent: int = 0) -> np.ndarray:
        """The group's digits as an integer; `absent` where there are none."""
        if name not in self._names:
            return np.full(len(self), absent, np.int64)
        texts = self.text(name)
        return pc.cast(pc.if_else(pc.equal(texts, ""), str(absent), texts), pa.int64()).to_numpy()

    def year(self, name: str = "year") -> np.ndarray:
        """The group's digits as a year, two digits by the pivot; 0 for one digit or three."""
        year, length = self.number(name), pc.binary_length(self.text(name)).to_numpy()
        short = year + np.where(year < PIVOT, 2000, 1900)
        return np.where(length == 4, year, np.where(length == 2, short, 0))

    def days(self, year: np.ndarray, month: np.ndarray, day: np.ndarray) -> np.ndarray:
        """The days of these, from the first year on (`calendar_days`)."""
        return calendar_days(year, month, day, self.first_year)


def calendar_days(
    year: np.ndarray, month: np.ndarray, day: np.ndarray, first_year: int = FIRST_YEAR
) -> np.ndarray:
    """The days (datetime64[D]) of year, month and day; NaT where the calendar has none, and
    outside the years a sale may be of (`first_year` for others)."""
    good = (year >= first_year) & (year <= LAST_YEAR) & (month >= 1) & (month <= 12) & (day >= 1)
    months = np.where(good, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + np.where(good, day - 1, 0)
    good &= days.astype("datetime64[M]") == months
    return np.where(good, days, np.datetime64("NaT"))
