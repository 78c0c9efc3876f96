"""Campaigns with a control group: the contacted against those held out, as they were assigned."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from toolkit.action.trial.effect import SURE_NORMAL, Effect, effect_of, few_came, pooled
from toolkit.action.trial.followed import counted_once
from toolkit.action.trial.groups import CALENDAR, CONTACT, HOLD_OUT
from toolkit.action.trial.outcomes import FEWEST_DAYS
from toolkit.action.trial.sent import NEVER, SENT, UNKNOWN, crossed

TOO_EARLY, TOO_FEW, FEW_CAME = "too_early", "too_few", "few_came"
NAMES = {CONTACT: "contacted", HOLD_OUT: "held_out"}
COUNTS = ("contacted", "held_out", "reached", "crossed", "contacted_came", "held_out_came")
RATES = ("contacted_share", "held_out_share", "uplift", "uplift_low", "uplift_high")
MONEY = ("contacted_margin", "held_out_margin", "margin", "margin_low", "margin_high")
CAMPAIGN_COLUMNS = ("campaign", "list", "listed_on", "until", "days", "status", "judged")
ERRORS = ("uplift_error", "margin_error")
ADDED = ("counted", "follow_ups", "follow_up_cost")
TOLD = ("yes", FEW_CAME)  # of which an effect is told


def compared(names: pd.DataFrame) -> dict[str, Any]:
    """One campaign's figures: of each group how many there were and came, and the differences.

    `names`: one row per name as assigned, with group, chance (NaN where none was known before),
    came, margin (NaN without amounts) and reached. Gives COUNTS; the shares who came and the
    margin per name (minor units) of each group as they are; uplift and margin, the differences
    at equal chances (`effect.effect_of`) with their 95 % intervals and standard errors. None
    where there are too few names in a group, or no money. Where too few came for that
    (`effect.few_came`) the uplift is the plain difference with an interval for few, and there is
    no difference in margin.
    """
    of = {name: names.group == group for group, name in NAMES.items()}
    reached = int(names.reached[of["contacted"]].sum())
    row: dict[str, Any] = {"reached": reached, "crossed": crossed(names)}
    for name, group in of.items():
        row |= {name: int(group.sum()), f"{name}_came": int(names.came[group].sum())}
    score = None if names.chance.isna().any() else "chance"
    few = few_came(names)
    row |= _told("uplift", "share", few or effect_of(names, "came", score))
    no_money = few is not None or names.margin.isna().any()
    money = None if no_money else effect_of(names, "margin", score)
    means = {f"{name}_margin": names.margin[group].mean() for name, group in of.items()}
    return row | _told("margin", "margin", money) | means | {"few": few is not None}


def campaign_rows(names: pd.DataFrame, waves: pd.DataFrame, closing: dt.date) -> pd.DataFrame:
    """One row per campaign and list, the oldest first, one for its names of whom it is not known
    whether they were sent, and one for each wave never sent.

    Columns: CAMPAIGN_COLUMNS (listed_on: closing date of the first list; until: last day looked
    at; days: of the longest window; status: `sent.waves_of`; judged: yes; few_came, with an
    uplift but no difference in money; or why there is neither: never_sent, unknown, too_early,
    too_few), COUNTS, RATES, MONEY (minor units), ERRORS and ADDED (counted: names contacted that
    earn for this campaign, `followed.counted_once`; follow_ups and follow_up_cost, in minor units:
    of the calendar with names of either group, `followed.with_follow_ups`).
    """
    rows = []
    for (campaign, listed, status), part in names.groupby(["campaign", "list", "status"]):
        days = max((u - s).days for s, u in zip(part.since, part.until, strict=True))
        row = compared(part) | part[list(ADDED[1:])].sum().to_dict()
        few = row.pop("few")
        judged = _judged(row, days, status == SENT, few)
        if judged not in TOLD:
            row = {k: v if k in COUNTS[:4] else None for k, v in row.items()}
        about = (campaign, listed, part.closing_date.min(), part.until.max(), days, status, judged)
        rows.append(dict(zip(CAMPAIGN_COLUMNS, about, strict=True)) | row)
    for key, part in waves[waves.status == NEVER].groupby(["campaign", "list", "closing_date"]):
        sizes = part.group.value_counts()
        about = (*key, closing, (closing - key[2]).days, NEVER, NEVER)
        counts = {"contacted": sizes.get(CONTACT, 0), "held_out": sizes.get(HOLD_OUT, 0)}
        row = dict(zip(CAMPAIGN_COLUMNS, about, strict=True)) | counts
        rows.append(row | {"reached": 0, "crossed": crossed(part)})
    columns = [*CAMPAIGN_COLUMNS, *COUNTS, *RATES, *MONEY, *ERRORS, *ADDED]
    table = pd.DataFrame(rows, columns=columns)
    counts = dict.fromkeys((*COUNTS, *ADDED[:2], "days"), "Int64")
    table = table.astype(counts | dict.fromkeys((*RATES, *MONEY, *ERRORS, ADDED[2]), "float64"))
    table = table.assign(counted=_counted(names, table))
    return table.sort_values(["listed_on", "campaign", "list"], kind="stable", ignore_index=True)


def _judged(row: dict[str, Any], days: int, sent: bool, few: bool) -> str:
    """Whether an effect is told of a campaign, and if not, why."""
    if days < FEWEST_DAYS:
        return TOO_EARLY
    if not sent:
        return UNKNOWN
    if row["uplift"] is None:
        return TOO_FEW
    return FEW_CAME if few else TOLD[0]


def _counted(names: pd.DataFrame, table: pd.DataFrame) -> pd.Series:
    """The names contacted that earn for each campaign with a figure in money."""
    paid = table[table.margin.notna()]
    of_lists = paid[paid.list != CALENDAR]
    lists = set(zip(of_lists.campaign, of_lists.list, strict=True))
    sent = names[names.status == SENT]
    own = sent[counted_once(sent, lists) & sent.group.eq(CONTACT)] if len(sent) else sent
    sizes = own.groupby(["campaign", "list"]).size()
    found = [sizes.get(key, 0) for key in zip(table.campaign, table.list, strict=True)]
    return pd.Series(found, table.index, dtype="Int64").where(table.margin.notna())


def together(campaigns: pd.DataFrame, outcome: str) -> tuple[float, float, float] | None:
    """An effect over all campaigns judged, by inverse variance, with its 95 % interval
    (`effect.pooled`): `outcome` is uplift (share)."""
    told = campaigns[campaigns[outcome].notna()]
    pairs = list(zip(told[outcome], told[f"{outcome}_error"], strict=True))
    if len(pairs) == 1:
        only = told.iloc[0]
        return float(only[outcome]), float(only[f"{outcome}_low"]), float(only[f"{outcome}_high"])
    found = pooled(pairs)
    if found is None:
        return None
    value, error = found
    return value, value - SURE_NORMAL * error, value + SURE_NORMAL * error


def earned(campaigns: pd.DataFrame) -> tuple[float, float, float] | None:
    """What all contacts judged have earned (minor units): the sum of margin per name x names
    that count (`counted`), and its 95 % interval (campaigns are independent of each other)."""
    told = campaigns[campaigns.margin.notna() & (campaigns.counted > 0)]
    if told.empty:
        return None
    value = float((told.margin * told.counted).sum())
    half = SURE_NORMAL * float(((told.margin_error * told.counted) ** 2).sum()) ** 0.5
    if len(told) == 1:  # by Student's t, as its own row tells it
        half = float((told.margin_high - told.margin).iloc[0] * told.counted.iloc[0])
    return value, value - half, value + half


def _told(name: str, each: str, effect: Effect | None) -> dict[str, float | None]:
    columns = (f"contacted_{each}", f"held_out_{each}", name, f"{name}_low", f"{name}_high")
    columns += (f"{name}_error",)
    if effect is None:
        return dict.fromkeys(columns)
    found = (effect.contacted, effect.held_out, effect.value, effect.low, effect.high, effect.error)
    return dict(zip(columns, found, strict=True))
