"""From expected visits to expected margin, customer by customer."""

from __future__ import annotations

import ibis.expr.types as ir

from toolkit.foresight.spend import Spend

HORIZONS = {12: 365, 36: 1095}  # months: days
YEARS = (365, 730, 1095)  # to which visits are foreseen; all horizons are among them


def margins(visits: ir.Table, spend: Spend, margin_share: float, yearly_rate: float) -> ir.Table:
    """Expected margin within 12 and 36 months.

    visits: customer_id and `visits_<days>` for each of YEARS. One row per customer with a visit
    of money. Columns: customer_id, visits_12, visits_36 (expected, float), margin_12, margin_36
    (minor units, int: rounded before they are added up, so that the sums are exact). Margin =
    visits x expected net amount per visit x margin share. With a yearly rate r, visits of year y
    count (1 + r)^-(y - 0.5), as if they came in its middle; with 0 all count in full (our rule).
    """
    both = visits.join(spend.table(), "customer_id")
    columns, so_far, before = {}, 0.0, 0.0
    for year, days in enumerate(YEARS, start=1):
        until = both[f"visits_{days}"]
        so_far = so_far + (until - before) * (1 + yearly_rate) ** (0.5 - year)
        before = until
        for months, horizon in HORIZONS.items():
            if horizon == days:
                margin = (so_far * both.spend_per_visit * margin_share).round().cast("int64")
                columns |= {f"visits_{months}": until, f"margin_{months}": margin}
    return both.select("customer_id", **columns)
