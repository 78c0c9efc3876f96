"""Delimited text files, gzipped or not, streamed through pyarrow."""

from __future__ import annotations

import codecs
import contextlib
import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from toolkit.intake.grid import CODED, Grid
from toolkit.problems import InputProblem

ENCODINGS = ("utf-8", "cp932")
DELIMITERS = ("\t", ";", ",")
BLOCK = 1 << 22  # bytes parsed at a time; no single row may be longer
SWALLOWED = 50  # line breaks no single value has
_GZIP = b"\x1f\x8b"
_CONTROL = bytes(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1a\x1b"))
_UNASSIGNED = re.compile("[\x80\xa0\uf8f0-\uf8f3]")  # what Python's cp932 makes of no character
_MARGINS = re.compile(rb"(?m)^[ \t]+|[ \t]+(?=\r?$)")
_GAPS = re.compile(rb"[ \t]+")


def open_text(path: Path) -> Grid:
    """A text file with a header row, its encoding and delimiter found out (InputProblem)."""
    encoding = _encoding(path)
    leading, line = _first_line(path, encoding)
    delimiter = _delimiter(line)
    header, rows_follow = _header(path, encoding, leading, delimiter)
    broken: list[tuple[int, str]] = []

    def batches() -> Iterator[pa.RecordBatch]:
        broken.clear()
        if rows_follow:
            yield from _batches(path, encoding, delimiter, leading, len(header), broken)

    kind = {"\t": "tsv", " ": "blank"}.get(delimiter, "csv")
    return Grid(
        path, kind, header, batches, encoding, delimiter, first_row=leading + 2, broken=broken
    )


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    with path.open("rb") as raw:
        zipped = raw.read(2) == _GZIP
        raw.seek(0)
        try:
            yield gzip.GzipFile(fileobj=raw) if zipped else raw
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise InputProblem("broken_gzip", file=path.name) from error


def _chunks(path: Path) -> Iterator[bytes]:
    with _opened(path) as stream:
        while chunk := stream.read(1 << 20):
            yield chunk


def _encoding(path: Path) -> str:
    control = size = 0
    for chunk in _chunks(path):
        control += len(chunk) - len(chunk.translate(None, _CONTROL))
        size += len(chunk)
        if b"\0" in chunk or control * 100 > size:
            raise InputProblem("not_text", file=path.name)
    for encoding in ENCODINGS:
        if _decodes(path, encoding):
            return encoding
    raise InputProblem("not_text", file=path.name)


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    several = False
    try:
        for chunk in _chunks(path):
            text = decoder.decode(chunk)
            several = several or not text.isascii()
            if encoding == "cp932" and _UNASSIGNED.search(text):
                return False
    except UnicodeDecodeError:
        return False
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and several:  # UTF-8 all along: only the last character is torn
            raise InputProblem("cut_off", file=path.name) from error
        return False
    return True


@contextlib.contextmanager
def _lines(path: Path, encoding: str) -> Iterator[io.TextIOWrapper]:
    name = "utf-8-sig" if encoding == "utf-8" else encoding
    with _opened(path) as stream, io.TextIOWrapper(stream, encoding=name, newline="") as lines:
        yield lines


def _first_line(path: Path, encoding: str) -> tuple[int, str]:
    with _lines(path, encoding) as lines:
        for blank_lines, line in enumerate(lines):
            if line.strip():
                return blank_lines, line
    raise InputProblem("empty_file", file=path.name)


def _delimiter(line: str) -> str:
    bare = re.sub(r'"[^"]*"', "", line.rstrip("\r\n"))
    best = max(DELIMITERS, key=bare.count)
    if bare.count(best):
        return best
    return " " if len(line.split()) > 1 and not line.lstrip().startswith('"') else ","


def _header(
    path: Path, encoding: str, leading: int, delimiter: str
) -> tuple[tuple[str, ...], bool]:
    """The names of the columns, and whether anything follows them."""
    with _lines(path, encoding) as lines:
        for _ in range(leading):
            next(lines)
        try:
            if delimiter == " ":
                names = next(lines).split()
            else:
                names = next(csv.reader(lines, delimiter=delimiter))
        except csv.Error as error:
            raise InputProblem("open_quote", file=path.name, row=leading + 1) from error
        return tuple(name.strip() for name in names), next(lines, None) is not None


def _batches(
    path: Path, encoding: str, delimiter: str, leading: int, width: int, broken: list
) -> Iterator[pa.RecordBatch]:
    def misfit(row: pacsv.InvalidRow) -> str:
        broken.append((row.number, row.text))
        return "skip"

    blanks = delimiter == " "
    read = pacsv.ReadOptions(
        use_threads=False,  # else the numbers of misfit rows are not known
        block_size=BLOCK,
        skip_rows=leading,
        autogenerate_column_names=True,  # the header is read as a row: numbering stays the file's
        encoding=encoding,
    )
    parse = pacsv.ParseOptions(
        delimiter="\t" if blanks else delimiter,
        newlines_in_values=True,
        ignore_empty_lines=False,
        invalid_row_handler=misfit,
    )
    convert = pacsv.ConvertOptions(column_types={f"f{i}": CODED for i in range(width)})
    with _opened(path) as stream:
        stream = io.BufferedReader(_Squeezed(stream)) if blanks else stream
        seen = leading
        try:
            with pacsv.open_csv(pa.PythonFile(stream, "r"), read, parse, convert) as reader:
                for batch in reader:
                    _refuse_open_quote(path, batch, broken, seen)
                    yield batch.slice(1) if seen == leading else batch
                    seen += batch.num_rows
        except pa.ArrowInvalid as error:
            raise InputProblem("open_quote", file=path.name, row=seen + 1) from error


def _refuse_open_quote(path: Path, batch: pa.RecordBatch, broken: list, seen: int) -> None:
    """An opening quote without its partner swallows the rows below it: stop, do not lose them."""
    swallowed = [row for row, text in broken if text.count("\n") > SWALLOWED]
    for column in batch.columns:
        lengths = pc.binary_length(column.dictionary)
        if (pc.max(lengths).as_py() or 0) > SWALLOWED:
            lines = pc.count_substring(column.dictionary, "\n").to_numpy(zero_copy_only=False)
            inside = (lines > SWALLOWED)[column.indices.to_numpy()]
            swallowed += [seen + len(broken) + 1 + int(inside.argmax())] if inside.any() else []
    if swallowed:
        raise InputProblem("open_quote", file=path.name, row=min(swallowed))


class _Squeezed(io.RawIOBase):
    """Blank-separated lines as tab-separated ones, a block at a time."""

    def __init__(self, stream: BinaryIO):
        self._stream, self._rest = stream, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if not self._rest:
            lines = self._stream.read(1 << 20) + self._stream.readline()
            self._rest = _GAPS.sub(b"\t", _MARGINS.sub(b"", lines))
        taken = self._rest[: len(buffer)]
        buffer[: len(taken)] = taken
        self._rest = self._rest[len(taken) :]
        return len(taken)
