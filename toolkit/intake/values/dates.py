"""Dates as people and systems write them, read as wall-clock stamps."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.tables.coded import Coded, half_width
from toolkit.intake.values.clocks import DAY, offsets, seconds, starts
from toolkit.intake.values.date_forms import FORMS, ISO, plainer
from toolkit.intake.values.date_orders import ORDERS, UNSAID, Told, Unsaid
from toolkit.intake.values.date_parts import FIRST_YEAR, Parts
from toolkit.intake.values.place import Place


@dataclass(frozen=True)
class Stamps:
    """Per row: the wall-clock stamp (datetime64[us], NaT where unreadable), whether it has a time
    of day, and whether it was written with an offset; and notes on what was decided from the
    column, each a key of `[note]` and its values."""

    at: np.ndarray
    timed: np.ndarray
    offset: np.ndarray
    told: tuple[Told, ...] = ()

    def of_rows(self, rows: np.ndarray) -> Stamps:
        """The stamps of these rows."""
        at, timed, offset = self.at[rows], self.timed[rows], self.offset[rows]
        return replace(self, at=at, timed=timed, offset=offset)


def read_dates(
    column: Coded,
    place: Place,
    timezone: str | None = None,
    order: str | None = None,
    first_year: int = FIRST_YEAR,
) -> Stamps:
    """Stamps of a column of text, to the second.

    An offset is applied only with `timezone` (then the stamp is that zone's wall clock). Dates
    that do not say which part is the day are read in `order` (ymd, dmy or mdy); without it the
    whole column decides, and one that does not is an InputProblem. 24:00 to 29:59 are the small
    hours of the following day; of a slot of time (10:30-11:00) the start is read. Dates before
    `first_year` are unreadable.
    """
    order = order if order in ORDERS else None
    texts = half_width(column.texts)
    found = _Found(texts, timezone)
    left = np.flatnonzero(np.isnat(found.at) & _filled(texts))
    words, slots = starts(plainer(texts.take(pa.array(left))))
    began = left[slots]
    told: list[Told] = []
    unsaid = None
    for pattern, days in ((UNSAID, None), *FORMS) if len(left) else ():
        hit = pc.match_substring_regex(words, pattern)
        where = hit.to_numpy(zero_copy_only=False)
        if not where.any():
            continue
        if days is None:
            unsaid = Unsaid(words.filter(hit), left[where], column, place, first_year)
        else:
            parts = Parts(words.filter(hit), pattern, first_year)
            found.enter(left[where], parts, days(parts))
        left, words = left[~where], words.filter(pc.invert(hit))
    if unsaid is not None:
        others = not np.isnat(found.at).all()  # of dates that say what they are
        if order is None:
            order, told = unsaid.order(found.at[~np.isnat(found.at)])
        if order is not None:
            found.enter(unsaid.where, unsaid.parts, unsaid.days[order])
            told = told if others else [*told, *unsaid.eras(order)]
    if len(began):
        slotted = np.zeros(len(texts), bool)
        slotted[began] = ~np.isnat(found.at[began])
        told = [*told, *_slots(column, slotted, place)]
    at, late = column.look_up(found.at), column.look_up(found.late)
    told += [("late_hours", place.named() | {"n": int(late.sum())})] if late.any() else []
    return Stamps(at, column.look_up(found.timed), column.look_up(found.offset), tuple(told))


def business_days(stamps: Stamps, day_starts_at: str) -> np.ndarray:
    """The business day of each stamp (datetime64[D]); sales before the start belong to the day
    before. Dates without a time stay, and so does a column whose times are all midnight: there
    midnight only pads a date."""
    hours, minutes = day_starts_at.split(":")
    early = np.timedelta64(int(hours) * 60 + int(minutes), "m")
    days = stamps.at.astype("datetime64[D]")
    if not has_times_of_day(stamps):
        return days
    return np.where(stamps.timed, (stamps.at - early).astype("datetime64[D]"), days)


def has_times_of_day(stamps: Stamps) -> bool:
    """Whether some stamps have a time of day; where all are midnight, it only pads a date."""
    return bool((stamps.timed & (stamps.at != stamps.at.astype("datetime64[D]"))).any())


class _Found:
    """What has been read of each text of a column so far."""

    def __init__(self, texts: pa.StringArray, timezone: str | None):
        self._timezone = timezone
        self.at = np.full(len(texts), np.datetime64("NaT"), "datetime64[us]")
        self.timed, self.offset, self.late = (np.zeros(len(texts), bool) for _ in range(3))
        self._plainly_iso(texts)

    def _plainly_iso(self, texts: pa.StringArray) -> None:
        """The commonest form by Arrow's own cast; what it refuses is left for the patterns."""
        dashes = pc.replace_substring(texts, "/", "-")
        iso = pc.match_substring_regex(dashes, ISO)
        some = dashes.filter(iso)
        try:
            stamps = some.cast(pa.timestamp("us")).to_numpy(zero_copy_only=False)
        except pa.ArrowInvalid:  # one 30 February spoils the cast of all
            return
        where = iso.to_numpy(zero_copy_only=False)
        self.at[where] = stamps
        self.timed[where] = pc.greater(pc.utf8_length(some), 10).to_numpy(zero_copy_only=False)

    def enter(self, where: np.ndarray, parts: Parts, days: np.ndarray) -> None:
        """Enter the days found in the texts at `where`, with the times in their parts."""
        after, timed, good = seconds(parts)
        minutes, zoned, known = offsets(parts, timed)
        at = days.astype("datetime64[us]") + after.astype("m8[s]")
        if self._timezone is not None and zoned.any():
            at[zoned] = self._there(at[zoned] - minutes[zoned].astype("m8[m]"))
        at[~(good & known)] = np.datetime64("NaT")
        read = ~np.isnat(at)
        self.at[where], self.timed[where], self.offset[where] = at, timed & read, zoned
        self.late[where] = (after >= DAY) & read

    def _there(self, utc: np.ndarray) -> np.ndarray:
        """Stamps of UTC as the wall clock of the time zone."""
        there = pd.DatetimeIndex(utc).tz_localize("UTC").tz_convert(self._timezone)
        return there.tz_localize(None).to_numpy().astype("datetime64[us]")


def _slots(column: Coded, slotted: np.ndarray, place: Place) -> list[Told]:
    """A note on dates with a slot of time (mask of the texts)."""
    rows = np.flatnonzero(column.look_up(slotted))
    if not len(rows):
        return []
    value = column.texts[int(column.codes[rows[0]])].as_py()
    return [("time_slots", place.named() | {"n": len(rows), "value": value})]


def _filled(texts: pa.StringArray) -> np.ndarray:
    return pc.not_equal(texts, "").to_numpy(zero_copy_only=False)
