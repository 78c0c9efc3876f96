"""Dates as people and systems write them, read as wall-clock stamps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.grid import Coded, coded, half_width
from toolkit.problems import InputProblem

FIRST_YEAR, LAST_YEAR = 1950, 2199  # outside lie placeholders such as 1900-01-01 and 9999-12-31
_SERIAL_ZERO = np.datetime64("1899-12-30", "us")  # day 0 of Excel's calendar

_CLOCK = (
    r"(?:[T ]*(?P<hour>\d{1,2})[:時](?P<minute>\d{1,2})[:分]?(?P<second>\d{1,2})?(?:\.\d+)?秒?"
    r" ?(?P<half>[AaPp][Mm])?)?"
)
_ZONE = r" ?(?P<zone>Z|UTC|[+-]\d{2}:?\d{2})?"
_WEEKDAY = r"(?: ?\([月火水木金土日]\))?"
ISO = r"^\d{4}-\d{2}-\d{2}(?P<clock>[T ]\d{2}:\d{2}(?::\d{2})?)?$"
YEAR_FIRST = (
    r"^(?P<year>\d{4}) ?[-/.年] ?(?P<month>\d{1,2}) ?[-/.月] ?(?P<day>\d{1,2})日?"
    rf"{_WEEKDAY}{_CLOCK}{_ZONE}$"
)
COMPACT = (
    r"^(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    rf"(?:(?:[T ]?(?P<h>\d{{2}})(?P<m>\d{{2}})(?P<s>\d{{2}})?)|{_CLOCK}){_ZONE}$"
)
YEAR_LAST = rf"^(?P<one>\d{{1,2}})[-/.](?P<two>\d{{1,2}})[-/.](?P<year>\d{{4}}){_CLOCK}{_ZONE}$"
SERIAL = r"^(?P<days>\d{5})(?:\.0*|(?P<part>\.\d+))?$"


@dataclass(frozen=True)
class Stamps:
    """Per row: the wall-clock stamp (datetime64[us], NaT where unreadable), whether it has a time
    of day, and whether it was written with an offset."""

    at: np.ndarray
    timed: np.ndarray
    offset: np.ndarray


def read_dates(column: Coded, name: str, file: str, timezone: str | None = None) -> Stamps:
    """Stamps of a column of text.

    An offset is applied only with `timezone` (then the stamp is that zone's wall clock). Dates
    with the year last are read where the column itself shows which part is the day; a column
    that does not is an InputProblem, and a few such dates among others are unreadable.
    """
    texts = half_width(column.texts)
    at = np.full(len(texts), np.datetime64("NaT"), "datetime64[us]")
    timed, offset = np.zeros(len(texts), bool), np.zeros(len(texts), bool)
    _plainly_iso(texts, at, timed)
    for pattern in (YEAR_FIRST, COMPACT, YEAR_LAST, SERIAL):
        left = np.flatnonzero(np.isnat(at))
        some = texts.take(pa.array(left))
        hit = pc.match_substring_regex(some, pattern).to_numpy(zero_copy_only=False)
        if hit.any():
            parts = _Parts(pc.extract_regex(some.filter(pa.array(hit)), pattern))
            if pattern is YEAR_LAST:
                share = np.isin(column.codes, left[hit]).mean() if len(column.codes) else 0.0
                parts.settle(name, file, share)
            where = left[hit]
            at[where], timed[where] = parts.serial() if pattern is SERIAL else parts.stamps()
            offset[where] = parts.zoned()
            at[where] = parts.moved(at[where], timezone)
    return Stamps(column.look_up(at), column.look_up(timed), column.look_up(offset))


def business_days(stamps: Stamps, day_starts_at: str) -> np.ndarray:
    """The business day of each stamp (datetime64[D]); sales before the start belong to the day
    before. Dates without a time stay, and so does a column whose times are all midnight: there
    midnight only pads a date."""
    hours, minutes = day_starts_at.split(":")
    early = np.timedelta64(int(hours) * 60 + int(minutes), "m")
    days = stamps.at.astype("datetime64[D]")
    if not (stamps.timed & (stamps.at != days)).any():
        return days
    return np.where(stamps.timed, (stamps.at - early).astype("datetime64[D]"), days)


def joined(days: Coded, times: Coded) -> Coded:
    """A column of days and one of times (10:33, 103309) as one; days that have times stay."""
    if pc.any(pc.match_substring(days.texts, ":")).as_py():
        return days
    bare = pc.replace_substring_regex(times.texts, r"^(\d)(\d{2})(\d{2})$", r"0\1:\2:\3")
    clock = pc.replace_substring_regex(bare, r"^(\d{2})(\d{2})(\d{2})$", r"\1:\2:\3")
    pairs, codes = np.unique(
        days.codes.astype(np.int64) * len(clock) + times.codes, return_inverse=True
    )
    day = days.texts.take(pa.array(pairs // len(clock)))
    return coded(
        codes, pc.binary_join_element_wise(day, clock.take(pa.array(pairs % len(clock))), " ")
    )


def _plainly_iso(texts: pa.StringArray, at: np.ndarray, timed: np.ndarray) -> None:
    """Fill in the commonest form by Arrow's own cast; what it refuses is left for the patterns."""
    dashes = pc.replace_substring(texts, "/", "-")
    iso = pc.match_substring_regex(dashes, ISO)
    some = dashes.filter(iso)
    try:
        stamps = some.cast(pa.timestamp("us")).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:  # one day that does not exist spoils the cast of all
        return
    year = stamps.astype("datetime64[Y]").astype(np.int64) + 1970
    where = np.flatnonzero(iso.to_numpy(zero_copy_only=False))
    at[where] = np.where((year >= FIRST_YEAR) & (year <= LAST_YEAR), stamps, np.datetime64("NaT"))
    timed[where] = pc.greater(pc.utf8_length(some), 10).to_numpy(zero_copy_only=False)


class _Parts:
    """The parts a pattern found, as numbers."""

    def __init__(self, found: pa.StructArray):
        self._found = found
        self._names = {each.name for each in found.type}

    def number(self, name: str, absent: int = 0) -> np.ndarray:
        if name not in self._names:
            return np.full(len(self._found), absent, np.int64)
        texts = pc.struct_field(self._found, name)
        return pc.cast(pc.if_else(pc.equal(texts, ""), str(absent), texts), pa.int64()).to_numpy()

    def text(self, name: str) -> np.ndarray:
        if name not in self._names:
            return np.full(len(self._found), "", object)
        return pc.struct_field(self._found, name).to_numpy(zero_copy_only=False).astype(object)

    def settle(self, name: str, file: str, share: float) -> None:
        """Which part of a year-last date is the day; unsettled, both are made unreadable."""
        one, two = self.number("one"), self.number("two")
        day_first, month_first = bool((one > 12).any()), bool((two > 12).any())
        if day_first != month_first:
            self._day, self._month = (one, two) if day_first else (two, one)
            return
        if share > 0.5:
            example = f"{one[0]}/{two[0]}/{self.number('year')[0]}"
            raise InputProblem("ambiguous_dates", file=file, column=name, value=example)
        self._day = self._month = np.zeros_like(one)

    def stamps(self) -> tuple[np.ndarray, np.ndarray]:
        year = self.number("year")
        month = getattr(self, "_month", None)
        month, day = (
            (self.number("month"), self.number("day")) if month is None else (month, self._day)
        )
        hour = self.number("hour", -1)
        timed = (hour >= 0) | (self.number("h", -1) >= 0)
        hour = self._of_day(hour)
        hour = np.where(timed, np.maximum(hour, self.number("h")), 0)
        minute = np.maximum(self.number("minute"), self.number("m"))
        second = np.maximum(self.number("second"), self.number("s"))
        good = (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (month >= 1) & (month <= 12)
        good &= (day >= 1) & (hour < 24) & (minute < 60) & (second < 60)
        months = np.where(good, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
        days = months.astype("datetime64[D]") + np.where(good, day - 1, 0)
        good &= days.astype("datetime64[M]") == months
        at = days.astype("datetime64[us]") + (hour * 3600 + minute * 60 + second).astype("m8[s]")
        return np.where(good, at, np.datetime64("NaT")), timed

    def _of_day(self, hour: np.ndarray) -> np.ndarray:
        half = pd.Series(self.text("half")).str.upper()
        return np.where(half == "PM", hour % 12 + 12, np.where(half == "AM", hour % 12, hour))

    def serial(self) -> tuple[np.ndarray, np.ndarray]:
        """Days since Excel's day 0, the time of day to the nearest second."""
        part = self.text("part")
        seconds = np.array([round(float(p) * 86400) if p else 0 for p in part], "m8[s]")
        at = _SERIAL_ZERO + self.number("days").astype("m8[D]") + seconds
        year = at.astype("datetime64[Y]").astype(np.int64) + 1970
        good = (year >= FIRST_YEAR) & (year <= LAST_YEAR)
        return np.where(good, at, np.datetime64("NaT")), part != ""

    def zoned(self) -> np.ndarray:
        return self.text("zone") != ""

    def moved(self, at: np.ndarray, timezone: str | None) -> np.ndarray:
        """Stamps with an offset as the wall clock of `timezone`; others as they are."""
        zone, zoned = self.text("zone"), self.zoned()
        if timezone is None or not zoned.any():
            return at
        minutes = np.array([_minutes(each) for each in zone[zoned]], "m8[m]")
        there = pd.DatetimeIndex(at[zoned] - minutes).tz_localize("UTC").tz_convert(timezone)
        moved = at.copy()
        moved[zoned] = there.tz_localize(None).to_numpy().astype("datetime64[us]")
        return moved


def _minutes(zone: str) -> int:
    if zone in ("Z", "UTC"):
        return 0
    size = int(zone[1:3]) * 60 + int(zone[-2:])
    return -size if zone[0] == "-" else size
