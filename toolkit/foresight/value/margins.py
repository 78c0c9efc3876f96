"""From expected money to expected margin, customer by customer."""

from __future__ import annotations

import ibis.expr.types as ir

HORIZONS = {12: 365, 36: 1095}  # months: days
YEARS = (365, 730, 1095)  # to which is foretold; all horizons are among them


def margins(foretold: ir.Table, margin_share: float, yearly_rate: float) -> ir.Table:
    """Expected margin within 12 and 36 months.

    foretold: customer_id, `visits_<days>` and `amount_<days>` (net, minor units) for each of
    YEARS. One row per customer of it. Columns: customer_id, visits_12, visits_36 (expected,
    float), margin_12, margin_36 (minor units, int: rounded before they are added up, so that the
    sums are exact). Margin = expected net amount x margin share. With a yearly rate r, money of
    year y counts (1 + r)^-(y - 0.5), as if it came in its middle; with 0 all counts in full (our
    rule).
    """
    columns, so_far, before = {}, 0.0, 0.0
    for year, days in enumerate(YEARS, start=1):
        until = foretold[f"amount_{days}"]
        so_far = so_far + (until - before) * (1 + yearly_rate) ** (0.5 - year)
        before = until
        for months, horizon in HORIZONS.items():
            if horizon == days:
                margin = (so_far * margin_share).round().cast("int64")
                visits = foretold[f"visits_{days}"]
                columns |= {f"visits_{months}": visits, f"margin_{months}": margin}
    return foretold.select("customer_id", **columns)
