"""Earlier lists, wave by wave: which were sent, from when on, and whom they reached."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from toolkit.action.trial.groups import CALENDAR, CONTACT, HOLD_OUT

SENT, NEVER, UNKNOWN = "sent", "never_sent", "unknown"
WAVE = ["campaign", "list", "closing_date"]
NEAR = dt.timedelta(days=7)  # from the day due, of a contact logged without a name (our rule)


def waves_of(earlier: pd.DataFrame, log: pd.DataFrame | None, closing: dt.date) -> pd.DataFrame:
    """The names of earlier lists with what is known of their sending.

    `earlier`: `intake`'s names of earlier lists; `log`: contacts up to `closing` (customer_id,
    date, campaign), None without a log. Adds status, of the whole wave (campaign, list and
    closing date): `sent` (a name has a date in `sent`, or the log has a later contact with one of
    those to be contacted), `never_sent` (the log goes on after the list and has no such contact;
    or `sent` is empty for the whole wave and filled in others), else `unknown`; since (the first
    day known to be one of contact, else the list's closing date; the same for both groups);
    reached (a contact of this very name is known). A logged contact under another campaign's
    name is not this one's; one without a name may be, where nobody filled in `sent`. Of the
    calendar, `sent` is filled in apart from the other lists; since is the day each contact was
    due, the log has to go on after the last of them, and a contact without a name has to lie
    within a week of it. Our rules.
    """
    log = pd.DataFrame(columns=["customer_id", "date", "campaign"]) if log is None else log
    told = earlier.sent.where(earlier.sent.map(lambda day: pd.notna(day) and day <= closing))
    earlier = earlier.assign(due=earlier.get("due"))
    dated = earlier.list.eq(CALENDAR)
    any_sent = told.notna().groupby(dated).transform("any")
    made = _first_contacts(earlier.assign(named_only=any_sent, dated=dated), log)
    first = pd.concat([told.map(_moment), made.map(_moment)], axis=1).min(axis=1)
    table = earlier.assign(reached=first.notna(), first=first)
    last_logged = log.date.max() if len(log) else None
    status, since = {}, {}
    for key, wave in table.groupby(WAVE, sort=True):
        # whoever was held out and contacted nevertheless says nothing of the sending
        known = wave["first"][wave.group == CONTACT].dropna()
        last = wave.due.max() if key[1] == CALENDAR else key[2]
        covered = last_logged is not None and last_logged > last
        filled = any_sent[wave.index[0]]
        status[key] = SENT if len(known) else NEVER if filled or covered else UNKNOWN
        since[key] = known.min().date() if len(known) else key[2]
    keys = pd.Series(list(zip(*(table[c] for c in WAVE), strict=True)), table.index)
    from_ = keys.map(since).astype(object)
    from_ = from_.mask(dated, table.due)
    return table.drop(columns="first").assign(status=keys.map(status), since=from_)


def once_each(waves: pd.DataFrame) -> pd.DataFrame:
    """Every name of a campaign with the first wave that is known to have been sent, or else the
    first of which it is not known; none of those never sent."""
    gone = waves[waves.status != NEVER]
    gone = gone.assign(dated=gone.list == CALENDAR, later=gone.status != SENT)
    gone = gone.sort_values(["later", "closing_date"], kind="stable").drop(columns="later")
    gone = gone.drop_duplicates(["campaign", "customer_id", "dated"]).drop(columns="dated")
    return gone.sort_values([*WAVE, "customer_id"], kind="stable", ignore_index=True)


def crossed(names: pd.DataFrame) -> int:
    """How many were held out and contacted all the same; they stay where they were assigned."""
    return int(((names.group == HOLD_OUT) & names.reached).sum())


def _first_contacts(earlier: pd.DataFrame, log: pd.DataFrame) -> pd.Series:
    """The date of the first logged contact with each name after its list, under its campaign's
    name or, unless `named_only`, none; None where there is none."""
    columns = ["customer_id", "campaign", "closing_date", "due", "named_only", "dated"]
    at = earlier[columns].reset_index(names="at")
    met = at.merge(log, on="customer_id", suffixes=("", "_logged"))
    met = met[met.date > met.closing_date]
    near = [
        not dated or abs(day - due) <= NEAR
        for dated, day, due in zip(met.dated, met.date, met.due, strict=True)
    ]
    nameless = (met.campaign_logged == "") & ~met.named_only & np.array(near, bool)
    same = (met.campaign_logged != "") & (met.campaign_logged == met.campaign)
    met = met[nameless | same]
    return met.groupby("at").date.min().reindex(earlier.index)


def _moment(day: object) -> pd.Timestamp:
    return pd.NaT if pd.isna(day) else pd.Timestamp(day)
