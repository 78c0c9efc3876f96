"""The win-back list: lapsed customers in the order in which a letter pays."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.action.choice import chosen
from toolkit.action.economics import Economics, Way
from toolkit.action.reach import open_to
from toolkit.action.score import (
    MONEY_PLACES,
    RESPONSES,
    SCORE_COLUMNS,
    SHARE_PLACES,
    decided,
    offered,
)
from toolkit.settings import Settings

LIST_COLUMNS = (
    "rank",
    "customer_id",
    "decision",
    "send",
    "channel",
    "layer",
    "last_date",
    "gap_days",
    "n_visits",
    "amount",
    "rhythm_days",
    "chance",
    "spend_per_visit",
    "visits_if_back",
    "margin_share",
    "margin_if_returns",
    "contact_cost",
    "offer_cost",
    *SCORE_COLUMNS,
)


def off_list(
    customers: ir.Table, lapse_days: int, settings: Settings, economics: Economics
) -> ir.StringValue:
    """Why a lapsed customer is not on the list; null for who is on it.

    `too_long`: silence over `max_silence_days` is no relationship any more. `first_time`: a
    first-time customer's chance is gone `first_time_days` after lapsing. `no_channel`: none of the
    client's channels is used for the layer (no letters to first-time and burst customers).
    `unreached`: no address is known for any of those that are (`reach.with_reach`). All stay in
    the book. Source: definitions, "Win-back rank"; practice: Yano, tsujikatsu.
    """
    return ibis.cases(
        (customers.gap_days > settings.max_silence_days, "too_long"),
        (
            (customers.n_visits == 1)
            & (customers.gap_days > lapse_days + settings.first_time_days),
            "first_time",
        ),
        (~_used(customers, *economics.channels.values()), "no_channel"),
        (~ibis.or_(*(_usable(customers, *way) for way in economics.channels.items())), "unreached"),
    )


def _usable(customers: ir.Table, channel: str, way: Way) -> ir.BooleanValue:
    """Whether the channel is used for the customer's layer and open to the customer."""
    return _used(customers, way) & open_to(customers, channel)


def _used(customers: ir.Table, *ways: Way) -> ir.BooleanValue:
    """Whether any of the ways of contact is used for the customer's layer."""
    if any(way.lapsed is None for way in ways):
        return ibis.literal(True)
    return customers.layer.isin(sorted({layer for way in ways for layer in way.lapsed}))


def with_margin(customers: ir.Table, visits_if_back: float, margin_share: float) -> ir.Table:
    """The customers with V in figures that can be worked out from each other: margin_if_returns =
    spend_per_visit x visits_if_back x margin_share, each rounded to what the list shows."""
    spend = customers.spend_per_visit.round(MONEY_PLACES)
    visits, share = round(visits_if_back, SHARE_PLACES), round(margin_share, SHARE_PLACES)
    return customers.mutate(
        spend_per_visit=spend,
        visits_if_back=ibis.literal(visits),
        margin_share=ibis.literal(share),
        margin_if_returns=(spend * visits * share).round(MONEY_PLACES),
    )


def winback_list(customers: ir.Table, economics: Economics) -> pd.DataFrame:
    """The lapsed customers who are on the list, best contact first.

    One row per customer. Columns: rank (1, 2, ...), customer_id, decision (`contact`: pays at
    every assumed response; `test`: pays at some; `leave`: at none), send (whether the contact is
    to be made, `choice.chosen`), channel (of the client's open to the customer the one with the
    greatest expected profit, a cheaper one where the dearer is not to be made), layer, last_date,
    gap_days, n_visits, amount (minor units), rhythm_days (own median, null for one visit), chance
    (p0), spend_per_visit (minor units), visits_if_back, margin_share and their product
    margin_if_returns (V, minor units; `with_margin`; the first three null where V is given
    itself), contact_cost (c, of the channel), offer_cost (d; minor units), uplift, break_even
    (shares), priority, priority_low, priority_high (minor units), kappa_low, kappa, kappa_high (of
    the channel).
    Contacts to be made come first, then by priority; ties go by customer_id, so that shuffled rows
    give the same list.
    """
    return listed(offers_to(customers, economics), economics)


def offers_to(customers: ir.Table, economics: Economics) -> pd.DataFrame:
    """Every contact that could be made: one row per customer and channel used for and open to
    them, with the columns of `score.offered`; without those of whom too little is known."""
    offers = [
        offered(customers.filter(_usable(customers, name, way)), economics, name)
        for name, way in economics.channels.items()
    ]
    known = [offer[offer.priority.notna()] for offer in offers]
    return pd.concat(known, ignore_index=True)


def listed(offers: pd.DataFrame, economics: Economics) -> pd.DataFrame:
    """The win-back list (`winback_list`) out of the contacts that could be made."""
    found = chosen(offers, economics.budget, economics.most_contacts)
    keys, up = ["send", "priority", "customer_id"], [False, False, True]
    ranked = found.sort_values(keys, ascending=up, ignore_index=True)
    ranked = ranked.assign(rank=range(1, len(ranked) + 1), decision=decided(ranked))
    return ranked.reindex(columns=list(LIST_COLUMNS))


def profit_curve(ranked: pd.DataFrame, points: int = 60) -> pd.DataFrame:
    """Expected profit by number of contacts, best first.

    At most `points` + 2 rows, of which one is the number to be made. Columns: letters (contacts
    made), low, middle, high (cumulative expected profit in minor units under the three assumed
    responses), each (expected profit at the middle response of each contact since the row before;
    null in the first). Starts at no contact.
    """
    n = len(ranked)
    names = dict(zip(("low", "middle", "high"), RESPONSES, strict=True))
    sums = pd.DataFrame({k: ranked[v].cumsum() for k, v in names.items()})
    at = {0, int(ranked.send.sum()), *(round(n * i / points) for i in range(1, points + 1))}
    rows = [
        {"letters": k, **(sums.iloc[k - 1].to_dict() if k else dict.fromkeys(names, 0.0))}
        for k in sorted(at)
    ]
    curve = pd.DataFrame(rows)
    return curve.assign(each=curve.middle.diff() / curve.letters.diff())
