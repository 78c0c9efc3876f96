"""Who comes back within the horizon and what it is worth, with its own past as the judge."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import ibis.expr.types as ir
import pandas as pd

from toolkit.book import Book
from toolkit.foresight.applied import Applied, apply
from toolkit.foresight.competitors import SIMPLE
from toolkit.foresight.counts import FitCounts, fit_counts
from toolkit.foresight.past import Past, past_of
from toolkit.foresight.referee import Season, Verdict, noise_floor, spread
from toolkit.foresight.rhythm import own_rhythm, silences, sure_since
from toolkit.frames import frame
from toolkit.settings import Settings

LEAST_OFF = 0.02  # of the mean chance, below which it is called neither hopeful nor cautious
COIN = 0.55  # area under the ROC curve below which a ranking is no use (our rule)


@dataclass(frozen=True, eq=False)
class Outlook:
    """Chances for every customer, and how every competitor did on earlier origins.

    method: the competitor whose chances are used, one of `competitors.RULES`, or `none` (nothing to
    learn from); why: key of the sentence that says why none was chosen (`nothing_to_learn`,
    `nobody_came` in the window; `too_small`, `too_alike`: fewer than 30 came, or stayed away).
    customers_table: the book's customers with chance (of a visit within the horizon without
    contact, 0..1), expected_visits (within it), spend_per_visit and expected_amount (of a visit,
    and of expected_visits, by the winner of the value job, less what goes back) and
    margin_if_returns (minor units, within the horizon), rhythm_days, usual_days,
    silence_chance, late_days and unusual_days (`rhythm.silences`). margin_if_returns rests on
    visits_if_back, so it speaks of the lapsed.

    scores is the table of the ranking, the simplest competitor first, calibration the tenths of
    the winner's chance at every origin judged (judged_at, the day; `metrics.calibration`), the
    latest, `judged_at`, first; all None when there is no earlier origin to judge on. verdict (the
    whole contest, `referee.Verdict`) and season are None with them; judged_days is the window that
    was predicted, shorter than the horizon in a short file; origins are all the days judged at, the
    latest first; sampled how many customers were learnt from, where the file has more than 20,000,
    else None. leaving: what the count model can tell of who has left (`counts.CountModel.verdict`),
    None without one. past: what all of it rests on.
    """

    method: str
    why: str | None
    horizon_days: int
    judged_at: dt.date | None
    scores: pd.DataFrame | None
    calibration: pd.DataFrame | None
    visits_if_back: float
    customers_table: ir.Table
    verdict: Verdict | None = None
    season: Season | None = None
    judged_days: int | None = None
    origins: tuple[dt.date, ...] = field(default=())
    sampled: int | None = None
    leaving: str | None = None
    past: Past | None = field(default=None, repr=False)

    def customers(self) -> pd.DataFrame:
        """`customers_table` as pandas, ordered by customer."""
        return frame(self.customers_table.order_by("customer_id"))

    @property
    def calibration_error(self) -> float | None:
        """Mean |predicted - happened| over the tenths of all origins (0..1): that of the winner in
        the table of the ranking."""
        return None if self.calibration is None else spread(self.calibration)

    @property
    def calibration_floor(self) -> float | None:
        """What of it right chances would show by luck alone (0..1)."""
        return None if self.calibration is None else noise_floor(self.calibration)

    @property
    def hopeful(self) -> float | None:
        """Mean chance less the share who came, mean over the origins (-1..1); None without a
        record, 0 where it is under two points or chance alone could make it (95 %; our rule)."""
        if self.scores is None:
            return None
        used = self.scores[self.scores.used].iloc[0]
        off = float(used.predicted - used.happened)
        many = self.calibration.customers.sum()
        luck = 1.96 * (used.happened * (1 - used.happened) / many) ** 0.5
        return off if abs(off) >= max(LEAST_OFF, luck) else 0.0

    @property
    def winners(self) -> dict[str, str]:
        """The competitor used per job (`ranking`, `counts`, `value`); empty without a record."""
        return self.verdict.winners if self.verdict else {}

    @property
    def verdict_key(self) -> str | None:
        """Which sentence the record deserves: `coin` (no competitor is better than 0.55), `simple`
        (a simple rule is as good as any model here) or `better`; None without a record."""
        if self.scores is None:
            return None
        if not self.scores.auc.isna().all() and self.scores.auc.max() < COIN:
            return "coin"
        return "simple" if self.method in SIMPLE else "better"


def foresee(book: Book, settings: Settings, fit: FitCounts = fit_counts) -> Outlook:
    """The outlook of a book: learnt a window before the closing date, applied at the closing date,
    by the competitor that did best on earlier origins (no leakage: what was fitted saw nothing
    after the origin it is judged on). `fit` fits the count model that takes part.
    """
    past = past_of(book, settings.horizon_days, fit)
    applied = apply(book, past, settings.horizon_days, fit)
    return Outlook(
        method=past.method,
        why=past.why,
        horizon_days=settings.horizon_days,
        judged_at=past.judged[0] if past.verdict else None,
        scores=past.verdict.ranking if past.verdict else None,
        calibration=_dated(past) if past.verdict else None,
        visits_if_back=applied.visits_if_back,
        customers_table=_customers(book, applied, settings).cache(),
        verdict=past.verdict,
        season=past.season,
        judged_days=past.calendar.days if past.verdict else None,
        origins=past.judged,
        sampled=past.sampled,
        leaving=applied.leaving,
        past=past,
    )


def _dated(past: Past) -> pd.DataFrame:
    """The tenths with the day judged at instead of the number of the origin."""
    tenths = past.verdict.calibration
    days = [past.judged[at] for at in tenths.origin]
    return tenths.drop(columns="origin").assign(judged_at=days)[
        ["judged_at", *tenths.columns.drop("origin")]
    ]


def _customers(book: Book, applied: Applied, settings: Settings) -> ir.Table:
    customers = book.customers_table.drop("rank")
    silent = silences(book.visits_table, book.closing, sure_since(book)[0])
    silent = silent.drop("gaps", "silent_days")
    for table in (applied.customers, own_rhythm(book.visits_table), silent):
        customers = customers.left_join(table, "customer_id").drop("customer_id_right")
    margin = customers.spend_per_visit * applied.visits_if_back * settings.margin_share
    return book.named(customers.mutate(margin_if_returns=margin))
