"""Rows of the client's files, named so that they can be found there."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from toolkit.book import Book
from toolkit.words import Words

Place = tuple[str | int, int]


def row_names(places: Iterable[Place], book: Book, words: Words) -> str:
    """Row numbers one after another, of several files each under the name of its file.

    `places`: the file (its name, or its place in `source.files`) and the row number.
    """
    several = len(book.ledger.source.files) > 1
    told = []
    for file, some in groupby(places, key=lambda place: place[0]):
        rows = words["note.and"].join(str(row) for _, row in some)
        if several:
            told.append(words.say("quality.rows_of", file=_file(file, book), rows=rows))
        else:
            told.append(words.say("quality.rows", rows=rows))
    return words["note.and"].join(told)


def _file(file: str | int, book: Book) -> str:
    return file if isinstance(file, str) else book.ledger.source.files[file].name
