"""The beginning of a text file parsed as it lies there, in bytes: only distinct values are decoded.

In these encodings no byte of a longer character is a delimiter, a quote or the end of a line, so
rows can be told apart before they are decoded. That takes a third of the time, and goes on until
something needs care: a row that does not fit, a byte that is no character, a quote that stays
open. From there `text` reads on, line by line where it must.
"""

from __future__ import annotations

import io
import itertools
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from toolkit.intake.tables.decoding import after, has_utf8_lines
from toolkit.intake.tables.encodings import CODECS, CONTROL, UNASSIGNED, reads_as_utf8, whole_lines
from toolkit.intake.tables.layout import Layout
from toolkit.intake.tables.misfits import SWALLOWED

_PART = 1 << 21  # bytes parsed at a time
_MOST = 1 << 22  # without the end of a quote: something is wrong with the quotes
_AHEAD = 2  # parts parsed while one is looked at
Begun = Iterable[tuple[bytes, pa.RecordBatch | None]]
_CODED = pa.dictionary(pa.int32(), pa.binary())
_QUOTE, _PRINTED, _FOREIGN = ord('"'), 32, 128  # the first byte that is printed, is not ASCII


class PlainText:
    """The first rows of a text file, as far as they are plain.

    `blocks()` yields them, columns coded as `grid.CODED`; those of the parts that were `begun`
    (`beginnings`) without parsing them again. After it `rest` is what was not read
    (None: nothing), and `lines` how many lines were, those above the first row included.
    """

    def __init__(self, stream: BinaryIO, encoding: str, layout: Layout, begun: Begun = ()):
        self._stream, self._encoding, self._layout = stream, encoding, layout
        self._begun = begun
        self._parts: Iterator[bytes] = iter(())
        self.rest: Rest | None = None
        self.lines = 0

    def blocks(self) -> Iterator[pa.RecordBatch]:
        """The rows, about 2 MiB of the file at a time; two threads parse ahead."""
        read = 0
        for part, columns in self._begun:
            if not part:
                return
            read += len(part)
            if columns is None:
                self._stream.seek(read)
                self.rest = Rest([part], whole_rows(self._stream))
                return
            self._count(part, columns)
            yield columns
        if read:
            self._stream.seek(read)
        yield from self._further(first=not read)

    def _further(self, first: bool) -> Iterator[pa.RecordBatch]:
        self._parts = whole_rows(self._stream)
        waiting: deque[tuple[bytes, Future]] = deque()
        depth = 1 if first else 1 + _AHEAD
        with ThreadPoolExecutor(_AHEAD) as pool:
            while True:
                while len(waiting) < depth and (part := next(self._parts, b"")):
                    ready = pool.submit(parsed, part, self._encoding, self._layout, first)
                    waiting.append((part, ready))
                    first = False
                if not waiting:
                    return
                columns = waiting[0][1].result()
                if columns is None:
                    self.rest = Rest([part for part, _ in waiting], self._parts)
                    return
                self._count(waiting.popleft()[0], columns)
                yield columns
                depth = 1 + _AHEAD  # who asked for the first rows only does not come back

    def _count(self, part: bytes, columns: pa.RecordBatch) -> None:
        above = 0 if self.lines else self._layout.above
        plain = all(_lowest(column.dictionary) >= _PRINTED for column in columns.columns)
        breaks = 0 if plain else part.count(b"\n") or part.count(b"\r")
        self.lines += above + columns.num_rows if plain else breaks


def parsed(part: bytes, encoding: str, layout: Layout, first: bool) -> pa.RecordBatch | None:
    """The rows of a part, None where anything in it is not plain; the `first` part of a file has
    lines above its rows."""
    if len(part) > _MOST:
        return None
    if not first and has_utf8_lines(part, encoding, whole=False):
        return None
    table = _table(after(part, layout.above) if first else part, layout)
    if table is None or _stays_open(table):
        return None
    coded = [c.chunk(0) if c.num_chunks else pa.array([], _CODED) for c in table.columns]
    texts = [decoded(each.dictionary, encoding, first) for each in coded]
    if any(each is None for each in texts):
        return None
    return pa.RecordBatch.from_arrays(
        [
            pa.DictionaryArray.from_arrays(each.indices, t)
            for each, t in zip(coded, texts, strict=True)
        ],
        names=table.column_names,
    )


