"""What can be learnt from a file's customers as they stood on earlier days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

import ibis.expr.types as ir
import pandas as pd

from toolkit.foresight.competitors import Lesson
from toolkit.foresight.counts import FitCounts
from toolkit.foresight.referee import Calendar, bare_at, seen_at

FEWEST_CUSTOMERS = 300  # below, no model (our rule; small files in the definitions)
FEWEST_OF_EACH = 30  # customers who came, and who did not, at an origin learnt from or judged


@dataclass(frozen=True, eq=False)
class Lessons:
    """Features and outcomes of a calendar's windows; every day is looked at once.

    visits: those of the customers learnt from. first: first day of the file.
    """

    visits: ir.Table
    calendar: Calendar
    first: dt.date
    lapse_days: int
    fit: FitCounts
    _known: dict[tuple[str, dt.date], pd.DataFrame] = field(default_factory=dict, repr=False)

    def seen(self, day: dt.date) -> pd.DataFrame:
        """Everybody on that day, with the outcome and what the count model says (`seen_at`)."""
        ends = {"": self.calendar.days}
        return self._once(
            "seen",
            day,
            lambda: seen_at(self.visits, day, self.lapse_days, self.fit, ends=ends).customers,
        )

    def bare(self, day: dt.date) -> pd.DataFrame:
        """The same without the count model (`bare_at`)."""
        days = self.calendar.days
        return self._once("bare", day, lambda: bare_at(self.visits, day, self.lapse_days, days))

    def at(self, day: dt.date, *, bare: bool = False) -> Lesson | None:
        """The lesson of a day and of the origins before it that fill up a year; None where there
        is too little to learn from."""
        look = self.bare if bare else self.seen
        if not enough(look(day)):
            return None
        older = (look(one) for one in self.calendar.older(day, self.first))
        return Lesson(look(day), tuple(filter(enough, older)))

    def _once(self, kind: str, day: dt.date, look: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        if (kind, day) not in self._known:
            self._known[kind, day] = look()
        return self._known[kind, day]


def enough(known: pd.DataFrame) -> bool:
    """Whether a model may be learnt from, or judged on, these customers and their outcome."""
    came = int(known.came.sum())
    return len(known) >= FEWEST_CUSTOMERS and min(came, len(known) - came) >= FEWEST_OF_EACH
