"""What the values of the status columns did, told beside the figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from toolkit.intake.columns.column_table import cut
from toolkit.intake.ledger import Note
from toolkit.intake.sales import statuses
from toolkit.intake.tables.coded import Coded
from toolkit.words import Words, Written

if TYPE_CHECKING:
    from toolkit.intake.reading import Reading

MOST = 12  # values told, the commonest
WIDEST = 24  # of a value, in a terminal


@dataclass(frozen=True)
class Values(Written):
    """Values of a status column: (text, rows, what they do: `counted`, `out` or `back`)."""

    told: tuple[tuple[str, int, str], ...]
    more: int = 0

    def write(self, words: Words, form: str) -> str:
        parts = [
            words.say(f"note.status_{did}", value=text or words["note.status_blank"], n=n)
            for text, n, did in self.told
        ]
        parts += [words.say("note.status_more", n=self.more)] if self.more else []
        return words["note.and"].join(parts)


def of_statuses(reading: Reading) -> list[Note]:
    """A note for every status column: its values with their rows, and whether they count; of a
    column that is of something else besides (an amount that is -9999 until it is settled) only the
    values that do not, and no note where there are none."""
    notes = []
    for name, column in reading.statuses.items():
        texts = column.texts  # of the whole file, also in a portion of it
        besides = _is_besides(reading, name)
        if _out(reading, name, column).any() if besides else any(texts.to_pylist()):
            values = _values(reading, name, column, besides)
            notes.append(Note("status_values", {"column": name, "values": values}))
    return notes


def _is_besides(reading: Reading, name: str) -> bool:
    """Whether a known format uses a status column for something else as well."""
    if reading.roles.format is None:
        return False
    others = {i for role, at in reading.roles.columns.items() if role != "status" for i in at}
    return any(reading.header[i] == name for i in others)


def _out(reading: Reading, name: str, column: Coded) -> np.ndarray:
    """Which texts of a status column leave a row out (mask)."""
    out = np.zeros(len(column.texts), bool)
    for test in statuses.tests_of(name, column, reading.roles.format).values():
        out |= statuses.which(column.texts, test)
    return out


def _values(reading: Reading, name: str, column: Coded, besides: bool) -> Values:
    """The commonest values. Dates of cancelling are told as one; a return slip is kept as money
    going back, whatever its status."""
    known = reading.roles.format
    back = statuses.money_back({name: column}, known, len(column.codes))
    left = column.look_up(_out(reading, name, column))
    if reading.names("sum_kind") == (name,):
        left = np.logical_or.reduce([left, *(each.rows for each in reading.kind_sums)])
    back |= left & reading.sieve.kept
    found: dict[tuple[str, str], int] = {}
    dates = statuses.of_dates(name, known)
    did_what = {"back": back, "out": left & ~back, "counted": ~left & ~back}
    for did, rows in did_what.items():
        if besides and did == "counted":
            continue
        counts = np.bincount(column.codes[rows], minlength=len(column.texts))
        for i in np.flatnonzero(counts):
            text = cut(column.texts[int(i)].as_py(), WIDEST)
            key = ("…" if dates and did != "counted" else text, did)
            found[key] = found.get(key, 0) + int(counts[i])
    return of_counts([(text, n, did) for (text, did), n in found.items()])


def of_counts(counted: Iterable[tuple[str, int, str]], more: int = 0) -> Values:
    """Values with their rows and what they do, added up and the commonest first; of many those that
    count are left untold; at least `more` are not told."""
    found: dict[tuple[str, str], int] = {}
    for text, n, did in counted:
        found[text, did] = found.get((text, did), 0) + n
    ranked = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = sorted(ranked, key=lambda pair: pair[0][1] == "counted")[:MOST]
    told = tuple((text, n, did) for (text, did), n in ranked if ((text, did), n) in shown)
    return Values(told, max(len(ranked) - len(told), more))
