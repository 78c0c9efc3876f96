"""What happens to a clean record in a real shop: slips, guests, sample requests, doubled rows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from toolkit.sample.catalogue import PRODUCTS, SAMPLE_REQUEST
from toolkit.sample.orders import Trade, order_numbers
from toolkit.sample.shop import SampleShop

SHIPPED, CANCELLED, RETURNED = "出荷済", "キャンセル", "返品"
COLUMNS = [
    "order_id",
    "ordered_at",
    "customer_id",
    "channel",
    "product_id",
    "product_name",
    "quantity",
    "amount",
    "state",
]


def soil(shop: SampleShop, trade: Trade) -> tuple[pd.DataFrame, list[str]]:
    """All rows of the sales file in its order, and the numbers of those who never bought.

    One row per order and product line, columns as COLUMNS (amounts still whole yen). The clean
    orders stand in it untouched, with the numbers they have in `trade`; cancelled orders,
    refund slips, guest orders and sample requests are added with numbers of their own.
    """
    rng = np.random.default_rng([shop.seed, 3])
    clean = _clean_rows(shop, trade, rng)
    zero, never_bought = _sample_requests(shop, trade, rng)
    slips = [make(shop, trade, clean, rng) for make in (_cancelled, _guests, _refunds)]
    added = _numbered(pd.concat([*slips, zero]), trade)

    rows = pd.concat([clean[COLUMNS], added[COLUMNS]], ignore_index=True)
    # The number begins with the day, and a day has fewer than 100,000 slips.
    rows = rows.sort_values("order_id", kind="stable", ignore_index=True)
    doubled = np.zeros(len(rows), dtype=int)
    doubled[_picked(len(rows), shop.duplicate_share, rng)] = 1
    rows = rows.iloc[np.repeat(np.arange(len(rows)), 1 + doubled)]
    return rows.reset_index(drop=True), never_bought


def _clean_rows(shop: SampleShop, trade: Trade, rng: np.random.Generator) -> pd.DataFrame:
    channel = rng.choice(
        ["WEB", "電話", "はがき"],
        size=len(trade.orders),
        p=[shop.web_share, (1 - shop.web_share) * 0.8, (1 - shop.web_share) * 0.2],
    )
    lines = trade.lines
    at = lines["order"].to_numpy()
    rows = trade.orders.drop(columns="amount").iloc[at].reset_index(drop=True)
    rows["order"] = at
    rows["channel"] = channel[at]
    for name in ("product_id", "product_name"):
        rows[name] = PRODUCTS[name].to_numpy()[lines["product"]]
    rows["quantity"] = lines["quantity"].to_numpy()
    rows["amount"] = lines["amount"].to_numpy()
    rows["state"] = SHIPPED
    return rows


def _picked(count: int, share: float, rng: np.random.Generator) -> np.ndarray:
    """Exactly this share of `count` places, in order."""
    return np.sort(rng.choice(count, size=round(count * share), replace=False))


def _copied(
    trade: Trade, clean: pd.DataFrame, orders: np.ndarray, days: np.ndarray
) -> pd.DataFrame:
    """The rows of these orders, moved by so many days; `batch` keeps an order's rows together."""
    moved = np.full(len(trade.orders), -1)
    moved[orders] = np.arange(len(orders))
    rows = clean[moved[clean["order"]] >= 0].copy()
    rows["batch"] = moved[rows["order"]]
    shift = days[rows["batch"]] * np.timedelta64(86_400, "s")
    rows["ordered_at"] = rows["ordered_at"] + shift
    return rows


def _cancelled(
    shop: SampleShop, trade: Trade, clean: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Ordered, cancelled, and mostly ordered again differently within three days."""
    orders = _picked(len(trade.orders), shop.cancelled_share, rng)
    rows = _copied(trade, clean, orders, -rng.integers(0, 4, len(orders)))
    rows = rows[rows["ordered_at"] >= pd.Timestamp(shop.first_date)]
    return rows.assign(state=CANCELLED, extra="cancelled")


def _guests(
    shop: SampleShop, trade: Trade, clean: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Orders of people who never gave a number: the web shop lets them buy as guests."""
    orders = _picked(len(trade.orders), shop.guest_share, rng)
    days = rng.integers(-6, 7, len(orders))
    rows = _copied(trade, clean, orders, days)
    rows = rows[_inside(shop, rows["ordered_at"])]
    return rows.assign(customer_id="", channel="WEB", extra="guest")


def _refunds(
    shop: SampleShop, trade: Trade, clean: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """One line sent back three to twenty days later: a slip of its own, with a negative amount."""
    orders = _picked(len(trade.orders), shop.refund_share, rng)
    rows = _copied(trade, clean, orders, rng.integers(3, 21, len(orders)))
    rows = rows.drop_duplicates("batch")
    rows = rows[_inside(shop, rows["ordered_at"])]
    return rows.assign(amount=-rows["amount"], state=RETURNED, extra="refund")


def _sample_requests(
    shop: SampleShop, trade: Trade, rng: np.random.Generator
) -> tuple[pd.DataFrame, list[str]]:
    """Free samples sent for: before the first purchase, or by people who then never bought."""
    count = round(len(trade.orders) * shop.zero_share)
    alone = round(count * shop.zero_only_share)
    first = trade.orders.drop_duplicates("customer_id")
    new = trade.people.loc[trade.people["came"] >= 31, "customer_id"]
    first = first[first["customer_id"].isin(new)]
    asked = first.iloc[np.sort(rng.choice(len(first), min(count - alone, len(first)), False))]
    before = rng.integers(4, 31, len(asked)) * np.timedelta64(86_400, "s")
    start = np.datetime64(shop.first_date, "s")
    days = rng.integers(0, shop.days, alone) * 86_400 + rng.integers(480, 1_320, alone) * 60
    highest = int(trade.people["customer_id"].iloc[-1])
    never = [str(highest + 1 + i) for i in range(alone)]
    when = [(asked["ordered_at"] - before).to_numpy(), start + days * np.timedelta64(1, "s")]
    rows = pd.DataFrame(
        {
            "customer_id": np.concatenate(
                [asked["customer_id"].to_numpy(), np.array(never, object)]
            ),
            "ordered_at": np.concatenate(when),
            "channel": rng.choice(["はがき", "WEB"], size=len(asked) + alone),
        }
    )
    rows[["product_id", "product_name"]] = SAMPLE_REQUEST
    rows["batch"] = np.arange(len(rows))
    return rows.assign(quantity=1, amount=0, state=SHIPPED, extra="zero"), never


def _inside(shop: SampleShop, when: pd.Series) -> pd.Series:
    last = pd.Timestamp(shop.closing_date) + pd.Timedelta(days=1)
    return (when >= pd.Timestamp(shop.first_date)) & (when < last)


def _numbered(extras: pd.DataFrame, trade: Trade) -> pd.DataFrame:
    """Give every added slip the next free number of its day."""
    slips = extras.drop_duplicates(["extra", "batch"]).sort_values("ordered_at", kind="stable")
    day = slips["ordered_at"].dt.normalize()
    taken = trade.orders["ordered_at"].dt.normalize().value_counts()
    nth = slips.groupby(day).cumcount() + 1 + day.map(taken).fillna(0).astype(int)
    slips = slips.assign(order_id=order_numbers(day.to_numpy(), nth.to_numpy()))
    extras = extras.drop(columns="order_id", errors="ignore")
    return extras.merge(slips[["extra", "batch", "order_id"]], on=["extra", "batch"])
