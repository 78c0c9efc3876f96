"""Earlier lists, wave by wave: which were sent, from when on, and whom they reached."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from toolkit.action.trial.groups import CONTACT, HOLD_OUT

SENT, NEVER, UNKNOWN = "sent", "never_sent", "unknown"
WAVE = ["campaign", "list", "closing_date"]


def waves_of(earlier: pd.DataFrame, log: pd.DataFrame | None, closing: dt.date) -> pd.DataFrame:
    """The names of earlier lists with what is known of their sending.

    `earlier`: `intake`'s names of earlier lists; `log`: contacts up to `closing` (customer_id,
    date, campaign), None without a log. Adds status, of the whole wave (campaign, list and
    closing date): `sent` (a name has a date in `sent`, or the log has a later contact with one of
    those to be contacted), `never_sent` (the log goes on after the list and has no such contact;
    or `sent` is empty for the whole wave and filled in others), else `unknown`; since (the first
    day known to be one of contact, else the list's closing date; the same for both groups);
    reached (a contact of this very name is known). A logged contact under another campaign's
    name is not this one's; one without a name may be, where nobody filled in `sent`. Our rules.
    """
    log = pd.DataFrame(columns=["customer_id", "date", "campaign"]) if log is None else log
    told = earlier.sent.where(earlier.sent.map(lambda day: pd.notna(day) and day <= closing))
    any_sent = told.notna().any()
    made = _first_contacts(earlier, log[log.campaign != ""] if any_sent else log)
    first = pd.concat([told.map(_moment), made.map(_moment)], axis=1).min(axis=1)
    table = earlier.assign(reached=first.notna(), first=first)
    last_logged = log.date.max() if len(log) else None
    status, since = {}, {}
    for key, wave in table.groupby(WAVE, sort=True):
        # whoever was held out and contacted nevertheless says nothing of the sending
        known = wave["first"][wave.group == CONTACT].dropna()
        covered = last_logged is not None and last_logged > key[2]
        status[key] = SENT if len(known) else NEVER if any_sent or covered else UNKNOWN
        since[key] = known.min().date() if len(known) else key[2]
    keys = pd.Series(list(zip(*(table[c] for c in WAVE), strict=True)), table.index)
    return table.drop(columns="first").assign(status=keys.map(status), since=keys.map(since))


def once_each(waves: pd.DataFrame) -> pd.DataFrame:
    """Every name of a campaign with the first wave that was sent, or may have been; a wave that
    was not sent with all its names, where the campaign has no other."""
    gone = waves[waves.status != NEVER].sort_values("closing_date", kind="stable")
    gone = gone.drop_duplicates(["campaign", "customer_id"])
    return gone.sort_values([*WAVE, "customer_id"], kind="stable", ignore_index=True)


def crossed(names: pd.DataFrame) -> int:
    """How many were held out and contacted all the same; they stay where they were assigned."""
    return int(((names.group == HOLD_OUT) & names.reached).sum())


def _first_contacts(earlier: pd.DataFrame, log: pd.DataFrame) -> pd.Series:
    """The date of the first logged contact with each name after its list, under its campaign's
    name or none; None where there is none."""
    at = earlier[["customer_id", "campaign", "closing_date"]].reset_index(names="at")
    met = at.merge(log, on="customer_id", suffixes=("", "_logged"))
    met = met[
        (met.date > met.closing_date)
        & ((met.campaign_logged == "") | (met.campaign_logged == met.campaign))
    ]
    return met.groupby("at").date.min().reindex(earlier.index)


def _moment(day: object) -> pd.Timestamp:
    return pd.NaT if pd.isna(day) else pd.Timestamp(day)
