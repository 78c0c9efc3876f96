"""The lapse line the client's own past recommends, beside the classic one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import ibis.expr.types as ir
import pandas as pd

from toolkit.foresight.rhythm.gaps import LONGEST_LINE, YEAR
from toolkit.foresight.rhythm.lines import CANDIDATES, called_lost, rated
from toolkit.foresight.rhythm.survival import FEW

MOST_BACK = 0.2  # one in five called lost may come back within a year
SHORTEST_LINE, LINE_STEP = 30, 10  # days
ENOUGH_LOST = 100  # silences called lost, each watched for a year, that judge a line


@dataclass(frozen=True)
class LapseLine:
    """The recommended lapse line, in days.

    line_days: None where it cannot be told. earliest, latest: the shortest lines at which the
    low and the high end of the 95 % interval of the error are at most one in five; None where no
    judged line is. judged_to: the longest line the file can judge, None without any. why: where
    there is no line, `too_short` (the file cannot judge lines long enough) or `none` (all up to
    730 days are judged, and none is good enough).
    """

    line_days: int | None
    earliest: int | None
    latest: int | None
    judged_to: int | None
    why: str | None


def recommend(errors: pd.DataFrame) -> LapseLine:
    """The shortest line at which at most one in five of those called lost came back in a year.

    `errors` as of `lines.rated`. Lines are tried in tens of days from 30 to 730; a line is
    judged by at least 100 silences that were each watched for a year beyond it. Our rule: a
    shorter line finds a customer who leaves earlier, so that the shortest with a bearable error is
    best; one in five is half of what the 240-day line had in the worst of three public files
    (39 %) and more than in the others (13.5 and 8.3 %). Visits of one customer count as if they
    were of several, and the past as if it were to last.
    """
    tried = errors[(errors.line_days >= SHORTEST_LINE) & (errors.line_days <= LONGEST_LINE)]
    judged = tried[(tried.line_days % LINE_STEP == 0) & (tried.called_lost >= ENOUGH_LOST)]
    line, earliest, latest = (_shortest(judged, name) for name in ("error", "low", "high"))
    to = int(judged.line_days.max()) if len(judged) else None
    why = None if line else "none" if to == LONGEST_LINE else "too_short"
    return LapseLine(line, earliest, latest, to, why)


def _shortest(judged: pd.DataFrame, name: str) -> int | None:
    good = judged.line_days[judged[name] <= MOST_BACK]
    return int(good.min()) if len(good) else None


@dataclass(frozen=True)
class Replay:
    """What the rule would have recommended on an earlier day, and how it went.

    day: the day it was asked, two years before the closing date. line_days: its line then.
    called_lost: silences that reached the line in the year after that day. came_back: of these,
    ended by a visit within 365 days of the line.
    """

    day: dt.date
    line_days: int
    called_lost: int
    came_back: int


def replay(visits: ir.Table, closing: dt.date) -> Replay | None:
    """The rule judged on silences it had not seen; None where it had no line then, or fewer than
    5 silences reached it in the year after.

    What was recommended knew nothing later than its day. Source: our rule, a rolling origin as for
    the chances of return.
    """
    day = closing - dt.timedelta(days=2 * YEAR)
    line = recommend(rated(called_lost(visits, day))).line_days
    if line is None:
        return None
    ends = closing, closing - dt.timedelta(days=YEAR)
    now, before = (called_lost(visits, end).set_index("line_days").loc[line] for end in ends)
    lost, back = (int(now[k] - before[k]) for k in ("called_lost", "came_back"))
    return Replay(day, line, lost, back) if lost >= FEW else None


def candidates(errors: pd.DataFrame, found: LapseLine, lapse_days: int) -> pd.DataFrame:
    """The lines to choose from, side by side.

    One row per line: 60, 90, 120, 180, 240 (the classic) and 365 days, the line in force and the
    recommended one. Columns: those of `lines.line_errors`, in_force, recommended (flags).
    """
    days = {*CANDIDATES, lapse_days, *([found.line_days] if found.line_days else [])}
    rows = errors[errors.line_days.isin(days)].reset_index(drop=True)
    return rows.assign(
        in_force=rows.line_days == lapse_days, recommended=rows.line_days == found.line_days
    )
