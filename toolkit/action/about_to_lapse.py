"""About to lapse: active customers about to be lost, and the day by which to act."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.action.active import by_best_channel, with_days
from toolkit.action.economics import LETTER, Economics
from toolkit.action.reach import first_open, reachable
from toolkit.action.score import MONEY_PLACES, SCORE_COLUMNS, decided
from toolkit.frames import frame

RISKS = ("silent", "unusual", "line", "contract")
NEVER = 1_000_000  # days: no risk of this kind
LAPSE_COLUMNS = (
    "rank",
    "customer_id",
    "decision",
    "send",
    "layer",
    "act_by",
    "risk",
    "risk_date",
    "last_date",
    "gap_days",
    "usual_days",
    "silence_chance",
    "n_visits",
    "amount",
    "chance",
    "spend_per_visit",
    "visits_if_comes",
    "margin_share",
    "margin_if_returns",
    "expected_loss",
    "channel",
    "contact_cost",
    "offer_cost",
    *SCORE_COLUMNS,
)


@dataclass(frozen=True)
class Notice:
    """When a contact falls due. closing: the closing date; lapse_days: the lapse line; near_days:
    a contact that falls due within so many days after the closing date is due (`Book.near_days`);
    notice_days: how long before the risk."""

    closing: dt.date
    lapse_days: int
    near_days: int
    notice_days: int

    @property
    def before_silence(self) -> int:
        """Days of notice before a silence becomes a risk: at most a quarter of the lapse line, so
        that a short line does not call for half of everybody (our rule)."""
        return min(self.notice_days, self.lapse_days // 4)


def with_risks(active: ir.Table, notice: Notice) -> ir.Table:
    """The active customers with what threatens to lose them first, in days after the closing date.

    Adds risk (`silent`: the silence is unusual already; `unusual`: it becomes so; `line`: the lapse
    line passes; `contract`: the contract ends), risk_in (days to the first of these still ahead, 1
    or more), act_in (days to the last day to act: the notice before it, 1 or more; 1 where the
    silence is unusual already) and due (act_in is within near_days). A silence that is not yet
    late counts by the line alone. Source: definitions, "About to lapse" (our rule).
    """
    never = ibis.literal(NEVER)
    gap = active.gap_days
    late = (gap >= active.late_days).fill_null(False)
    silent = (gap >= active.unusual_days).fill_null(False)
    unusual = (late & ~silent).ifelse(active.unusual_days - gap, never).fill_null(never)
    line = notice.lapse_days - gap
    ends = active.contract_end.delta(ibis.literal(notice.closing), unit="day").fill_null(0)
    contract = (ends > 0).ifelse(ends, never)
    silence = ibis.least(unusual, line)
    by_silence = ibis.greatest(silence - notice.before_silence, 1)
    by_contract = ibis.greatest(contract - notice.notice_days, 1)
    first = ibis.least(silence, contract)
    risk = ibis.cases(
        (silent, "silent"), (contract == first, "contract"), (unusual == first, "unusual"),
        else_="line",
    )  # fmt: skip
    act_in = silent.ifelse(1, ibis.least(by_silence, by_contract))
    found = active.mutate(risk=risk, risk_in=first, act_in=act_in)
    return found.mutate(due=found.act_in <= notice.near_days)


def about_to_lapse(
    risks: ir.Table, notice: Notice, economics: Economics | None, *channels: str
) -> pd.DataFrame:
    """The active customers whose contact falls due, first those to be contacted, best first.

    One row per customer of `with_risks` who is due. Columns: rank (1, 2, ...), customer_id,
    decision (`score.decided`), send (whether the contact is to be made), layer, act_by (the last
    day to act, after the closing date), risk
    (`RISKS`), risk_date (the first day of risk still ahead; never before act_by), last_date,
    gap_days, usual_days, silence_chance (`rhythm.silences`), n_visits, amount (minor units), chance
    (p0), spend_per_visit (minor units), visits_if_comes, margin_share, margin_if_returns (minor
    units, `active.with_margin`), expected_loss ((1 - p0) x margin_if_returns, minor units), channel
    (`active.by_best_channel`), contact_cost, offer_cost (minor units), uplift, break_even,
    priority, priority_low, priority_high, kappa_low, kappa, kappa_high (`score.scored`, of the
    channel). Without `economics` all of money and chance is null, nobody is to be contacted, the
    channel is the first of `channels` (by default a letter) open to the customer, and the order is
    by act_by. Ties go by risk_date and customer_id.
    """
    due = risks.filter(risks.due)
    if economics is None:
        unknown = float("nan")  # not the margin of one who returns
        ways = channels or (LETTER,)
        known = frame(due.filter(reachable(due, ways)))
        found = known.assign(channel=first_open(known, ways), send=False, margin_if_returns=unknown)
    else:
        found = by_best_channel(due, economics)
        loss = (1 - found.chance) * found.margin_if_returns
        found = found.assign(expected_loss=loss.round(MONEY_PLACES))
    listed = found.reindex(columns=[*LAPSE_COLUMNS, "act_in", "risk_in"])
    listed = listed.sort_values(
        ["send", "priority", "act_in", "risk_in", "customer_id"],
        ascending=[False, False, True, True, True],
        ignore_index=True,
    )
    listed = with_days(listed, pd.Timestamp(notice.closing), act_by="act_in", risk_date="risk_in")
    listed = listed.assign(rank=range(1, len(listed) + 1), decision=decided(listed))
    return listed[list(LAPSE_COLUMNS)]
