"""The Gamma-Gamma model of amounts: customers differ in their mean, visits around it."""

from __future__ import annotations

from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.special import gammaln, psi

from toolkit.foresight.spend.amounts import mean_amounts

START = np.log([2.0, 3.0, 2.0])  # p, q, gamma with amounts in units of their mean
BOUNDS = [(np.log(1e-3), np.log(1e4)), (np.log(1e-3), np.log(1e4)), (np.log(1e-7), np.log(1e8))]
LARGE = 1e3  # p or q from which amounts no longer vary within, or between, customers
STEP = 1e-4  # of the logarithm of a parameter, for the curvature


@dataclass(frozen=True)
class GammaGamma:
    """Amounts are Gamma(p, nu), nu Gamma(q, gamma) over customers; gamma in minor units.

    errors: standard errors of p, q, gamma (None where the likelihood is flat). log_likelihood:
    with amounts in minor units, without constants, as in Fader & Hardie 2013. edge: None,
    `boundary` (amounts do not vary within customers, or not between them) or `heavy_tail` (q is 1
    or less, so that there is no mean).
    """

    p: float
    q: float
    gamma: float
    log_likelihood: float = float("nan")
    errors: tuple[float, float, float] | None = None
    edge: str | None = None

    @property
    def mean(self) -> float | None:
        """Mean amount over the population, p gamma / (q - 1); None with q of 1 or less."""
        return self.p * self.gamma / (self.q - 1) if self.q > 1 else None

    def expected(self, n, money):
        """Expected amount of the next visit after `n` visits of `money` together (minor units).

        E(M | n, mean) = (gamma + money) p / (p n + q - 1). Takes arrays, or columns of a table.
        Source: Fader, Hardie & Lee 2005 (J. Marketing Research 42), eq. 8.
        """
        return (money + self.gamma) * self.p / (n * self.p + (self.q - 1))

    def expression(self, amounts: ir.Table) -> ir.FloatingValue:
        """`expected` over a table of `amounts_of`, evaluated in the engine."""
        return self.expected(amounts.n, amounts.money.cast("float64"))


def fit_gamma_gamma(rows: pd.DataFrame) -> GammaGamma:
    """The model by maximum likelihood from `spend_rows` (two rows or more).

    Source: Fader & Hardie 2013, "The Gamma-Gamma Model of Monetary Value", eq. 1a; gradient ours.
    The amounts are fitted in units of their mean, so that the currency makes no difference.
    Parameters to six digits: the optimiser's last ones are chance.
    """
    n, weight = rows["visits"].to_numpy(float), rows["customers"].to_numpy(float)
    mean = mean_amounts(rows).to_numpy(float)
    unit = float(rows["money"].sum() / (n @ weight))
    customers = weight.sum()

    def off(logs: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = _likelihood(np.exp(logs), n, mean / unit, weight)
        return -value / customers, -slope * np.exp(logs) / customers

    found = minimize(
        off,
        START,
        jac=True,
        method="L-BFGS-B",
        bounds=BOUNDS,
        options={"maxiter": 1000, "ftol": 1e-15, "gtol": 1e-9},
    )
    p, q, gamma = np.exp(found.x)
    edge = "boundary" if max(p, q) > LARGE else "heavy_tail" if q <= 1 else None
    errors = None if edge else _errors(off, found.x, customers)
    scale = np.array([1, 1, unit])
    return GammaGamma(
        *(float(f"{value:.6g}") for value in (p, q, gamma * unit)),
        log_likelihood=float(-found.fun * customers - customers * np.log(unit)),
        errors=None if errors is None else tuple((errors * [p, q, gamma] * scale).tolist()),
        edge=edge,
    )


def _likelihood(parameters, n, mean, weight) -> tuple[float, np.ndarray]:
    """Log-likelihood over all customers, and its slope in p, q and gamma."""
    p, q, gamma = parameters
    total = gamma + n * mean
    shape = p * n
    each = (
        gammaln(shape + q)
        - gammaln(shape)
        - gammaln(q)
        + q * np.log(gamma / total)
        + shape * np.log(n * mean / total)
        - np.log(mean)
    )
    both = psi(shape + q)
    slopes = (
        n * (both - psi(shape) + np.log(n * mean / total)),
        both - psi(q) + np.log(gamma / total),
        q / gamma - (shape + q) / total,
    )
    return float(weight @ each), np.array([weight @ slope for slope in slopes])


def _errors(off, logs: np.ndarray, customers: float) -> np.ndarray | None:
    """Standard errors of the parameters' logarithms from the slope's change around the optimum."""
    steps = STEP * np.eye(3)
    bend = np.array([(off(logs + s)[1] - off(logs - s)[1]) / (2 * STEP) for s in steps])
    bend = customers * (bend + bend.T) / 2
    if np.linalg.eigvalsh(bend)[0] <= 0:
        return None
    return np.sqrt(np.diag(np.linalg.inv(bend)))
