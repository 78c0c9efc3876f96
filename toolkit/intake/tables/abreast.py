"""Tables of the same columns side by side: read as one table, all but the first were lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.intake.names import names_of, plain
from toolkit.intake.tables.coded import Coded
from toolkit.problems import InputProblem

FEWEST = 2  # columns of such a table


def repeated_names(header: Sequence[str]) -> list[list[int]]:
    """The positions of each of several equal runs of names that make up a header, a date among
    them; none where it is one table. Columns without a name part the runs."""
    named = [i for i, name in enumerate(header) if name.strip()]
    names = [plain(header[i]) for i in named]
    for width in range(FEWEST, len(names) // 2 + 1):
        runs = [names[i : i + width] for i in range(0, len(names), width)]
        if all(run == runs[0] for run in runs) and set(runs[0]) & names_of("date"):
            return [named[i : i + width] for i in range(0, len(named), width)]
    return []


def require_one_table(header: Sequence[str], columns: Mapping[int, Coded], file: str) -> None:
    """No more than the first of such tables has values (InputProblem)."""
    runs = repeated_names(header)
    filled = [run for run in runs if not all(columns[i].blank().all() for i in run)]
    if len(filled) > 1:
        names = ", ".join(header[i] for i in runs[0])
        raise InputProblem("tables_abreast", file=file, n=len(filled), names=names)
