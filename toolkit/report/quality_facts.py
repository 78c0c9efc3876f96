"""Facts on the file: what was read, how much of the sales is identified, what looks wrong."""

from __future__ import annotations

import pandas as pd

from toolkit.book import FEW, Book
from toolkit.frames import scalar
from toolkit.intake import Audit
from toolkit.report.facts import (
    CUSTOMERS,
    DAYS,
    ORDERS,
    PERIODS,
    ROWS,
    SHARE,
    VISITS,
    Fact,
    count,
    money,
    rate,
)

READ, AUDIT = "intake.read_sales", "audit.audit_of"


def quality_facts(book: Book) -> list[Fact]:
    """The facts `quality.*`; those on money are missing without amounts."""
    source = book.ledger.source
    left_out = source.rows_read - source.rows_kept
    return [
        count("quality.rows_read", source.rows_read, ROWS, READ),
        count("quality.rows_kept", source.rows_kept, ROWS, READ),
        count("quality.set_aside", left_out, ROWS, READ),
        *_identified(book),
        *(_outliers(book) if book.has_money else []),
        *_days(book),
        *_persons(book),
        *_buyers(book),
        *_people(book),
    ]


def _identified(book: Book) -> list[Fact]:
    """The share of all usable rows, and of their money, whose customer is known."""
    audit, kept = book.ledger.audit or Audit(), book.ledger.source.rows_kept
    known = kept, kept + audit.nameless_rows
    facts = [
        count("quality.nameless_rows", audit.nameless_rows, ROWS, AUDIT),
        rate("quality.identified_rows", known, AUDIT),
    ]
    if not book.has_money:
        return facts
    return [*facts, _identified_sales(book, known[1])]


def _identified_sales(book: Book, rows: int) -> Fact:
    """The share of the money; not of fewer rows than a rate is shown of, nor of net returns."""
    orders, key = book.orders_table, "quality.identified_sales"
    total = scalar(orders.filter(orders.date <= book.closing).amount.sum().cast("int64")) or 0
    nobody = (book.ledger.audit or Audit()).nameless_amount or 0
    if rows < FEW:
        return Fact(key, None, SHARE, why="too_few", source=AUDIT)
    if min(total, nobody) < 0 or not total + nobody:
        return Fact(key, None, SHARE, why="zero_denominator", source=AUDIT)
    return Fact(key, total / (total + nobody), SHARE, total, total + nobody, source=AUDIT)


def _outliers(book: Book) -> list[Fact]:
    found, code, source = book.quality.outliers(), book.settings.currency, "outliers.outliers"
    return [
        count("quality.outliers", len(found), ORDERS, source),
        count("quality.outliers_undone", int(found.undone.sum()), ORDERS, source),
        money("quality.outlier_sales", int(found.amount.abs().sum()), code, source),
    ]


def _days(book: Book) -> list[Fact]:
    spikes, gaps, code = book.quality.spikes(), book.quality.gaps(), book.settings.currency
    facts = [
        count("quality.spikes", len(spikes), DAYS, "spikes.spikes"),
        count("quality.spike_visits", int(spikes.visits.sum()), VISITS, "spikes.spikes"),
        count("quality.gaps", len(gaps), PERIODS, "gaps.gaps"),
        count("quality.gap_days", int(gaps.days.sum()), DAYS, "gaps.gaps"),
    ]
    if book.has_money:
        facts.append(money("quality.spike_sales", int(spikes.sales.sum()), code, "spikes.spikes"))
        missing = None if gaps.missing_sales.isna().any() else round(gaps.missing_sales.sum())
        facts.append(money("quality.gap_sales", missing, code, "gaps.gaps", "gap_too_long"))
    return facts


def _persons(book: Book) -> list[Fact]:
    found, source, code = book.quality.persons(), "twins.twins_of", book.settings.currency
    why = "one_key_only"
    facts = [
        count(f"quality.twin_{name}", found and found[name], CUSTOMERS, source, why)
        for name in ("customers", "persons")
    ]
    if not book.has_money:
        return facts
    return [*facts, money("quality.twin_sales", found and found["amount"], code, source, why)]


def _buyers(book: Book) -> list[Fact]:
    """Customers who buy like a business, and the headline figures without them."""
    found, code = book.quality.buyers(), book.settings.currency
    facts = [count("quality.buyers", len(found), CUSTOMERS, "buyers.buyers")]
    if book.has_money:
        facts.append(money("quality.buyer_sales", int(found.sales.sum()), code, "buyers.buyers"))
    if len(found):
        for row in book.quality.influence().itertuples():
            facts += _headline(f"quality.{row.who}.", row, book)
    return facts


def _people(book: Book) -> list[Fact]:
    """How many customers a customer master knows, and of how many it tells what; no fact without
    one."""
    told = book.people_covered()
    everyone = scalar(book.customers_table.count())
    return [
        rate(f"quality.master_{name}", (n, everyone), "beside.people_covered")
        for name, n in (told or {}).items()
    ]


def _headline(prefix: str, row: tuple, book: Book) -> list[Fact]:
    source = "influence.influence"
    hole, retention = (
        None if pd.isna(part) or pd.isna(whole) else (int(part), int(whole))
        for part, whole in ((row.hole_lost, row.hole_of), (row.kept, row.previous))
    )
    facts = [
        count(f"{prefix}active", int(row.active), CUSTOMERS, source),
        rate(f"{prefix}hole", hole, source, None if hole else "file_too_short"),
        rate(f"{prefix}retention", retention, source, None if retention else "needs_two_years"),
    ]
    if not book.has_money:
        return facts
    mean = float(row.sales) / row.customers if row.customers else None
    code, why = book.settings.currency, "zero_denominator"
    share = money(f"{prefix}sales_per_customer", mean, code, source, why)
    return [*facts, money(f"{prefix}sales", int(row.sales), code, source), share]
