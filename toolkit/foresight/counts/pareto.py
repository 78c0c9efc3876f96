"""Pareto/NBD: purchases at rate lambda ~ Gamma(r, alpha) until an end that comes at rate
mu ~ Gamma(s, beta), at any moment rather than after a purchase.

Source: Schmittlein, Morrison and Colombo 1987; Fader and Hardie 2005 (a note on the formulas).
Every Gauss hypergeometric function of the published formulas is here the integral it stands for,

  I(p, q; from, to) = integral of (alpha + t)^-p (beta + t)^-q dt,

by Gauss-Legendre in the logarithm of time: all terms positive, so nothing cancels, and alpha =
beta, t_x = T and many repeats are no special cases.
"""

from __future__ import annotations

import numpy as np
from numpy.polynomial.legendre import leggauss
from scipy.special import digamma, exprel, gammaln, hyperu

from toolkit.foresight.counts.rows import Rows

NODES, WEIGHTS = leggauss(24)
NEGLIGIBLE = 40.0  # e-folds after which an integrand no longer counts
CHUNK = 8_192  # rows that stay in the processor's cache


class ParetoLoss:
    """The mean negative log-likelihood of rows and its gradient in the logarithms of r, alpha, s
    and beta.

      L = Gamma(r + x) / Gamma(r) alpha^r beta^s
          [(alpha + T)^-(r + x) (beta + T)^-s + s I(r + x, s + 1; t_x, T)]
    """

    def __init__(self, rows: Rows):
        self.rows = rows
        self.count = rows.repeats.total(rows.weight)
        self.customers = rows.customers

    def __call__(self, logs: np.ndarray) -> tuple[float, np.ndarray]:
        r, alpha, s, beta = np.exp(logs)
        rows, w, n = self.rows, self.rows.weight, self.customers
        x, last, age = (c.values[c.at] for c in (rows.repeats, rows.last, rows.age))
        log_last, log_age = np.log(alpha + last), np.log(alpha + age)
        log_left, log_end = np.log(beta + last), np.log(beta + age)
        stayed = np.exp((r + x) * (log_last - log_age) + s * (log_left - log_end))
        gone = _integrals(r + x, s + 1, (alpha, beta), last, age, slopes=True)
        left = s * gone[0] / (beta + last)
        either = stayed + left
        kept, went = w * stayed / either, w * s / (beta + last) / either
        xs = rows.repeats.values
        value = self.count @ (gammaln(r + xs) - gammaln(r)) + n * (r * logs[1] + s * logs[3])
        value += w @ (np.log(either) - (r + x) * log_last - s * log_left)
        by_r = self.count @ (digamma(r + xs) - digamma(r)) + n * logs[1] - w @ log_last
        by_r += kept @ (log_last - log_age) - went @ gone[1]
        by_alpha = n * r / alpha - kept @ ((r + x) / (alpha + age))
        by_alpha -= went @ ((r + x) * gone[2])
        by_s = n * logs[3] - w @ log_left + kept @ (log_left - log_end)
        by_s += went @ (gone[0] / s - gone[3])
        by_beta = n * s / beta - kept @ (s / (beta + age)) - went @ ((s + 1) * gone[4])
        slopes = np.array([r * by_r, alpha * by_alpha, s * by_s, beta * by_beta])
        return -float(value) / n, -slopes / n


def _integrals(p, q, scales, start, end, *, slopes: bool = False) -> list[np.ndarray]:
    """I(p, q; start, end) over its integrand at the start; with `slopes` also what its
    derivatives are made of: the integrals with ln((alpha + t) / (alpha + start)), 1 / (alpha + t)
    and the same of beta as a further factor."""
    found = [np.zeros(len(start)) for _ in range(5 if slopes else 1)]
    p, q = np.broadcast_to(p, start.shape), np.broadcast_to(q, start.shape)
    for at in range(0, len(start), CHUNK):
        part = slice(at, at + CHUNK)
        _sum_nodes([f[part] for f in found], p[part], q[part], scales, start[part], end[part])
    return found


