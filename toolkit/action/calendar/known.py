"""What is known of earlier contacts: when the last was, who was reached lately, who wants none."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.action.calendar.rest import least_apart, unwilling
from toolkit.action.calendar.rules import Rules
from toolkit.action.trial.groups import CALENDAR, HOLD_OUT
from toolkit.action.trial.logged import ANSWERS, HELD_OUT
from toolkit.book import FEW, Book
from toolkit.frames import frame

MOST_PUZZLING = 12  # texts that are told


def unwilling_of(book: Book, rules: Rules) -> frozenset[str]:
    """The customers who must be on no list (`rest.unwilling` with the words of the rules), by the
    contact log and the reasons filled into earlier lists. Whoever said no on no day or after the
    closing date is one of them: the only thing later than that date that counts (our rule)."""
    return frozenset().union(*(unwilling(part, rules.said) for part in _texts(book)))


def puzzling(book: Book, rules: Rules) -> pd.DataFrame:
    """What the log and the reasons of earlier lists say that nobody has understood: no contact of a
    known kind, no answer, inquiry or refusal.

    One row per text, the most frequent first. Columns: said, customers. Those of fewer than five,
    which may tell who it is, and what is beyond MOST_PUZZLING stand together as "", their
    customers added up. Our rules.
    """
    told, known = [], {*ANSWERS, *HELD_OUT}
    for part in _texts(book):
        for name in {"kind", "reason"} & set(part):
            told.append(part[["customer_id", name]].set_axis(["customer_id", "said"], axis=1))
    told = pd.concat([pd.DataFrame({"customer_id": [], "said": []}, dtype=object), *told])
    told = told.assign(said=told.said.fillna("").str.strip())
    texts = [text for text in told.said.unique() if text and text.lower() not in known]
    unknown = [text for text in texts if not rules.said.understood(text)]
    counts = told[told.said.isin(unknown)].groupby("said").customer_id.nunique()
    counts = counts.rename("customers").reset_index()
    ranked = counts.sort_values(["customers", "said"], ascending=[False, True])
    shown = ranked[ranked.customers >= FEW].head(MOST_PUZZLING)
    if len(rest := ranked.drop(shown.index)):
        others = pd.DataFrame({"said": [""], "customers": [rest.customers.sum()]})
        shown = pd.concat([shown, others])
    return shown.reset_index(drop=True)


def _texts(book: Book) -> list[pd.DataFrame]:
    """Customers with what the log says of them, in kind and reason, and the reasons of earlier
    lists."""
    parts = []
    for log in (book.ledger.contacts, book.ledger.incoming):
        told = [] if log is None else [name for name in ("kind", "reason") if name in log.columns]
        if told:
            parts.append(frame(log.select("customer_id", *told).distinct()))
    if book.ledger.earlier is not None:
        parts.append(book.ledger.earlier[["customer_id", "reason"]])
    return parts


def last_contacts(book: Book, since: dt.date | None = None) -> pd.Series:
    """The day of the last contact by customer_id, up to the closing date (from `since` on).

    Of the contact log, without answers of customers and without those held out, and of the dates
    filled into `sent` of earlier lists. Our rule.
    """
    parts, log, earlier = [], book.ledger.contacts, book.ledger.earlier
    if log is not None:
        made = log.filter(log.date <= ibis.literal(book.closing), _made(log))
        made = made if since is None else made.filter(made.date >= ibis.literal(since))
        last = frame(made.group_by("customer_id").agg(day=made.date.max()))
        parts.append(last.set_index("customer_id").day)
    if earlier is not None:
        sent = earlier[earlier.sent.notna()].set_index("customer_id").sent
        first = since or dt.date.min
        parts.append(sent[[first <= day <= book.closing for day in sent]])
    return latest(parts)


def fallen_due(book: Book) -> int:
    """How many contacts of the last earlier calendar fell due and count as not made: nobody has
    filled in any day of it, and the contact log has no later contact with their customers; without
    those held out. Our rule."""
    earlier = book.ledger.earlier
    if earlier is None or "due" not in earlier:
        return 0
    told = earlier[(earlier.list == CALENDAR) & (earlier.group != HOLD_OUT)]
    last = told[told.closing_date == told.closing_date.max()] if len(told) else told
    if last.empty or last.sent.notna().any():
        return 0
    since = last.closing_date.iloc[0] + dt.timedelta(days=1)
    made = last_contacts(book, since).index
    due = last.due.map(lambda day: day is not None and day <= book.closing).astype(bool)
    return int((due & ~last.customer_id.isin(made)).sum())


def latest(parts: list[pd.Series]) -> pd.Series:
    """The last day of each customer in any of some columns of days by customer_id."""
    parts = [part.astype(object) for part in parts if len(part)]
    if not parts:
        return pd.Series(dtype=object)
    return pd.concat(parts).groupby(level=0).max()


def reached_lately(book: Book, rules: Rules) -> frozenset[str]:
    """The customers whose last contact lies so close to the closing date that the rest period
    leaves no room for one on that day."""
    since = book.closing - dt.timedelta(days=least_apart(rules.rest_days) - 1)
    return frozenset(last_contacts(book, since).index)


def _made(log: ir.Table) -> ir.BooleanValue:
    """Whether an entry of the log is a contact with the customer."""
    answer, held = (
        log[name].fill_null("").strip().lower().isin(sorted(words))
        for name, words in (("kind", ANSWERS), ("group", HELD_OUT))
    )
    return ~(answer | held)
