"""(M)BG/CNBD-k: gaps of k phases, dropout after a purchase; with k = 1 (M)BG/NBD, without
dropout the NBD (k = 1) and its condensed form.

A customer buys with k-Erlang gaps of rate lambda ~ Gamma(r, alpha) and leaves for good with chance
p ~ Beta(a, b) after every purchase: after the first as well (MBG, `first` = 1), or after the
repeats only (BG, `first` = 0). a = 0 is nobody leaving. Sources: Fader, Hardie and Lee 2005
(BG/NBD); Batislam, Denizel and Filiztekin 2007 (MBG/NBD); Platzer and Reutterer 2016, Reutterer,
Platzer and Schroeder 2021 (k phases); Chatfield and Goodhardt 1973 (condensed NBD).
"""

from __future__ import annotations

import numpy as np
from scipy.special import digamma, gammaln

from toolkit.foresight.counts.rows import Rows


class CnbdLoss:
    """The mean negative log-likelihood of rows and its gradient in the logarithms of r, alpha, a
    and b (of r and alpha alone where `first` is None: nobody leaves).

    With x repeats, s = r + kx, u = (alpha + t_x) / (alpha + T), d = `first` and
    N = P(fewer than k phases in the silence) = u^s sum_j<k (s)_j / j! (1 - u)^j, a history has

      L = Gamma(s) / Gamma(r) alpha^r (alpha + t_x)^-s B(a, b + x + d) / B(a, b)
          [N + a / (b + x + d - 1)]

    where the last term, having left at t_x, is absent for x = 0 of BG.
    """

    def __init__(self, rows: Rows, k: int, first: int | None):
        self.rows, self.k, self.first = rows, k, first
        x, w = rows.repeats, rows.weight
        self.count = x.total(w)
        self.last_weight = rows.last.total(w)
        self.last_repeats = rows.last.total(w * x.values[x.at])
        self.customers = rows.customers
        self.silence = rows.age.values[rows.age.at] - rows.last.values[rows.last.at]
        self.can_leave = None if first is None else (x.values + first > 0)

    def __call__(self, logs: np.ndarray) -> tuple[float, np.ndarray]:
        r, alpha = np.exp(logs[:2])
        x, last, age = self.rows.repeats, self.rows.last, self.rows.age
        s = r + self.k * x.values
        log_last, log_age = np.log(alpha + last.values), np.log(alpha + age.values)
        per_last, per_age = 1 / (alpha + last.values), 1 / (alpha + age.values)
        s_row, log_u = s[x.at], log_last[last.at] - log_age[age.at]
        v = self.silence * per_age[age.at]
        silent, by_s, by_v = _log_fewer_than(self.k, s_row, v, log_u)
        stayed, total, ends = self._with_dropout(silent, logs)
        value = self.count @ (gammaln(s) - gammaln(r) + r * logs[1]) + total
        value -= (r * self.last_weight + self.k * self.last_repeats) @ log_last
        slope_r = self.count @ (digamma(s) - digamma(r) + logs[1]) - self.last_weight @ log_last
        slope_r += stayed @ by_s
        still = s_row * (per_last[last.at] - per_age[age.at]) - by_v * v * per_age[age.at]
        slope_alpha = r / alpha * self.customers + stayed @ still
        slope_alpha -= (r * self.last_weight + self.k * self.last_repeats) @ per_last
        slopes = np.array([r * slope_r, alpha * slope_alpha, *ends])
        return -value / self.customers, -slopes / self.customers

    def _with_dropout(self, silent: np.ndarray, logs: np.ndarray):
        """The weight of having stayed, the log-likelihood of having stayed or left, and the
        slopes in log a and log b."""
        w = self.rows.weight
        if self.first is None:
            return w, float(w @ silent), ()
        a, b = np.exp(logs[2:])
        x = self.rows.repeats
        after = b + x.values + self.first
        before = np.where(self.can_leave, after - 1, 1.0)
        left = np.where(self.can_leave, a / before, 0.0)
        left_row = left[x.at]
        either = np.exp(silent) + left_row
        either = np.where(either > 0, either, 1.0)  # where only staying counts, and hardly
        log_either = np.where(left_row > 0, np.log(either), silent)
        gone = w * left_row / either
        gone_by = x.total(gone)
        shares = gammaln(after) - gammaln(a + after) - gammaln(b) + gammaln(a + b)
        by_a = digamma(a + b) - digamma(a + after)
        by_b = by_a + digamma(after) - digamma(b)
        slope_a = self.count @ by_a + gone_by.sum() / a
        slope_b = self.count @ by_b - (gone_by / before).sum()
        total = w @ log_either + self.count @ shares
        return w - gone, float(total), (a * slope_a, b * slope_b)


def _log_fewer_than(k: int, s: np.ndarray, v: np.ndarray, log_u: np.ndarray):
    """ln of the chance of fewer than k phases in the silence, and its slopes in s and in v beyond
    what u^s has (by_s contains ln u, by_v does not contain u)."""
    silent = s * log_u
    if k == 1:
        return silent, log_u, 0.0
    term, term_s = np.ones_like(v), np.zeros_like(v)
    whole, whole_s, whole_v = term.copy(), term_s.copy(), np.zeros_like(v)
    for j in range(1, k):
        grow = (s + (j - 1)) / j
        whole_v += j * grow * term
        term_s = v * (term_s * grow + term / j)
        term = term * grow * v
        whole += term
        whole_s += term_s
    return silent + np.log(whole), log_u + whole_s / whole, whole_v / whole


def log_silence(k: int, s: np.ndarray, since: np.ndarray, alpha: float, weeks) -> np.ndarray:
    """ln of the chance of fewer than k phases from the last visit (`since`, weeks from the first)
    to `weeks`, for a customer who has not left (s = r + kx)."""
    log_u = np.log((alpha + since) / (alpha + weeks))
    return _log_fewer_than(k, s, (weeks - since) / (alpha + weeks), log_u)[0]


def chances(parameters: dict, k: int, first: int | None, history, horizon: float):
    """P(alive) and P(a purchase within `horizon` weeks | alive), one per history (repeats, last,
    age in weeks). P(alive) = N / (N + a / (b + x + d - 1)), and P(none | alive) is N up to the
    end of the horizon over N."""
    x, last, age = history
    s = parameters["r"] + k * x
    now = log_silence(k, s, last, parameters["alpha"], age)
    later = log_silence(k, s, last, parameters["alpha"], age + horizon)
    any_if_alive = -np.expm1(np.minimum(later - now, 0))
    if first is None:
        return np.ones_like(any_if_alive), any_if_alive
    after = parameters["b"] + x + first - 1
    can_leave = x + first > 0
    left = np.where(can_leave, parameters["a"] / np.where(can_leave, after, 1.0), 0.0)
    # N / (N + left) without dividing by an N too small for a number.
    odds = np.exp(np.minimum(-now, 600.0)) * left
    return 1 / (1 + odds), any_if_alive
