"""The win-back score: what a contact changes, not how likely a customer is to come anyway."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.action.economics import Economics
from toolkit.frames import frame

RESPONSES = ("priority_low", "priority", "priority_high")  # expected profit at each response
SCORE_COLUMNS = (
    *("uplift", "break_even", "priority", "priority_low", "priority_high"),
    *("kappa_low", "kappa", "kappa_high"),
)
SHARE_PLACES, MONEY_PLACES = 6, 2  # of shares, and of minor units: what the sheet shows is exact


def priority(chance, margin, kappa, economics: Economics):
    """Expected profit of contacting one customer: tau V - c - (p0 + tau) d.

    tau = kappa p0 (1 - p0), the assumed uplift; p0 = `chance` of coming without contact, V =
    `margin` within the horizon if the customer returns, c = contact cost, d = offer cost paid by
    everyone who then buys. Works on numbers, arrays and columns alike; money in one unit.
    Source: definitions, "Win-back score"; targeting by uplift, not risk: Ascarza 2018 (JMR 55-1).
    """
    uplift = kappa * chance * (1 - chance)
    spent = economics.contact_cost + (chance + uplift) * economics.offer_cost
    return uplift * margin - spent


def break_even(chance, margin, economics: Economics):
    """The uplift at which a contact pays for itself: (c + p0 d) / (V - d), a share.

    Where V <= d no uplift suffices; the caller must not ask there.
    """
    spent = economics.contact_cost + chance * economics.offer_cost
    return spent / (margin - economics.offer_cost)


def scored(customers: ir.Table, economics: Economics) -> ir.Table:
    """The customers with the score's parts, in figures that can be worked out from each other.

    Chance and margin_if_returns are rounded to what the lists show (six places of a share, two of
    a minor unit) before anything is worked out from them, and so is every result. Adds kappa_low,
    kappa and kappa_high (the response used), uplift (middle kappa, a share), break_even (share;
    null where no uplift suffices), priority, priority_low and priority_high (minor units, at the
    middle, low and high kappa). A column `response` (1 for the usual) multiplies the kappas of
    those of whom more is known.
    """
    p0 = customers.chance.round(SHARE_PLACES)
    margin = customers.margin_if_returns.round(MONEY_PLACES)
    own = customers.response if "response" in customers.columns else ibis.literal(1.0)
    names = ("low", "middle", "high")
    kappas = zip(names, economics.kappa, strict=True)
    kappa = {name: (own * each).round(SHARE_PLACES) for name, each in kappas}
    pays = {k: priority(p0, margin, kappa[k], economics).round(MONEY_PLACES) for k in names}
    broken = break_even(p0, margin, economics).round(SHARE_PLACES)
    return customers.mutate(
        chance=p0,
        margin_if_returns=margin,
        kappa_low=kappa["low"],
        kappa=kappa["middle"],
        kappa_high=kappa["high"],
        uplift=(kappa["middle"] * p0 * (1 - p0)).round(SHARE_PLACES),
        break_even=(margin > economics.offer_cost).ifelse(broken, None),
        priority=pays["middle"],
        priority_low=pays["low"],
        priority_high=pays["high"],
    )


def offered(customers: ir.Table, economics: Economics, channel: str) -> pd.DataFrame:
    """A contact by one channel of the client with every customer: the columns of `scored` at that
    channel's cost and response, channel, contact_cost and offer_cost (minor units)."""
    way = economics.by(channel)
    costs = {"contact_cost": way.contact_cost, "offer_cost": way.offer_cost}
    return frame(scored(customers, way)).assign(channel=channel, **costs)


def decided(listed: pd.DataFrame) -> pd.Series:
    """`contact` where it pays at every assumed response, `test` at some, `leave` at none; null
    without a score."""
    pays = listed[list(RESPONSES)] > 0
    decision = pd.Series("test", index=listed.index, dtype="str")
    decision[pays.all(axis=1)] = "contact"
    decision[~pays.any(axis=1)] = "leave"
    return decision.where(listed.priority.notna(), None)
