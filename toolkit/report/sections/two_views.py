"""Active customers, retention and revival by the calendar and by the lapse line, side by side."""

from __future__ import annotations

import pandas as pd

from toolkit.book import FEW, Book
from toolkit.report.facts import Facts, in_major
from toolkit.report.markup import Html, join, table
from toolkit.report.shown import heading, paragraph
from toolkit.words import Words

ACTIVE = ["kept", "new", "revived"]  # the groups of those active on the closing date
YEARLY = {"ltv": "ltv.year", "sales": "sales.total"}


def two_views(book: Book, facts: Facts, words: Words) -> Html | None:
    """The table of both views; None while one of them cannot be told yet."""
    if not facts.known("year.previous") or book.year_ago < book.filled_from:
        return None
    by_line = _by_line(book, words)
    rows = [
        ("active", facts["year.active"].write(words, "")),
        *_spend(book, facts, words),
        ("retention", facts["rate.retention"].write(words, "")),
        ("revival", facts["rate.revival"].write(words, "")),
    ]
    if book.has_money:
        rows += [(f"{k}_spend", _fact(facts, f"ltv.{k}", words)) for k in ("kept", "revived")]
    frame = pd.DataFrame(
        [(words[f"views.{name}"], year, by_line[name]) for name, year in rows],
        columns=["view_of", "by_year", "by_line"],
    )
    return join(
        [
            heading(words["views.title"]),
            paragraph(words["views.text"]),
            paragraph(_rest(book, facts, words)) if book.has_money else None,
            table(
                frame,
                words,
                caption=words["views.caption"],
                forms=dict.fromkeys(("by_year", "by_line"), "count"),
            ),
        ]
    )


def _spend(book: Book, facts: Facts, words: Words) -> list[tuple[str, str]]:
    """年間LTV and 年商 of the year; none without amounts."""
    if not book.has_money:
        return []
    return [(name, _fact(facts, key, words)) for name, key in YEARLY.items()]


def _rest(book: Book, facts: Facts, words: Words) -> str:
    """What the year's sales have beside those of the customers active on the closing date."""
    sales = book.lapse_view().set_index("group").sales
    rest = int(sales.lost + sales.none)
    code = book.settings.currency
    written = words.write(in_major(rest, code), "money", code)
    return facts.say(words, f"views.{'rest' if rest else 'rest_none'}", rest=written)


def _fact(facts: Facts, key: str, words: Words) -> str:
    return facts[key].write(words, "") if key in facts else words.write(None)


def _by_line(book: Book, words: Words) -> dict[str, str]:
    """The lapse-line column, written out; a share of fewer than five is a dash."""
    groups = book.lapse_view().set_index("group")
    n = groups.customers
    before = book.movement(book.year_ago, book.closing)
    lapsed_before = int(before.customers[before.from_state == "lapsed"].sum())
    there = int(n.kept + n.lost)
    found = {
        "active": words.write(int(n.kept + n.new + n.revived), "count"),
        "retention": _share(int(n.kept), there, words),
        "revival": _share(int(n.revived), lapsed_before, words),
    }
    if book.has_money:
        code = book.settings.currency
        active, sales = int(n[ACTIVE].sum()), int(groups.sales[ACTIVE].sum())
        mean = in_major(sales / active, code) if active else None
        found["ltv"] = words.write(mean, "money", code)
        found["sales"] = words.write(in_major(sales, code), "money", code)
        for name in ("kept", "revived"):
            mean = groups.sales[name] / n[name] if n[name] else None
            major = None if mean is None else in_major(float(mean), code)
            found[f"{name}_spend"] = words.write(major, "money", code)
    return found


def _share(part: int, whole: int, words: Words) -> str:
    return words.write(part / whole if whole >= FEW else None, "share")
