"""Unix stamps (seconds and finer since 1970) in a column that is one of dates by its name."""

from __future__ import annotations

import datetime as dt
import re

import numpy as np

from toolkit.intake.tables.grid import Coded, half_width
from toolkit.intake.values.bare_dates import Rule

SHARE = 0.95  # of the filled rows that have to be such stamps
STAMP = re.compile(r"(\d{10})(?:\d{3}|\d{6})?(?:\.\d+)?")
LAST = 4_102_444_800  # of 2100-01-01
_COMPACT = (  # of digits that may as well be written out: 2024011813 and 2401181305
    re.compile(r"(?:19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])"),
    re.compile(r"\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])[0-5]\d"),
)


def rule_of(column: Coded) -> Rule | None:
    """How a column of Unix stamps is read: in UTC, each as a stamp with that offset; None where
    under 95 % of its filled rows are such stamps up to 2099, or they may be a day and hour
    written out. Ten digits are seconds, 13 milliseconds, 16 microseconds. Our rule."""
    texts = half_width(column.texts).to_pylist()
    rows = np.bincount(column.codes[~column.blank()], minlength=len(texts))
    hit = np.array([_seconds(text) is not None for text in texts], bool)
    if not rows.sum() or rows[hit].sum() < SHARE * rows.sum():
        return None
    there = [text for text, n, good in zip(texts, rows, hit, strict=True) if n and good]
    if any(all(form.fullmatch(text) for text in there) for form in _COMPACT):
        return None
    return Rule(_whole, "dates_unix", {"value": there[0], "read": _whole(there[0])})


def _seconds(text: str) -> int | None:
    found = STAMP.fullmatch(text)
    if found is None or text[0] == "0" or int(found[1]) >= LAST:
        return None
    return int(found[1])


def _whole(text: str) -> str:
    seconds = _seconds(text)
    if seconds is None:
        return text
    return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
