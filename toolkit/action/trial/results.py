"""What earlier contacts caused, read back from the file that came after."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from toolkit.action.calendar import rules_of
from toolkit.action.economics import economics_of
from toolkit.action.trial.compared import TOLD, campaign_rows, earned, together
from toolkit.action.trial.followed import follow_ups, with_follow_ups
from toolkit.action.trial.groups import CALENDAR
from toolkit.action.trial.logged import log_of, observed, own_campaigns, randomised
from toolkit.action.trial.outcomes import fallen_due, with_outcomes
from toolkit.action.trial.response import Response, corrected
from toolkit.action.trial.sent import SENT, UNKNOWN, once_each, waves_of
from toolkit.book import FEW, Book
from toolkit.settings import Settings

MOST_REASONS = 20
NAMES = (  # what is needed of a name, from wherever it comes
    *("customer_id", "list", "campaign", "closing_date", "group", "chance", "margin_share"),
    *("channel", "contact_cost", "offer_cost", "status", "since", "reached"),
)


@dataclass(frozen=True, eq=False)
class Results:
    """What is known of earlier contacts.

    campaigns: with a control group, or meant to have one (`compared.campaign_rows`); observed: of
    the contact log, without one (`logged.observed`; None without a log); reasons: why customers
    left, as the client filled in (reason, customers; most first). response: the assumed response,
    corrected by the campaigns with a control group that are known to have been sent. files: of the
    earlier lists.
    """

    campaigns: pd.DataFrame
    observed: pd.DataFrame | None
    reasons: pd.DataFrame
    response: Response
    files: tuple[str, ...] = ()

    @property
    def judged(self) -> pd.DataFrame:
        """The campaigns of which an effect is told."""
        return self.campaigns[self.campaigns.judged.isin(TOLD)]

    def uplift(self) -> tuple[float, float, float] | None:
        """Effect on the share who came, over all campaigns judged, with its interval."""
        return together(self.judged, "uplift")

    def earned(self) -> tuple[float, float, float] | None:
        """What all these contacts earned (minor units), with its interval."""
        return earned(self.judged)

    def margin(self) -> tuple[float, float, float] | None:
        """The same per name that counts in it (minor units), with its interval."""
        whole, names = self.earned(), int(self.judged.counted.sum())
        return None if whole is None else tuple(each / names for each in whole)


def read_back(book: Book, settings: Settings) -> Results | None:
    """The results of earlier lists and of the contact log; None where there is neither."""
    told, log = book.ledger.earlier, log_of(book)
    if told is None and log is None:
        return None
    earlier = None if told is None else told[told.group != ""]  # of others it is only written
    if earlier is not None and earlier.empty:
        earlier = None
    if earlier is None and log is None and not (told.reason != "").any():
        return None
    own = None if log is None else own_campaigns(log, earlier)
    counted = None if earlier is None else fallen_due(earlier, book.closing)
    waves = _waves(counted, log, own, book)
    names = once_each(waves)
    if len(names):
        usual = economics_of(book.settings).contact_cost
        made = follow_ups(told, log, book.closing, usual)
        names = with_follow_ups(with_outcomes(names, book), made)
    else:
        names = names.assign(until=None)
    campaigns = campaign_rows(names, waves, book.closing)
    return Results(
        campaigns=campaigns,
        observed=None if own is None else observed(own, log, book),
        reasons=_reasons(told),
        response=_response(names, campaigns, settings),
        files=() if earlier is None else tuple(sorted(set(earlier.file))),
    )


def _waves(
    earlier: pd.DataFrame | None, log: pd.DataFrame | None, own: pd.DataFrame | None, book: Book
) -> pd.DataFrame:
    """The names of earlier lists and of the log's own trials, one below the other."""
    parts = []
    if earlier is not None and len(earlier):
        parts.append(waves_of(earlier, log, book.closing))
    if own is not None and len(tried := randomised(own)):
        told = economics_of(book.settings)
        costs = {"contact_cost": told.contact_cost, "offer_cost": told.offer_cost}
        parts.append(tried.assign(margin_share=told.margin_share, **costs))
    whole = [part[list(NAMES)] for part in parts]
    return pd.concat(whole, ignore_index=True) if whole else pd.DataFrame(columns=NAMES)


def _response(names: pd.DataFrame, campaigns: pd.DataFrame, settings: Settings) -> Response:
    """The response after the campaigns judged that are known to have been sent and had a chance
    for every name. Those of the calendar are of other occasions and channels than the lists whose
    response it is (our rule)."""
    of_lists = campaigns.list != CALENDAR
    told = campaigns[(campaigns.judged == "yes") & of_lists]
    keys = set(zip(told.campaign, told.list, strict=True))
    names = names[names.status == SENT]
    used = [key in keys for key in zip(names.campaign, names.list, strict=True)]
    names = names[used]
    names = names[names.chance.notna()] if len(names) else names
    if names.empty:
        why = "no_chance" if len(told) else _not_used(campaigns)
        return Response(*settings.kappas, why=why)
    names = names.assign(campaign=names.campaign + "\x1f" + names.list)
    known = rules_of(settings).channels
    return corrected(settings.kappas, names, {name: way.response for name, way in known.items()})


def _not_used(campaigns: pd.DataFrame) -> str:
    """Why none of these campaigns corrects the response."""
    compared = campaigns[campaigns.judged.isin(TOLD)]
    of_lists = campaigns[campaigns.list != CALENDAR]
    if of_lists.judged.isin(TOLD).any():
        return "few_came"
    if (of_lists.judged == UNKNOWN).any():
        return "unknown"
    return "none" if compared.empty else "calendar"


def _reasons(earlier: pd.DataFrame | None) -> pd.DataFrame:
    """Reasons filled in and how many customers each was filled in for, most first; those of
    fewer than five, which may tell who it is, and what is beyond MOST_REASONS together, as ""."""
    if earlier is None:
        return pd.DataFrame({"reason": pd.Series(dtype=str), "customers": pd.Series(dtype="int64")})
    told = earlier[earlier.reason != ""].drop_duplicates(["customer_id", "reason"])
    counts = told.groupby("reason").customer_id.nunique().rename("customers").reset_index()
    ranked = counts.sort_values(["customers", "reason"], ascending=[False, True])
    shown = ranked[ranked.customers >= FEW].head(MOST_REASONS)
    if len(rest := ranked.drop(shown.index)):
        shown = pd.concat(
            [shown, pd.DataFrame({"reason": [""], "customers": [rest.customers.sum()]})]
        )
    return shown.reset_index(drop=True)
