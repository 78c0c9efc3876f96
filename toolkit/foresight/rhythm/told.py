"""What the book's visits say about rhythm, all of it worked out once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property, lru_cache

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.book import Book
from toolkit.foresight.rhythm.gaps import LONGEST_LINE, YEAR, gap_counts
from toolkit.foresight.rhythm.lines import line_errors
from toolkit.foresight.rhythm.recommended import LapseLine, Replay, candidates, recommend, replay
from toolkit.foresight.rhythm.silence import silences
from toolkit.foresight.rhythm.survival import gap_survival, return_chance
from toolkit.frames import scalar

FEWEST_SURE = 100  # customers first seen after the left edge without whom nobody is left out


@dataclass(frozen=True, eq=False)
class Rhythm:
    """How long silences last, which end, and where to call a customer lost.

    since: ordinals are counted on customers first seen from that day on; None for all. edge: why,
    `left_out` (customers of the filling months are left out), `opened` (the shop opened with the
    file) or `kept` (too few came later, so their first visits may not be their first). survival:
    `survival.gap_survival`. chances: `survival.return_chance`, within a year and the horizon.
    errors: `lines.line_errors`, every line. lines: `recommended.candidates`. recommended: the
    line (`recommended.recommend`). replay: the same rule two years ago, and how it went; None
    where that cannot be told (`recommended.replay`).
    """

    visits_table: ir.Table
    closing: dt.date
    since: dt.date | None
    edge: str
    survival: pd.DataFrame
    chances: pd.DataFrame
    errors: pd.DataFrame
    lines: pd.DataFrame
    recommended: LapseLine
    replay: Replay | None

    @cached_property
    def customers_table(self) -> ir.Table:
        """Every customer's own rhythm and how unusual the present silence is, one row per customer
        (columns: `silence.silences`; customers as numbers, `Book.named`)."""
        return silences(self.visits_table, self.closing, self.since)


@lru_cache(maxsize=8)
def rhythm_of(book: Book) -> Rhythm:
    """The rhythm of a book's visits as of its closing date; never an error for want of visits."""
    horizon, visits = book.settings.horizon_days, book.visits_table
    longest = LONGEST_LINE + max(horizon, YEAR)
    since, edge = sure_since(book)
    counts = gap_counts(visits, book.closing, since, longest)
    lapse = book.cutoffs.lapse_days
    errors = line_errors(visits, book.closing, max(LONGEST_LINE, lapse))
    found = recommend(errors)
    return Rhythm(
        visits_table=visits,
        closing=book.closing,
        since=since,
        edge=edge,
        survival=gap_survival(counts, LONGEST_LINE),
        chances=return_chance(counts, (YEAR, horizon), longest),
        errors=errors,
        lines=candidates(errors, found, lapse),
        recommended=found,
        replay=replay(visits, book.closing),
    )


def sure_since(book: Book) -> tuple[dt.date | None, str]:
    """From which first visit on an ordinal is believed, and why (`Rhythm.edge`).

    Customers first seen before `Book.filled_from` may have bought before the file began, which
    would make their second visit a first. They are left out, unless the left edge says that the
    shop opened with the file, or fewer than 100 customers came first later (our rule).
    """
    if book.left_edge_total()["why"] == "opened":
        return None, "opened"
    visits, filled = book.visits_table, book.filled_from
    later = (visits.nth == 1) & (visits.date >= ibis.literal(filled))
    if (scalar(later.cast("int64").sum()) or 0) < FEWEST_SURE:
        return None, "kept"
    return filled, "left_out"
