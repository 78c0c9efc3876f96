"""A date whose year, month and day stand in columns of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.columns.finder import Finder
from toolkit.intake.names import aliases
from toolkit.intake.tables.coded import Coded, half_width, paired, renamed

ORDER = "ymd"  # in which they are joined
_PARTS = (("年", "year"), ("月", "month"), ("日", "day"))
_LIMITS = ((1, 2199), (1, 12), (1, 31))
NEARLY_ALL = 0.9


def settle(find: Finder) -> None:
    """Settle the column of the date, or three of them: 年, 月 and 日, or such with one word before
    or behind (注文年, order_month), where numbers fit and no single column has dates. Our rule."""
    three = () if find.is_given("date") or find.format is not None else _three(find)
    if three and not _has_dates(find):
        find.settle_listed("date", three)
    else:
        find.pick("date")


def in_one(columns: Sequence[Coded]) -> Coded:
    """The columns of year, month and day as one of dates; blank where all three are."""
    parts = [renamed(each, _digits(each.texts)) for each in columns]
    made = parts[0]
    for part in parts[1:]:
        made = paired(renamed(made, _or_none(made.texts)), renamed(part, _or_none(part.texts)))
    texts = pc.replace_substring(made.texts, " ", "-")
    nothing = pc.match_substring_regex(texts, "^[-?]*$")
    return renamed(made, pc.replace_substring(pc.if_else(nothing, "", texts), "?", ""))


def _or_none(texts: pa.StringArray) -> pa.StringArray:
    return pc.if_else(pc.equal(texts, ""), "?", texts)


def _digits(texts: pa.StringArray) -> pa.StringArray:
    """Parts of a date without the word for what they are, and without a fraction of none."""
    bare = pc.replace_substring_regex(half_width(texts), r" ?[年月日]$", "")
    return pc.replace_substring_regex(bare, r"^(\d+)\.0$", r"\1")


def times(find: Finder) -> int | None:
    """A column of times of day beside the three, by its name and what stands in it."""
    names = {time for _, time in aliases()["time"]["pairs"]}
    fit = find.evidence.fit
    for i, name in enumerate(find.names):
        clocks = fit is None or fit.looks[i].clocks >= NEARLY_ALL
        if name in names and i not in find.taken and clocks:
            return i
    return None


def _three(find: Finder) -> tuple[int, ...]:
    """The columns of year, month and day, () where the file has none such."""
    for i, name in enumerate(find.names):
        for first, (year, _, _) in enumerate(zip(*_PARTS, strict=True)):
            if year not in name or i in find.taken:
                continue
            head, _, tail = name.partition(year)
            wanted = [head + part[first] + tail for part in _PARTS]
            if not all(each in find.names for each in wanted):
                continue
            at = tuple(find.names.index(each) for each in wanted)
            if not set(at) & find.taken and _fit(find, at):
                return at
    return ()


def _fit(find: Finder, at: Sequence[int]) -> bool:
    fit = find.evidence.fit
    if fit is None:
        return True
    columns = [find.evidence.glance.columns[i] for i in at]
    return all(_within(one, *limits) for one, limits in zip(columns, _LIMITS, strict=True))


def _within(column: Coded, low: int, high: int) -> bool:
    """Whether most rows of a column have a number that such a part of a date can be; an era may
    stand before that of a year."""
    texts = _digits(column.texts).to_pylist()
    found = (re.fullmatch(r"\D{0,2}(\d{1,4})", text.replace("元", "1")) for text in texts)
    good = np.array([each is not None and low <= int(each[1]) <= high for each in found], bool)
    filled = ~column.blank()
    return bool(filled.any()) and good[column.codes][filled].mean() > 0.5


def _has_dates(find: Finder) -> bool:
    """Whether a single column that may be the date's by its name has dates."""
    fit = find.evidence.fit
    named = [
        i
        for i in range(len(find.header))
        if i not in find.taken and find.evidence.says("date", i) in ("known", "word")
    ]
    if fit is None:
        return any(find.evidence.says("date", i) == "known" for i in named)
    return any(fit.looks[i].dates >= 0.5 for i in named)
