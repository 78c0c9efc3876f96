"""Expected visits of every customer from a count model, scored once for each kind of history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa

HISTORY = ["repeats", "last_days", "age_days"]


class CountModel(Protocol):
    """What this room asks of a model of how often customers come."""

    def expected_visits(self, frame: pd.DataFrame, horizon_days: int) -> np.ndarray:
        """Expected visits within so many days, one per row of histories."""
        ...


@dataclass(frozen=True)
class Counting:
    """The way visits are counted and foreseen, the same at every origin.

    histories: (visits, origin) -> Ibis table of customer_id, repeats (visit days after the
    first), last_days and age_days (from the first visit to the last, and to the origin), with
    nothing later than the origin. compressed: histories -> their unique rows as pandas, with a
    column `customers`. fit: compressed histories -> a CountModel.
    """

    histories: Callable[[ir.Table, dt.date], ir.Table]
    compressed: Callable[[ir.Table], pd.DataFrame]
    fit: Callable[[pd.DataFrame], CountModel]

    def at(self, visits: ir.Table, origin: dt.date) -> Counted:
        """The model learnt at a day, with the histories it was learnt from."""
        histories = self.histories(visits, origin).cache()
        unique = self.compressed(histories)
        return Counted(self.fit(unique), histories, unique)


@dataclass(frozen=True, eq=False)
class Counted:
    """A fitted model beside the histories it was fitted to."""

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


def _names(horizons: tuple[int, ...]) -> list[str]:
    return [f"visits_{days}" for days in horizons]


def _scored(model: CountModel, rows: pd.DataFrame, horizons: tuple[int, ...]) -> ir.Table:
    rows = rows.reset_index(drop=True)
    found = {name: pa.array(rows[name].to_numpy("int64")) for name in HISTORY}
    for days, name in zip(horizons, _names(horizons), strict=True):
        expected = np.asarray(model.expected_visits(rows, days), dtype=float)
        # A model at its edge may have no number for a history: then nothing is promised.
        expected = np.nan_to_num(expected, nan=0.0, posinf=days, neginf=0.0).clip(0, days)
        found[name] = pa.array(expected)
    return ibis.memtable(pa.table(found))
