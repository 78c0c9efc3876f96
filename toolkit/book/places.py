"""What stands in each of the ten places: people, sales, spend per head."""

from __future__ import annotations

import ibis.expr.types as ir
import pandas as pd

from toolkit.book.course import LAYERS, STATES, ranks_named
from toolkit.book.shares import FEW
from toolkit.frames import frame

COUNTED = ("customers", "share")
OF_THE_YEAR = ("sales", "sales_share", "visits", "per_head", "visits_per_head")


def places(customers: ir.Table, bought: ir.Table) -> pd.DataFrame:
    """The ten places at a date.

    One row per layer and state, all ten. Columns: layer, state, customers, share (of all
    customers, 0..1; null below five), sales (net in the 12 months to the date, minor units),
    sales_share (of these customers' sales, 0..1; null when there are none), visits (in those 12
    months), per_head (sales per customer, minor units, float) and visits_per_head (both null for
    an empty place). `customers` is who stands where at that date (`customers.customers_at`),
    `bought` what they bought in the 12 months to it (`recent.year_of_customers`). Source:
    definitions, "Places of customers"; the ten places are those of CPM, sales of 12 months beside
    them our rule.
    """
    joined = customers.left_join(bought, "customer_id")
    sums = joined.group_by(["rank", "active"]).agg(
        customers=joined.count(),
        sales=joined.sales.sum().fill_null(0).cast("int64"),
        visits=joined.visits.sum().fill_null(0).cast("int64"),
    )
    table = frame(sums)
    table["layer"] = ranks_named(table.pop("rank"))
    table["state"] = table.pop("active").map({True: "active", False: "lapsed"})
    every = pd.MultiIndex.from_product([LAYERS, STATES], names=["layer", "state"])
    table = table.set_index(["layer", "state"]).reindex(every, fill_value=0).reset_index()
    total, there = table.sales.sum(), table.customers.where(table.customers > 0)
    everyone = table.customers.sum()
    return table.assign(
        share=table.customers / everyone if everyone >= FEW else float("nan"),
        sales_share=table.sales / total if total > 0 else float("nan"),
        per_head=table.sales / there,
        visits_per_head=table.visits / there,
    )


def compared(now: pd.DataFrame, before: pd.DataFrame | None, *, whole_year: bool) -> pd.DataFrame:
    """The places now against a year ago.

    One row per layer and state, all ten, as in `places`. Columns: layer, state, and for each of
    customers, share, sales, sales_share, visits, per_head, visits_per_head the value now and,
    named with `_ago`, the one of a year ago. Shares of fewer than 5 customers are null. Null too:
    everything of a year ago without `before`, and what the 12 months to it brought when they are
    not whole in the file. Each side knows only what was known on its day. Our rule.
    """
    keys = ["layer", "state"]
    names = [*COUNTED, *OF_THE_YEAR]
    ago = (now if before is None else before)[keys + names].astype(dict.fromkeys(names, "float64"))
    if before is None:
        ago[names] = float("nan")
    if not whole_year:
        ago[list(OF_THE_YEAR)] = float("nan")
    table = now[keys + names].merge(ago, on=keys, suffixes=("", "_ago"))
    for side in ("", "_ago"):
        if not table[f"customers{side}"].sum() >= FEW:
            table[[f"share{side}", f"sales_share{side}"]] = float("nan")
    return table[keys + [name + side for name in names for side in ("", "_ago")]]


def lost_from(before: ir.Table, now: ir.Table, bought: ir.Table) -> ir.Table:
    """Customers active a year ago who are lapsed now, by the layer they were lost from.

    One row per layer. Columns: layer (a year ago), customers, sales (theirs in the year up to
    then, minor units). `before` and `now` are the places on the two days (`Book.places_at`),
    `bought` what everybody bought in the year to the first (`recent.year_of_customers`). Who is
    lost: definitions, "The bucket" (hole); their sales of the year before are our rule.
    """
    there = before.filter(before.active).select("customer_id", "layer")
    gone = there.semi_join(now.filter(~now.active), "customer_id")
    joined = gone.left_join(bought, "customer_id")
    return joined.group_by("layer").agg(
        customers=joined.count(), sales=joined.sales.sum().cast("int64")
    )
