"""Rows for `tables/` on products, subscriptions, the plan and the file, and the book's own rows.

Each takes a diagnosis and gives a frame, or an Ibis table of the book itself, money in minor
units; None where the client has nothing of the kind. Frames name the customer only where the
report does (`Source.personal`).
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.book import FEW, OWN_NUMBERS, Book
from toolkit.foresight import equity_of
from toolkit.intake import Audit
from toolkit.report.tables.table import Diagnosis

VALUES = ("margin_12", "low_12", "high_12", "margin_36", "low_36", "high_36")


def customers(of: Diagnosis) -> ir.Table:
    """The customers as of the closing date, with their chances and what they are worth."""
    told, worth = of.outlook.customers_table, equity_of(of.book, of.outlook).customers_table
    if worth is None:
        return told.mutate(**dict.fromkeys(VALUES, ibis.null("int64"))).order_by("customer_id")
    told = told.left_join(worth.select("customer_id", *VALUES), "customer_id")
    return told.drop("customer_id_right").order_by("customer_id")


def moves(of: Diagnosis) -> ir.Table:
    """The moves, without what is only for the book (`OWN_NUMBERS`)."""
    table = of.book.named(of.book.moves_table).order_by(["customer_id", "date", "step"])
    return table.drop(*OWN_NUMBERS)


def returns(of: Diagnosis) -> ir.Table:
    """The returns."""
    return of.book.named(of.book.returns_table()).order_by(["customer_id", "date"])


def price_tiers(of: Diagnosis) -> pd.DataFrame | None:
    """The nine moves of `Products.tiers`, with the unit price up to which each tier reaches."""
    moved = of.book.products.tiers() if of.book.products else None
    if moved is None:
        return None
    tops = dict(zip(moved.matrix.last_tier.unique(), moved.cuts, strict=False))
    ends = {f"{end}_up_to": moved.matrix[f"{end}_tier"].map(tops) for end in ("first", "last")}
    return moved.matrix.assign(**ends)


def subscription_share(of: Diagnosis) -> pd.DataFrame | None:
    """`Subscriptions.share` and, as `went_over`, who came to a subscription of those who could."""
    kept = _marked(of.book)
    if kept is None:
        return None
    (came, could), share = kept.upgrade(), kept.share()
    over = ("went_over", came, could, came / could if could >= FEW else None)
    return pd.concat([share, pd.DataFrame([over], columns=share.columns)], ignore_index=True)


def subscription_hole(of: Diagnosis) -> pd.DataFrame | None:
    """`Subscriptions.churn`."""
    return (kept := _marked(of.book)) and kept.churn()


def subscription_places(of: Diagnosis) -> pd.DataFrame | None:
    """`Subscriptions.layers`."""
    return (kept := _marked(of.book)) and kept.layers()


def _marked(book: Book):
    """The subscriptions of a book that has a marked visit."""
    return book.subscriptions if book.subscriptions and book.subscriptions.any() else None


def profit_curve(of: Diagnosis) -> pd.DataFrame | None:
    """`Plan.profit_curve` where there is a list."""
    listed = of.plan.winback
    return None if listed is None or listed.empty else of.plan.profit_curve()


def channels(of: Diagnosis) -> pd.DataFrame | None:
    """`Plan.spending` where there is a list."""
    listed = of.plan.winback
    return None if listed is None or listed.empty else of.plan.spending()


def outliers(of: Diagnosis) -> pd.DataFrame:
    """`Quality.outliers`."""
    return _placed(of.book.quality.outliers(), of.book)


def twins(of: Diagnosis) -> pd.DataFrame | None:
    """Customers who are likely one person (`Ledger.twins`), by a row of theirs."""
    found = of.book.ledger.twins
    return None if found is None else _placed(found.drop(columns="customer"), of.book)


def buyers(of: Diagnosis) -> pd.DataFrame:
    """`Quality.buyers`."""
    return _placed(of.book.quality.buyers(), of.book)


def _placed(found: pd.DataFrame, book: Book) -> pd.DataFrame:
    """Files by their names; without the customer where that is a mail address or a name."""
    source = book.ledger.source
    names = dict(enumerate([file.name for file in source.files] or [source.file]))
    found = found.assign(source_file=found.source_file.map(names))
    return found.drop(columns="customer_id", errors="ignore") if source.personal else found


def reasons(of: Diagnosis) -> pd.DataFrame:
    """Rows set aside by reason, with their net money as far as it can be read."""
    ledger = of.book.ledger
    amounts = (ledger.audit or Audit()).amounts
    rows = [(reason, n, amounts.get(reason)) for reason, n in ledger.source.set_aside.items()]
    return pd.DataFrame(rows, columns=["reason", "rows", "amount"])
