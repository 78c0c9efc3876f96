"""Everything the customers really bought within the file, before any dirt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.sample.catalogue import fill_baskets
from toolkit.sample.people import draw_people
from toolkit.sample.season import ShopClock
from toolkit.sample.shop import SampleShop

FIRST_NUMBER = 100_001


@dataclass(frozen=True)
class Trade:
    """The clean truth: people (one row per customer in the file, column customer_id added),
    orders (one row per order) and lines (one row per order and product)."""

    people: pd.DataFrame
    orders: pd.DataFrame
    lines: pd.DataFrame


def run_shop(shop: SampleShop) -> Trade:
    """Let the shop trade from its first date to its closing date; the same seed, the same shop."""
    people = draw_people(shop, np.random.default_rng([shop.seed, 1]))
    rng = np.random.default_rng([shop.seed, 2])
    bought = _purchases(shop, people, rng)

    # Numbers are given as people come; those gone before the file started are in no file.
    seen = np.unique(bought["person"])
    people = people.iloc[seen].reset_index(drop=True)
    people.insert(0, "customer_id", (FIRST_NUMBER + seen).astype(str))
    orders = _stamped(shop, people, bought, np.searchsorted(seen, bought["person"]), rng)

    typical = people["order_yen"].to_numpy()[orders["person"]]
    target = typical * np.exp(shop.order_spread * rng.standard_normal(len(orders)))
    target = np.clip(target, shop.lowest_order_yen, shop.highest_order_yen)
    lines = fill_baskets(shop, target, rng)
    amounts = np.bincount(lines["order"], lines["amount"], minlength=len(orders))
    orders["amount"] = amounts.astype(np.int64)
    return Trade(people, orders.drop(columns="person"), lines)


def _purchases(
    shop: SampleShop, people: pd.DataFrame, rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """Person and day of every purchase in the file: all customers' nth purchases at a time."""
    clock = ShopClock(shop)
    person = np.arange(len(people))
    day = people["came"].to_numpy()
    left, rhythm, pause_after, pause_days = (
        people[name].to_numpy() for name in ("left", "rhythm_days", "pause_after", "pause_days")
    )
    made, nth = [(person, day)], 1
    while len(person):
        gap = rng.gamma(shop.gap_shape, rhythm[person] / shop.gap_shape)
        day = clock.days(clock.time(day) + gap)
        day = day + np.where(pause_after[person] == nth, pause_days[person], 0.0)
        stays = (day <= left[person]) & (day < shop.days)
        person, day, nth = person[stays], day[stays], nth + 1
        made.append((person, day))
    who, when = (np.concatenate(part) for part in zip(*made, strict=True))
    inside = when >= 0
    return {"person": who[inside], "day": np.floor(when[inside]).astype(int)}


def _stamped(
    shop: SampleShop,
    people: pd.DataFrame,
    bought: dict[str, np.ndarray],
    person: np.ndarray,
    rng: np.random.Generator,
) -> pd.DataFrame:
    # The hour from eight to before ten at night, most towards noon.
    minute = (480 + 839 * rng.beta(2.0, 2.6, len(person))).astype(int)
    frame = pd.DataFrame({"person": person, "day": bought["day"], "minute": minute})
    frame = frame.sort_values(["day", "minute", "person"], kind="stable", ignore_index=True)
    date = np.datetime64(shop.first_date, "s") + frame["day"].to_numpy() * np.timedelta64(
        86_400, "s"
    )
    return pd.DataFrame(
        {
            "order_id": order_numbers(date, frame.groupby("day").cumcount().to_numpy() + 1),
            "customer_id": people["customer_id"].to_numpy()[frame["person"]],
            "ordered_at": date + frame["minute"].to_numpy() * np.timedelta64(60, "s"),
            "person": frame["person"],
        }
    )


def order_numbers(date: np.ndarray, nth: np.ndarray) -> np.ndarray:
    """Order numbers as a slip printer gives them: the date as yymmdd, a dash, the day's count."""
    # Written once per day, not per order: a million orders fall on two thousand days.
    days, at = np.unique(date.astype("datetime64[D]"), return_inverse=True)
    prefix = pd.Series(pd.DatetimeIndex(days).strftime("%y%m%d-"), dtype="str").iloc[at]
    return (prefix.reset_index(drop=True) + pd.Series(nth).astype("str").str.zfill(5)).to_numpy()
