"""What the shop sells, and how an order of about so many yen becomes product lines."""

from __future__ import annotations

import numpy as np
import pandas as pd

from toolkit.sample.shop import SampleShop

# Yen with tax, dearest last. Ⅱ exists in CP932 and not in plain Shift_JIS: a reader must know.
PRODUCTS = pd.DataFrame(
    [
        ("T-101", "有機ほうじ茶 100g", 1_080),
        ("T-102", "深蒸し煎茶 100g", 1_296),
        ("T-103", "国産ルイボスティー 30包", 1_620),
        ("T-104", "黒豆茶 40包", 1_980),
        ("T-105", "有機玄米茶 徳用 500g", 2_160),
        ("H-201", "梅肉エキス 60g", 2_484),
        ("H-202", "はちみつ黒酢 720ml", 2_980),
        ("H-203", "大麦若葉の青汁Ⅱ 30包", 3_240),
        ("H-204", "にんにく卵黄 62粒", 3_780),
        ("T-106", "茶師の一番茶 200g", 4_320),
        ("H-205", "発酵高麗人参 90粒", 4_980),
        ("G-301", "お茶の詰合せ 松", 5_400),
        ("H-206", "すっぽん黒酢 徳用 120粒", 6_480),
        ("H-207", "プロポリス 90粒", 7_980),
        ("G-302", "健康茶の詰合せ 寿", 9_800),
    ],
    columns=["product_id", "product_name", "price"],
)
SAMPLE_REQUEST = ("S-001", "お試しサンプル（無料）")


def fill_baskets(shop: SampleShop, target: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """Product lines for orders of about `target` yen.

    One row per order and product, in that order: order (position in `target`), product
    (position in PRODUCTS), quantity, amount (whole yen: price times quantity). No product
    stands twice in an order, so two equal rows in the file are always a fault of the file.
    """
    orders = np.arange(len(target))
    lines = np.where(
        rng.random(len(target)) < shop.multi_line_share, rng.integers(2, 4, len(target)), 1
    )
    order = np.repeat(orders, lines)
    weight = rng.uniform(0.6, 1.4, len(order))
    part = target[order] * weight / np.bincount(order, weight)[order]

    prices = PRODUCTS["price"].to_numpy()
    low = np.searchsorted(prices, part / 4)
    high = np.maximum(np.searchsorted(prices, part, side="right"), low + 1)
    product = np.minimum(low + (rng.random(len(part)) * (high - low)).astype(int), len(prices) - 1)
    quantity = np.maximum(1, np.rint(part / prices[product])).astype(int)

    key, place = np.unique(order * len(prices) + product, return_inverse=True)
    product = key % len(prices)
    quantity = np.bincount(place, quantity).astype(int)
    return pd.DataFrame(
        {
            "order": key // len(prices),
            "product": product,
            "quantity": quantity,
            "amount": quantity * prices[product],
        }
    )
