"""Ditto marks: 同上, 〃 and the like, by which hand-kept lists say "as above"."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.tables.coded import Coded, from_above

MARKS = pa.array(["同上", "〃", "々", "〟", "″", '"', "''", "ditto", "Ditto", "同じ"])


def ditto(column: Coded) -> np.ndarray:
    """The rows (mask) that have a ditto mark and nothing else."""
    return column.rows_of(pc.is_in(column.texts, value_set=MARKS))


def without_ditto(column: Coded, files: np.ndarray | None = None) -> Coded:
    """A column with the nearest value above, of the same one of `files` where they are told, in
    place of every ditto mark; one with nothing above it stays. Our rule."""
    marks = ditto(column)
    if not marks.any():
        return column
    of = np.zeros(len(marks), np.int16) if files is None else files
    return from_above(column, ~marks & ~column.blank(), marks, of)
