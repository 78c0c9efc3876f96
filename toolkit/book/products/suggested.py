"""What to talk about with a customer: the product others like them bought next."""

from __future__ import annotations

import ibis.expr.types as ir
import pandas as pd

from toolkit.frames import in_engine


def suggested(bought: ir.Table, pairs: pd.DataFrame) -> ir.Table:
    """The product that most surely follows one of the last visit and is new to the customer.

    One row per customer who has one. Columns: customer_id, number (of the product). `bought` as of
    `purchases`; `pairs`: number, other (product numbers), the best first. Source: our rule, on the
    pairs of `following`.
    """
    best = in_engine(pairs[["number", "other"]].assign(place=range(len(pairs))))
    last = bought.filter(bought.next_date.isnull()).select("customer_id", "number")
    follow = last.inner_join(best, "number").select("customer_id", "place", number="other")
    new = follow.anti_join(bought.select("customer_id", "number"), ["customer_id", "number"])
    first = new.group_by("customer_id").agg(place=new.place.min())
    return first.inner_join(best, "place").select("customer_id", number="other")
