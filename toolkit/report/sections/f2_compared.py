"""The share who came a second time, wherever the report gives it: who is counted, within when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pandas as pd

from toolkit.book import Book, latest_against_before
from toolkit.report.book_facts import book_facts
from toolkit.report.markup import Html, join, table
from toolkit.report.sections.cohorts import JUDGED
from toolkit.report.shown import heading, paragraph
from toolkit.words import Words

YEAR = 365
EVERYBODY = ("curve", "steps", "products")  # count everybody since the file's first day
FORMS = {"share": "share", "again": "count", "customers": "count"}


def f2_table(found: list[dict], words: Words) -> Html | None:
    """The `values` with their numerators and denominators; None where fewer than two are known."""
    if len(found) < 2:
        return None
    rows = [
        {
            "where": words[f"second.{row['where']}"],
            "counted": words.say(f"second.{row['who']}", **row["span"]),
            **{name: row[name] for name in FORMS},
            "mark": words["second.filling"] if row["filling"] else "",
        }
        for row in found
    ]
    listed = table(pd.DataFrame(rows), words, caption=words["second.caption"], forms=FORMS)
    known = any(row["where"] == "front" for row in found)
    which = paragraph(words["second.which"]) if known else None
    told = [heading(words["second.title"]), paragraph(words["second.text"]), which, listed]
    if any(row["filling"] for row in found):
        told.append(paragraph(words["second.filling_note"], "note"))
    return join(told, "\n")


def values(book: Book) -> Iterator[dict]:
    """Each value known: where, who (keys of words), span (of them), share, again, customers, and
    filling: whether first visits of the months still filling are among those counted.

    `again` is None where the share is an estimate that counts customers for the days they had.
    """
    facts, window = book_facts(book), book.settings.f2_window_days
    fact = facts["f2.rate"]
    if fact.value is not None:
        end = book.closing - dt.timedelta(days=window)
        start = book.year_ago - dt.timedelta(days=window - 1)
        counted = (fact.value, fact.numerator, fact.denominator)
        found = _row("front", "first_between", counted, start=start, end=end, days=window)
        yield found | {"filling": facts.value("f2.filling") > 0}
    curve = book.nth_curve().query("nth == 1 and share.notna()")
    for point in curve[curve.days.isin([JUDGED, YEAR])].itertuples():
        counted = (point.share, None, int(point.customers))
        yield _row("curve", "everybody", counted, days=int(point.days))
    for step in book.nth_conversion().query("nth == 1 and share.notna()").itertuples():
        counted = (step.share, int(step.went_on), int(step.mature))
        yield _row("steps", "watched", counted, watched=YEAR, days=YEAR)
    trend = latest_against_before(book.same_age(), JUDGED, book.filled_from)
    if trend:
        again = round(trend["share"] * trend["customers"])
        span = {"start": trend["start"], "end": trend["end"], "days": JUDGED}
        yield _row("cohorts", "first_between", (trend["share"], again, trend["customers"]), **span)
    firsts = book.products.first_products() if book.products else pd.DataFrame()
    if len(firsts) > 1:
        total = firsts.iloc[-1]
        counted = (total.share, int(total.again), int(total.customers))
        yield _row("products", "watched", counted, watched=max(YEAR, window), days=window)


def _row(where: str, who: str, counted: tuple, **span) -> dict:
    found = dict(zip(FORMS, counted, strict=True))
    return {"where": where, "who": who, "span": span, **found, "filling": where in EVERYBODY}
