"""A text file in any encoding as a stream of UTF-8, whatever cannot be decoded marked."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from toolkit.intake.tables.encodings import (
    CODECS,
    CONTROL,
    LONGEST_LINE,
    PIECE,
    UNASSIGNED,
    reads_as_utf8,
    whole_lines,
)
from toolkit.problems import InputProblem

DAMAGED = "\ufffd"  # stands for bytes that are no character
FORGIVEN = 3  # garbled lines, or one in a hundred: more is another encoding
_BOM = codecs.BOM_UTF8
LINE_END = re.compile(rb"\r\n|\r|\n")
_UNASSIGNED = (b"\xc2\x80", b"\xc2\xa0", b"\xef\xa3")  # `UNASSIGNED` in UTF-8
_CLOSING = b',;|\t"\r\n'
_TAIL = 1 << 12


class Decoded(io.RawIOBase):
    """The lines of a text file after the first `skip` in UTF-8, without byte order marks.

    `lines` were read before, and are counted, where the stream is the rest of a file.
    Numbers of lines with bytes that are no character go to `damaged`; such bytes become U+FFFD.
    InputProblem: for a file that ends within a character, is no text after all, or changes its
    encoding on the way (the line is named). A character cut by a field's width is no such change.
    """

    def __init__(
        self,
        stream: BinaryIO,
        encoding: str,
        name: str,
        skip: int,
        damaged: list[int],
        lines: int = 0,
        piece: int = PIECE,
    ):
        self._stream, self._encoding, self._name = stream, encoding, name
        self._skip, self.damaged = skip, damaged
        self._lines, self._piece = lines, piece
        self._garbled = self._control = self._size = 0
        self._first = 0
        self._pieces = self._decoded()
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if not self._ready:
            self._ready = memoryview(self.lines())
        taken = self._ready[: len(buffer)]
        buffer[: len(taken)] = taken
        self._ready = self._ready[len(taken) :]
        return len(taken)

    def lines(self) -> bytes:
        """The next whole lines, about a MiB of them; none at the end."""
        return next(self._pieces, b"")

    def _decoded(self) -> Iterator[bytes]:
        wide = self._encoding.startswith("utf-16")
        stream = _Narrowed(self._stream, self._encoding, self._name) if wide else self._stream
        for piece in whole_lines(stream, self._piece):
            self._require_text(piece)
            text = piece if piece.isascii() else self._utf8(piece)
            if not self._lines and self._skip:
                text = after(text, self._skip)
            self._lines += piece.count(b"\n") or piece.count(b"\r")
            if text:
                yield text
        if self._garbled > max(FORGIVEN, self._lines // 100):
            raise self._changed(self._first)

    def _utf8(self, piece: bytes) -> bytes:
        if self._encoding.startswith("utf"):
            try:
                piece.decode("utf-8")
                text = piece
            except UnicodeDecodeError:
                text = self._line_by_line(piece, "utf-8")
            return text.replace(_BOM, b"") if _BOM in text else text
        self._refuse_utf8(piece)
        codec = CODECS[self._encoding]
        try:
            text = piece.decode(codec).encode("utf-8")
        except UnicodeDecodeError:
            return self._line_by_line(piece, codec)
        if codec == "cp932" and any(each in text for each in _UNASSIGNED):
            return self._line_by_line(piece, codec)
        return text

    def _line_by_line(self, piece: bytes, codec: str) -> bytes:
        lines = piece.splitlines(keepends=True)
        return b"".join(self._line(line, i, codec) for i, line in enumerate(lines, 1))

    def _line(self, line: bytes, number: int, codec: str) -> bytes:
        garbled = None
        try:
            text = line.decode(codec)
        except UnicodeDecodeError as error:
            if error.end == len(line):  # a line without an end is the file's last
                raise InputProblem("cut_off", file=self._name) from error
            garbled = line[error.end : error.end + 1] not in _CLOSING
            text = line.decode(codec, "replace")
        if codec == "cp932" and UNASSIGNED.search(text):
            garbled, text = True, UNASSIGNED.sub(DAMAGED, text)
        if garbled is not None:
            self.damaged.append(self._lines + number)
            self._garbled += garbled
            if garbled:
                self._first = self._first or self._lines + number
        return text.encode("utf-8")

    def _refuse_utf8(self, piece: bytes) -> None:
        """Lines of UTF-8 below those of another encoding are a second file pasted to the first.

        Looked for in all of the first piece and at the end of each, where pasted lines stay.
        """
        if not has_utf8_lines(piece, self._encoding, whole=not self._lines):
            return
        lines = (_is_utf8(line, self._encoding) for line in piece.splitlines())
        raise self._changed(self._lines + next(i for i, found in enumerate(lines, 1) if found))

    def _require_text(self, piece: bytes) -> None:
        control = len(piece) - len(piece.translate(None, CONTROL))
        self._control += control
        self._size += len(piece)
        zeros = control and b"\0" in piece
        if len(piece) > LONGEST_LINE or zeros or self._control * 100 > self._size:
            raise InputProblem("not_text", file=self._name)

    def _changed(self, row: int) -> InputProblem:
        values = {"file": self._name, "encoding": self._encoding, "row": row}
        return InputProblem("mixed_encoding", **values)


class _Narrowed(io.RawIOBase):
    """UTF-16 as UTF-8."""

    def __init__(self, stream: BinaryIO, encoding: str, name: str):
        self._stream, self._name = stream, name
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")

    def read(self, size: int = -1) -> bytes:
        try:
            while chunk := self._stream.read(size):
                if text := self._decoder.decode(chunk):
                    return text.encode("utf-8")
            return self._decoder.decode(b"", final=True).encode("utf-8")
        except UnicodeError as error:
            torn = isinstance(error, UnicodeDecodeError) and "truncated" in error.reason
            raise InputProblem("cut_off" if torn else "not_text", file=self._name) from error


def has_utf8_lines(piece: bytes, encoding: str, whole: bool) -> bool:
    """Whether lines at the end of a piece, or anywhere in it, are UTF-8 amid another encoding."""
    if encoding == "utf-8":
        return False
    start = 0 if whole else max(0, len(piece) - _TAIL)
    return any(_is_utf8(line, encoding) for line in piece[start:].splitlines()[bool(start) :])


def _is_utf8(line: bytes, encoding: str) -> bool:
    return not line.isascii() and reads_as_utf8(line, encoding)


def after(text: bytes, lines: int) -> bytes:
    """What follows the first so many lines."""
    ends = LINE_END.finditer(text)
    end = 0
    for _ in range(lines):
        found = next(ends, None)
        if found is None:
            return b""
        end = found.end()
    return text[end:]
