"""Delimited text files in any encoding, packed or not, streamed through pyarrow."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from toolkit.intake.archives import Stored
from toolkit.intake.decoding import LINE_END, Decoded
from toolkit.intake.encodings import find_encoding
from toolkit.intake.grid import CODED, Block, Broken, Grid
from toolkit.intake.headers import KNOWN, Header, find_header
from toolkit.intake.misfits import SWALLOWED, Misfits
from toolkit.problems import InputProblem

DELIMITERS = (",", "\t", ";", "|")
BLOCK = 1 << 22  # bytes parsed at a time; no single row may be longer
HEAD = 1 << 18  # bytes looked at for the delimiter and the header
EVEN = 0.8  # share of rows of one width in what is a table and not prose
_SEPARATOR = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)  # what Excel puts above a header
_MARKUP = re.compile(r"\s*<(!doctype|html|\?xml|table|head|meta)\b", re.IGNORECASE)
_MARGINS = re.compile(rb"(?m)^[ \t]+|[ \t]+$")
_GAPS = re.compile(rb"[ \t]+")


@dataclass(frozen=True)
class Form:
    """How the lines of a text file make a table.

    above: lines over its first row of values, which is row `first_row` of the file. empty: no row
    follows. fault: why it cannot be read after all, a key of `[problem]` with its values.
    """

    delimiter: str
    header: Header
    above: int
    first_row: int
    empty: bool
    fault: tuple[str, dict[str, Any]] | None

    def merit(self) -> tuple[int, float, int]:
        """The more, the likelier this is how the file is meant."""
        known = self.header.known if self.header.known >= KNOWN else 0
        return known, self.header.fit, len(self.header.names)


def open_text(stored: Stored) -> Grid:
    """A text file, its encoding, delimiter and header found out (InputProblem)."""
    encoding = find_encoding(stored)
    form = _form(stored, encoding)
    if form.fault:
        raise InputProblem.of([form.fault])
    broken: list[Broken] = []
    damaged: list[int] = []

    def blocks() -> Iterator[Block]:
        broken.clear()
        damaged.clear()
        if not form.empty:
            with stored.unpacked() as packed:
                stream = Decoded(packed, encoding, stored.name, form.above, damaged)
                yield from _blocks(stream, form, stored.name, broken)

    return Grid(
        stored=stored,
        name=stored.name,
        kind={"\t": "tsv", " ": "blank"}.get(form.delimiter, "csv"),
        header=form.header.names,
        blocks=blocks,
        encoding=encoding,
        delimiter=form.delimiter,
        headed=form.header.headed,
        broken=broken,
        damaged=damaged,
    )


def is_table(stored: Stored) -> bool:
    """Whether a text file looks like a table: known names, or columns throughout."""
    try:
        header = _form(stored, find_encoding(stored)).header
    except InputProblem:
        return False
    return header.known >= KNOWN or (len(header.names) > 1 and header.fit > EVEN)


def _form(stored: Stored, encoding: str) -> Form:
    """The delimiter that makes most of a table of the first lines, and what it makes of them."""
    lines, whole = _head(stored, encoding)
    filled = next((i for i, line in enumerate(lines) if line.strip()), None)
    if filled is None:
        raise InputProblem("empty_file", file=stored.name)
    if _MARKUP.match(lines[filled]):
        raise InputProblem("not_table", file=stored.name)
    delimiters: Sequence[str] = DELIMITERS
    if said := _SEPARATOR.fullmatch(lines[filled]):
        delimiters, lines[filled] = said[1], "\n"
    forms = [_table(lines, whole, each, stored.name) for each in delimiters]
    best = max(forms, key=Form.merit)
    if len(best.header.names) == 1 and not lines[filled].lstrip().startswith('"'):
        spaced = _table(lines, whole, " ", stored.name)
        best = spaced if len(spaced.header.names) > 1 else best
    return best


def _head(stored: Stored, encoding: str) -> tuple[list[str], bool]:
    """The first lines, and whether they are all there are."""
    with stored.unpacked() as packed:
        stream = io.BufferedReader(Decoded(packed, encoding, stored.name, 0, []), 1 << 16)
        content = stream.read(HEAD)
        whole = not stream.peek(1)
    lines = list(io.StringIO(content.decode("utf-8", "ignore"), newline=""))
    return lines if whole or len(lines) < 2 else lines[:-1], whole


def _table(lines: list[str], whole: bool, delimiter: str, name: str) -> Form:
    rows, ends = _rows(lines, delimiter)
    if not whole and len(rows) > 1:
        del rows[-1]  # its end may lie beyond
    header = find_header(rows)
    starts = [0, *ends]
    if header is None or starts[header.top + 1] - starts[header.top] > SWALLOWED:
        top = len(rows) - 1 if header is None else header.top
        fault = ("open_quote", {"file": name, "row": top + 1})
        return Form(delimiter, Header(("",), top, True, 0, 0.0, 1), 0, 1, True, fault)
    top = header.top + header.headed
    below = [row for row in rows[top:] if any(cell.strip() for cell in row)]
    fault = None
    if below and not any(len(row) == len(header.names) for row in below):
        values = {"file": name, "row": header.top + 1, "names": len(header.names)}
        fault = ("header_width", values | {"fields": header.width})
    return Form(delimiter, header, starts[top], top + 1, whole and starts[top] >= len(lines), fault)


def _rows(lines: list[str], delimiter: str) -> tuple[list[list[str]], list[int]]:
    """The first rows, and after how many lines each ends."""
    if delimiter == " ":
        return [line.split() for line in lines], list(range(1, len(lines) + 1))
    reader = csv.reader(lines, delimiter=delimiter)
    rows: list[list[str]] = []
    ends = []
    with contextlib.suppress(csv.Error):  # a value too long to be one: its quote is never closed
        for row in reader:
            rows.append(row)
            ends.append(reader.line_num)
        return rows, ends
    return [*rows, [""]], [*ends, len(lines)]


def _blocks(stream: Decoded, form: Form, name: str, broken: list[Broken]) -> Iterator[Block]:
    names = [f"f{i}" for i in range(len(form.header.names))]
    blanks = form.delimiter == " "
    delimiter = "\t" if blanks else form.delimiter
    misfits = Misfits(len(names), delimiter, form.first_row, broken)
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
