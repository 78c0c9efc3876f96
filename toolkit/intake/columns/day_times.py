"""A column of times of day beside the column of days."""

from __future__ import annotations

import re

import pyarrow.compute as pc

from toolkit.intake.columns.finder import Finder
from toolkit.intake.columns.looks import CLOCK
from toolkit.intake.names import aliases
from toolkit.intake.tables.coded import half_width
from toolkit.intake.values import split_dates
from toolkit.intake.values.clocks import has_times

NEARLY_ALL = 0.99  # what is no clock makes its whole row unreadable
LATE_SHARE = 0.1  # of clocks at six or later: fewer are rather spans of time
_SAYS = re.compile(r"時刻|時間(?!帯)|(?<![a-z])(time|clock|started|start|開始)(?![a-z])|time$|開始")
_ENDS = re.compile(
    r"終了|退|閉|まで|チェックアウト|(?<![a-z])(end|ended|finish\w*|out|checkout|close\w*)(?![a-z])"
)
_LATE = r"午後|[Pp]\.?[Mm]|(?:^|\D)(?:0?[6-9]|1\d|2\d)[:時]"
_SURELY = re.compile(r"時刻|開始|clock|start")
_NEVER = re.compile(
    r"所要|滞在|利用時間|施術時間|作業|勤務|労働|営業|待ち|経過|時間数|登録|更新|変更|発送|出荷|配送|配達|届|納品|入金|希望|指定|"
    r"(レンタル|コース|駐車|プレイ|通話|カラオケ|受講|貸出|使用|延長|録画|再生|稼働|休憩)時間|"
    r"締|生年|印刷|出力|取込|duration|elapsed|length|spent|wait|deliver|ship|updat|modif|creat|zone|timestamp|hours?$"
)


def settle(find: Finder) -> None:
    """Settle the column of times beside the days: as set, as a known format says, by a known pair
    of names, else by a name that says time of day where clocks stand in the column.

    Of several the one whose name begins as the date's does, then the nearest; the end of a visit
    only where no beginning is there. Not where the days have times of their own. Our rule.
    """
    if find.is_given("time") or "date" not in find.columns:
        return
    day, *beside = find.columns["date"]
    if find.decisions["date"].how == "format":
        find.settle("date", (day,), like="date")
        if beside:
            find.settle("time", (beside[0],), like="date")
        return
    at = split_dates.times(find) if beside else _paired(find, day)
    at = _found(find, day) if at is None and find.format is None else at
    if at is not None and at not in find.taken:
        find.settle("time", (at,), like="date")


def _paired(find: Finder, day: int) -> int | None:
    """The column of times of a known pair of names."""
    pairs = (time for date, time in aliases()["time"]["pairs"] if date == find.names[day])
    return next((find.names.index(time) for time in pairs if time in find.names), None)


def _found(find: Finder, day: int) -> int | None:
    """The column whose name and content tell that it has times of day."""
    fit, glance = find.evidence.fit, find.evidence.glance
    if fit is None or not find.evidence.headed or has_times(half_width(glance.columns[day].texts)):
        return None
    stem = re.sub(r"(年月)?日(付|時)?$|[ _]?date$", "", find.names[day])
    may_be = [
        (bool(_ENDS.search(name)), not (stem and name.startswith(stem)), abs(i - day), i)
        for i, name in enumerate(find.names)
        if i not in find.taken
        and _told(name)
        and _clocks(find, i) >= NEARLY_ALL
        and not _spans(find, i)
        and (_SURELY.search(name) or _of_day(find, i))
    ]
    return min(may_be)[-1] if may_be else None


def _clocks(find: Finder, at: int) -> float:
    """The share of clocks among what stands in a column, dashes left out."""
    column = find.evidence.glance.columns[at]
    texts = half_width(column.texts)
    clocks, none = (pc.match_substring_regex(texts, each) for each in (CLOCK, r"^[-–—−ー]*$"))
    filled = column.rows_of(pc.invert(none))
    found = column.rows_of(clocks)[filled]
    return float(found.mean()) if len(found) else 0.0


def _spans(find: Finder, at: int) -> bool:
    """Whether some clock is at 30:00 or later, which no hour of a night is."""
    texts = half_width(find.evidence.glance.columns[at].texts)
    return bool(pc.any(pc.match_substring_regex(texts, r"^([3-9]\d|\d{3,})[:時]")).as_py())


def _told(name: str) -> bool:
    return bool(_SAYS.search(name) or _ENDS.search(name)) and not _NEVER.search(name)


def _of_day(find: Finder, at: int) -> bool:
    """Whether clocks are times of day and no spans of time: one in ten is at six or later."""
    column = find.evidence.glance.columns[at]
    late = pc.match_substring_regex(half_width(column.texts), _LATE)
    filled = ~column.blank()
    return bool(column.rows_of(late)[filled].mean() >= LATE_SHARE)