def _sum_nodes(found, p, q, scales, start, end) -> None:
    alpha, beta = scales
    least = min(alpha, beta)
    base, from_alpha, from_beta = least + start, alpha + start, beta + start
    reach = np.log((least + end) / base)
    # The integrand falls at least at this rate, and ever faster.
    rate = p * base / from_alpha + q * base / from_beta - 1
    reach = np.minimum(reach, NEGLIGIBLE / np.maximum(rate, 1e-6))
    for node, weight in zip((NODES + 1) / 2, WEIGHTS / 2, strict=True):
        passed = base * np.expm1(reach * node)
        log_alpha = np.log1p(passed / from_alpha)
        log_beta = np.log1p(passed / from_beta)
        height = weight * reach * (base + passed) * np.exp(-p * log_alpha - q * log_beta)
        found[0] += height
        if len(found) > 1:
            found[1] += height * log_alpha
            found[2] += height / (from_alpha + passed)
            found[3] += height * log_beta
            found[4] += height / (from_beta + passed)


def chances(parameters: dict, history, horizon: float):
    """P(alive) and P(a purchase within `horizon` weeks | alive), one per history. The latter is
    (r + x) I(r + x + 1, s; T, T + horizon) over (alpha + T)^-(r + x) (beta + T)^-s."""
    r, alpha, s, beta = (parameters[name] for name in ("r", "alpha", "s", "beta"))
    x, last, age = history
    alive = chance_alive(parameters, history)
    first = _integrals(r + x + 1, s, (alpha, beta), age, age + max(horizon, 0.0))[0]
    return alive, np.minimum((r + x) / (alpha + age) * first, 1.0)


def chance_alive(parameters: dict, history) -> np.ndarray:
    """P(alive) = A / (A + s I(r + x, s + 1; t_x, T)), A = (alpha + T)^-(r + x) (beta + T)^-s."""
    r, alpha, s, beta = (parameters[name] for name in ("r", "alpha", "s", "beta"))
    x, last, age = history
    log_stayed = -(r + x) * np.log((alpha + age) / (alpha + last))
    log_stayed -= s * np.log((beta + age) / (beta + last))
    left = s * _integrals(r + x, s + 1, (alpha, beta), last, age)[0] / (beta + last)
    return 1 / (1 + left * np.exp(np.minimum(-log_stayed, 600.0)))


def expected_if_alive(parameters: dict, history, horizon: float) -> np.ndarray:
    """Visits expected within `horizon` weeks of a customer who is there:
    (r + x) (beta + T) / ((alpha + T) (s - 1)) [1 - ((beta + T) / (beta + T + horizon))^(s - 1)],
    written so that s = 1 is no special case."""
    x, _, age = history
    rate = (parameters["r"] + x) / (parameters["alpha"] + age)
    end = parameters["beta"] + age
    stretch = np.log1p(max(horizon, 0.0) / end)
    return rate * end * stretch * exprel((1 - parameters["s"]) * stretch)


def discounted_visits(parameters: dict, histories, weekly_rate: float) -> np.ndarray:
    """Discounted expected transactions (DET): all visits to come, each worth exp(-weekly_rate)
    less per week (> 0), one per row of repeats, last and age in weeks. Source: Fader, Hardie and
    Lee 2005 (RFM and CLV): P(alive) (r + x) / (alpha + T) z^s U(s, s, z) / weekly_rate, with
    z = weekly_rate (beta + T) and U Tricomi's function."""
    x, _, age = histories
    rate = (parameters["r"] + x) / (parameters["alpha"] + age)
    s, z = parameters["s"], weekly_rate * (parameters["beta"] + age)
    ahead = np.exp(s * np.log(z)) * hyperu(s, s, z) / weekly_rate
    return chance_alive(parameters, histories) * rate * ahead
