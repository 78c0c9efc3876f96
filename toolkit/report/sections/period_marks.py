"""What is not to be trusted yet, or not yet over: hatched in charts, a remark in tables."""

from __future__ import annotations

import pandas as pd

from toolkit.report.style import COLOURS, HATCH_OPEN
from toolkit.words import Words


def open_bar(bar) -> None:
    """Hatch a bar in its colour: not to be trusted, or not yet known."""
    colour = bar.get_facecolor()
    bar.set(facecolor="white", edgecolor=colour, hatch=HATCH_OPEN, linewidth=0.6)


def period_mark(row, words: Words) -> str:
    """What to beware of in a row of a statement: still filling, incomplete, or nothing."""
    marks = []
    if not row.trusted:
        marks.append(words["mark.filling"])
    if not row.complete:
        marks.append(words["mark.incomplete"])
    return words["mark.and"].join(marks)


def marked(
    shown: pd.DataFrame, months: pd.DataFrame, words: Words, head: int | None = None
) -> pd.DataFrame:
    """The rows by `month_end` with a column `mark`, where one of the first `head` deserves it.

    `months` has month_end, complete and trusted, once or for each place.
    """
    rows = months.drop_duplicates("month_end")
    marks = {row.month_end: period_mark(row, words) for row in rows.itertuples()}
    mark = shown.month_end.map(marks)
    return shown.assign(mark=mark) if mark.head(head or len(mark)).any() else shown


def unsure(months: pd.DataFrame) -> bool:
    """Whether any month is still filling or not whole."""
    return not (months.trusted & months.complete).all()


def open_months(axes, months: pd.DataFrame) -> None:
    """Hatch an area chart over dates where its months were filling or the last is not over."""
    rows = months.drop_duplicates("month_end")
    days = pd.to_datetime(rows.month_end).tolist()
    filling, last = int((~rows.trusted).sum()), len(days) - 1
    spans = [(0, min(filling, last))] if filling else []
    if not rows.complete.iloc[-1] and filling < last:
        spans.append((max(filling, last - 1), last))
    for start, end in spans:
        axes.axvspan(
            days[start],
            days[end],
            facecolor=(1, 1, 1, 0.5),
            edgecolor=COLOURS["neutral"],
            hatch=HATCH_OPEN,
            linewidth=0,
        )
