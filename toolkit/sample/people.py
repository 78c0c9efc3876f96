"""The customers: when each really comes, how each buys, when each really leaves."""

from __future__ import annotations

import numpy as np
import pandas as pd

from toolkit.sample.shop import SampleShop

KINDS = ("regular", "comeback", "one_time", "campaign")


def draw_people(shop: SampleShop, rng: np.random.Generator) -> pd.DataFrame:
    """One row per customer who ever came, in order of coming; some before the file starts.

    Columns: kind (one of KINDS), came (calendar days from the first date, negative before it),
    left (days, infinite when still a customer at the closing date), rhythm_days, order_yen
    (the customer's own typical order), pause_after (purchases before the long silence, 0 for
    none), pause_days.
    """
    groups = [_newcomers(shop, rng), _old(shop, rng)]
    for date, share in zip(shop.campaign_dates, shop.campaign_shares, strict=True):
        groups.append(_campaign(shop, rng, (date - shop.first_date).days, share))
    return pd.concat(groups).sort_values("came", kind="stable", ignore_index=True)


def _newcomers(shop: SampleShop, rng: np.random.Generator) -> pd.DataFrame:
    share = 1 - shop.old_share - sum(shop.campaign_shares)
    count = round(shop.customers * share)
    # A level stream with months a little better and worse, as every shop's advertising has.
    edges = np.linspace(0, shop.days, max(2, round(shop.days / 30.44)) + 1)
    weights = np.clip(1 + shop.acquisition_swing * rng.standard_normal(len(edges) - 1), 0.1, None)
    month = rng.choice(len(weights), size=count, p=weights / weights.sum())
    came = edges[month] + rng.random(count) * np.diff(edges)[month]
    kind = rng.choice(
        ["one_time", "comeback", "regular"],
        size=count,
        p=[
            shop.one_time_share,
            (1 - shop.one_time_share) * shop.comeback_share,
            (1 - shop.one_time_share) * (1 - shop.comeback_share),
        ],
    )
    return _grown(shop, rng, came, kind)


def _old(shop: SampleShop, rng: np.random.Generator) -> pd.DataFrame:
    """Candidates who came before the file; those without a purchase in it are dropped later."""
    wanted = round(shop.customers * shop.old_share)
    came = -rng.random(wanted * 4) * shop.history_years * 365.25
    people = _grown(shop, rng, came, np.repeat("regular", len(came)))
    # Silent for their last rhythm at most, or the file would not know them any more.
    stayed = people[people["left"] > people["rhythm_days"] * rng.random(len(people))]
    return stayed.iloc[:wanted]


def _campaign(shop: SampleShop, rng: np.random.Generator, start: int, share: float) -> pd.DataFrame:
    """A feature on television: many at once, keen for some months, then gone."""
    count = round(shop.customers * share)
    # Most ring on the first days: the share still to come halves every quarter of the campaign.
    came = start + shop.campaign_days * np.clip(rng.exponential(0.36, count), 0, 0.999)
    people = _grown(shop, rng, came, np.repeat("campaign", count))
    low, high = shop.campaign_stay_days
    people["left"] = _within(shop, came + rng.uniform(low, high, count))
    people["rhythm_days"] = shop.campaign_rhythm_days * rng.gamma(8.0, 1 / 8.0, count)
    people["order_yen"] *= shop.campaign_spend_ratio
    return people


def _grown(
    shop: SampleShop, rng: np.random.Generator, came: np.ndarray, kind: np.ndarray
) -> pd.DataFrame:
    count = len(came)
    rhythm = rng.gamma(shop.rhythm_shape, shop.rhythm_days / shop.rhythm_shape, count)
    pause = rng.uniform(*shop.pause_days, count) * (kind == "comeback")
    left = leaving_days(shop, came, rng) + pause
    left = np.where(kind == "one_time", came, left)
    return pd.DataFrame(
        {
            "kind": kind,
            "came": came,
            "left": _within(shop, left),
            "rhythm_days": np.maximum(rhythm, shop.shortest_rhythm_days),
            "order_yen": shop.order_yen * np.exp(shop.customer_spread * rng.standard_normal(count)),
            "pause_after": rng.integers(2, 5, count) * (kind == "comeback"),
            "pause_days": pause,
        }
    )


def leaving_days(shop: SampleShop, came: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The day each customer leaves for good: a hazard in calendar time, times a personal factor.

    The hazard is `leave_per_year` until `worsening_months` before the closing date, then rises
    in a quarter of a year to `worsening_factor` times that. The personal factor is gamma with
    mean 1, so that the fickle go early and the loyal remain. Infinite: not within the file.
    """
    days = np.arange(-int(shop.history_years * 366) - 2, shop.days + 1)
    worse = shop.days - round(shop.worsening_months * 30.44)
    ramp = np.clip((days - worse) / 91.0, 0, 1)
    hazard = shop.leave_per_year / 365.25 * (1 + (shop.worsening_factor - 1) * ramp)
    burden = np.concatenate([[0.0], np.cumsum(hazard)[:-1]])
    personal = rng.gamma(shop.leave_shape, 1 / shop.leave_shape, len(came))
    bearable = rng.exponential(1.0, len(came)) / np.maximum(personal, 1e-9)
    return np.interp(np.interp(came, days, burden) + bearable, burden, days, right=np.inf)


def _within(shop: SampleShop, left: np.ndarray) -> np.ndarray:
    return np.where(left < shop.days, left, np.inf)
