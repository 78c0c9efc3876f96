"""Orders whose amount is far out of the shop's own range."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from toolkit.book.quality.far_out import far_out


def outliers(orders: ir.Table) -> ir.Table:
    """Orders, and returns, of an amount that is far out of the range of all orders (`far_out`).

    One row per order. Columns: customer_id, date, amount (minor units), undone (a return of the
    same amount by the same customer), undone_by (the order number of that return, null where there
    is none), order_id (null in a file without), source_file, source_row (the order's first). Such
    a return has no row of its own; one without its order has. No rows below 100 orders with money.
    Source: definitions, "Order out of proportion"; Tukey 1977.
    """
    least = far_out(orders, "amount")
    size = orders.amount.abs()
    far = orders.filter(size >= least if least is not None else ibis.literal(False))
    sold = far.filter(far.amount > 0)
    back = far.filter(far.amount < 0)
    keys = ["customer_id", "size"]
    returned = back.mutate(size=-back.amount).group_by(keys)
    returned = returned.agg(undone_by=ibis._.order_id.min(), undone=ibis.literal(True))
    matched = sold.mutate(size=sold.amount).left_join(returned, keys)
    alone = back.mutate(size=-back.amount).anti_join(sold.mutate(size=sold.amount), keys)
    columns = ["customer_id", "date", "amount", "undone", "undone_by"]
    columns += ["order_id", "source_file", "source_row"]
    return ibis.union(
        matched.mutate(undone=matched.undone.fill_null(False)).select(*columns),
        alone.mutate(undone=ibis.literal(False), undone_by=ibis.null("string")).select(*columns),
    )
