"""Purchases of products: which customer bought what on which visit."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

# Lines that stand in sales files like goods and are none; compared whole, never as a part.
NOT_GOODS = (
    *("送料", "配送料", "送料手数料", "代引手数料", "代引き手数料", "代金引換手数料", "決済手数料"),
    *("手数料", "ラッピング料", "値引", "値引き", "割引", "クーポン", "ポイント利用", "調整金"),
    *("postage", "shipping", "delivery", "carriage", "dotcom postage", "handling", "discount"),
    *("manual", "bank charges", "amazon fee", "adjust bad debt", "adjustment", "gift wrapping"),
)
# Numbers of products held to be alike when customers are compared, in steps of about a half.
STEPS = (2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512)


def size_step(products: ir.IntegerValue) -> ir.IntegerValue:
    """Numbers of products in steps: 0 for one product, 1 for two, ... (`STEPS`)."""
    return sum(((products >= step).cast("int64") for step in STEPS), ibis.literal(0, "int64"))


def product_names(lines: ir.Table) -> ir.Table:
    """One row per product code: product, name (the one most lines have; ties alphabetically).

    Postage, fees and discounts by their usual names are no products (our rule) and left out.
    """
    counts = lines.group_by(["product_id", "product_name"]).agg(n=lines.count())
    best = ibis.window(
        group_by="product_id", order_by=[ibis.desc(counts.n), counts.product_name.asc()]
    )
    first = counts.mutate(place=ibis.row_number().over(best)).filter(ibis._.place == 0)
    named = first.select(product="product_id", name="product_name")
    return named.filter(~named.name.strip().lower().isin(NOT_GOODS))


def purchases(lines: ir.Table, names: ir.Table, visits: ir.Table) -> ir.Table:
    """One row per customer, day of a visit and product.

    Columns: customer_id, date, product, price (dearest unit price paid for it that day, minor
    units; null unknown), nth, previous_date, next_date (the visit's), size (different products
    bought that day). A returned line (quantity or amount below zero) is no purchase, and a day
    without a visit none either.
    """
    back = (lines.quantity < 0).fill_null(False) | (lines.amount < 0).fill_null(False)
    goods = lines.filter(~back).semi_join(names, lines.product_id == names.product)
    daily = goods.group_by(["customer_id", "date", "product_id"]).agg(price=goods.price.max())
    known = visits.select("customer_id", "date", "nth", "previous_date", "next_date")
    bought = daily.rename(product="product_id").inner_join(known, ["customer_id", "date"])
    day = ibis.window(group_by=["customer_id", "date"])
    return bought.mutate(size=bought.count().over(day))


def numbered(bought: ir.Table, names: ir.Table) -> ir.Table:
    """One row per product bought, numbered from 0 by customers, most first (ties by code).

    Columns: product, name, number, customers, visits (days of a customer with it).
    """
    counts = bought.group_by("product").agg(
        customers=bought.customer_id.nunique(), visits=bought.count()
    )
    order = ibis.window(order_by=[ibis.desc(counts.customers), counts["product"]])
    counts = counts.mutate(number=ibis.row_number().over(order).cast("int64"))
    joined = counts.inner_join(names, "product")
    return joined.select("product", "name", "number", "customers", "visits")
