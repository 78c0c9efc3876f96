"""The golden list: active customers due soon whose next visit brings them into a higher layer."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.action.about_to_lapse import Notice
from toolkit.action.active import by_best_channel, with_days
from toolkit.action.economics import Economics
from toolkit.action.score import MONEY_PLACES, SCORE_COLUMNS, decided
from toolkit.book import LAYERS, RANKS, Cutoffs, layer_named, rank_of

YEAR = 365
GOLDEN_COLUMNS = (
    "rank",
    "customer_id",
    "decision",
    "send",
    "layer",
    "next_layer",
    "expected_on",
    "counts_from",
    "amount_lacking",
    "days_lacking",
    "talk_about",
    "last_date",
    "gap_days",
    "usual_days",
    "n_visits",
    "amount",
    "chance",
    "spend_per_visit",
    "visits_if_comes",
    "margin_share",
    "margin_if_returns",
    "step_gain",
    "expected_gain",
    "channel",
    "contact_cost",
    "offer_cost",
    *SCORE_COLUMNS,
)


@dataclass(frozen=True)
class Ladder:
    """What it takes to reach a layer, and what it is worth. per_head: sales of the last 12 months
    per active customer of each layer (minor units; counted in whole ones)."""

    cutoffs: Cutoffs
    per_head: dict[str, float]
    horizon_days: int

    def step_gain(self, layer: ir.StringValue, following: ir.StringValue, share: float):
        """What a customer of the next layer brings more within the horizon, as margin in minor
        units; none where it is less. A comparison of layers, not an effect (our rule)."""
        more = self._sales(following) - self._sales(layer)
        return share * ibis.greatest(more, 0.0) * (self.horizon_days / YEAR)

    def _sales(self, layer: ir.StringValue) -> ir.FloatingValue:
        known = [(layer == name, round(value)) for name, value in self.per_head.items()]
        if not known:
            return ibis.literal(0).cast("float64")
        return ibis.cases(*known, else_=0).cast("float64")  # of many digits: no exact decimals


def within_reach(active: ir.Table, notice: Notice, cut: Cutoffs) -> ir.Table:
    """The active customers due soon for whom one visit is a step up.

    Kept: whose next visit is expected within near_days after the closing date (last visit + usual
    days, `rhythm.silences`; tomorrow where that is past, but never of a silence already late), and
    whom a visit of the usual amount (spend_per_visit) on that very day brings into a higher layer,
    by the book's cut-offs. Adds expected_in, counts_in (days to the expected visit, and to the
    first from which it counts, never after the expected one), next_layer (that of a visit on the
    expected day), amount_lacking (minor units to the amount line, 0 where none), days_lacking (of
    tenure at the last visit, 0 where none).
    """
    n, gap = active.n_visits, active.gap_days
    expected = ibis.greatest(active.usual_days.ceil().cast("int64") - gap, 1)
    tenure = active.tenure_days + gap
    spent = active.amount + active.spend_per_visit.floor().cast("int64")
    then = rank_of(n + 1, tenure + expected, spent, cut)
    now = rank_of(n, active.tenure_days, active.amount, cut)
    name = layer_named(then)
    line = name.isin(LAYERS[3:]).ifelse(cut.amount_line, 0)
    least = ibis.cases(
        (then == RANKS.index("prime"), cut.prime_days),
        (then >= RANKS.index("steady"), cut.fledgling_days),
        else_=0,
    )
    late = (gap >= active.late_days).fill_null(False)
    near = active.usual_days.notnull() & (expected <= notice.near_days) & ~late & (then > now)
    return active.mutate(
        next_layer=name,
        expected_in=expected,
        counts_in=ibis.greatest(least - tenure, 1),
        amount_lacking=ibis.greatest(line - active.amount, 0),
        days_lacking=ibis.greatest(least - active.tenure_days, 0),
    ).filter(near.fill_null(False))


def golden(
    reach: ir.Table, notice: Notice, ladder: Ladder, economics: Economics, next_product=None
) -> pd.DataFrame:
    """The active customers with the most to gain: first the contacts to be made, best first.

    One row per customer of `within_reach`. Columns: rank (1, 2, ...), customer_id, decision
    (`score.decided`), send (whether the contact is to be made, `active.by_best_channel`), layer,
    next_layer, expected_on (the next visit by the customer's own rhythm), counts_from (the first
    day on which a visit counts for the next layer, at the latest expected_on), amount_lacking
    (minor units), days_lacking, talk_about (a product; null where nothing stands out),
    last_date, gap_days, usual_days, n_visits, amount (minor units), chance (p0), spend_per_visit,
    visits_if_comes, margin_share, margin_if_returns (`active.with_margin`), step_gain
    (`Ladder.step_gain`, minor units), channel (`active.by_best_channel`), contact_cost, offer_cost
    (minor units), uplift, expected_gain (uplift x (margin_if_returns + step_gain), minor units),
    break_even, priority, priority_low, priority_high, kappa_low, kappa, kappa_high (the score with
    that sum in place of the margin, of the channel). Ties go by expected_on and customer_id.
    Source: definitions, "Golden list" (our rule). `next_product`: customer_id, product, name.
    """
    gain = ladder.step_gain(reach.layer, reach.next_layer, economics.margin_share)
    known = reach.mutate(step_gain=gain.round(MONEY_PLACES), own=reach.margin_if_returns)
    known = known.mutate(margin_if_returns=known.own + known.step_gain)
    if next_product is not None:
        named = next_product.select("customer_id", talk_about="name")
        known = known.left_join(named, "customer_id").drop("customer_id_right")
    found = by_best_channel(known, economics)
    gained = (found.uplift * found.margin_if_returns).round(MONEY_PLACES)
    found = found.assign(expected_gain=gained, margin_if_returns=found.own)
    found = found[found.priority.notna()]
    listed = found.reindex(columns=[*GOLDEN_COLUMNS, "expected_in", "counts_in"])
    listed = listed.astype({"talk_about": "object"}).sort_values(
        ["send", "priority", "expected_in", "customer_id"],
        ascending=[False, False, True, True],
        ignore_index=True,
    )
    closing = pd.Timestamp(notice.closing)
    listed = with_days(listed, closing, expected_on="expected_in", counts_from="counts_in")
    listed = listed.assign(rank=range(1, len(listed) + 1), decision=decided(listed))
    return listed[list(GOLDEN_COLUMNS)]
