"""The days of all portions of a large file: what no portion can tell alone."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from toolkit.intake.ledger import REASONS
from toolkit.intake.reading import Known, Reading
from toolkit.intake.sales import far_dates, overlap


class PortionDays:
    """The days of all portions, from which the closing date follows, and each file's latest."""

    def __init__(self, closing: dt.date | None):
        self._given = closing
        self._pairs: list[np.ndarray] = []  # days and customers
        self._people = 1
        self._closings: list[tuple[dt.date, dt.date]] = []  # of a portion, and its last day
        self._latest: list[pd.Series] = []

    def see(self, reading: Reading) -> None:
        """Take the days of a portion into account."""
        after = reading.sieve.reasons == REASONS.index("after_closing")
        rows = reading.sieve.kept | after
        self._people = len(reading.identity.customer.texts)
        days = reading.days[rows].astype(np.int64)
        self._pairs.append(np.unique(days * self._people + reading.identity.customer.codes[rows]))
        dated = reading.days[~np.isnat(reading.days)]
        self._closings.append((reading.closing, dated.max().item()))
        self._latest.append(overlap.latest_days(reading.days, reading.rows.files))

    def known(self) -> Known:
        """What all portions tell together."""
        return Known(self._closing(), pd.concat(self._latest).groupby(level=0).max())

    def agree(self) -> bool:
        """Whether every portion was read as if this had been known."""
        closing, latest = self.known()
        ranks = latest.rank()
        return all(own == closing or last <= own < closing for own, last in self._closings) and all(
            each.rank().equals(ranks) for each in self._latest
        )

    def _closing(self) -> dt.date:
        if self._given is not None:
            return self._given
        pairs = np.unique(np.concatenate(self._pairs))
        days = (pairs // self._people).astype("datetime64[D]")
        return far_dates.last_day(days, pairs % self._people).item()
