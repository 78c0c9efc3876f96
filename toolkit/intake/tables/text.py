"""Delimited text files in any encoding, packed or not, streamed through pyarrow."""

from __future__ import annotations

import io
import re
from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import BinaryIO, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from toolkit.intake.ledger import Note
from toolkit.intake.tables import web_pages
from toolkit.intake.tables.archives import Stored
from toolkit.intake.tables.beginnings import Beginning
from toolkit.intake.tables.decoding import LINE_END, Decoded
from toolkit.intake.tables.encodings import find_encoding
from toolkit.intake.tables.grid import CODED, Block, Broken, Grid
from toolkit.intake.tables.layout import Layout, find_layout
from toolkit.intake.tables.misfits import SWALLOWED, Misfits
from toolkit.intake.tables.plain_text import PlainText, Rest, is_plain
from toolkit.problems import InputProblem

BLOCK = 1 << 22  # bytes parsed at a time; no single row may be longer
_MARGINS = re.compile(rb"(?m)^[ \t]+|[ \t]+$")
_GAPS = re.compile(rb"[ \t]+")


def open_text(stored: Stored) -> Grid:
    """A text file, its encoding, delimiter and header found out, or the table in a web page
    (InputProblem)."""
    encoding = find_encoding(stored)
    try:
        layout = find_layout(stored, encoding)
    except InputProblem as problem:
        page = None
        if problem.faults[0][0] == "not_table":
            page = web_pages.open_page(stored, encoding)
        if page is None:
            raise
        return page
    if layout.fault:
        raise InputProblem.of([layout.fault])
    broken: list[Broken] = []
    damaged: list[int] = []
    beginning = Beginning(stored, encoding, layout)

    def blocks() -> Iterator[Block]:
        broken.clear()
        damaged.clear()
        if not layout.empty:
            with stored.unpacked() as packed:
                rest = Remaining(packed, 0, layout)
                if is_plain(encoding, layout.delimiter):
                    rest = yield from _plain_blocks(
                        PlainText(packed, encoding, layout, beginning.parts()), layout
                    )
                if rest is not None:
                    above = 0 if rest.lines else layout.above
                    told = (encoding, stored.name, above, damaged, rest.lines)
                    yield from _blocks(
                        Decoded(rest.stream, *told), rest.layout, stored.name, broken
                    )

    return Grid(
        stored=stored,
        name=stored.name,
        kind={"\t": "tsv", " ": "blank"}.get(layout.delimiter, "csv"),
        header=layout.header.names,
        blocks=blocks,
        begin=beginning.start,
        encoding=encoding,
        delimiter=layout.delimiter,
        headed=layout.header.headed,
        unit=layout.header.unit,
        above=layout.header.above,
        broken=broken,
        damaged=damaged,
        notes=_told(layout),
    )


def _told(layout: Layout) -> tuple[Note, ...]:
    """A note on numbers that were put together again."""
    if layout.parted is None:
        return ()
    return (Note("thousands_joined", {"column": layout.header.names[layout.parted]}),)


def is_table(stored: Stored) -> bool:
    """Whether a file is a table in text, and no prose, picture or program."""
    try:
        return find_layout(stored, find_encoding(stored)).is_table()
    except InputProblem:
        return False


class Remaining(NamedTuple):
    """What of a file is still to be read: as a stream, after how many lines, from which row on."""

    stream: BinaryIO | Rest
    lines: int
    layout: Layout


def _plain_blocks(plain: PlainText, layout: Layout) -> Generator[Block, None, Remaining | None]:
    """The blocks of the plain beginning of a file; what is left of it."""
    row = layout.first_row
    for columns in plain.blocks():
        yield Block(columns, np.arange(row, row + columns.num_rows, dtype=np.int64))
        row += columns.num_rows
    if plain.rest is None:
        return None
    return Remaining(plain.rest, plain.lines, replace(layout, first_row=row))


def _blocks(stream: Decoded, layout: Layout, name: str, broken: list[Broken]) -> Iterator[Block]:
    names = [f"f{i}" for i in range(len(layout.header.names))]
    blanks = layout.delimiter == " "
    delimiter = "\t" if blanks else layout.delimiter
    misfits = Misfits(len(names), delimiter, layout.first_row, broken, layout.parted)
    read = pacsv.ReadOptions(
        use_threads=False,  # else the numbers of misfit rows are not known
        block_size=BLOCK,
        column_names=names,
    )
    parse = pacsv.ParseOptions(
        delimiter=delimiter,
        newlines_in_values=True,
        ignore_empty_lines=False,
        invalid_row_handler=misfits.take,
    )
    convert = pacsv.ConvertOptions(column_types=dict.fromkeys(names, CODED), check_utf8=False)
    source = io.BufferedReader(_Squeezed(stream) if blanks else stream, BLOCK)
    try:
        with pacsv.open_csv(pa.PythonFile(source, "r"), read, parse, convert) as reader:
            for columns in reader:
                numbers = misfits.between(columns.num_rows)
                _refuse_open_quote(misfits.swallowed + _swallowed(columns, numbers), name)
                yield Block(columns, numbers)
                yield from misfits.mended()
    except pa.ArrowInvalid as error:
        row = int(misfits.between(1)[0])
        raise InputProblem("open_quote", file=name, row=row) from error
    _refuse_open_quote(misfits.swallowed, name)
    yield from misfits.mended(last=True)


def _refuse_open_quote(rows: list[int], name: str) -> None:
    """An opening quote without its partner swallows the rows below it: stop, do not lose them."""
    if rows:
        raise InputProblem("open_quote", file=name, row=min(rows))


def _swallowed(columns: pa.RecordBatch, numbers: np.ndarray) -> list[int]:
    """Rows with more line breaks inside a value than any value has."""
    swallowed = []
    for column in columns.columns:
        lengths = pc.binary_length(column.dictionary)
        if (pc.max(lengths).as_py() or 0) > SWALLOWED:
            breaks = pc.count_substring_regex(column.dictionary, r"\r\n|\r|\n")
            inside = (breaks.to_numpy(zero_copy_only=False) > SWALLOWED)[column.indices.to_numpy()]
            swallowed += [int(numbers[inside.argmax()])] if inside.any() else []
    return swallowed


class _Squeezed(io.RawIOBase):
    """Blank-separated lines as tab-separated ones, a block at a time."""

    def __init__(self, stream: Decoded):
        self._stream, self._rest = stream, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if not self._rest:
            lines = LINE_END.sub(b"\n", self._stream.lines())
            self._rest = _GAPS.sub(b"\t", _MARGINS.sub(b"", lines))
        taken = self._rest[: len(buffer)]
        buffer[: len(taken)] = taken
        self._rest = self._rest[len(taken) :]
        return len(taken)
