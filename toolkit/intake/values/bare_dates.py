"""Dates that need something beside them: 260503, 8.5.3 of an era, 5/3 of a year named elsewhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from toolkit.intake.tables.coded import Coded, half_width
from toolkit.intake.tables.strays import named_totals
from toolkit.intake.values.eras import NAMES
from toolkit.intake.values.short_dates import KINDS

SHARE = 0.8  # of the filled rows that have to be such dates
FEWEST = 3  # rows of six digits that show anything
REIWA = "reiwa"  # the setting `date_order` for years of that era
REIWA_AT_MOST = 12  # years under a heading of eras that are its, and those that are of Heisei
HEISEI_AT_LEAST, HEISEI_AT_MOST = 16, 31
SIX = re.compile(r"(\d\d)(\d\d)(\d\d)")
MONTHS = re.compile(r"(19|20)\d\d(0[1-9]|1[0-2])")  # 202605
ERALESS = re.compile(r"(?P<year>\d{1,2}) ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2}(?:日|[ T(].*)?")
WITH_ERA = re.compile(rf"(?P<era>{'|'.join(NAMES)})[. ]?(?P<year>\d{{1,2}}|元)\D.*", re.IGNORECASE)
MONTH_DAY = KINDS["dates_without_year"]
DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])日?")
OF_ERAS = {"令和": "R", "平成": "H", "昭和": "S"}
_YEAR = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:年|[-_./ ])?(?P<month>0[1-9]|1[0-2]|[1-9](?=月))?(?!\d)"
    r"|(?P<era>令和|平成|(?<![A-Za-z])[RH])(?P<first>元|\d{1,2})(?:年|[-_./](?=\d))?"
    r"(?P<of>\d{1,2}(?=月)|(?<=[-_./])\d{1,2})?(?!\d)"
)
_DAY = re.compile(
    r"(?<!\d)(19|20)\d\d[-_./年]?(0[1-9]|1[0-2]|[1-9](?=\D))[-_./月]?(0[1-9]|[12]\d|3[01])(?!\d)"
)
_FISCAL = re.compile(r"年度|(?<![a-z])fy|fiscal|期(?!間)", re.IGNORECASE)
_ELSE = re.compile(  # of a year that is not that of the sales, or of another month than theirs
    r"創業|開業|設立|開店|オープン|年式|モデル|円均一|締|予約|福袋|おせち|カレンダー|since|\best\b",
    re.IGNORECASE,
)
_MONTH = re.compile(r"(?<!\d)(\d{1,2})月")


@dataclass(frozen=True)
class Rule:
    """How the dates of a column are made whole. whole: a text as it is read, others as they are.
    key, told: the note on it, "" for none."""

    whole: Callable[[str], str]
    key: str = ""
    told: dict[str, Any] = field(default_factory=dict)


def some(column: Coded) -> bool:
    """Whether a column has dates that may be such, in 80 % of its filled rows or in part."""
    forms = (SIX, ERALESS, MONTH_DAY, DAY)
    return any(form.fullmatch(text) for text in _texts(column) for form in forms)


def rule_of(
    name: str, titles: Sequence[str], column: Coded, order: str | None, alone: bool = True
) -> Rule | None:
    """How the dates of the column of this name are made whole; None where nothing shows it.

    An era: of `order` reiwa, the heading (令和, or 和暦 with years up to 12), the title of the
    sheet or file, or other dates of the column. Six digits: they are dates in some order. A year:
    the title names one, and the months that the dates have where it names any; a month, where the
    column is the only one of dates (`alone`) and the title names one. Totals among them
    (4月計) do not count. Our rule.
    """
    texts, filled = _texts(column), ~(column.blank() | named_totals(column))
    rows = np.bincount(column.codes[filled], minlength=len(texts))

    def share(hits: Iterable[bool]) -> float:
        return float(rows[np.fromiter(hits, bool, len(texts))].sum()) / max(int(rows.sum()), 1)

    there = [text for text, n in zip(texts, rows.tolist(), strict=True) if n]
    eras = {found[1] for text in there if (found := WITH_ERA.fullmatch(text))}
    bare = [found for text in there if (found := ERALESS.fullmatch(text) or SIX.fullmatch(text))]
    dated = [bool(ERALESS.fullmatch(t) or SIX.fullmatch(t) or WITH_ERA.fullmatch(t)) for t in texts]
    if bare and share(dated) >= SHARE:
        era = _era(name, titles, there, {int(each[1]) for each in bare}, eras, order)
        if era:
            return Rule(lambda text: _with_era(text, era), *_told_era(era, bare[0][0]))
    six = [bool(SIX.fullmatch(text)) and not MONTHS.fullmatch(text) for text in texts]
    if share(six) >= SHARE and sum(rows[six]) >= FEWEST and share(map(_may_be, texts)) >= SHARE:
        return Rule(lambda text: SIX.sub(r"\1-\2-\3", text) if SIX.fullmatch(text) else text)
    return _of_title(titles, texts, rows, alone)


def year_of(titles: Sequence[str]) -> tuple[int, set[int], str] | None:
    """The one year that the titles name, the first that names any, with the months they name and
    the title; None where that is no calendar year, or a day, or several years."""
    folded = [unicodedata.normalize("NFKC", title) for title in titles]
    months: set[int] = set()
    for title in folded:
        named = [int(n) for n in _MONTH.findall(title)]
        own = {n for n in named if 1 <= n <= 12}
        found = list(_YEAR.finditer(title))
        if _FISCAL.search(title) or _DAY.search(title) or (found and _ELSE.search(title)):
            return None
        if named != sorted(named):  # 12月～1月 is of two years
            return None
        own |= {int(m) for each in found if (m := each["month"] or each["of"]) and int(m) <= 12}
        months = months or own
        years = {_full_year(each) for each in found}
        if years:
            return (years.pop(), months, title) if len(years) == 1 else None
    return None


def _of_title(
    titles: Sequence[str], texts: list[str], rows: np.ndarray, alone: bool
) -> Rule | None:
    named, count = year_of(titles), SHARE * int(rows.sum())
    if named is None:
        return None
    year, months, title = named
    told = {"year": str(year), "title": title}
    dated = {text: n for text, n in zip(texts, rows.tolist(), strict=True) if n}
    short = [each for text in dated if (each := MONTH_DAY.fullmatch(text))]
    days = [text for text in dated if DAY.fullmatch(text)]
    if short and sum(dated[each[0]] for each in short) >= count:
        own = {int(each[1]) for each in short}
        if months and not own <= set(range(min(months), max(months) + 1)):
            return None
        told |= {"value": short[0][0]}
        return Rule(lambda text: _with_year(text, year), "dates_year_of_title", told)
    if alone and len(months) == 1 and days and sum(dated[text] for text in days) >= count:
        (month,) = months
        told |= {"value": days[0], "month": str(month)}
        return Rule(lambda text: _with_month(text, year, month), "dates_month_of_title", told)
    return None


def _era(
    name: str,
    titles: Sequence[str],
    there: list[str],
    years: set[int],
    eras: set[str],
    order: str | None,
) -> str:
    """The letter of the era that dates without one are of, "" where nothing shows it."""
    if order is not None:
        return "R" if order == REIWA else ""
    folded = unicodedata.normalize("NFKC", name)
    said = [letter for word, letter in OF_ERAS.items() if word in folded]
    if said:
        return said[0] if len(said) == 1 else ""
    places = {NAMES[era.upper()] for era in eras}
    if len(places) == 1:
        letter = "MTSHR"[places.pop()]
        known = {1 if e[2] == "元" else int(e[2]) for t in there if (e := WITH_ERA.fullmatch(t))}
        return letter if min(known) - 1 <= min(years) and max(years) <= max(known) + 1 else ""
    for title in titles:
        found = list(_YEAR.finditer(unicodedata.normalize("NFKC", title)))
        of_era = {e["era"]: int(e["first"].replace("元", "1")) for e in found if e["era"]}
        if len(of_era) == 1 and years == set(of_era.values()):
            return OF_ERAS.get(next(iter(of_era)), next(iter(of_era)))
    if "和暦" in folded and max(years) <= REIWA_AT_MOST:
        return "R"
    if "和暦" in folded and min(years) >= HEISEI_AT_LEAST and max(years) <= HEISEI_AT_MOST:
        return "H"
    return ""


def _told_era(era: str, value: str) -> tuple[str, dict[str, Any]]:
    return "dates_of_era", {"value": value, "era": era}


def _with_era(text: str, era: str) -> str:
    return era + text if ERALESS.fullmatch(text) or SIX.fullmatch(text) else text


def _with_year(text: str, year: int) -> str:
    found = MONTH_DAY.fullmatch(text)
    return text if found is None else f"{year}{'年' if found[2] == '月' else found[2]}{text}"


def _with_month(text: str, year: int, month: int) -> str:
    found = DAY.fullmatch(text)
    return text if found is None else f"{year}-{month}-{found[1]}"


def _may_be(text: str) -> bool:
    """Whether six digits are a date in some order of year, month and day."""
    found = SIX.fullmatch(text)
    if found is None:
        return False
    one, two, three = map(int, found.groups())
    orders = ((two, three), (two, one), (one, two))
    return any(1 <= month <= 12 and 1 <= day <= 31 for month, day in orders)


def _full_year(found: re.Match) -> int:
    if found["year"]:
        return int(found["year"])
    number = int(found["first"].replace("元", "1"))
    return number + (2018 if found["era"] in ("令和", "R") else 1988)


def _texts(column: Coded) -> list[str]:
    return half_width(column.texts).to_pylist()
