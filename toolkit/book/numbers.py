"""Customers by number: what the book counts with, and the way back to the client's own ids."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir


def number_customers(orders: ir.Table, ids: ir.Table | None) -> tuple[ir.Table, ir.Table]:
    """The orders with the number of the customer as `customer_id`, and the ids by number.

    The second table has one row per customer: customer (the number), id (as the file has it).
    Sorting and grouping ten million orders by a number takes little more than half the time it
    takes by text. Intake hands both on (`customer` of the orders, `ids`); for orders from
    elsewhere the numbers are given here.
    """
    if ids is None:
        distinct = orders.select(id="customer_id").distinct()
        order = ibis.window(order_by="id")
        ids = distinct.mutate(customer=ibis.row_number().over(order).cast("int32")).cache()
        orders = orders.inner_join(ids, orders.customer_id == ids.id)
    return orders.mutate(customer_id="customer").drop("customer"), ids


def named(table: ir.Table, ids: ir.Table) -> ir.Table:
    """A table of customers by number with the client's own ids as `customer_id`."""
    columns = table.columns
    own = table.inner_join(ids, table.customer_id == ids.customer)
    return own.mutate(customer_id="id").select(*columns)


def numbered(table: ir.Table, ids: ir.Table) -> ir.Table:
    """A table with the client's own ids with the numbers instead; strangers have none and go.

    Where the table has the numbers beside them (`customer`, from intake), nothing is looked up.
    """
    columns = [name for name in table.columns if name != "customer"]
    if "customer" in table.columns:
        return table.mutate(customer_id="customer").select(*columns)
    known = table.inner_join(ids, table.customer_id == ids.id)
    return known.mutate(customer_id="customer").select(*columns)
