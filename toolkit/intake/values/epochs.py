"""Numbers in a column of dates by its name: Unix stamps, and days written out with their hour."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import numpy as np

from toolkit.intake.tables.coded import Coded, half_width
from toolkit.intake.values.bare_dates import Rule

SHARE = 0.95  # of the filled rows that have to be such numbers
WRITTEN_OUT = 0.5  # of them, above which numbers that are days written out are no stamps
YEARS = 25  # that stamps of orders may span, slips at either end aside; births span more
STAMP = re.compile(r"(\d{10})(?:\d{3}|\d{6})?(?:\.\d+)?")
LAST = 4_102_444_800  # of 2100-01-01
WITH_YEAR = re.compile(r"((?:19|20)\d\d)\D.*")  # a date that is no such number
HOURS = re.compile(  # 2024011813; hours of the night go on to 29
    r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2\d)"
)
MINUTES = re.compile(r"(\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2\d)([0-5]\d)")
JAPAN = "Asia/Tokyo"


def rule_of(column: Coded, zone: str = "") -> Rule | None:
    """How a column of such numbers is read; None where nothing shows it, or two things do.

    95 % of its filled rows are days with their hour (2024011813) or their hour and minute
    (2401181305); or, with more dates that have a year or without any, Unix stamps up to 2099 that
    span 25 years or less. Ten digits are seconds, 13 milliseconds, 16 microseconds. Stamps become
    the wall clock of `zone`, without one stamps of UTC with that offset. Our rule.
    """
    texts = half_width(column.texts).to_pylist()
    rows = np.bincount(column.codes[~column.blank()], minlength=len(texts))
    every = int(rows.sum())

    def hits(form) -> np.ndarray:
        return np.array([form(text) is not None for text in texts], bool) & (rows > 0)

    forms = {"dates_of_hours": HOURS, "dates_of_minutes": MINUTES}
    out = {key: hits(form.fullmatch) for key, form in forms.items()}
    shares = {key: rows[hit].sum() / max(every, 1) for key, hit in out.items()}
    whole = [key for key, share in shares.items() if share >= SHARE]
    if whole:
        key = whole[0]
        return _written_out(key, forms[key], texts, out[key]) if len(whole) == 1 else None
    stamps, dated = hits(_seconds), hits(WITH_YEAR.fullmatch)
    if not stamps.any() or rows[stamps | dated].sum() < SHARE * every:
        return None
    if max(rows[hit & stamps].sum() for hit in out.values()) > WRITTEN_OUT * rows[stamps].sum():
        return None
    years = np.repeat([_year(_seconds(text) or 0) for text in texts], np.where(stamps, rows, 0))
    low, high = np.quantile(years, [0.01, 0.99], method="nearest")
    others = [int(WITH_YEAR.fullmatch(text)[1]) for text in np.array(texts, object)[dated]]
    if others and not min(others) - 1 <= low <= high <= max(others) + 1:
        return None
    if high - low > YEARS:
        return None
    first = texts[int(np.flatnonzero(stamps)[0])]
    told = {"value": first, "read": _whole(first, zone) + (f" {zone}" if zone else "")}
    key = "dates_unix_some" if others else "dates_unix_there" if zone else "dates_unix"
    if others:
        told["n"] = f"{round(100 * rows[stamps].sum() / every)} %"
        told["other"] = texts[int(np.flatnonzero(dated)[0])]
    return Rule(lambda text: _whole(text, zone), key, told)


def _written_out(key: str, form: re.Pattern, texts: list[str], hit: np.ndarray) -> Rule:
    def whole(text: str) -> str:
        found = form.fullmatch(text)
        if found is None:
            return text
        year, month, day, hour, *minute = found.groups()
        year = year if len(year) == 4 else f"20{year}"
        return f"{year}-{month}-{day} {hour}:{minute[0] if minute else '00'}"

    first = texts[int(np.flatnonzero(hit)[0])]
    return Rule(whole, "dates_of_hours", {"value": first, "read": whole(first)})


def _seconds(text: str) -> int | None:
    found = STAMP.fullmatch(text)
    if found is None or text[0] == "0" or int(found[1]) >= LAST:
        return None
    return int(found[1])


def _year(seconds: int) -> int:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).year


def _whole(text: str, zone: str = "") -> str:
    seconds = _seconds(text)
    if seconds is None:
        return text
    at = dt.datetime.fromtimestamp(seconds, ZoneInfo(zone) if zone else dt.UTC)
    return at.strftime("%Y-%m-%d %H:%M:%S" + ("" if zone else " UTC"))
