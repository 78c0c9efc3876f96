"""The forms of a date that say themselves which part is which."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from babel import Locale

from toolkit.intake.values.clocks import CLOCK, ZONE
from toolkit.intake.values.date_parts import LAST_YEAR, Parts
from toolkit.intake.values.eras import ERA, ERA_COMPACT, era_days

LANGUAGES = ("en", "de", "fr")  # whose names of months are read
_SERIAL_ZERO = np.datetime64("1899-12-30", "D")  # day 0 of Excel's calendar

ISO = (  # of the years from the first to the last
    r"^(?:19[5-9]\d|20\d\d|21\d\d)-"
    r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)?$"
)
YEAR_FIRST = (
    rf"^(?P<year>\d{{4}}) ?[-/.年] ?(?P<month>\d{{1,2}}) ?[-/.月] ?(?P<day>\d{{1,2}}){CLOCK}$"
)
YEAR_LAST = (  # 01月18日2024年 and 18日1月2024年, without 日
    rf"^(?P<month>\d{{1,2}})月 ?(?P<day>\d{{1,2}})[ ,]+(?P<year>\d{{4}})年?{CLOCK}$",
    rf"^(?P<day>\d{{1,2}}) (?P<month>\d{{1,2}})月 ?(?P<year>\d{{4}})年?{CLOCK}$",
)
COMPACT = rf"^(?P<year>\d{{4}})(?P<month>\d{{2}})(?P<day>\d{{2}}){CLOCK}$"
COMPACT_STAMP = (
    r"^(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})[T ]?(?P<hour>\d{2})(?P<minute>\d{2})"
    rf"(?P<second>\d{{2}})?(?:[.,]\d+)?{ZONE}$"
)
SERIAL = rf"^(?P<serial>\d{{5}})(?:[.,](?P<part>\d*))?{CLOCK}$"
_NAME = r"(?P<name>\p{L}{3,10})"
DAY_NAMED = (
    rf"^(?P<day>\d{{1,2}})(?:ST|ND|RD|TH|ER)?[-/. ]*{_NAME}[-/., ]*(?P<year>\d{{4}}|\d{{2}})"
    rf"{CLOCK}$"
)
MONTH_NAMED = (
    rf"^{_NAME}[-/. ]*(?P<day>\d{{1,2}})(?:ST|ND|RD|TH)?[-/., ]+(?P<year>\d{{4}}|\d{{2}}){CLOCK}$"
)
YEAR_NAMED = rf"^(?P<year>\d{{4}})[-/. ]*{_NAME}[-/. ]*(?P<day>\d{{1,2}}){CLOCK}$"

_JAPANESE = (  # what is taken out of a date, or put into one form, before the patterns are tried
    (  # an era behind its day
        r"^(\d{1,2})月 ?(\d{1,2})日? ?((?:令和|平成|昭和) ?(?:\d{1,2}|元)年)",
        r"\3\1月\2日",
    ),
    (r"\(?[月火水木金土日]曜日?\)?|\([月火水木金土日](?:[・/]?祝日?)?\)", " "),
    ("午前", " AM "),
    ("午後", " PM "),
    ("日", " "),
)
_EVERYWHERE = (
    (r"\(?\b(?:SUN|MON|TUES?|WED(?:NES)?|THU(?:RS?)?|FRI|SAT(?:UR)?)(?:DAY)?\b\.?\)?,?", " "),
    (  # a time before its date
        r"^ *((?:[AP]\.?M\.? ?)?\d{1,2}(?:[:時]\d{1,2}(?:[:分](?:\d{1,2}(?:\.\d+)?秒?)?)?)"
        r"(?: ?[AP]\.?M\.?)?),? +(\S.*\d\S*) *$",
        r"\2 \1",
    ),
    (r"([:時分]) +", r"\1"),
    (r"\s{2,}", " "),
)


def plainer(texts: pa.StringArray) -> pa.StringArray:
    """Texts in capitals, without days of the week and double blanks."""
    texts = pc.utf8_upper(texts)
    wide = not pc.all(pc.string_is_ascii(texts), min_count=0).as_py()
    for pattern, instead in (*_JAPANESE, *_EVERYWHERE) if wide else _EVERYWHERE:
        hit = pc.match_substring_regex(texts, pattern)
        if pc.any(hit).as_py():
            texts = pc.replace_substring_regex(texts, pattern, instead)
    return pc.utf8_trim_whitespace(texts)


def _numbered_days(parts: Parts) -> np.ndarray:
    return parts.days(parts.year(), parts.number("month"), parts.number("day"))


def _serial_days(parts: Parts) -> np.ndarray:
    days = _SERIAL_ZERO + parts.number("serial")
    year = days.astype("datetime64[Y]").astype(np.int64) + 1970
    return np.where((year >= parts.first_year) & (year <= LAST_YEAR), days, np.datetime64("NaT"))


def _named_days(parts: Parts) -> np.ndarray:
    where = pc.index_in(parts.text("name"), pa.array(list(months())))
    month = np.array([0, *months().values()])[pc.fill_null(where, -1).to_numpy() + 1]
    return parts.days(parts.year(), month, parts.number("day"))


@cache
def months() -> dict[str, int]:
    """Names of months and their short forms, in capitals and without a point, and their numbers."""
    found = {"SEPT": 9, "MRZ": 3, "FEVRIER": 2, "FEV": 2, "AOUT": 8, "DECEMBRE": 12, "DEC": 12}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            names = Locale(language).months["format"][width]
            found |= {name.upper().strip("."): number for number, name in names.items()}
    return found


FORMS: tuple[tuple[str, Callable[[Parts], np.ndarray]], ...] = (  # no text matches two
    (YEAR_FIRST, _numbered_days),
    *((form, _numbered_days) for form in YEAR_LAST),
    (COMPACT, _numbered_days),
    (COMPACT_STAMP, _numbered_days),
    (SERIAL, _serial_days),
    (ERA, era_days),
    (ERA_COMPACT, era_days),
    (DAY_NAMED, _named_days),
    (MONTH_NAMED, _named_days),
    (YEAR_NAMED, _named_days),
)
