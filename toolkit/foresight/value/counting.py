"""Expected visits of every customer from a count model, scored once for each kind of history."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import ibis.expr.types as ir
import pandas as pd

from toolkit.foresight.counts import (
    HISTORY,
    CountModel,
    FitCounts,
    compressed,
    histories_at,
    visits_foreseen,
)
from toolkit.frames import in_engine


@dataclass(frozen=True, eq=False)
class Counted:
    """A fitted model beside the histories it was fitted to (`counts.histories_at`), and their
    unique rows."""

    model: CountModel
    histories: ir.Table
    unique: pd.DataFrame

    def expected(self, horizons: tuple[int, ...]) -> ir.Table:
        """Expected visits of every customer, one row each: customer_id and, for each horizon in
        days, `visits_<days>` (float)."""
        made = _scored(self.model, self.unique[HISTORY], horizons)
        return self.histories.join(made, HISTORY).select("customer_id", *_names(horizons))

    def if_back(self, horizons: tuple[int, ...]) -> ir.Table:
        """The same for every customer if they came on the day of the origin, without that visit.

        A history of one repeat visit more, the last one on the day itself.
        """
        back = self.unique[HISTORY].assign(
            repeats=self.unique["repeats"] + 1, last_days=self.unique["age_days"]
        )
        made = _scored(self.model, back.drop_duplicates(), horizons)
        made = made.mutate(repeats=made.repeats - 1).drop("last_days")
        joined = self.histories.join(made, ["repeats", "age_days"])
        return joined.select("customer_id", *_names(horizons))


def counted_at(visits: ir.Table, origin: dt.date, fit: FitCounts) -> Counted:
    """The model learnt at a day, with nothing later than it, beside what it was learnt from."""
    histories = histories_at(visits, origin).cache()
    unique = compressed(histories)
    return Counted(fit(unique), histories, unique)


def _names(horizons: tuple[int, ...]) -> list[str]:
    return [f"visits_{days}" for days in horizons]


def _scored(model: CountModel, rows: pd.DataFrame, horizons: tuple[int, ...]) -> ir.Table:
    rows = rows.reset_index(drop=True)
    found = {f"visits_{days}": visits_foreseen(model, rows, days) for days in horizons}
    return in_engine(rows.assign(**found))
