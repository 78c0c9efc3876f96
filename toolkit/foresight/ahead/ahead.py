"""What comes: the bucket 12 months ahead, five years with nobody new, and what a lever moves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd

from toolkit.book import Book
from toolkit.foresight.ahead.fan import (
    MONTHS_AHEAD,
    SO_FAR,
    Spread,
    base_course,
    days_ahead,
    edges,
    fan_table,
    measured,
    spreads,
)
from toolkit.foresight.ahead.five import EVERYBODY, five_years
from toolkit.foresight.ahead.gains import gain_ends
from toolkit.foresight.ahead.history import History, day_of, history_of
from toolkit.foresight.ahead.layers import price_by_layer, standing_by_layer
from toolkit.foresight.ahead.levers import YEARS, hole_after, lever_cases, lever_runs, lever_table
from toolkit.foresight.ahead.months import months_to
from toolkit.foresight.ahead.rates import FEWEST_MONTHS, MONTHS, Rates, Tally, rates_of, tally
from toolkit.foresight.ahead.record import one_sided, past_errors, stretches
from toolkit.foresight.past import FEWEST_CUSTOMERS

FEWEST_ACTIVE, FEWEST_VISITS = 50, 30
YOUNG_DAYS = 730


@dataclass(frozen=True, eq=False)
class Ahead:
    """The outlook of a book. `why` says what is missing where there is none (then every table is
    None): `ahead_too_small`, fewer than 300 customers; `ahead_too_short`, fewer than six whole
    months after the first lapse line of the file; `ahead_too_few`, fewer than 50 active customers
    or 30 visits after another in these months.

    base case everywhere: the client's own rates of the last trusted months (at most 12).
    """

    book: Book
    history: History
    known: Tally
    rates: Rates | None
    why: str | None

    @cached_property
    def start(self) -> np.ndarray:
        """Customers at the closing date: [kind, days of silence]."""
        return self.history.standing(self.history.closing)

    @property
    def notes(self) -> list[str]:
        """Keys of what limits it: `ahead_part_year` (rates of less than 12 months), `ahead_nobody`
        (no new customer in them), `ahead_all_back` (as much money went back in them as came in, so
        that no sales are foreseen), `ahead_season` (a season is in it), `ahead_young` (the file is
        younger than two years, and its left edge says that old customers look new in it),
        `ahead_young_open` (as young, and the left edge cannot tell)."""
        if self.rates is None:
            return []
        young = self.history.closing - self.history.first < YOUNG_DAYS
        edge = self.book.left_edge_total()["why"]
        season = self.rates.season_new.std() + self.rates.season_visits.std() > 0
        told = {
            "ahead_part_year": self.rates.months < MONTHS,
            "ahead_nobody": not self.known.new[-self.rates.months :].any(),
            "ahead_all_back": self.book.has_money and not self.rates.has_money,
            "ahead_season": bool(season),
            "ahead_young": young and edge is None,
            "ahead_young_open": young and edge not in (None, "opened"),
        }
        return [key for key, holds in told.items() if holds]

    @property
    def doubt(self) -> str | None:
        """Key of what its own record holds against the figures: `ahead_always_more` or
        `ahead_always_less` (`record.one_sided`); None where it holds nothing."""
        side = 0 if self.rates is None else one_sided(self.errors)
        return {1: "ahead_always_more", -1: "ahead_always_less"}.get(side)

    @property
    def has_sales(self) -> bool:
        """Whether sales are foreseen: with a price, and rates of 12 months. A shorter file has not
        seen a whole year: in simulated shops with a season sales came out a third too high, where
        last year's were 3 % off (definitions, "The months ahead")."""
        return self.rates is not None and self.rates.has_money and self.rates.months >= MONTHS

    @property
    def last_year(self) -> int | None:
        """Sales of the last 12 months (minor units); None without amounts or where the file does
        not hold them all."""
        whole = self.book.first <= self.book.year_ago + dt.timedelta(days=1)
        return self.book.sales()["total"] if self.book.has_money and whole else None

    @cached_property
    def year_sales(self) -> tuple[float, float, float] | None:
        """Sales of the 12 months ahead together: expected, low and high (the middle 80 %; minor
        units); None where none are foreseen."""
        if not self.has_sales:
            return None
        part = self._spreads[SO_FAR]
        variance = (part.chance + part.shared) * self._stretches["sales"]
        low, high = edges(part.mean, variance, part.freedom)
        return float(part.mean[-1]), float(low[-1]), float(high[-1])

    @cached_property
    def _spreads(self) -> dict[str, Spread]:
        return spreads(self.start, self.rates, self.history.closing)

    @cached_property
    def _stretches(self) -> dict[str, float]:
        return stretches(self.errors, self._spreads, self.rates.months)

    @cached_property
    def errors(self) -> pd.DataFrame | None:
        """What the same method expected earlier, and what came (columns: `record.past_errors`)."""
        if self.rates is None:
            return None
        return past_errors(self.history, self.known, self.history.lapse_days)

    @cached_property
    def fan(self) -> pd.DataFrame | None:
        """The fan: one row per measure (active, new, returned, lost; sales where they are foreseen,
        `has_sales`) and month ahead. Columns: measure, month (1..12), end (date), expected, low,
        high (the middle 80 %; customers, or minor units)."""
        if self.rates is None:
            return None
        table = fan_table(self._spreads, self._stretches)
        if not self.has_sales:
            table = table[table.measure != "sales"].reset_index(drop=True)
        closing = self.history.closing
        ends = {m: day_of(months_to(closing, m)) for m in range(1, MONTHS_AHEAD + 1)}
        table.insert(2, "end", table.month.map(ends))
        return table

    @cached_property
    def months(self) -> pd.DataFrame | None:
        """The base case: opening + new + returned - lost = closing in every month (expected
        customers, fractions). One row per month ahead. Columns: month, opening, new, returned,
        lost, closing, sales (minor units; null where none are foreseen)."""
        if self.rates is None:
            return None
        days = days_ahead(self.rates, self.history.closing, MONTHS_AHEAD)
        course = base_course(self.start, self.rates, days)
        rows = measured(course, self.rates)
        table = pd.DataFrame({"month": range(1, MONTHS_AHEAD + 1), "opening": course.opening[0]})
        for name in ("new", "returned", "lost"):
            table[name] = rows[name][0]
        sales = rows["sales"][0] if self.has_sales else np.nan
        return table.assign(closing=rows["active"][0], sales=sales)

    @cached_property
    def five_years(self) -> pd.DataFrame | None:
        """Five years with nobody new, by layer at the start (columns: `five.five_years`). None
        with rates of less than 12 months: five years rest on a whole one at the least; nor where
        its own record is against it (`doubt`)."""
        known = self.rates is not None and self.rates.months >= MONTHS
        return None if self.doubt or not known else self._nobody_new

    @cached_property
    def _nobody_new(self) -> pd.DataFrame:
        standing = standing_by_layer(self.book)
        return five_years(standing, price_by_layer(self.book), self.rates, self.history.closing)

    @property
    def sales_of_present(self) -> int | None:
        """Sales of the 12 months to come of the customers there are, nobody new among them (minor
        units), to stand beside their value: with rates of less than 12 months as well, on which
        the months ahead rest too. None without an outlook or amounts."""
        if self.rates is None:
            return None
        table = self._nobody_new
        first = table[(table.layer == EVERYBODY) & (table.year == 1)].sales
        return None if first.isna().any() else int(first.iloc[0])

    @property
    def multiple(self) -> float | None:
        """年商倍率: sales of the five years with nobody new / sales of the last 12 months. None
        without amounts, or where the last 12 months are not in the file or came to nothing."""
        present, table = self.last_year, self.five_years
        if table is None or not self.rates.has_money or present is None or present <= 0:
            return None
        return float(table.sales[table.layer == EVERYBODY].sum()) / present

    @cached_property
    def hole(self) -> float | None:
        """The hole ahead: of those active now, the share lapsed in 12 months at these rates."""
        if self.rates is None:
            return None
        days = days_ahead(self.rates, self.history.closing, MONTHS_AHEAD)
        return hole_after(self.start, self.rates.hazard, self.rates, days)

    @cached_property
    def levers(self) -> pd.DataFrame | None:
        """What one changed rate comes to (columns: `levers.lever_table`, more_active_1_low and
        more_active_1_high, the middle 80 % of more_active_1, `gains.gain_ends`); what is after
        five years, and sales, are null with rates of less than 12 months. None where its own
        record is against it (`doubt`)."""
        if self.rates is None or self.doubt:
            return None
        window = self.book.settings.f2_window_days
        closing, rates = self.history.closing, self.rates
        days = days_ahead(rates, closing, 12 * YEARS)
        cases = lever_cases(self.start, rates, days, window)
        table = lever_table(cases, lever_runs(self.start, rates, days, cases), rates)
        year = days_ahead(rates, closing, MONTHS_AHEAD)
        ends = gain_ends(self.start, rates, year, cases, self._stretches["active"])
        table = table.merge(ends, on="lever", how="left", validate="1:1")
        if self.rates.months < MONTHS:
            unknown = table.columns.str.endswith("_5") | table.columns.str.contains("sales")
            table.loc[:, unknown] = pd.NA
        return table


@lru_cache(maxsize=8)
def look_ahead(book: Book) -> Ahead:
    """The outlook of a book; never an error: what is missing is `Ahead.why`."""
    history = history_of(book)
    known = tally(history)
    why = _missing(history, known)
    rates = None if why else rates_of(known, history.lapse_days)
    return Ahead(book, history, known, rates, why)


def _missing(history: History, known: Tally) -> str | None:
    standing = history.standing(history.closing)
    if standing.sum() < FEWEST_CUSTOMERS:
        return "ahead_too_small"
    if len(known.new) < FEWEST_MONTHS:
        return "ahead_too_short"
    active = standing[:, : history.lapse_days].sum()
    few = active < FEWEST_ACTIVE or known.came[-MONTHS:].sum() < FEWEST_VISITS
    return "ahead_too_few" if few else None
