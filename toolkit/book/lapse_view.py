"""New CPM by the lapse line: kept, lost, new and revived as the bucket sees them."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.frames import frame, scalar

GROUPS = ("kept", "lost", "new", "revived", "none")


def lapse_view(before: ir.Table, now: ir.Table, bought: ir.Table) -> pd.DataFrame:
    """Customers and their money of the year by where they stood at its start and stand at its end.

    One row per group: kept (active on both days), lost (active, now lapsed), new (not a customer
    yet, now active), revived (lapsed, now active), none (active on neither day). Columns: group,
    customers (with a visit to date), sales (net money of the year to the closing date, minor
    units; of none with that of people without a visit, so that all together is the year's sales).
    `before` and `now` are the places on the two days (`Book.places_at`), `bought` what everybody
    bought in the year (`recent.year_of_customers`). Retention = kept / (kept + lost) = 1 - hole.
    年間LTV = sales of kept, new and revived / these. Source: 維持率, 復活率 and 年間LTV of
    New CPM, told by the lapse line instead of the calendar (our rule).
    """
    then = before.select("customer_id", then=before.active)
    both = now.left_join(then, "customer_id").drop("customer_id_right")
    both = both.left_join(bought, "customer_id").drop("customer_id_right")
    group = ibis.cases(
        (both.then & both.active, "kept"),
        (both.then & ~both.active, "lost"),
        (both.then.isnull() & both.active, "new"),
        (both.active, "revived"),
        else_="none",
    )
    sums = both.group_by(group.name("group")).agg(
        customers=both.count(), sales=both.sales.sum().fill_null(0).cast("int64")
    )
    table = frame(sums).set_index("group").reindex(list(GROUPS), fill_value=0)
    everything = int(scalar(bought.sales.sum().fill_null(0)))
    table.loc["none", "sales"] = everything - int(table.sales.drop("none").sum())
    return table.reset_index()
