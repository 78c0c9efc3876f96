"""The win-back score: what a contact changes, not how likely a customer is to come anyway."""

from __future__ import annotations

import ibis.expr.types as ir

from toolkit.action.economics import Economics


def priority(chance, margin, kappa: float, economics: Economics):
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
    """The customers with the score's parts.

    Adds uplift (assumed, middle kappa, a share), break_even (share; null where no uplift
    suffices), priority, priority_low and priority_high (minor units, at the middle, low and high
    kappa).
    """
    low, middle, high = economics.kappa
    p0, margin = customers.chance, customers.margin_if_returns
    can_pay = margin > economics.offer_cost
    return customers.mutate(
        uplift=middle * p0 * (1 - p0),
        break_even=can_pay.ifelse(break_even(p0, margin, economics), None),
        priority=priority(p0, margin, middle, economics),
        priority_low=priority(p0, margin, low, economics),
        priority_high=priority(p0, margin, high, economics),
    )
