"""What the client's own past says: which competitor is used, and how all of them did."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache, partial

import ibis.expr.types as ir
import pandas as pd

from toolkit.book import Book
from toolkit.foresight.competitors import ASKS_COUNTS, Lesson
from toolkit.foresight.counts import FitCounts
from toolkit.foresight.referee import (
    NO_SEASON,
    Calendar,
    Season,
    Verdict,
    bare_at,
    calendar_of,
    contest,
    sampled,
    season_of,
    seen_at,
)
from toolkit.frames import scalar

FEWEST_CUSTOMERS = 300  # below, no model (our rule; small files in the definitions)
FEWEST_OF_EACH = 30  # customers who came, and who did not, at an origin learnt from or judged
FEWEST_FOR_RECENCY = 50
NOT_JUDGED = "regression"  # where a model can be learnt and there is no origin to judge it on


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


def past_of(book: Book, horizon_days: int, fit: FitCounts) -> Past:
    """The past of a book: every competitor learnt at one origin and judged at the next, as many
    origins as there are (`referee.calendar_of`) with 300 customers and 30 of each outcome."""
    visits = sampled(book.visits_table)
    drawn = None if visits is book.visits_table else scalar(visits.customer_id.nunique())
    calendar, lapse = calendar_of(book.first, book.closing, horizon_days), book.cutoffs.lapse_days

    @cache
    def see(day: dt.date) -> pd.DataFrame:
        return seen_at(visits, day, lapse, fit, ends={"": calendar.days}).customers

    @cache
    def see_bare(day: dt.date) -> pd.DataFrame:
        return bare_at(visits, day, lapse, calendar.days)

    def lesson_at(day: dt.date, look=see) -> Lesson | None:
        older = [look(one) for one in calendar.older(day, book.first)]
        return Lesson(look(day), tuple(filter(enough, older))) if enough(look(day)) else None

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
    lesson = lesson_at(calendar.learnt)
    rounds = [r for r in calendar.rounds if enough(see(r.learnt)) and enough(see(r.judged))]
    if not rounds:
        return past(NOT_JUDGED, None, lesson)
    verdict = contest([(lesson_at(r.learnt), see(r.judged)) for r in rounds], lapse, calendar.days)
    method = verdict.winners["ranking"]
    look = see if method in ASKS_COUNTS else see_bare
    judged = [(r, see(r.judged), c) for r, c in zip(rounds, verdict.chances, strict=True)]
    teach = partial(lesson_at, look=look)
    season = season_of(calendar, book.first, method, judged, look, teach)
    return past(method, None, lesson, verdict, season, tuple(r.judged for r in rounds))


def enough(known: pd.DataFrame) -> bool:
    """Whether a model may be learnt from, or judged on, these customers and their outcome."""
    came = int(known.came.sum())
    return len(known) >= FEWEST_CUSTOMERS and min(came, len(known) - came) >= FEWEST_OF_EACH
