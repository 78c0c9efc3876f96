"""What has to be read before page one, because it can change the answer."""

from __future__ import annotations

from toolkit.book import Book
from toolkit.frames import scalar
from toolkit.report.facts import Facts
from toolkit.words import Words

NOTES = (
    "stray_dates",
    "stray_after",
    "total_added_up",
    "personal_key",
    "unit_heading",
    "unit_above",
    "tax_mixed",
    "refunds_left_out",
    "file_of_other",
    "list_read",
    "list_sent_back",
    "list_unplaced",
    "list_cancelled",
    "list_cancelled_left_out",
    "list_left_out",
)
LONG_GAP = 28  # days: likely a month the export lacks
KNOWN_ENOUGH = 0.8  # of the money


def urgent(book: Book, facts: Facts, words: Words) -> list[str]:
    """Notes on columns and dates, a month without orders, nobody new, sales of nobody known.

    From 28 silent days (`gaps.gaps`), where nobody new came for longer than the lapse line, and
    below four fifths of the money identified. Our rule.
    """
    told = [words.say(f"note.{n.key}", **n.values) for n in book.ledger.notes if n.key in NOTES]
    gaps = book.quality.gaps()
    for gap in gaps[gaps.days >= LONG_GAP].itertuples():
        told.append(words.say("summary.gap", first=gap.first_day, days=gap.days))
    last = scalar(book.customers_table.first_date.max())
    days = (book.closing - last).days
    if days > book.cutoffs.lapse_days:
        told.append(words.say("summary.none_new", last=last, days=days))
    share = "quality.identified_sales"
    if share in facts and facts.known(share) and facts.value(share) < KNOWN_ENOUGH:
        told.append(facts.say(words, "summary.unidentified"))
    return told
