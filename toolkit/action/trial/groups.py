"""Who of a list is held out, so that the effect of a contact can be measured."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pandas as pd

from toolkit.intake import CALENDAR_LIST

CALENDAR = CALENDAR_LIST  # to which the campaigns of the calendar's rules belong
CONTACT, HOLD_OUT = "contact", "hold_out"
BANDS = 5  # of the score, within a layer


def draw(campaign: str, seed: int, customer_id: str) -> float:
    """The place (0..1) of a customer in the drawing of lots for a campaign.

    From a SHA-256 of the three alone, so it is the same on every machine, in every order of rows,
    and whatever other customers there are.
    """
    told = "\x1f".join((campaign, str(seed), customer_id))
    digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def assigned(
    names: pd.DataFrame,
    campaign: str,
    share: float,
    seed: int = 0,
    strata: Sequence[str] = ("layer", "band"),
    earlier: pd.Series | None = None,
) -> pd.Series:
    """The group of every name of a list: `contact` or `hold_out`, in the order of the rows.

    `names`: one row per customer with customer_id and the columns `strata`. `share` (0..1) of
    every stratum is held out, taken by lot (`draw`): the lowest lots, rounded so that over all
    strata the share is met as well. `earlier` (group by customer_id) is what the campaign decided
    before: it stands, and lots fill up what is missing, so that a list made again a month later
    moves nobody. Our rule.
    """
    if names.empty:
        return pd.Series(dtype="object", index=names.index, name="group")
    kept = pd.Series(dtype="object") if earlier is None else earlier
    table = names[["customer_id", *strata]].reset_index(drop=True)
    table["lot"] = [draw(campaign, seed, each) for each in table.customer_id]
    table["group"] = table.customer_id.map(kept)
    table = table.sort_values([*strata, "lot", "customer_id"], kind="stable")
    sizes = table.groupby(list(strata), sort=True, observed=True).size()
    wanted = _parts(sizes, share)
    held = table.group.eq(HOLD_OUT).groupby([table[s] for s in strata], observed=True).sum()
    open_ = table.group.isna()
    nth = open_.groupby([table[s] for s in strata], observed=True).cumsum()
    room = (wanted - held).clip(lower=0)
    left = pd.Series(list(zip(*(table[s] for s in strata), strict=True)), table.index)
    room_of = left.map(dict(zip(_keys(room.index), room.to_numpy(), strict=True)))
    fresh = pd.Series(CONTACT, table.index).where(nth > room_of, HOLD_OUT)
    group = table.group.where(~open_, fresh).sort_index()
    return pd.Series(group.to_numpy(), names.index, name="group")


def bands(score: pd.Series, layer: pd.Series) -> pd.Series:
    """The band (0 lowest to 4) of each score among those of its layer, by rank; ties as they come
    in the order of the scores, equal bands in size but for one."""
    place = score.groupby(layer).rank(method="first") - 1
    size = score.groupby(layer).transform("size")
    return (place * BANDS // size).astype("int64")


def _keys(index: pd.Index) -> list[tuple]:
    return [each if isinstance(each, tuple) else (each,) for each in index]


def _parts(sizes: pd.Series, share: float) -> pd.Series:
    """How many of each stratum are held out: what is over one stratum is made up in the next."""
    upto = (sizes.cumsum() * share).add(0.5).floordiv(1).astype("int64")
    return upto.diff().fillna(upto).astype("int64").clip(upper=sizes)
