"""The follow-up calendar as people read it: dated names, and what every week comes to."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from toolkit.action import FollowUp
from toolkit.currency import decimals
from toolkit.report.amounts import in_major_units
from toolkit.report.layer_names import place_name
from toolkit.report.row_words import channel_name
from toolkit.report.spoken import in_all
from toolkit.words import Words

DATED = (
    *("date", "week_ahead", "customer_id", "follow_up", "channel", "place", "n_visits"),
    *("last_date", "contact_cost", "campaign", "sent"),
)


def dated_names(found: FollowUp, code: str, spoken: Sequence[Words]) -> pd.DataFrame:
    """One row per contact (columns: `DATED`): the day, the week it lies in, the customer, what is
    sent and how, where the customer stands, the cost in major units, the campaign it is of ("" for
    a rule without a control group), and `sent`, empty, for the day on which it was."""
    made = in_major_units(found.made, ["contact_cost"], code)
    made = made.assign(
        date=pd.to_datetime(made.date).dt.date,
        week_ahead=made.week,
        follow_up=_named(made.rule, titles(found, spoken)),
        channel=_channels(made.channel, spoken),
        place=_places(made, spoken),
        campaign=[found.campaigns.get(rule, "") for rule in made.rule],
        sent="",
    )
    return made.round({"contact_cost": decimals(code) + 2})[list(DATED)]


def weekly(found: FollowUp, code: str, spoken: Sequence[Words]) -> pd.DataFrame:
    """One row per week, rule and channel: week_ahead, starts, follow_up, channel, contacts, cost
    (major units); within a week in the order of the rules."""
    weeks = in_major_units(found.by_week(), ["cost"], code)
    place = weeks.rule.map({rule.name: i for i, rule in enumerate(found.rules.rule)})
    weeks = weeks.assign(place=place).sort_values(["week", "place"], ignore_index=True)
    weeks = weeks.assign(
        starts=pd.to_datetime(weeks.starts).dt.date,
        follow_up=_named(weeks.rule, titles(found, spoken)),
        channel=_channels(weeks.channel, spoken),
    ).rename(columns={"week": "week_ahead"})
    weeks = weeks.round({"cost": decimals(code) + 2})
    return weeks[["week_ahead", "starts", "follow_up", "channel", "contacts", "cost"]]


def by_rule(found: FollowUp, code: str, spoken: Sequence[Words]) -> pd.DataFrame:
    """`FollowUp.by_rule` with titles (follow_up) and channels in words, cost in major units."""
    table = in_major_units(found.by_rule(), ["cost"], code)
    named = _named(table.rule, titles(found, spoken))
    table = table.assign(channel=_channels(table.channel, spoken))
    table.insert(0, "follow_up", named)
    return table.drop(columns="rule")


def titles(found: FollowUp, spoken: Sequence[Words]) -> dict[str, str]:
    """What each rule is called, in all languages of the report."""
    rules = found.rules.rule
    told = in_all(spoken, lambda words: [rule.titled(words.language) for rule in rules])
    return dict(zip([rule.name for rule in rules], told, strict=True))


def _channels(channels: pd.Series, spoken: Sequence[Words]) -> pd.Series:
    names = list(channels.unique())
    told = in_all(spoken, lambda words: [channel_name(name, words) for name in names])
    return _named(channels, dict(zip(names, told, strict=True)))


def _places(made: pd.DataFrame, spoken: Sequence[Words]) -> pd.Series:
    state = made.active.map({True: "active", False: "lapsed"})
    keys = made.layer.str.cat(state, sep=" ") if len(made) else made.layer
    pairs = [key.split(" ") for key in keys.unique()]
    told = in_all(spoken, lambda words: [_place(layer, state, words) for layer, state in pairs])
    return _named(keys, dict(zip(keys.unique(), told, strict=True)))


def _place(layer: str, state: str, words: Words) -> str:
    if f"layer.{layer}" not in words:  # a file without amounts has no layers
        return words[f"state.{state}"]
    return place_name(layer, state, words)


def _named(values: pd.Series, names: dict[str, str]) -> pd.Series:
    return values.map(names).astype("str")
