"""The double-entry customer book: visits, moves, layers, bucket."""

from toolkit.book.book import Book, keep_book
from toolkit.book.calendar import year_after, year_before
from toolkit.book.cohorts import yearly_spend
from toolkit.book.conversion import day_reached
from toolkit.book.course import LAYERS, RANKS, STATES, layer_named, rank_of
from toolkit.book.cutoffs import CLASSIC_LAPSE, Cutoffs
from toolkit.book.intervals import wilson
from toolkit.book.level import MONTHS_NEEDED
from toolkit.book.moves import OWN_NUMBERS
from toolkit.book.product_limit import log_log, product_limit
from toolkit.book.sales import FACTORS, split_change
from toolkit.book.same_age import latest_against_before
from toolkit.book.shares import FEW
from toolkit.book.year import money_bridge

__all__ = [
    "CLASSIC_LAPSE",
    "FACTORS",
    "FEW",
    "LAYERS",
    "MONTHS_NEEDED",
    "OWN_NUMBERS",
    "RANKS",
    "STATES",
    "Book",
    "Cutoffs",
    "day_reached",
    "keep_book",
    "latest_against_before",
    "layer_named",
    "log_log",
    "money_bridge",
    "product_limit",
    "rank_of",
    "split_change",
    "wilson",
    "year_after",
    "year_before",
    "yearly_spend",
]
