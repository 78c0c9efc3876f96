"""Amounts that a file has twice, with tax and without: which of the two is used."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from toolkit.intake.columns.finder import Finder
from toolkit.intake.columns.qualifiers import WITH, WITHOUT, heading
from toolkit.intake.names import plain

MOST_TAX = 1.35  # times the amount without it that an amount with tax comes to
NEARLY_ALL = 0.95  # of the rows


def part(find: Finder) -> None:
    """Of two columns of amounts, or of prices, that are one with tax and without, put that aside
    which is not wanted: the one without, or with `without_tax` the one with it.

    They are such a pair where one name says `with` and the other `without`, or one of them says
    nothing and they have the same name otherwise; and where what stands in them agrees. Our rule.
    """
    if find.format is not None:
        return
    for role in ("amount", "price"):
        told = [
            i for i in range(len(find.header)) if find.evidence.says(role, i) in ("known", "word")
        ]
        for more, less in permutations(told, 2):
            if not find.is_given(role) and _is_pair(find, more, less):
                find.untaxed.add(less)
                keep, leave = (less, more) if find.settings.without_tax else (more, less)
                if leave not in find.taken:
                    find.aside[leave] = keep


def notes(find: Finder) -> list[tuple[str, dict[str, str]]]:
    """Which column of such a pair is used, for the columns that have a role."""
    key = "tax_left_out" if find.settings.without_tax else "tax_counted"
    used = {i for columns in find.columns.values() for i in columns}
    return [
        (key, {"column": find.labels[keep], "other": find.labels[leave]})
        for leave, keep in find.aside.items()
        if keep in used
    ]


def _is_pair(find: Finder, more: int, less: int) -> bool:
    """Whether the first of two columns is the second with tax."""
    one, two = heading(find.header[more]), heading(find.header[less])
    if one.tax == two.tax or one.tax == WITHOUT or two.tax == WITH:
        return False
    alike = plain(one.name) == plain(two.name)
    if not alike and not (one.tax and two.tax):
        return False
    fit = find.evidence.fit
    if fit is None:
        return alike
    with_tax, without = fit.bonds.numbers(more), fit.bonds.numbers(less)
    known = ~np.isnan(with_tax) & ~np.isnan(without) & (without > 0)
    if not known.any():
        return alike
    times = with_tax[known] / without[known]
    return bool(((times >= 1) & (times <= MOST_TAX)).mean() >= NEARLY_ALL and times.max() > 1)