class Rest:
    """Parts of a file, to be read on as a stream."""

    def __init__(self, first: Iterable[bytes], more: Iterator[bytes]):
        self._parts = itertools.chain(first, more)
        self._ready = memoryview(b"")

    def read(self, size: int) -> bytes:
        """At most so many bytes, none at the end."""
        if not self._ready:
            self._ready = memoryview(next(self._parts, b""))
        taken, self._ready = self._ready[:size], self._ready[size:]
        return bytes(taken)


def is_plain(encoding: str, delimiter: str) -> bool:
    """Whether rows can be told apart before they are decoded; | may be half a character."""
    return encoding in CODECS and delimiter != " " and (delimiter, encoding) != ("|", "cp932")


def whole_rows(stream: BinaryIO) -> Iterator[bytes]:
    """Parts of a file that end where a row does, going by the number of quotes before it."""
    held: list[bytes] = []
    size, quotes, marks = 0, 0, np.empty(0, bool)
    for piece in whole_lines(stream, _PART):
        held.append(piece)
        size += len(piece)
        if len(marks) < len(
            piece
        ):  # fresh memory for every piece would cost more than the counting
            marks = np.empty(2 * len(piece), bool)
        found = np.equal(np.frombuffer(piece, np.uint8), _QUOTE, out=marks[: len(piece)])
        quotes += int(np.count_nonzero(found))
        if (size > _PART // 2 and not quotes % 2) or size > _MOST:
            yield held[0] if len(held) == 1 else b"".join(held)
            held, size, quotes = [], 0, 0
    if held:
        yield b"".join(held)


def _table(rows: bytes, layout: Layout) -> pa.Table | None:
    """One chunk of bytes, None where a row does not fit."""
    names = [f"f{i}" for i in range(len(layout.header.names))]
    if not rows:
        return pa.table({name: pa.array([], _CODED) for name in names})
    read = pacsv.ReadOptions(use_threads=False, block_size=len(rows) + 1, column_names=names)
    parse = pacsv.ParseOptions(
        delimiter=layout.delimiter, newlines_in_values=True, ignore_empty_lines=False
    )
    convert = pacsv.ConvertOptions(column_types=dict.fromkeys(names, _CODED))
    try:
        return pacsv.read_csv(io.BytesIO(rows), read, parse, convert)
    except pa.ArrowInvalid:
        return None


def _stays_open(table: pa.Table) -> bool:
    """Whether the last value goes on to the end of the part: its quote is closed in the next."""
    last = table.column(table.num_columns - 1)
    return len(last) > 0 and last[-1].as_py().endswith((b"\n", b"\r"))


def decoded(values: pa.BinaryArray, encoding: str, first: bool) -> pa.StringArray | None:
    """The distinct values of a column as text; None where they need care.

    That is a control character, bytes that are no character, more line breaks than a value has, a
    byte order mark and, looked for in the first part only, UTF-8 in a file of another encoding.
    """
    ends = np.frombuffer(values.buffers()[1], np.int32)[: len(values) + 1]
    content = np.frombuffer(values.buffers()[2] or b"", np.uint8)
    if _lowest(values) < _PRINTED and _is_odd(content.tobytes()):
        return None
    if content.max(initial=0) < _FOREIGN:
        return values.cast(pa.string())
    if first and encoding != "utf-8" and any(map(_utf8_in(encoding), values.to_pylist())):
        return None
    try:
        text = np.insert(content, ends[1:], 0).tobytes().decode(CODECS[encoding])
    except UnicodeDecodeError:
        return None
    if "\ufeff" in text or (encoding == "cp932" and UNASSIGNED.search(text)):
        return None
    return values.cast(pa.string()) if encoding == "utf-8" else _parted(text)


def _lowest(values: pa.BinaryArray | pa.StringArray) -> int:
    """The lowest byte of all values."""
    return int(np.frombuffer(values.buffers()[2] or b"", np.uint8).min(initial=_PRINTED))


def _utf8_in(encoding: str) -> Callable[[bytes], bool]:
    return lambda value: not value.isascii() and reads_as_utf8(value, encoding)


def _parted(text: str) -> pa.StringArray:
    """Texts that each end with a zero, as an array; without a loop over them."""
    content = np.frombuffer(text.encode(), np.uint8)
    zeros = np.flatnonzero(content == 0)
    ends = np.r_[0, zeros - np.arange(len(zeros))].astype(np.int32)
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(content[content != 0])]
    return pa.Array.from_buffers(pa.string(), len(zeros), buffers)


def _is_odd(content: bytes) -> bool:
    control = len(content) != len(content.translate(None, CONTROL))
    return control or content.count(b"\n") > SWALLOWED or content.count(b"\r") > SWALLOWED
