"""Ditto marks: 同上, 〃 and the like, by which hand-kept lists say "as above"."""

from __future__ import annotations

import numpy as np

from toolkit.intake.tables.coded import Coded

MARKS = frozenset({"同上", "〃", "々", "〟", "″", '"', "''", "ditto", "同じ"})


def marked(column: Coded) -> np.ndarray:
    """The rows (mask) that have a ditto mark and nothing else."""
    marks = [text.strip().lower() in MARKS for text in column.texts.to_pylist()]
    return column.look_up(np.array(marks, bool))


def without_ditto(column: Coded) -> Coded:
    """A column with the nearest value above in place of every ditto mark; one with nothing above
    it stays. Our rule."""
    marks = marked(column)
    if not marks.any():
        return column
    written = ~marks & ~column.blank()
    above = np.maximum.accumulate(np.where(written, np.arange(len(marks)), -1))
    some = marks & (above >= 0)
    codes = column.codes.copy()
    codes[some] = column.codes[above[some]]
    return Coded(codes, column.texts)
