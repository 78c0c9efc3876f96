"""Times of day as people and systems write them, and a column of them beside a column of days."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.tables.coded import Coded, coded, half_width, pair_codes
from toolkit.intake.values.date_parts import Parts

DAY = 86400  # seconds
ZONE = r"(?: ?(?P<zone>Z|JST|(?:UTC|GMT)?[+-]\d{2}(?::?\d{2})?|UTC|GMT))?"
CLOCK = (  # of texts in capitals, 午前 and 午後 in them made AM and PM
    r"(?:[T ,]+(?:(?P<before>[AP]\.?M\.?) ?)?(?P<hour>\d{1,2})"
    r"(?:(?P<mark>[:時])(?P<minute>\d{1,2})?(?:[:分](?:(?P<second>\d{1,2})(?:[.,]\d+)?)?)?秒?)?"
    rf"(?: ?(?P<after>[AP]\.?M\.?))?)?{ZONE}"
)
_SLOT = (  # 10:30-11:00, of texts in capitals, without an offset
    r"^(?P<start>.*?\d(?:[T ,]+|日)\D{0,6}(?P<hour>\d{1,2})[:時](?P<minute>\d{2})?分?) ?"
    r"(?P<dash>[-–—−ー~〜～]|から) ?(?P<to>\d{1,2})[:時](?P<past>\d{2})?分?(?:まで)?$"
)
_OWN = r"[:時]|^\d{5}[.,]0*[1-9]"  # a day that has a time
_MIDNIGHT = r"[T ]0?0:00(?::00(?:\.0+)?)?$"
_NO_DAY = r"^(?:1899-12-30|1900[-/]0?1[-/]0?0)[T ]"  # what Excel and Access put before a bare time


def seconds(parts: Parts) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Seconds after midnight, whether a time is written, and whether it is one.

    24:00 to 29:59 are the small hours of the following day (86,400 seconds and more). Twelve is
    0 with AM or 午前 and 12 with PM or 午後; a fraction of a second is left off, a fraction of a
    day is rounded to the second.
    """
    hour, minute, second = parts.number("hour", -1), parts.number("minute"), parts.number("second")
    part, timed, (am, pm) = _parts_of_day(parts), hour >= 0, _halves(parts)
    exact = parts.given("minute") | am | pm | parts.shows("mark", "時")
    good = (minute < 60) & (second < 60) & (hour < np.where(am, 13, np.where(pm, 24, 30)))
    good &= ~(am & pm) & (exact | ~timed) & ~(timed & (part > 0))
    hour = np.where(pm, hour % 12 + 12, np.where(am, hour % 12, hour))
    after = np.where(timed, hour * 3600 + minute * 60 + second, part)
    return after, timed | (part > 0), good


def starts(texts: pa.StringArray) -> tuple[pa.StringArray, np.ndarray]:
    """The texts with the start alone where a slot of time stands (2024/01/18 10:30-11:00), and
    which those are (mask).

    What stands behind a hyphen may be an offset of UTC too: it is an end where it is later than
    the start in every text that has one, or lies behind a wave or から. Our rule.
    """
    hit = pc.match_substring_regex(texts, _SLOT)
    where = hit.to_numpy(zero_copy_only=False).copy()
    if not where.any():
        return texts, where
    found = Parts(texts.filter(hit), _SLOT)
    start = 60 * found.number("hour") + found.number("minute")
    end = 60 * found.number("to") + found.number("past")
    offset = np.logical_or.reduce([found.shows("dash", each) for each in "-–—−"])
    if (offset & (end <= start)).any():
        where[where] = ~offset
    slots = pa.array(where)
    starting = pc.replace_substring_regex(texts.filter(slots), _SLOT, r"\1")
    return pc.replace_with_mask(texts, slots, starting), where


def _parts_of_day(parts: Parts) -> np.ndarray:
    """Seconds after midnight of a fraction of a day, as Excel has them."""
    if not parts.given("part").any():
        return np.zeros(len(parts), np.int64)
    share = pc.cast(pc.binary_join_element_wise("0.0", parts.text("part"), ""), pa.float64())
    return np.rint(10 * share.to_numpy() * DAY).astype(np.int64)


