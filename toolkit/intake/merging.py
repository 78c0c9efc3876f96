"""What the portions of a large file say, as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from toolkit.intake.audit import Audit
from toolkit.intake.ledger import REASONS, Note, Source
from toolkit.intake.sales.status_notes import Values, of_counts
from toolkit.intake.values.amounts import mixed_told

ADDED = ("n", "rows", "lost", "all", "without")  # values that count rows or orders
ALIKE = (  # notes on texts, which every portion has alike, or nearly
    *("excluded_missing", "damaged_characters", "people_missing"),
)


def merged_notes(
    portions: Sequence[Iterable[Note]],
    but: frozenset[str] = frozenset(),
    alike: frozenset[str] = frozenset(),
) -> tuple[Note, ...]:
    """The notes of all portions: each kind of note on a column once, its counts added up, but
    those that are `alike` in every portion; without some kinds."""
    found: dict[tuple[str, str], Note] = {}
    for notes in portions:
        for note in notes:
            if note.key in but:
                continue
            about = (note.key, str(note.values.get("column", "")))
            before = found.get(about)
            same = note.key in alike or note.key in ALIKE
            values = note.values if before is None else _values(before.values, note.values, same)
            found[about] = Note(note.key, values)
    return tuple(note for note in found.values() if mixed_told(note.key, note.values))


def _values(one: Mapping[str, Any], two: Mapping[str, Any], alike: bool) -> dict[str, Any]:
    made = {**two, **one}
    for value, row in (("value", "row"), ("other_value", "other_row")):
        if row in one and two.get(row, one[row]) < one[row] and value in two:
            made[value] = two[value]  # of the first row
    for name, value in two.items():
        if name not in one:
            continue
        if isinstance(value, Values):
            made[name] = of_counts([*one[name].told, *value.told], max(one[name].more, value.more))
        elif name in ADDED and isinstance(value, int):
            made[name] = max(one[name], value) if alike else one[name] + value
        elif name in ("customers", "last"):
            made[name] = max(one[name], value)
        elif name in ("row", "other_row", "first"):
            made[name] = min(one[name], value)
    if {"share", "n", "all"} <= made.keys():
        made["share"] = made["n"] / made["all"]
    return made


def merged_audit(portions: Sequence[Audit]) -> Audit:
    """The money and rows left out of all portions."""
    amounts: Counter[str] = Counter()
    for audit in portions:
        amounts.update(audit.amounts)
    nameless = [audit.nameless_amount for audit in portions]
    return Audit(
        {reason: amounts[reason] for reason in REASONS if reason in amounts},
        sum(audit.nameless_rows for audit in portions),
        None if None in nameless else sum(nameless),
    )


def merged_source(portions: Sequence[Source]) -> Source:
    """The provenance of all portions: that of the first with the rows of all."""
    reasons: Counter[str] = Counter()
    for source in portions:
        reasons.update(source.set_aside)
    rows = zip(*([file.rows_read for file in source.files] for source in portions), strict=True)
    return replace(
        portions[0],
        rows_read=sum(source.rows_read for source in portions),
        rows_kept=sum(source.rows_kept for source in portions),
        set_aside={reason: reasons[reason] for reason in REASONS if reasons[reason]},
        files=tuple(
            replace(file, rows_read=sum(each))
            for file, each in zip(portions[0].files, rows, strict=True)
        ),
    )


def merged_set_aside(portions: Sequence[pd.DataFrame], files: Sequence[str]) -> pd.DataFrame:
    """The rows left out of all portions, in the order of the files."""
    whole = pd.concat(portions, ignore_index=True)
    place = whole["source_file"].map({name: i for i, name in enumerate(files)})
    order = whole.assign(place=place).sort_values(["place", "source_row"], kind="stable").index
    return whole.loc[order].reset_index(drop=True)
