"""The files of a client: one, a folder, a wildcard, an archive, or several of those."""

from __future__ import annotations

import glob
import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from toolkit.intake.ledger import Note
from toolkit.intake.names import told
from toolkit.intake.tables import foreign, parquet, workbooks
from toolkit.intake.tables.archives import Stored, is_hidden
from toolkit.intake.tables.grid import Grid
from toolkit.intake.tables.sheet_choice import unknown_sheets
from toolkit.intake.tables.text import is_table, open_text
from toolkit.problems import InputProblem
from toolkit.settings import Settings

Named = str | Path | Sequence[str | Path]

TABLES = (".csv", ".tsv", ".parquet", ".pq", *workbooks.ENDINGS)
DEEPEST = 2  # archives inside archives
_COPIES = re.compile(
    r"backup|バックアップ|コピー|旧|予備|(?<![a-z])(old|copy|copies|bak|archive)(?![a-z])", re.I
)
_PERIOD = re.compile(
    r"(19|20)\d\d|[年月期]|^\d{1,2}$|^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|q[1-4]$",
    re.I,
)
OWN = "facts.json"  # beside it lies what an earlier run wrote


def open_files(sales_file: Named, settings: Settings | None = None) -> list[Grid]:
    """Every table in the files named, in the natural order of their names.

    sales_file: a file, a folder (what is data in it and in the folders below it), a wildcard, or
    several of those. Of an archive every member that is data is read; of files equal byte for byte
    the first; of a workbook the sheets with sales, or those that the settings name. Raises
    InputProblem with the faults of all files at once.
    """
    faults: list[tuple[str, dict[str, Any]]] = []
    found: list[Stored] = []
    passed: list[str] = []
    left: list[str] = []
    for each in [sales_file] if isinstance(sales_file, str | Path) else sales_file:
        try:
            for stored, chosen in _named(str(each), left):
                tables, others = _unfolded(stored, chosen)
                found += tables
                passed += others
        except InputProblem as problem:
            faults += problem.faults
    tables, twins = _once(_told_apart(found))
    grids: list[Grid] = []
    for stored in tables:
        try:
            grids += _grids(stored, settings)
        except InputProblem as problem:
            faults += problem.faults
    if settings is not None and not faults:
        faults += unknown_sheets(settings.sheet, grids)
    if not grids and not faults:
        faults.append(("no_files", {"file": _shown(sales_file)}))
    if faults:
        raise InputProblem.of(faults)
    notes = [Note("files_passed_over", {"files": ", ".join(passed)})] if passed else []
    if deep := [each.name for each in found if _depth(each)]:
        notes.append(Note("folders_entered", {"files": told(deep)}))
    if left:
        notes.append(Note("folders_left", {"files": told(left)}))
    notes += [Note("files_equal", {"file": one, "other": other}) for one, other in twins]
    return [replace(grids[0], notes=(*notes, *grids[0].notes)), *grids[1:]]


def open_grid(path: Path) -> Grid:
    """The one table of a file, opened as what its content says it is (InputProblem)."""
    if path.is_dir():
        raise InputProblem("file_is_folder", file=str(path))
    tables, _ = _unfolded(_present(path), chosen=True)
    grids = [grid for stored in tables for grid in _grids(stored)]
    if len(grids) > 1:
        names = ", ".join(grid.name for grid in grids)
        raise InputProblem("several_tables", file=path.name, names=names)
    return grids[0]


def _present(path: Path) -> Stored:
    if not path.exists():
        raise InputProblem("file_missing", file=str(path))
    return Stored(path, unicodedata.normalize("NFC", path.name))


def _named(given: str, left: list[str]) -> Iterator[tuple[Stored, bool]]:
    """The files a name stands for, and whether a person chose each of them; folders below it that
    are not entered go to `left`."""
    path = Path(given)
    if path.is_dir():
        yield from ((each, False) for each in _below(path, left))
    elif not path.exists() and glob.has_magic(given):
        matches = glob.iglob(given, recursive=True)
        yield from ((_present(each), False) for each in _unhidden(map(Path, matches)))
    else:
        yield _present(path), True


def _below(folder: Path, left: list[str]) -> Iterator[Stored]:
    """The files in a folder and in those below it that are entered, links to folders aside, named
    by the way to them: 2024/01.csv. Names of the others go to `left`.

    Never entered is a folder of copies, and beside tables only one called after a year or month.
    Our rule.
    """
    top = any(path.suffix.lower() in TABLES for path in _unhidden(folder.iterdir()))
    for place, folders, names in os.walk(folder):
        below = [] if OWN in names else sorted(name for name in folders if not is_hidden(name))
        folders[:] = [n for n in below if not _COPIES.search(n) and (not top or _PERIOD.search(n))]
        others = (Path(place) / name for name in below if name not in folders)
        left += [e.relative_to(folder).as_posix() for e in others if not (e / OWN).is_file()]
        for each in _unhidden(Path(place) / name for name in names):
            shown = each.relative_to(folder).as_posix()
            yield replace(_present(each), name=unicodedata.normalize("NFC", shown))


