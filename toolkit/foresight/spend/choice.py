"""Which model of amounts speaks for a shop, and why."""

from __future__ import annotations

from dataclasses import dataclass

import ibis.expr.types as ir
import pandas as pd

from toolkit.foresight.spend.amounts import amounts_of, mean_amounts, spend_rows
from toolkit.foresight.spend.gamma_gamma import GammaGamma, fit_gamma_gamma
from toolkit.foresight.spend.independence import Independence, independence
from toolkit.foresight.spend.shrunken import Shrunken, shrunken_of
from toolkit.frames import scalar

FEWEST_REPEATERS = 50  # customers with two visits or more; below, no Gamma-Gamma (our rule)
STEADY = 0.01  # k, below which customers always spend their own mean (our rule)
DEPENDENT = ("dependent_more", "dependent_less")
MISFIT = 0.1  # of the money of the visits, by which the model may miss it in all (our rule)


@dataclass(frozen=True, eq=False)
class Spend:
    """The expected amount of every customer's next visit.

    method: `gamma_gamma`, `shrunken` or `none` (no amounts). verdict: key of the sentence that
    says why: of Gamma-Gamma `independent`, `mild_more` or `mild_less`; of the shrunken mean
    `dependent_more` or `dependent_less` (`Independence.verdict`), `few_repeaters`,
    `equal_amounts`, `boundary` (hardly any difference within customers, or between them),
    `heavy_tail` (no mean), `misfit` (off by over a tenth of the money); else `no_amount`. check:
    of repeat visits (None without any). kept_share: part of the visits' money that did not go back
    on days of returns alone (0..1). shrunken: the shrunken mean, whatever was chosen (None without
    amounts).
    """

    method: str
    verdict: str
    model: GammaGamma | Shrunken | None
    check: Independence | None
    kept_share: float
    amounts_table: ir.Table | None
    shrunken: Shrunken | None = None

    def table(self) -> ir.Table | None:
        """Expected net amount of a customer's next visit: the model's, less what goes back.

        One row per customer with a visit of money. Columns: customer_id, spend_per_visit (minor
        units, float). None without amounts.
        """
        if self.model is None:
            return None
        per = self.amounts_table
        return per.select(
            "customer_id", spend_per_visit=self.model.expression(per) * self.kept_share
        )

    def both(self) -> ir.Table:
        """The two models side by side, before anything goes back.

        One row per customer with a visit of money. Columns: customer_id, spend_per_visit (the
        shrunken mean's) and spend_modelled (the chosen model's: Gamma-Gamma, or the shrunken mean
        again), minor units, float.
        """
        per = self.amounts_table
        return per.select(
            "customer_id",
            spend_per_visit=self.shrunken.expression(per),
            spend_modelled=self.model.expression(per),
        )


def fit_spend(visits: ir.Table, returns: ir.Table | None = None) -> Spend:
    """The model of amounts for these visits; never an error, whatever the amounts are.

    Every visit with money counts, the first one too: on two public shops the next amounts were
    named better so than by repeat visits alone (docs/definitions.md). `returns` (customer_id,
    date, amount, the days on which money only went back) lower every expected amount by the same
    share.
    """
    per = amounts_of(visits).cache()
    rows = spend_rows(visits)
    if rows.empty:
        return Spend("none", "no_amount", None, None, 1.0, None)
    kept = _kept_share(rows, returns)
    repeats = spend_rows(visits, repeats=True)
    check = independence(repeats) if len(repeats) else None
    shrunken = shrunken_of(per)
    verdict, model = _chosen(rows, repeats, check, shrunken)
    if model is None:
        return Spend("shrunken", verdict, shrunken, check, kept, per, shrunken)
    return Spend("gamma_gamma", verdict, model, check, kept, per, shrunken)


def _chosen(
    rows: pd.DataFrame, repeats: pd.DataFrame, check: Independence | None, shrunken: Shrunken
) -> tuple[str, GammaGamma | None]:
    """The verdict, and Gamma-Gamma where it holds.

    It is fitted to means alone; whether amounts vary at all within customers, and between them,
    the shrunken mean has seen.
    """
    mean = mean_amounts(rows)
    if mean.max() - mean.min() <= 1e-9 * mean.max():
        return "equal_amounts", None
    if check is None or int(repeats["customers"].sum()) < FEWEST_REPEATERS:
        return "few_repeaters", None
    if check.verdict in DEPENDENT:
        return check.verdict, None
    if shrunken.k is None or shrunken.k < STEADY:
        return "boundary", None
    model = fit_gamma_gamma(rows)
    if model.edge:
        return model.edge, None
    told = model.expected(rows["visits"], rows["money"] / rows["customers"])
    ratio = float((told * rows["visits"] * rows["customers"]).sum() / rows["money"].sum())
    return ("misfit", None) if abs(ratio - 1) > MISFIT else (check.verdict, model)


def _kept_share(rows: pd.DataFrame, returns: ir.Table | None) -> float:
    if returns is None:
        return 1.0
    went_back = -(scalar(returns.amount.sum().cast("int64")) or 0)
    return min(1.0, max(0.0, 1 - went_back / int(rows["money"].sum())))
