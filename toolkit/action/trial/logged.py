"""Campaigns of the contact log: those with a held out group, and those of whoever was chosen."""

from __future__ import annotations

import datetime as dt

import ibis
import numpy as np
import pandas as pd

from toolkit.action.trial.groups import CONTACT, HOLD_OUT
from toolkit.action.trial.outcomes import FEWEST_DAYS, window_end
from toolkit.action.trial.sent import SENT
from toolkit.book import Book
from toolkit.frames import frame, in_engine, scalar

HELD_OUT = frozenset(
    (
        *("hold_out", "holdout", "hold-out", "hold out", "held out", "control", "control group"),
        *("対照", "対照群", "コントロール", "統制群", "保留", "非送付", "送付なし", "連絡なし"),
    )
)
ANSWERS = frozenset(("redemption", "redeemed", "response", "応答", "反応", "利用", "クーポン利用"))
MOST = 12  # campaigns of the log looked at, the latest
LOG_COLUMNS = ("customer_id", "date", "channel", "kind", "campaign", "group")
OBSERVED_COLUMNS = (
    *("campaign", "named", "since", "until", "days", "contacted", "contacted_came"),
    *("others", "others_came", "answered", "contacted_share", "others_share"),
)


def log_of(book: Book) -> pd.DataFrame | None:
    """The contact log up to the closing date (columns: LOG_COLUMNS); None without one."""
    if book.ledger.contacts is None:
        return None
    log = frame(book.ledger.contacts.select(*LOG_COLUMNS))
    log = log[log.date <= book.closing]
    plain = {name: log[name].fillna("").str.strip() for name in LOG_COLUMNS[2:]}
    return log.assign(**plain)


def own_campaigns(log: pd.DataFrame, earlier: pd.DataFrame | None) -> pd.DataFrame:
    """The log without answers and without what belongs to earlier lists: contacts under the name
    of one of their campaigns, and nameless ones with their names after the list. Contacts without
    a name go by their month (`named` False)."""
    own = log[~log.kind.str.lower().isin(ANSWERS)]
    if earlier is not None:
        listed = own.customer_id.map(earlier.groupby("customer_id").closing_date.min())
        after = [
            isinstance(day, dt.date) and made > day
            for day, made in zip(listed, own.date, strict=True)
        ]
        mine = own.campaign.isin(set(earlier.campaign)) | (
            own.campaign.eq("") & np.array(after, bool)
        )
        own = own[~mine]
    month = pd.Series([f"{day:%Y-%m}" for day in own.date], own.index, dtype=object)
    named = own.campaign.ne("")
    own = own.assign(campaign=own.campaign.where(named, month), named=named)
    latest = own.groupby(["campaign", "named"]).date.min().sort_values().index[-MOST:]
    keys = pd.MultiIndex.from_frame(own[["campaign", "named"]])
    return own[keys.isin(latest)]


def randomised(own: pd.DataFrame) -> pd.DataFrame:
    """The names of the log's campaigns that have a group held out, one row per campaign and
    customer, in the columns of names of earlier lists that have a meaning here."""
    held = own.group.str.lower().isin(HELD_OUT)
    tried = own[own.named & own.campaign.isin(set(own.campaign[held & own.named]))]
    group = held[tried.index].map({True: HOLD_OUT, False: CONTACT})
    names = tried.assign(group=group, list="", chance=np.nan, status=SENT, sent=None, reason="")
    first = tried.groupby("campaign").date.min()
    since = names.campaign.map(first)
    names = names.assign(since=since, closing_date=since, reached=names.group == CONTACT)
    return names.sort_values("date", kind="stable").drop_duplicates(["campaign", "customer_id"])


def observed(own: pd.DataFrame, log: pd.DataFrame, book: Book) -> pd.DataFrame:
    """The log's campaigns without a held out group: who was contacted and who was not.

    One row per campaign, the oldest first. Columns: campaign, named (False: contacts of a month
    without a campaign's name), since (the first contact), until (closing date or end of the
    horizon), days, contacted (customers with a visit up to since), contacted_came (of those, with
    a visit later than since and up to until), others (the other customers of that day) and
    others_came, answered (contacted customers of whom the log has an answer), contacted_share and
    others_share (0..1). Who came and who answered is null where the window has fewer than
    `outcomes.FEWEST_DAYS` days. Whom to contact was chosen, so the difference is no effect. Our
    rules.
    """
    tried = set(own.campaign[own.named & own.group.str.lower().isin(HELD_OUT)])
    rest = own[~(own.named & own.campaign.isin(tried))]
    rows = []
    for (campaign, named), part in rest.groupby(["campaign", "named"], sort=False):
        since = part.date.min()
        until = window_end(since, book.closing, book.settings.horizon_days)
        counts = _counts(part.customer_id, since, until, book)
        answers = log[log.kind.str.lower().isin(ANSWERS) & (log.campaign == campaign)]
        answered = answers.customer_id[answers.customer_id.isin(part.customer_id)].nunique()
        rows.append((campaign, named, since, until, (until - since).days, *counts, answered))
    table = pd.DataFrame(rows, columns=OBSERVED_COLUMNS[:-2])
    for who in ("contacted", "others"):
        table[f"{who}_share"] = table[f"{who}_came"] / table[who].where(table[who] > 0)
    told = table.days >= FEWEST_DAYS
    for name in ("contacted_came", "others_came", "answered"):
        table[name] = table[name].astype("Int64").where(told)
    for name in ("contacted_share", "others_share"):
        table[name] = table[name].where(told)
    table = table.astype({"contacted_share": "float64", "others_share": "float64"})
    return table.sort_values(["since", "campaign"], kind="stable", ignore_index=True)


def _counts(
    customers: pd.Series, since: dt.date, until: dt.date, book: Book
) -> tuple[int, int, int, int]:
    """Contacted customers of a day, how many of them came, the other customers, and of them."""
    visits = book.visits_table
    day, last = ibis.literal(since), ibis.literal(until)
    then = visits.filter(visits.date <= day).select("customer_id").distinct()
    came = visits.filter(
        (visits.date > day) & (visits.date <= last) & (visits.first_date <= day)
    ).select("customer_id")
    reached = in_engine(pd.DataFrame({"customer_id": customers.unique()}))
    counts = []
    for table in (then, came.distinct()):
        whole = int(scalar(table.count()))
        of_reached = int(scalar(book.named(table).semi_join(reached, "customer_id").count()))
        counts.append((of_reached, whole - of_reached))
    return counts[0][0], counts[1][0], counts[0][1], counts[1][1]
