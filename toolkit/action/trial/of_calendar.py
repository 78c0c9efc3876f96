"""The rules of the follow-up calendar as campaigns: whom of each is not contacted, to compare."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from toolkit.action.calendar import FollowUp
from toolkit.action.economics import Economics
from toolkit.action.trial.campaign import (
    GROUP_COLUMNS,
    Control,
    assumed_uplift,
    control_of,
    decided,
    names_of,
    with_defaults,
)
from toolkit.action.trial.groups import CALENDAR, HOLD_OUT
from toolkit.settings import Settings


def campaigns_of_calendar(
    found: FollowUp,
    chances: pd.Series,
    economics: Economics,
    settings: Settings,
    earlier: pd.DataFrame | None = None,
) -> tuple[FollowUp, pd.DataFrame, tuple[Control, ...]]:
    """The calendar with its control groups, the names of their campaigns, and each rule's group.

    Every rule with `control` that has contacts is a campaign (`campaign_name`) of the list
    `calendar`: `control_share` of every layer and fifth of the chances is held out
    (`groups.assigned`), what a campaign of the same name decided before (`earlier`, names of
    earlier lists) stands. Those held out go from `made` into `control`; since they were taken
    before, no contact left out for theirs is made. `chances`: by customer_id; 0 where unknown.
    Names: GROUP_COLUMNS, one row per customer and campaign, in the order of the rules (due: the
    day of the contact; layer "" where there is none). Without a share the calendar stays as it is
    and there is no campaign. Our rules.
    """
    if earlier is not None:
        earlier = earlier[earlier.list == CALENDAR]
    table = with_defaults(found.made, economics)
    chance = table.customer_id.map(chances).astype(float)
    due = pd.to_datetime(table.date).dt.date.astype(object)
    table = table.assign(chance=chance, layer=table.layer.astype(object).fillna(""), due=due)
    responses = {name: way.response for name, way in found.rules.channels.items()}
    table = table.assign(uplift=assumed_uplift(table, economics, responses).fillna(0.0))
    names, controls, campaigns = [], [], {}
    for rule in found.rules.rule if settings.control_share else ():
        part = table[table.rule == rule.name]
        if not rule.control or part.empty:
            continue
        campaigns[rule.name] = campaign = campaign_name(settings, rule.name)
        before = decided(earlier, campaign)
        own = names_of(part, campaign, settings, before)
        told = own.assign(list=CALENDAR, campaign=campaign, closing_date=found.closing)
        names.append(told[list(GROUP_COLUMNS)])
        kept = own.customer_id.isin(before.index)
        told = control_of(CALENDAR, campaign, own, economics, kept)
        if part.chance.isna().all():
            told = replace(told, base=None, uplift=None, smallest=None, pool=None)
        controls.append(told)
    whole = pd.concat(names) if names else pd.DataFrame(columns=list(GROUP_COLUMNS))
    held = found.made.index.isin(whole.index[whole.group == HOLD_OUT])
    kept_out = found.made[held].reset_index(drop=True)
    made = found.made[~held].reset_index(drop=True)
    found = replace(found, made=made, control=kept_out, campaigns=campaigns)
    return found, whole.reset_index(drop=True), tuple(controls)


def campaign_name(settings: Settings, rule: str) -> str:
    """What the campaign of a rule is called: as the rule, after the name in `campaign`."""
    return f"{settings.campaign} {rule}" if settings.campaign else rule


def rule_of(campaign: str) -> tuple[str, str]:
    """The rule (whose name has no blank) a campaign of the calendar is of, and the name before
    it, "" without one."""
    before, _, rule = campaign.rpartition(" ")
    return rule, before
