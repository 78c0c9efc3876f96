"""What the client's own past says: which competitor is used, and how all of them did."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import partial

import ibis.expr.types as ir

from toolkit.book import Book
from toolkit.foresight.competitors import ASKS_COUNTS, Lesson
from toolkit.foresight.counts import FitCounts
from toolkit.foresight.lessons import FEWEST_CUSTOMERS, Lessons, enough
from toolkit.foresight.referee import (
    NO_SEASON,
    YEAR,
    Calendar,
    Season,
    Verdict,
    calendar_of,
    contest,
    sampled,
    season_of,
    visits_season,
)
from toolkit.frames import scalar

FEWEST_FOR_RECENCY = 50
SEASON_BACK = dt.timedelta(days=YEAR)
# What is used where a model can be learnt and there is no origin to judge it on (our rule).
NOT_JUDGED = {"ranking": "regression", "counts": "chance_x_back", "value": "visits_x_own"}


@dataclass(frozen=True, eq=False)
class Past:
    """The competitor chosen and its record.

    method: one of `competitors.RULES`, or `none`; why as in `Outlook`. lesson: what the rules
    applied at the closing date are learnt from (None when method is none). judged: the
    origins judged at, the latest first. visits: those of the customers learnt from; sampled: how
    many these are if not all, else None.
    """

    method: str
    why: str | None
    calendar: Calendar
    lapse_days: int
    lesson: Lesson | None
    verdict: Verdict | None
    season: Season
    judged: tuple[dt.date, ...]
    visits: ir.Table
    sampled: int | None

    @property
    def winners(self) -> dict[str, str]:
        """The competitor used per job, judged or not."""
        return self.verdict.winners if self.verdict else NOT_JUDGED


def past_of(book: Book, horizon_days: int, fit: FitCounts) -> Past:
    """The past of a book: every competitor learnt at one origin and judged at the next, as many
    origins as there are (`referee.calendar_of`) with 300 customers and 30 of each outcome."""
    visits = sampled(book.visits_table)
    drawn = None if visits is book.visits_table else scalar(visits.customer_id.nunique())
    calendar, lapse = calendar_of(book.first, book.closing, horizon_days), book.cutoffs.lapse_days
    lessons = Lessons(visits, calendar, book.first, lapse, fit)
    see = lessons.seen

    def past(method, why=None, lesson=None, verdict=None, season=NO_SEASON, judged=()):
        return Past(method, why, calendar, lapse, lesson, verdict, season, judged, visits, drawn)

    known = see(calendar.learnt) if calendar.learnt else None
    if known is None or len(known) < FEWEST_FOR_RECENCY:
        return past("none", "nothing_to_learn")
    if known.came.sum() == 0:
        return past("none", "nobody_came")
    if not enough(known):
        why = "too_small" if len(known) < FEWEST_CUSTOMERS else "too_alike"
        return past("recency", why, Lesson(known))
    lesson = lessons.at(calendar.learnt)
    rounds = [r for r in calendar.rounds if enough(see(r.learnt)) and enough(see(r.judged))]
    if not rounds:
        return past(NOT_JUDGED["ranking"], None, lesson)
    told = [(lessons.at(r.learnt), see(r.judged)) for r in rounds]
    verdict = contest(told, lapse, calendar.days)
    method = verdict.winners["ranking"]
    bare = method not in ASKS_COUNTS
    judged = [(r, see(r.judged), c) for r, c in zip(rounds, verdict.chances, strict=True)]
    look, teach = lessons.bare if bare else see, partial(lessons.at, bare=bare)
    season = season_of(calendar, book.first, method, judged, look, teach)
    if season.helped:
        season = _on_visits(season, verdict.winners["counts"], lessons)
    return past(method, None, lesson, verdict, season, tuple(r.judged for r in rounds))


def _on_visits(season: Season, name: str, lessons: Lessons) -> Season:
    """The season with its factor of expected visits, of the competitor that won the counts."""
    calendar, bare = lessons.calendar, name != "count_model"
    look = lessons.bare if bare else lessons.seen
    lesson = lessons.at(calendar.learnt - SEASON_BACK, bare=bare)
    seen = look(calendar.closing - SEASON_BACK)
    factor = visits_season(name, lesson, seen, lessons.lapse_days, calendar.days)
    return replace(season, visits=factor)
