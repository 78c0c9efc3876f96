"""The lists as campaigns: who of each is held out, and what that can prove."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from toolkit.action.economics import LETTER, Economics
from toolkit.action.sending import meant
from toolkit.action.trial.groups import CALENDAR, CONTACT, HOLD_OUT, assigned, bands
from toolkit.action.trial.sizes import campaigns_to_pool, smallest_uplift
from toolkit.settings import Settings

LISTS = ("winback", "about_to_lapse", "golden")  # who is on several belongs to the first
GROUP_COLUMNS = (
    *("customer_id", "list", "campaign", "closing_date", "group", "chance", "layer", "band"),
    *("channel", "contact_cost", "offer_cost", "margin_share", "due"),
)


@dataclass(frozen=True)
class Control:
    """The control group of a list, or of a rule of the calendar (list `calendar`).

    list, campaign: names; contacted, held_out: customers of each group; kept: those of them whose
    group an earlier run decided. base: mean chance without contact, uplift: mean assumed effect,
    smallest: smallest effect such groups find four times in five (all shares; smallest is None
    where they find none). pool: campaigns of this size to put together for the assumed effect,
    None beyond a hundred or without a control group. Where no chance is known, none of these four.
    """

    list: str
    campaign: str
    contacted: int
    held_out: int
    kept: int
    base: float | None
    uplift: float | None
    smallest: float | None
    pool: int | None

    @property
    def proves(self) -> bool:
        """Whether one campaign can show the assumed effect."""
        known = self.smallest is not None and self.uplift is not None
        return known and self.smallest <= self.uplift


def campaigns_of(
    lists: Mapping[str, pd.DataFrame | None],
    economics: Economics,
    settings: Settings,
    closing: dt.date,
    earlier: pd.DataFrame | None = None,
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame, tuple[Control, ...]]:
    """The lists with their groups, the names of all campaigns, and each list's control group.

    `lists`: by name, in the order of LISTS, each with customer_id, layer, chance and, where there
    are such, send, channel and contact_cost. Each gains `group` (contact, hold_out; None for those
    who are not worth a contact, `sending.meant`: they are not part of the campaign) and, without
    one, `channel`. Names: one row per customer who is part of a campaign, with GROUP_COLUMNS
    (closing_date is `closing`; costs in minor units; due: None); who is on several lists counts
    with the first and has its group on all. `control_share` of every layer and fifth of the chances
    is held out (`groups.assigned`); what a campaign of the same name decided before (`earlier`,
    names of earlier lists) stands. Without a share nobody is held out. Our rules.
    """
    found, names, controls = {}, [], []
    taken = pd.Series(dtype="object")
    if earlier is not None:
        earlier = earlier[earlier.list != CALENDAR]
    for name in LISTS:
        if lists.get(name) is None:
            continue
        table = with_defaults(lists[name], economics)
        campaign = settings.campaign or name
        before = decided(earlier, campaign) if settings.control_share else pd.Series(dtype=object)
        part = meant(table)
        own = names_of(part[~part.customer_id.isin(taken.index)], campaign, settings, before)
        taken = pd.concat([taken, own.set_index("customer_id").group])
        group = part.customer_id.map(taken).reindex(table.index).astype(object)
        shown = [*lists[name].columns, *(["channel"] if "channel" not in lists[name] else [])]
        found[name] = table[shown].assign(group=group.where(group.notna(), None))
        if own.empty and not _has_money(table):  # no campaign
            continue
        names.append(own.assign(list=name, campaign=campaign, closing_date=closing, due=None))
        controls.append(
            control_of(name, campaign, own, economics, own.customer_id.isin(before.index))
        )
    whole = pd.concat(names, ignore_index=True) if names else pd.DataFrame(columns=GROUP_COLUMNS)
    return found, whole[list(GROUP_COLUMNS)], tuple(controls)


def _has_money(table: pd.DataFrame) -> bool:
    return "priority" in table and bool(table.priority.notna().any())


def with_defaults(table: pd.DataFrame, economics: Economics) -> pd.DataFrame:
    """The list with every column the names of a campaign have."""
    usual = {
        "channel": LETTER,
        "contact_cost": economics.contact_cost,
        "offer_cost": economics.offer_cost,
        "margin_share": economics.margin_share,
    }
    return table.assign(**{name: usual[name] for name in usual if name not in table})


def names_of(
    part: pd.DataFrame, campaign: str, settings: Settings, before: pd.Series
) -> pd.DataFrame:
    """The names of one campaign, in the order of their customers, with band and group."""
    part = part.sort_values("customer_id", kind="stable")
    part = part.assign(chance=part.chance.astype(float).fillna(0.0))
    part = part.assign(band=bands(part.chance, part.layer))
    return part.assign(
        group=assigned(part, campaign, settings.control_share, earlier=before),
    )


def decided(earlier: pd.DataFrame | None, campaign: str) -> pd.Series:
    """The groups of a campaign as they were first decided, by customer."""
    if earlier is None:
        return pd.Series(dtype="object")
    same = earlier[(earlier.campaign == campaign) & (earlier.group != "")].sort_values(
        "closing_date", kind="stable"
    )
    return same.drop_duplicates("customer_id").set_index("customer_id").group


def assumed_uplift(
    names: pd.DataFrame, economics: Economics, responses: Mapping[str, float]
) -> pd.Series:
    """The assumed effect of a contact with each name by its channel: kappa x `responses` x chance x
    (1 - chance); the response is a letter's for other channels."""
    response = names.channel.map(dict(responses)).astype(float).fillna(1.0)
    return economics.kappa[1] * response * names.chance * (1 - names.chance)


def _uplift(own: pd.DataFrame, economics: Economics) -> pd.Series:
    """The assumed effect on each name: the list's own where it tells one."""
    responses = {name: way.response for name, way in economics.channels.items()}
    by_channel = assumed_uplift(own, economics, responses)
    if "uplift" not in own:
        return by_channel.astype(float)
    return own.uplift.astype(float).fillna(by_channel)


def control_of(
    name: str, campaign: str, own: pd.DataFrame, economics: Economics, kept: pd.Series
) -> Control:
    """The control group of a campaign's names (`names_of`); kept: who was in a group before."""
    contacted, held = int((own.group == CONTACT).sum()), int((own.group == HOLD_OUT).sum())
    chance = own.chance
    base = float(chance.mean()) if len(own) else 0.0
    uplift = float(_uplift(own, economics).mean()) if len(own) else 0.0
    return Control(
        name,
        campaign,
        contacted,
        held,
        int(kept.sum()),
        base,
        uplift,
        smallest_uplift(base, contacted, held),
        campaigns_to_pool(base, uplift, contacted, held),
    )