def _halves(parts: Parts) -> tuple[np.ndarray, np.ndarray]:
    """Where the time is said to be before, and after noon."""
    return tuple(parts.shows("before", half) | parts.shows("after", half) for half in "AP")


def offsets(parts: Parts, timed: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Minutes ahead of UTC, whether an offset is written, and whether it is one."""
    zoned = parts.given("zone")
    if not zoned.any():
        return np.zeros(len(parts)), zoned, ~zoned
    zones = parts.text("zone").dictionary_encode()
    minutes = np.array([_minutes(zone) for zone in zones.dictionary.to_pylist()])
    minutes = minutes[zones.indices.to_numpy()]
    bare = pc.match_substring_regex(parts.text("zone"), r"^[+-]\d+$").to_numpy(zero_copy_only=False)
    return minutes, zoned, ~np.isnan(minutes) & (timed | ~bare)  # 2026-07-08-01 is no date


def _minutes(zone: str) -> float:
    if zone in ("", "Z", "UTC", "GMT", "JST"):
        return 540.0 if zone == "JST" else 0.0
    sign, hours, minutes = re.search(r"([+-])(\d{2}):?(\d{2})?$", zone).groups("00")
    size = int(hours) * 60 + int(minutes)
    if size > 14 * 60 or int(minutes) > 59:
        return np.nan
    return float(-size if sign == "-" else size)


def joined(days: Coded, times: Coded) -> Coded:
    """A column of days and one of times as one.

    Times are read as 10:33, 午後3:05, 103309 and 1033 (which of the two, the longest shows), and
    as Excel's fractions of a day; a dash is none. Days that have times of their own
    stay, unless all of those are midnight, which only pads a date.
    """
    texts = half_width(days.texts)
    if has_times(texts):
        return days
    bare = pc.replace_substring_regex(texts, _MIDNIGHT, "")
    clock = _clocks(half_width(times.texts))
    codes, first, second = pair_codes(days.codes, times.codes)
    parts = (bare.take(pa.array(first)), clock.take(pa.array(second)))
    return coded(codes, pc.binary_join_element_wise(*parts, " "))


def has_times(texts: pa.StringArray) -> bool:
    """Whether some of these days have a time of their own that is not midnight."""
    bare = pc.replace_substring_regex(texts, _MIDNIGHT, "")
    return bool(pc.any(pc.match_substring_regex(bare, _OWN)).as_py())


def _clocks(texts: pa.StringArray) -> pa.StringArray:
    """Times written with digits alone, or as fractions of a day, with colons."""
    texts = pc.replace_substring_regex(texts, _NO_DAY, "")
    texts = pc.replace_substring_regex(texts, r"^[-–—−ー]+$", "")
    parted = pc.match_substring_regex(texts, r"^0?[.,]\d+$")
    if pc.any(parted).as_py():
        parted = pc.or_(parted, pc.match_substring_regex(texts, r"^0(?:[.,]0*)?$"))
        share = pc.if_else(parted, pc.replace_substring(texts, ",", "."), "0")
        size = np.minimum(np.rint(pc.cast(share, pa.float64()).to_numpy() * DAY), DAY - 1)
        written = pa.array(size.astype(np.int32), pa.time32("s")).cast(pa.string())
        return pc.if_else(parted, written, texts)
    digits = pc.match_substring_regex(texts, r"^\d{1,6}$")
    longest = pc.max(pc.binary_length(texts.filter(digits))).as_py() or 0
    if longest < 3:
        return texts
    wide = pc.utf8_lpad(texts, 6 if longest > 4 else 4, "0")
    coloned = pc.replace_substring_regex(wide, r"^(\d{2})(\d{2})(\d{2})?$", r"\1:\2:\3")
    return pc.if_else(digits, pc.utf8_rtrim(coloned, ":"), texts)