def _unhidden(paths: Iterator[Path]) -> Iterator[Path]:
    return (p for p in paths if p.is_file() and not is_hidden(p.name) and not _is_own(p))


def _is_own(path: Path) -> bool:
    """Whether an earlier run wrote this file: its own lists are no sales."""
    return any((folder / OWN).is_file() for folder in list(path.parents)[:2])


def _unfolded(stored: Stored, chosen: bool) -> tuple[list[Stored], list[str]]:
    """The tables in a file: itself, or the members of an archive; and the names of what is none."""
    if chosen and _ending(stored) not in workbooks.ENDINGS:
        foreign.refuse(stored)
    if _is_archive(stored):
        if len(stored.members) >= DEEPEST:
            raise InputProblem("zip_too_large", file=stored.name)
        parts = [_unfolded(member, False) for member in stored.inside()]
        tables = [table for some, _ in parts for table in some]
        if not tables and chosen:
            raise InputProblem("zip_empty", file=stored.name)
        others = [name for _, some in parts for name in some]
        return tables, others if tables else [stored.name]
    return ([stored], []) if chosen or _is_table(stored) else ([], [stored.name])


def _is_archive(stored: Stored) -> bool:
    named = _ending(stored) in workbooks.ENDINGS  # a damaged workbook is no damaged archive
    return not named and stored.is_zip() and not workbooks.is_workbook(stored.listing())


def _is_table(stored: Stored) -> bool:
    """By its ending; where that says nothing, by its content."""
    if _ending(stored) in TABLES:
        return True
    start = stored.start()
    if foreign.kind_of(stored):
        return False
    return start[:4] == parquet.MAGIC or stored.is_zip() or is_table(stored)


def _ending(stored: Stored) -> str:
    return Path(stored.name.lower().removesuffix(".gz")).suffix


def _told_apart(found: Sequence[Stored]) -> list[Stored]:
    """In the natural order of their names; files of one name with their folders before it."""
    once = list({(each.path.resolve(), each.members): each for each in found}.values())
    alike = defaultdict(list)
    for each in once:
        alike[each.name].append(each)
    for name, some in alike.items():
        if len(some) > 1:
            alike[name] = [replace(s, name=f"{_above(s)}/{name}") for s in some]
    return sorted(
        (each for some in alike.values() for each in some), key=lambda s: _natural(s.name)
    )


def _depth(stored: Stored) -> int:
    """How many folders below the one named a file lies, by the way to it in its name."""
    way, own = stored.name.split("/"), unicodedata.normalize("NFC", stored.path.name)
    return way.index(own) if own in way else 0


def _above(stored: Stored) -> str:
    """The folder that the name of a file begins in."""
    return stored.path.resolve().parents[_depth(stored)].name


def _natural(name: str) -> list[tuple[int, str]]:
    parts = re.split(r"(\d+)", unicodedata.normalize("NFKC", name).casefold())
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]


def _once(tables: Sequence[Stored]) -> tuple[list[Stored], list[tuple[str, str]]]:
    """Files with the same bytes once, and the names of each such pair: a copy counts no order."""
    sizes = defaultdict(list)
    for each in tables:
        sizes[each.size()].append(each)
    first: dict[str, Stored] = {}
    twins = []
    for some in sizes.values():
        for each in some if len(some) > 1 else ():
            held = first.setdefault(each.sha256, each)
            if held is not each:
                twins.append((held.name, each.name))
    again = {name for _, name in twins}
    return [each for each in tables if each.name not in again], twins


def _grids(stored: Stored, settings: Settings | None = None) -> list[Grid]:
    start = stored.start()
    if not start:
        raise InputProblem("empty_file", file=stored.name)
    if start[:4] == parquet.MAGIC:
        return [parquet.open_parquet(stored)]
    foreign.refuse(stored)
    if start == workbooks.OLE or stored.is_zip():
        return _workbook(stored, settings)
    return [open_text(stored)]


def _workbook(stored: Stored, settings: Settings | None) -> list[Grid]:
    """The sheets of a workbook; another old file of Office is named as that (InputProblem)."""
    try:
        return workbooks.open_workbook(stored, settings)
    except InputProblem as problem:
        kind = "" if stored.is_zip() else foreign.kind_of_ole(stored)
        if kind and problem.faults[0][0] == "broken_workbook":
            raise InputProblem(f"foreign_{kind}", file=stored.name) from problem
        raise


def _shown(sales_file: Named) -> str:
    some = [sales_file] if isinstance(sales_file, str | Path) else sales_file
    return ", ".join(map(str, some))
