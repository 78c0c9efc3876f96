"""What the outlook has for the customers there are, to stand beside their value."""

from __future__ import annotations

from toolkit.book import Book
from toolkit.foresight.ahead import EVERYBODY, look_ahead
from toolkit.foresight.ahead.five import five_years
from toolkit.foresight.ahead.layers import price_by_layer, standing_by_layer


def sales_of_present(book: Book) -> int | None:
    """Sales of the 12 months to come of the customers there are, nobody new among them, as the
    outlook reckons (`five_years`, year 1; minor units). None without an outlook or amounts.

    With rates of less than 12 months as well: the months ahead rest on the same.
    """
    ahead = look_ahead(book)
    if ahead.rates is None:
        return None
    prices, closing = price_by_layer(book), ahead.history.closing
    table = five_years(standing_by_layer(book), prices, ahead.rates, closing)
    first = table[(table.layer == EVERYBODY) & (table.year == 1)].sales
    return None if first.isna().any() else int(first.iloc[0])
