"""Dates that do not say which part is the day: their order is decided from the whole column."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from toolkit.intake.tables.coded import Coded
from toolkit.intake.values.clocks import CLOCK
from toolkit.intake.values.date_parts import FIRST_YEAR, Parts
from toolkit.intake.values.place import Place
from toolkit.problems import InputProblem

UNSAID = (  # 8.7.2026, 07/08/2026, 26/07/08
    r"^(?P<one>\d{1,2}) ?[-/.] ?(?P<two>\d{1,2}) ?[-/.] ?(?P<three>\d{4}|\d{1,2})"
    rf"{CLOCK}$"
)
ORDERS = {  # the groups of year, month and day
    "ymd": ("one", "two", "three"),
    "dmy": ("three", "two", "one"),
    "mdy": ("three", "one", "two"),
}
REIWA, REIWA_AT_MOST = 2018, 2012  # the year before its first; two digits up to 12
TINY = 0.01  # share of such dates that may be slips; of a column that may be left unsettled
Told = tuple[str, dict[str, Any]]


class Unsaid:
    """The dates of a column that match `UNSAID`, read in every order.

    texts: as the pattern finds them; where: their positions among the column's texts.
    """

    def __init__(
        self,
        texts: pa.StringArray,
        where: np.ndarray,
        column: Coded,
        place: Place,
        first_year: int = FIRST_YEAR,
    ):
        self.parts = Parts(texts, UNSAID, first_year)
        self.where, self._column, self._place = where, column, place
        self.days = {order: self._read(*groups) for order, groups in ORDERS.items()}
        self._fits = {order: ~np.isnat(days) for order, days in self.days.items()}
        rows = np.bincount(column.codes, minlength=len(column.texts))
        self._rows = np.where(np.logical_or.reduce(list(self._fits.values())), rows[where], 0)
        self._share = self._rows.sum() / max((~column.blank()).sum(), 1)
        self._missed = {order: int(self._rows[~fit].sum()) for order, fit in self._fits.items()}

    def _read(self, year: str, month: str, day: str) -> np.ndarray:
        parts = self.parts
        return parts.days(parts.year(year), parts.number(month), parts.number(day))

    def order(self, others: np.ndarray) -> tuple[str | None, list[Told]]:
        """The order of all these dates, and a note on how it was found; InputProblem if it cannot
        be, or None where they are under 1 % of the column.

        An order is possible that reads all but 1 % of them. Where the year may be first or last,
        that counts which puts them, with `others` (the dates of the column that are settled),
        into half the time or less (our rule). Of the orders left, one that reads all goes before
        one that does not.
        """
        possible = [each for each in ORDERS if self._missed[each] < TINY * self._rows.sum()]
        near = self._nearer(possible, others)
        whole = [each for each in near if not self._missed[each]]
        found = whole or near
        if len(found) == 1:
            return found[0], self._told(found[0], others)
        if found and self._all_the_same(found):
            return found[0], []
        if self._share >= TINY:
            raise self._ambiguous(found) if whole else self._contradictory()
        return None, []

    def _all_the_same(self, orders: list[str]) -> bool:
        """Whether these orders read every date alike, as they do 11/11/2011."""
        read = [self.days[each][self._rows > 0] for each in orders]
        return all(np.array_equal(read[0], each, equal_nan=True) for each in read)

    def _nearer(self, possible: list[str], others: np.ndarray) -> list[str]:
        last = [each for each in possible if each != "ymd"]
        if "ymd" not in possible or not last:
            return possible
        first, most = self._span("ymd", others), min(self._span(each, others) for each in last)
        if 2 * first <= most and first < most:
            return ["ymd"]
        return last if 2 * most <= first and most < first else possible

    def _span(self, order: str, others: np.ndarray) -> int:
        """Days from the first date to the last; a hundredth at either end does not count, so that
        a slip decides nothing."""
        days = np.concatenate([self.days[order], others.astype("datetime64[D]")])
        low, high = np.quantile(
            days[~np.isnat(days)].astype(np.int64), [0.01, 0.99], method="nearest"
        )
        return int(high - low)

    def eras(self, order: str) -> list[Told]:
        """A note where dates with the year first in two digits may be years of Reiwa: all are of
        2001 to 2012, read as they are."""
        days = self.days[order][self._rows > 0]
        years = days[~np.isnat(days)].astype("datetime64[Y]").astype(int) + 1970
        if order != "ymd" or not len(years) or self._all_the_same(list(ORDERS)):
            return []
        if years.min() < 2001 or years.max() > REIWA_AT_MOST:
            return []
        first = int(np.flatnonzero((self._rows > 0) & self._fits[order])[0])
        year = int(years[0])
        values = {"value": self._text(first), "year": year, "reiwa": year - 2000}
        values["meant"] = year + REIWA - 2000
        return [("years_of_era", self._place.named() | values)]

    def _told(self, order: str, others: np.ndarray) -> list[Told]:
        """What was decided and why, if any date could have been read otherwise."""
        again = {each: fit & self._fits[order] for each, fit in self._fits.items() if each != order}
        doubtful = np.flatnonzero(np.logical_or.reduce(list(again.values())))
        if not len(doubtful):
            return []
        rivals = [each for each, fit in again.items() if fit[doubtful[0]]]
        values = self._place.named() | {"value": self._text(doubtful[0])}
        proofs = {e: np.flatnonzero(self._fits[order] & ~self._fits[e])[:1] for e in rivals}
        far = [self._span(each, others) for each, proof in proofs.items() if not len(proof)]
        if far:
            spans = {"days": self._span(order, others), "other_days": min(far)}
            spans |= {"options": " / ".join(map(_option, rivals))}
            return [(f"dates_{order}_span", values | spans)]
        found = dict.fromkeys(self._text(proof[0]) for proof in proofs.values())
        return [(f"dates_{order}", values | {"proof": ", ".join(found)})]

    def _ambiguous(self, orders: list[str]) -> InputProblem:
        first = int(np.flatnonzero(self._rows)[0])
        told = {"value": self._text(first), "row": self._row(first)}
        told["readings"] = ", ".join(
            f"{self.days[each][first]} ({_option(each)})" for each in orders
        )
        short = len(self.parts.text("three")[first].as_py()) < 4
        key = "ambiguous_short_dates" if short else "ambiguous_dates"
        return InputProblem(key, **self._place.named(), **told)

    def _contradictory(self) -> InputProblem:
        best, second = sorted(ORDERS, key=self._missed.get)[:2]
        told: dict[str, Any] = {}
        for name, order in (("", second), ("other_", best)):
            i = int(np.flatnonzero(~self._fits[order] & (self._rows > 0))[0])
            can = ", ".join(each for each, fit in self._fits.items() if fit[i])
            told |= {f"{name}value": self._text(i), f"{name}row": self._row(i), f"{name}order": can}
        told["option"] = _option(best)
        return InputProblem("contradictory_dates", **self._place.named(), **told)

    def _text(self, i: int) -> str:
        return self._column.texts[int(self.where[i])].as_py()

    def _row(self, i: int) -> int:
        return self._place.row(self._column, int(self.where[i]))


def _option(order: str) -> str:
    """What sets an order, as it is typed."""
    return f"`--date-order {order}`"
