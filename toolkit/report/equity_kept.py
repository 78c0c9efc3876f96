"""What the customers of a book are worth, worked out once for section, facts and tables."""

from __future__ import annotations

from functools import lru_cache

from toolkit.book import Book
from toolkit.foresight import (
    Counting,
    Equity,
    Outlook,
    compressed,
    fit_counts,
    foresee_value,
    histories_at,
)


@lru_cache(maxsize=8)
def equity_of(book: Book, outlook: Outlook) -> Equity:
    """`foresee_value` of the book, by the count model; for a small file without a number."""
    if outlook.method == "none" or outlook.why == "too_small":
        return Equity("none", "nothing_to_learn")
    counting = Counting(histories_at, compressed, fit_counts)
    return foresee_value(book, book.settings, counting, outlook)
