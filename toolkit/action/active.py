"""What an active customer is worth to a shop that keeps them, and whether a contact pays."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.action.choice import chosen
from toolkit.action.economics import Economics
from toolkit.action.reach import open_to
from toolkit.action.score import MONEY_PLACES, SHARE_PLACES, offered


def with_margin(customers: ir.Table, economics: Economics, horizon_days: int) -> ir.Table:
    """The customers with the margin of one who goes on coming, in place of a returner's.

    Adds visits_if_comes (expected within the horizon of one who comes at all: expected visits /
    chance, at least 1 and at most as many as the customer's own rhythm has room for) and
    margin_share, and sets margin_if_returns (minor units) = spend_per_visit x visits_if_comes x
    margin_share, each rounded to what the lists show, so that they can be worked out from each
    other. Our rule (definitions, "About to lapse"); the bounds keep two models apart that were not
    fitted together.
    """
    visits = customers.expected_visits / customers.chance.nullif(0.0)
    most = ibis.greatest(horizon_days / customers.usual_days.fill_null(horizon_days), 1.0)
    visits = ibis.greatest(ibis.least(visits.fill_null(1.0), most), 1.0).round(SHARE_PLACES)
    spend = customers.spend_per_visit.round(MONEY_PLACES)
    share = round(economics.margin_share, SHARE_PLACES)
    return customers.mutate(
        spend_per_visit=spend,
        visits_if_comes=visits,
        margin_share=ibis.literal(share),
        margin_if_returns=(spend * visits * share).round(MONEY_PLACES),
    )


def by_best_channel(customers: ir.Table, economics: Economics) -> pd.DataFrame:
    """The customers scored, each by the client's channel that is chosen of those open to them
    (`reach.open_to`; who can be reached by none is left out), and whether it is used.

    One row per customer, with the columns of `score.scored`, channel, contact_cost and offer_cost
    (minor units), and send: the choice of the win-back list without its limits (`choice.chosen`),
    so that no list loses in expectation while the response is between low and high. At equal
    priorities it is the first channel in the client's order; likewise of customers without a
    score, who are not contacted. The layers a channel is used for in winning back say nothing of
    the active. Our rule.
    """
    offers = [
        offered(customers.filter(open_to(customers, name)), economics, name)
        for name in economics.channels
    ]
    offers = [offer for offer in offers if len(offer)] or offers[:1]
    every = pd.concat(offers, ignore_index=True)
    scored = every.priority.notna()
    unknown = every[~scored].drop_duplicates("customer_id").assign(send=False)
    found = chosen(every[scored].reset_index(drop=True), None, None)
    parts = [part for part in (found, unknown) if len(part)] or [found]
    found = pd.concat(parts, ignore_index=True).astype({"send": bool})
    return found.sort_values("customer_id", ignore_index=True)


def with_days(listed: pd.DataFrame, closing: pd.Timestamp, **columns: str) -> pd.DataFrame:
    """The rows with dates in place of days after the closing date: new name = column of days."""
    days = {
        name: [(closing + pd.Timedelta(days=int(n))).date() for n in listed[column]]
        for name, column in columns.items()
    }
    return listed.assign(**days)
