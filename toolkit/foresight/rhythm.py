"""Each customer's own rhythm."""

from __future__ import annotations

import ibis.expr.types as ir


def own_rhythm(visits: ir.Table) -> ir.Table:
    """Median days between a customer's visits.

    One row per customer with two visits or more. Columns: customer_id, rhythm_days (float).
    """
    gaps = visits.filter(visits.previous_date.notnull())
    gaps = gaps.mutate(gap=gaps.date.delta(gaps.previous_date, unit="day"))
    return gaps.group_by("customer_id").agg(rhythm_days=gaps.gap.median().cast("float64"))
