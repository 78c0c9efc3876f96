"""Unique histories as arrays in weeks, with what many of them share worked out once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import gammaln

DAYS_IN_A_WEEK = 7
ENOUGH = 8_000  # rows for finding the neighbourhood of a maximum
WIDEST = 1024  # weeks


@dataclass(frozen=True, eq=False)
class Shared:
    """The distinct values of a column, and which of them each row has."""

    values: np.ndarray
    at: np.ndarray

    @classmethod
    def of(cls, column: np.ndarray) -> Shared:
        """The distinct values in order of appearance."""
        at, values = pd.factorize(column)
        return cls(values, at)

    def total(self, per_row: np.ndarray) -> np.ndarray:
        """The sum over the rows of each value."""
        return np.bincount(self.at, per_row, len(self.values))


@dataclass(frozen=True, eq=False)
class Rows:
    """Histories with weights: repeats, weeks to the last visit and weeks to the origin by row, and
    the sum of the logarithms of all gaps in weeks (None where it is not known)."""

    repeats: Shared
    last: Shared
    age: Shared
    weight: np.ndarray
    log_gaps: float | None

    @property
    def customers(self) -> float:
        """How many customers the rows stand for."""
        return float(self.weight.sum())

    def regularity(self, k: int) -> float:
        """What does not depend on the parameters but on k: the log-likelihood of k-Erlang gaps
        beyond that of exponential ones. Where the gaps are not known, that of the time of the
        last visit, which is the sum of kx phases."""
        x = self.repeats.values
        number = self.repeats.total(self.weight)
        if self.log_gaps is not None:
            return float((k - 1) * self.log_gaps - (number * x).sum() * gammaln(k))
        bought = x[self.repeats.at] > 0
        count, last = x[self.repeats.at][bought], self.last.values[self.last.at][bought]
        log_last = np.log(np.maximum(last, 1 / DAYS_IN_A_WEEK))
        more = (k - 1) * count * log_last + gammaln(count) - gammaln(k * count)
        return float((self.weight[bought] * more).sum())

    def coarse(self, most: int = ENOUGH) -> Rows:
        """At most about so many rows: weeks of last visit and of silence taken together in bands
        that are widened until they are few, each at its mean."""
        width = 0.5
        found = self
        while len(found.weight) > most and width < WIDEST:
            width *= 2
            found = self._banded(width)
        return found

    def _banded(self, width: float) -> Rows:
        last, age = self.last.values[self.last.at], self.age.values[self.age.at]
        last_band = np.ceil(last / width).astype(np.int64)
        silence_band = (np.log1p(age - last) / (0.1 * width)).astype(np.int64)
        place = (self.repeats.at.astype(np.int64) << 40) + (last_band << 20) + silence_band
        at, places = pd.factorize(place)
        weight = np.bincount(at, self.weight, len(places))
        mean = {
            name: np.bincount(at, self.weight * column, len(places)) / weight
            for name, column in {"last": last, "age": age}.items()
        }
        x = self.repeats.values[places >> 40]
        return Rows(
            *(Shared.of(column) for column in (x, mean["last"], mean["age"])),
            weight,
            self.log_gaps,
        )


def weeks_of(histories: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """repeats, weeks to the last visit and weeks to the origin, one per row, put within reason:
    nothing negative, no last visit after the origin, none after the first day without repeats."""
    x = np.maximum(histories["repeats"].to_numpy(float), 0)
    age = np.maximum(histories["age_days"].to_numpy(float), 0) / DAYS_IN_A_WEEK
    last = np.clip(histories["last_days"].to_numpy(float) / DAYS_IN_A_WEEK, 0, age)
    return x, np.where(x > 0, last, 0.0), age


def rows_of(compressed: pd.DataFrame) -> Rows:
    """The arrays of a frame of unique histories (columns of `histories.compressed`; customers
    and log_gaps may be absent: each row is then one customer, and the gaps are not known)."""
    x, last, age = weeks_of(compressed)
    weight = np.ones(len(x))
    if "customers" in compressed:
        weight = compressed["customers"].to_numpy(float)
    log_gaps = None
    if "log_gaps" in compressed:
        in_days = float(compressed["log_gaps"].sum())
        log_gaps = in_days - float((weight * x).sum()) * np.log(DAYS_IN_A_WEEK)
    kept = weight > 0
    columns = (Shared.of(column[kept]) for column in (x, last, age))
    return Rows(*columns, weight[kept], log_gaps)
