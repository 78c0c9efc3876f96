"""The shop to invent: every number the sample is made from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class SampleShop:
    """Parameters of the invented mail-order shop; all values are our own choice, no client's.

    Counts of people follow `customers`, everything else is a share, so a larger shop is the same
    shop with more of it. `docs/sample.md` tells each parameter's unit and what it stands for.
    ValueError names every parameter outside its limits.
    """

    seed: int = 20260319
    customers: int = 6_000
    first_date: dt.date = dt.date(2021, 4, 1)
    closing_date: dt.date = dt.date(2026, 3, 19)

    # who comes
    old_share: float = 0.13
    history_years: float = 5.0
    acquisition_swing: float = 0.08
    one_time_share: float = 0.64
    comeback_share: float = 0.45
    pause_days: tuple[int, int] = (260, 700)
    campaign_dates: tuple[dt.date, ...] = (dt.date(2022, 6, 6), dt.date(2025, 6, 9))
    campaign_shares: tuple[float, ...] = (0.040, 0.032)
    campaign_days: int = 10
    campaign_stay_days: tuple[int, int] = (60, 210)
    campaign_rhythm_days: float = 28.0
    campaign_spend_ratio: float = 1.3

    # how they buy
    rhythm_days: float = 85.0
    rhythm_shape: float = 7.0
    shortest_rhythm_days: float = 24.0
    gap_shape: float = 2.0
    season_strength: float = 1.0
    order_yen: float = 7_200.0
    customer_spread: float = 0.34
    order_spread: float = 0.35
    lowest_order_yen: int = 2_000
    highest_order_yen: int = 20_000
    multi_line_share: float = 0.18

    # how they leave
    leave_per_year: float = 0.48
    leave_shape: float = 2.0
    worsening_months: int = 18
    worsening_factor: float = 2.5

    # what the file suffers from
    full_width_share: float = 0.01
    yen_sign_share: float = 0.03
    yen_suffix_share: float = 0.02
    comma_share: float = 0.05
    web_share: float = 0.35
    cancelled_share: float = 0.02
    refund_share: float = 0.012
    triangle_share: float = 0.2
    guest_share: float = 0.04
    duplicate_share: float = 0.005
    zero_share: float = 0.01
    zero_only_share: float = 0.3

    def __post_init__(self) -> None:
        faults = [
            f.name
            for f in fields(self)
            if f.name.endswith("_share") and not 0 <= getattr(self, f.name) <= 1
        ]
        positive = ("customers", "rhythm_days", "rhythm_shape", "gap_shape", "leave_shape")
        positive += ("order_yen", "campaign_days", "campaign_rhythm_days", "leave_per_year")
        faults += [name for name in positive if getattr(self, name) <= 0]
        if (self.closing_date - self.first_date).days < 366:
            faults.append("closing_date")
        if len(self.campaign_dates) != len(self.campaign_shares):
            faults.append("campaign_shares")
        if self.old_share + sum(self.campaign_shares) > 1:
            faults.append("old_share")
        if not 0 <= self.season_strength <= 1:
            faults.append("season_strength")
        if not 1 <= self.lowest_order_yen < self.highest_order_yen:
            faults.append("lowest_order_yen")
        if faults:
            raise ValueError("outside its limits: " + ", ".join(faults))

    @property
    def days(self) -> int:
        """Days from the first date to the closing date, both included."""
        return (self.closing_date - self.first_date).days + 1

    @property
    def monthly_acquisition(self) -> float:
        """New customers per month (of 30.44 days) outside campaigns."""
        share = 1 - self.old_share - sum(self.campaign_shares)
        return self.customers * share / (self.days / 30.44)
