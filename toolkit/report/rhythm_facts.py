"""Facts about rhythm: the lapse line the past recommends, and the error of the classic one."""

from __future__ import annotations

from functools import lru_cache

from toolkit.book import CLASSIC_LAPSE, Book
from toolkit.foresight import Rhythm, rhythm_of
from toolkit.report.facts import DAYS, Fact, Facts, count, rate

WHY = {"too_short": "file_too_short", "none": "no_line_short_enough"}


@lru_cache(maxsize=8)
def rhythm_facts(book: Book) -> Facts:
    """The recommended line with its error, and the errors of the classic line and of the longest
    that can be judged.

    The interval of `rhythm.line` is that from the shortest line that may do to the shortest that
    surely does; there only when both are known.
    """
    told = rhythm_of(book)
    found, source = told.recommended, "recommended.recommend"
    span = (found.earliest, found.latest) if found.earliest and found.latest else None
    line = span if found.line_days else None
    why = WHY.get(found.why)
    return Facts(
        [
            Fact("rhythm.line", found.line_days, DAYS, None, None, line, why, source),
            _error(told, "rhythm.line_error", found.line_days, why),
            _error(told, "rhythm.classic_error", CLASSIC_LAPSE, "file_too_short"),
            count("rhythm.judged_to", found.judged_to, DAYS, source, "file_too_short"),
            _error(told, "rhythm.judged_to_error", found.judged_to, "file_too_short"),
            *_replayed(told),
        ]
    )


def _replayed(told: Rhythm) -> list[Fact]:
    then, source, why = told.replay, "recommended.replay", "file_too_short"
    parts = (then.came_back, then.called_lost) if then else None
    return [
        count("rhythm.then_line", then and then.line_days, DAYS, source, why),
        rate("rhythm.then_error", parts, source, why, estimate=True),
    ]


def _error(told: Rhythm, key: str, line: int | None, why: str | None) -> Fact:
    parts = None
    if line is not None:
        row = told.errors.set_index("line_days").loc[line]
        parts = (int(row.came_back), int(row.called_lost)) if row.called_lost else None
    return rate(key, parts, "lines.line_errors", why, estimate=True)
