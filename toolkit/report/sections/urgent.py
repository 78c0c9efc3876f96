"""What has to be read before page one, because it can change the answer."""

from __future__ import annotations

from toolkit.book import Book
from toolkit.report.facts import Facts
from toolkit.words import Words

NOTES = (
    "stray_dates",
    "stray_after",
    "total_added_up",
    "personal_key",
    "unit_heading",
    "unit_above",
)
LONG_GAP = 28  # days: likely a month the export lacks
KNOWN_ENOUGH = 0.8  # of the money


def urgent(book: Book, facts: Facts, words: Words) -> list[str]:
    """Notes on columns and dates, a month without orders, sales mostly of nobody known.

    From 28 silent days (`gaps.gaps`), and below four fifths of the money identified. Our rule.
    """
    told = [words.say(f"note.{n.key}", **n.values) for n in book.ledger.notes if n.key in NOTES]
    gaps = book.quality.gaps()
    for gap in gaps[gaps.days >= LONG_GAP].itertuples():
        told.append(words.say("summary.gap", first=gap.first_day, days=gap.days))
    share = "quality.identified_sales"
    if share in facts and facts.known(share) and facts.value(share) < KNOWN_ENOUGH:
        told.append(facts.say(words, "summary.unidentified"))
    return told
