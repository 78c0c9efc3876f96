"""The beginning of a text file parsed while its columns are still being recognised."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from concurrent.futures import Executor, Future

import pyarrow as pa

from toolkit.intake.tables.archives import Stored
from toolkit.intake.tables.layout import Layout
from toolkit.intake.tables.plain_text import is_plain, parsed, whole_rows

_PARTS = 16  # about 32 MiB of the file


class Beginning:
    """The first parts of a file as they lie there, and the rows of each (`plain_text`).

    Nothing before `start`, nor of a packed file, which cannot be read on from the middle.
    """

    def __init__(self, stored: Stored, encoding: str, layout: Layout):
        self._stored, self._encoding, self._layout = stored, encoding, layout
        self._waiting: list[Future[tuple[bytes, pa.RecordBatch | None]]] = []
        self._open = contextlib.ExitStack()

    def start(self, beside: Executor) -> None:
        """Have the parts parsed by `beside`, which does one thing after the other."""
        plain = is_plain(self._encoding, self._layout.delimiter) and not self._layout.empty
        if plain and not self._waiting and not self._stored.is_packed():
            stream = self._open.enter_context(self._stored.opened())
            parts = whole_rows(stream)
            self._waiting = [beside.submit(self._next, parts, k) for k in range(_PARTS)]
            self._waiting[-1].add_done_callback(lambda _: self._open.close())

    def parts(self) -> Iterator[tuple[bytes, pa.RecordBatch | None]]:
        """Each part and its rows, None where they are not plain; the last part may be empty.

        Whoever comes to the end of them has them all, and they are forgotten.
        """
        yield from (each.result() for each in self._waiting)
        self._waiting = []

    def _next(self, parts: Iterator[bytes], k: int) -> tuple[bytes, pa.RecordBatch | None]:
        part = next(parts, b"")
        return part, parsed(part, self._encoding, self._layout, first=k == 0) if part else None
