"""What looks wrong though it was kept: how many, how much, where, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from toolkit.book import Book
from toolkit.report.facts import Facts
from toolkit.report.markup import Html, table
from toolkit.report.sections.row_names import row_names
from toolkit.report.shown import definitions
from toolkit.words import Words

EXAMPLES = 3
HEADLINES = ("active", "hole", "sales_per_customer", "retention")


@dataclass(frozen=True)
class Oddity:
    """One kind of thing found: how many, money in major units (None: unknown, or no amounts), and
    as text where some of them are and what to do."""

    kind: str
    n: int
    amount: Decimal | None
    where: str
    told: str


def oddities(book: Book, facts: Facts, words: Words) -> list[Oddity]:
    """Every kind of thing that was found, in the order of the rules."""
    kinds: dict[str, Callable[[Book, Facts, Words], Oddity | None]] = {
        "outliers": _outliers,
        "spikes": _spikes,
        "gaps": _gaps,
        "twins": _twins,
        "buyers": _buyers,
    }
    found = (find(book, facts, words) for find in kinds.values())
    return [oddity for oddity in found if oddity is not None]


def oddity_table(found: list[Oddity], book: Book, words: Words) -> list[Html]:
    """The table of what was found, and below it what to do about each; nothing without."""
    if not found:
        return []
    rows = [
        {
            "oddity": words[f"oddity.{each.kind}"],
            "how_many": words.say(f"oddity_count.{each.kind}", n=each.n),
            "amount": each.amount,
            "found_at": each.where,
        }
        for each in found
    ]
    frame = pd.DataFrame(rows)
    frame = frame if book.has_money else frame.drop(columns="amount")
    forms = {"how_many": "count", "amount": "money"}
    code = book.settings.currency
    return [
        table(frame, words, caption=words["quality.oddities"], forms=forms, currency=code),
        definitions((words[f"oddity.{each.kind}"], each.told) for each in found),
    ]


def influence_table(book: Book, facts: Facts, words: Words) -> Html | None:
    """The headline figures with and without the customers who buy like a business."""
    if not facts.value("quality.buyers"):
        return None
    names = [name for name in HEADLINES if facts.known(f"quality.all.{name}")]
    frame = pd.DataFrame(
        {
            "headline": [words[f"quality.headline_{name}"] for name in names],
            "of_all": [facts[f"quality.all.{name}"].write(words, "") for name in names],
            "of_others": [facts[f"quality.without.{name}"].write(words, "") for name in names],
        }
    )
    forms = dict.fromkeys(("of_all", "of_others"), "count")
    caption = facts.say(words, "quality.influence_caption")
    return table(frame, words, caption=caption, forms=forms)


def _outliers(book: Book, facts: Facts, words: Words) -> Oddity | None:
    if "quality.outliers" not in facts or not facts.value("quality.outliers"):
        return None
    n, undone = facts.value("quality.outliers"), facts.value("quality.outliers_undone")
    told = words["oddity_do.outliers_all_undone" if undone == n else "oddity_do.outliers"]
    if 0 < undone < n:
        told = words.say("oddity_do.outliers_undone", n=undone) + told
    where = _rows(book, book.quality.outliers(), words)
    amount = facts.value("quality.outlier_sales")
    return Oddity("outliers", n, amount, where, told)


def _spikes(book: Book, facts: Facts, words: Words) -> Oddity | None:
    found = book.quality.spikes()
    if found.empty:
        return None
    most = found.sort_values("visits", ascending=False, kind="stable").head(EXAMPLES)
    where = words["note.and"].join(str(day) for day in sorted(most.date))
    day = most.iloc[0]
    told = words.say(
        "oddity_do.spikes",
        day=day.date,
        n=int(day.visits),
        usual=float(day.usual_visits),
        new=int(day.new),
    )
    amount = facts.value("quality.spike_sales") if book.has_money else None
    return Oddity("spikes", len(found), amount, where, told)


def _gaps(book: Book, facts: Facts, words: Words) -> Oddity | None:
    found = book.quality.gaps()
    if found.empty:
        return None
    longest = found.sort_values("days", ascending=False, kind="stable").head(EXAMPLES)
    spans = (
        words.say("quality.span", first=gap.first_day, days=gap.days)
        for gap in longest.sort_values("first_day").itertuples()
    )
    missing = found.missing_visits.sum()
    if found.missing_visits.isna().any():
        told = words["oddity_do.gaps_long"]
    else:
        told = words.say("oddity_do.gaps_missing", n=float(missing)) + words["oddity_do.gaps"]
    amount = facts.value("quality.gap_sales") if book.has_money else None
    return Oddity("gaps", len(found), amount, words["note.and"].join(spans), told)


def _twins(book: Book, facts: Facts, words: Words) -> Oddity | None:
    if not facts.value("quality.twin_customers"):
        return None
    n, persons = (facts.value(f"quality.twin_{name}") for name in ("customers", "persons"))
    amount = facts.value("quality.twin_sales") if book.has_money else None
    told = words.say("oddity_do.twins", n=persons)
    twins = book.ledger.twins
    first = twins[twins.person == twins.person.iloc[0]]
    return Oddity("twins", n, amount, _rows(book, first, words), told)


def _buyers(book: Book, facts: Facts, words: Words) -> Oddity | None:
    found = book.quality.buyers()
    if found.empty:
        return None
    if book.ledger.source.personal:
        where = _rows(book, found, words)
    else:
        ids = words["note.and"].join(found.customer_id.head(EXAMPLES))
        where = words.say("quality.customers", ids=ids)
    amount = facts.value("quality.buyer_sales") if book.has_money else None
    return Oddity("buyers", len(found), amount, where, words["oddity_do.buyers"])


def _rows(book: Book, found: pd.DataFrame, words: Words) -> str:
    """The rows of the first few."""
    some = found.head(EXAMPLES)
    places = zip(some.source_file.map(int), some.source_row, strict=True)
    return row_names(places, book, words)
