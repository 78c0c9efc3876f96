"""The outlook of a book, worked out once for the section and the delivered tables."""

from __future__ import annotations

from functools import lru_cache

from toolkit.book import Book
from toolkit.foresight import Ahead, look_ahead


@lru_cache(maxsize=8)
def ahead_of(book: Book) -> Ahead:
    """`look_ahead` of the book."""
    return look_ahead(book)
