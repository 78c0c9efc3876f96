"""Where the bytes of a file lie: on disk, packed with gzip, or in a zip archive."""

from __future__ import annotations

import contextlib
import functools
import gzip
import hashlib
import io
import lzma
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from toolkit.problems import InputProblem

MOST_MEMBERS = 1_000
MOST_SWOLLEN = 400  # times its packed size; real tables stay below a hundred
ALWAYS_FREE = 1 << 30  # unpacked bytes nobody asks about
MOST_IN_MEMORY = 1 << 30  # of a member that can only be read as a whole
_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_NOT_DATA = {"__macosx", "thumbs.db", "desktop.ini", "_success", "_metadata", "_common_metadata"}
_TORN = (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, lzma.LZMAError, EOFError)


@dataclass(frozen=True)
class Stored:
    """Bytes that can be read again and again.

    path: the file on disk. name: as shown to people, `archive.zip/member.csv` for a member.
    members: the way to a member, a position in each archive from the outermost on.
    """

    path: Path
    name: str
    members: tuple[int, ...] = ()

    @contextlib.contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """The bytes as they are stored; InputProblem when the file or an archive is damaged."""
        with contextlib.ExitStack() as stack:
            try:
                stream = stack.enter_context(self.path.open("rb"))
                for position in self.members:
                    archive = stack.enter_context(_archive(stream))
                    stream = stack.enter_context(_member(archive, position))
                yield stream
            except PermissionError as error:
                raise InputProblem("file_locked", file=self.name) from error
            except NotImplementedError as error:  # a way of packing only the archive's maker knows
                raise InputProblem("zip_method", file=self.name) from error
            except _TORN as error:
                raise InputProblem("broken_zip", file=self.name) from error

    @contextlib.contextmanager
    def unpacked(self) -> Iterator[BinaryIO]:
        """The bytes, taken out of gzip where they are in it (InputProblem as `opened`)."""
        with self.opened() as stream:
            packed = stream.read(2) == _GZIP
            stream.seek(0)
            if not packed:
                yield stream
                return
            try:
                yield io.BufferedReader(_Unzipped(stream, self.name), 1 << 16)
            except _TORN as error:
                raise InputProblem("broken_gzip", file=self.name) from error

    def is_packed(self) -> bool:
        """Whether the bytes have to be taken out of an archive or of gzip."""
        if self.members:
            return True
        with self.opened() as stream:
            return stream.read(2) == _GZIP

    def start(self, size: int = 8) -> bytes:
        """The first bytes, unpacked."""
        with self.unpacked() as stream:
            return stream.read(size)

    def whole(self) -> Path | BinaryIO:
        """For readers that need all of a file at hand: the file itself, or its bytes in memory."""
        if not self.members and self.path.suffix.lower() != ".gz":
            return self.path
        with self.unpacked() as stream:
            content = stream.read(MOST_IN_MEMORY + 1)
        if len(content) > MOST_IN_MEMORY:
            raise InputProblem("zip_too_large", file=self.name)
        return io.BytesIO(content)

    @functools.cached_property
    def sha256(self) -> str:
        """Of a file as it lies on disk, of a member as it comes out of its archive."""
        with self.opened() as stream:
            digest = hashlib.sha256()
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
        return digest.hexdigest()

    def size(self) -> int:
        """Bytes as they are stored, of a member as it comes out of its archive."""
        if not self.members:
            return self.path.stat().st_size
        outer = Stored(self.path, self.name, self.members[:-1])
        with outer.opened() as stream, _archive(stream) as archive:
            return archive.infolist()[self.members[-1]].file_size

    def is_zip(self) -> bool:
        """Whether this is a zip archive or one of the kinds of file that are made of one."""
        return self.start(4) in _ZIP

    def listing(self) -> list[str]:
        """Names in a zip archive, as its directory has them."""
        with self.unpacked() as stream, _archive(stream) as archive:
            _refuse_bomb(archive.infolist(), self.name)
            return archive.namelist()

    def inside(self) -> list[Stored]:
        """The members of a zip archive that can be data, in the order of the archive.

        InputProblem when the archive is damaged, asks for a password or swells out of all
        proportion.
        """
        with self.opened() as stream, _archive(stream) as archive:
            found = []
            for position, info in enumerate(archive.infolist()):
                name = _name(info)
                if info.is_dir() or not info.file_size or is_hidden(name):
                    continue
                if info.flag_bits & 1:
                    raise InputProblem("zip_locked", file=self.name)
                _refuse_bomb([info], self.name)
                found.append(Stored(self.path, f"{self.name}/{name}", (*self.members, position)))
            if len(found) > MOST_MEMBERS:
                raise InputProblem("zip_too_large", file=self.name)
            return found


def _archive(stream: BinaryIO) -> zipfile.ZipFile:
    """The archive in a stream; whatever a torn directory leads to is a torn archive."""
    try:
        return zipfile.ZipFile(stream)
    except (OSError, ValueError, OverflowError, struct.error) as error:
        raise zipfile.BadZipFile(str(error)) from error


def _member(archive: zipfile.ZipFile, position: int) -> BinaryIO:
    try:
        return archive.open(archive.infolist()[position])
    except (OSError, ValueError, OverflowError, struct.error) as error:
        raise zipfile.BadZipFile(str(error)) from error


def is_hidden(name: str) -> bool:
    """Whether a path names something no person put there: what systems and Excel leave behind."""
    parts = PurePosixPath(name.lower()).parts
    return any(part.startswith((".", "~$")) or part in _NOT_DATA for part in parts)


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name as its maker saw it: Japanese Windows writes CP932 and does not say so."""
    name = info.orig_filename
    if not info.flag_bits & 0x800:  # not said to be UTF-8: the library took it for CP437
        for encoding in ("utf-8", "cp932"):
            with contextlib.suppress(UnicodeError):
                name = name.encode("cp437").decode(encoding)
                break
    return unicodedata.normalize("NFC", name.replace("\\", "/")).strip("/")


def _refuse_bomb(infos: Iterable[zipfile.ZipInfo], name: str) -> None:
    """The sizes in the directory hold: the library stops reading there."""
    size = sum(info.file_size for info in infos)
    if size > ALWAYS_FREE and size > MOST_SWOLLEN * sum(info.compress_size for info in infos):
        raise InputProblem("zip_bomb", file=name)


class _Unzipped(io.RawIOBase):
    """Bytes out of gzip, refused when they swell out of all proportion."""

    def __init__(self, stream: BinaryIO, name: str):
        self._packed, self._stream = stream, gzip.GzipFile(fileobj=stream)
        self._name, self._size = name, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def readinto(self, buffer) -> int:
        taken = self._stream.readinto(buffer)
        self._size += taken
        if self._size > ALWAYS_FREE and self._size > MOST_SWOLLEN * self._packed.tell():
            raise InputProblem("zip_bomb", file=self._name)
        return taken
