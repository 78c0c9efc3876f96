"""A file beside the sales, opened, and the columns that tell its customers apart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.columns.glance import first_rows
from toolkit.intake.columns.recognition import Evidence
from toolkit.intake.columns.roles import KEY_PARTS
from toolkit.intake.customers.identity import written
from toolkit.intake.customers.lost_zeros import with_zeros
from toolkit.intake.ledger import Note
from toolkit.intake.names import aliases, plain
from toolkit.intake.reading import Reading
from toolkit.intake.sales.sheet import whole_numbers
from toolkit.intake.tables.coded import renamed
from toolkit.intake.tables.files import open_grid
from toolkit.intake.tables.grid import Grid, Rows
from toolkit.problems import InputProblem


def open_companion(named: str, option: str) -> Grid:
    """The one table of a file that an option names (InputProblem naming the option)."""
    path = Path(named)
    if not path.is_file():
        raise InputProblem("companion_missing", file=str(path), option=option)
    return open_grid(path)


def key_of(grid: Grid, reading: Reading) -> tuple[str, tuple[int, ...]]:
    """How its customers are told apart, and by which columns; none where that cannot be.

    By the first of the sales file's own kinds of key that the file has, best by columns of the
    same names: a mail address never meets a customer number unless the sales have both. Where the
    names tell none, by the evidence of names and contents, as in a sales file.
    """
    for kind in reading.roles.keys:
        parts = []
        for part in KEY_PARTS[kind]:
            own = [plain(reading.header[i]) for i in reading.roles.columns[part]]
            names = [own, *aliases()[part]["names"]]
            if own[0] in aliases()["customer"]["names"]:  # a customer's column of names, say
                names += aliases()["customer"]["names"]
            parts.append(first_of(grid, names))
        if all(len(part) == 1 for part in parts):
            return kind, tuple(i for part in parts for i in part)
    for kind in reading.roles.keys:
        at: tuple[int, ...] = ()
        for part in KEY_PARTS[kind]:
            at += likeliest(grid, part, at)
        if len(at) == len(KEY_PARTS[kind]):
            return kind, at
    return "number", ()


def likeliest(grid: Grid, role: str, taken: tuple[int, ...] = ()) -> tuple[int, ...]:
    """The column of a role by the evidence (`recognition`), none where that is doubtful."""
    seen = Evidence(grid.header, first_rows([grid], grid.header))
    return seen.decide(role, taken).columns


def first_of(grid: Grid, names: Sequence) -> tuple[int, ...]:
    """The positions of the first of these names (or lists of names) that the file has."""
    header = [plain(each) for each in grid.header]
    for each in names:
        wanted = [each] if isinstance(each, str) else each
        if all(name in header for name in wanted):
            return tuple(header.index(name) for name in wanted)
    return ()


class Customers:
    """The customer of every row of a file beside the sales, in the sales' own terms.

    known: the customers of the sales. blank: rows (mask) that have none. padded: rows (mask) whose
    number was given the zeros in front that it has in the sales (`lost_zeros`).
    """

    def __init__(
        self, kind: str, at: tuple[int, ...], rows: Rows, reading: Reading, known: pa.ChunkedArray
    ):
        rows = whole_numbers(rows, at if kind in ("number", "phone") else ())
        who, self.blank = written(kind, [rows.columns[i] for i in at])
        texts = who.texts
        if kind == "number":
            texts = with_zeros(texts, pc.unique(known))
        self.padded = who.rows_of(pc.not_equal(texts, who.texts))
        self._who = renamed(who, texts)
        self._kind, self._identity = kind, reading.identity

    def notes(self, file: str, rows: Rows) -> list[Note]:
        """A note on numbers that were given their zeros."""
        first = np.flatnonzero(self.padded)[:1]
        if not len(first):
            return []
        values = {"file": file, "n": int(self.padded.sum()), "row": int(rows.numbers[first[0]])}
        return [Note("companion_zeros", values)]

    def at(self, rows: np.ndarray) -> pa.Array:
        """The customers of these rows."""
        return self._identity.named_by(self._kind, self._who.at(rows))


def left_out(rows: Rows, unusable: np.ndarray) -> list[int]:
    """The numbers of the rows of a file that are not used: these (mask) and the unreadable."""
    broken = (each.row for each in rows.broken if each.reason == "unreadable")
    return sorted([*rows.numbers[unusable].tolist(), *broken])
