"""Money written in thousands or millions, as the heading or a line above it says, in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow.compute as pc

from toolkit.intake.columns.qualifiers import heading, power_of
from toolkit.intake.tables.coded import Coded
from toolkit.intake.values.amounts import ROOM, Numbers, largest
from toolkit.intake.values.place import Place
from toolkit.problems import InputProblem

_OWN = "[千万億]"  # an amount that has a unit of its own
_FULL = r"円\s*[-−)）]?$"  # an amount that says it is in yen


def in_full(
    numbers: Numbers, column: Coded, place: Place, above: Sequence[str], files: np.ndarray
) -> Numbers:
    """The numbers of a column in full, with a note where that multiplies any.

    The unit is that of the heading (売上(千円)), else the one that a line above the headings of
    the file states (単位：千円), in `above`. An amount with a unit of its own (3千円) is in that;
    one in plain yen contradicts the unit (InputProblem).
    """
    own = heading(place.column)
    units = [own.unit] * len(above or (0,)) if own.unit else list(above) or [""]
    powers = np.array([power_of(unit) for unit in units])
    if not powers.any():
        return numbers
    texts = column.texts
    apart = pc.match_substring_regex(texts, _OWN).to_numpy(zero_copy_only=False)
    by_row = powers[files if len(powers) > 1 else np.zeros(len(files), np.int64)]
    by_row = np.where(column.look_up(apart), 0, by_row)
    unit = units[int(powers.argmax())]
    plain = pc.match_substring_regex(texts, _FULL).to_numpy(zero_copy_only=False) & ~apart
    told = place.named() | {"unit": unit}
    wrong = np.flatnonzero(column.look_up(plain) & (by_row > 0) & numbers.readable)
    if len(wrong):
        at = int(wrong[0])
        value = texts[int(column.codes[at])].as_py()
        raise InputProblem("amount_unit", **told, row=place.number(at), value=value)
    large = largest(numbers.units) * 10 ** int(by_row.max(initial=0)) >= ROOM
    wide = numbers.units.astype(object) if large else numbers.units
    key = "unit_heading" if own.unit else "unit_above"
    note = (key, told | {"factor": 10 ** int(powers.max())})
    return replace(numbers, units=wide * 10**by_row, told=(*numbers.told, note))
