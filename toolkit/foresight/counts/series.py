"""Expected visits ahead under (M)BG/CNBD-k: the exact series instead of the usual approximation.

Given a customer is there at T, the phase j of the running gap has weight
w_j ~ Gamma(s + j) / j! ((T - t_x) / (alpha + T))^j (s = r + kx) and the number of phases in the
horizon is negative binomial (s + j, q = (alpha + T) / (alpha + T + t)). With n the phases since the
last purchase the k sums are one, as w_j P(n - j | j) is P(n | 0) times C(n, j) ((T - t_x) / t)^j:

  E = P(alive) sum_n NB(n; s, q) C(n) G(n // k) / sum_j w_j
  C(n) = sum_j<k C(n, j) ((T - t_x) / t)^j
  G(n) = sum_i<n B(a, b + x + d + i) / B(a, b + x + d)

G(n) being the purchases made of n that would fall due, as the customer may leave after each. Our
own derivation; with a = 0 nobody leaves and G(n) = n.
"""

from __future__ import annotations

import numpy as np
from numpy.polynomial.legendre import leggauss
from scipy.special import digamma, gammainccinv, gammaincinv, gammaln

EXACT = 1e-9  # what may be left out, of the expected visits
LONGEST = 2_000  # terms; beyond, an integral is as good
MOMENT = 1e-12  # weeks in which nobody comes
SWEEP = 8  # terms between two looks at who is done
FAR = 40.0  # phases expected from which the series starts near them
NEAR_ONE = 1e-3  # of a
NODES, WEIGHTS = leggauss(64)
CHUNK = 16_384  # rows that stay in the processor's cache


def expected_if_alive(parameters: dict, k: int, first: int | None, history, horizon: float):
    """Visits expected within `horizon` weeks of a customer who is there, one per history."""
    x, last, age = history
    a, b, d = parameters.get("a", 0.0), parameters.get("b", 1.0), first or 0
    alpha, r = parameters["alpha"], parameters["r"]
    found = np.zeros(len(x))
    if horizon <= MOMENT:
        return found
    expected = (r + k * x) * horizon / (alpha + age)
    order = np.argsort(expected, kind="stable")  # alike rows together: they end together
    for start in range(0, len(x), CHUNK):
        part = order[start : start + CHUNK]
        s, after, silent = r + k * x[part], b + x[part] + d, age[part] - last[part]
        there = alpha + age[part]
        total = _series(s, there / (there + horizon), silent / horizon, k, a, after)
        found[part] = total / _phases(k, s, silent / there)
    return found


def _phases(k: int, s: np.ndarray, v: np.ndarray) -> np.ndarray:
    """sum_j<k Gamma(s + j) / (Gamma(s) j!) v^j: of all phases the running gap may be in."""
    term = whole = np.ones_like(s)
    for j in range(1, k):
        term = term * v * (s + (j - 1)) / j
        whole = whole + term
    return whole


def _ways(n, ratio, k: int):
    """C(n): of n phases since the last purchase, how many were over before today."""
    term = whole = 1.0
    for j in range(1, k):
        term = term * ratio * (n - (j - 1)) / j
        whole = whole + term
    return whole


def _series(s, q, ratio, k: int, a: float, after) -> np.ndarray:
    """sum_n NB(n; s, q) C(n) G(n // k), all terms positive, until the rest is below EXACT."""
    found, rows = np.zeros_like(s), np.arange(len(s))
    state = _begin(s, q, ratio, after, _first_term(s, q), k, a)
    for _ in range(0, LONGEST, SWEEP):
        for _ in range(SWEEP):
            _one_term(state, k, a)
        done = _rest(state, k) <= EXACT * state["sum"] + 1e-300
        if done.any():
            found[rows[done]] = state["sum"][done]
            rows = rows[~done]
            if not len(rows):
                return found
            state = {name: column[~done] for name, column in state.items()}
    found[rows] = state["sum"] + _tail(state, k, a)
    return found


def _begin(s, q, ratio, after, n, k: int, a: float) -> dict[str, np.ndarray]:
    """The series before its first term: NB(n), n, the purchases due of n phases, G of them, the
    chance of being there for one more, and the sum so far."""
    p, due = 1 - q, n // k
    with np.errstate(divide="ignore", invalid="ignore"):
        log_chance = gammaln(s + n) - gammaln(s) - gammaln(n + 1) + s * np.log(q)
        log_chance += np.where(n > 0, n * np.log(p), 0.0)
    return {
        "chance": np.exp(np.minimum(log_chance, 0.0)),  # above by rounding only
        "n": n,
        "due": due,
        "kept": _kept(a, after, due),
        "next": np.exp(_log_still(a, after, due)),
        "s": s,
        "p": p,
        "ratio": ratio,
        "after": after,
        "sum": np.zeros_like(s),
    }


def _tail(state: dict, k: int, a: float) -> np.ndarray:
    """The terms from here on as an integral over the logarithm of n: so far out they change
    little from one to the next, and of n phases (k - 1) / 2 are over since the last purchase."""
    s, p, ratio, after = (state[name][:, None] for name in ("s", "p", "ratio", "after"))
    low = state["n"][:, None] - 0.5
    fastest = gammainccinv(s + k - 1, 1e-12) * p / (1 - p)
    stretch = np.log(np.maximum(fastest + 8 * np.sqrt(fastest), low) / low)
    n = low * np.exp(stretch * (NODES + 1) / 2)
    log_chance = gammaln(s + n) - gammaln(s) - gammaln(n + 1) + s * np.log1p(-p) + n * np.log(p)
    worth = np.exp(np.minimum(log_chance, 0.0)) * _kept(a, after, (n - (k - 1) / 2) / k)
    return (worth * _ways(n, ratio, k) * n * stretch * WEIGHTS / 2).sum(axis=1)


def _one_term(state: dict, k: int, a: float) -> None:
    n = state["n"]
    state["sum"] += state["chance"] * _ways(n, state["ratio"], k) * state["kept"]
    state["chance"] *= (state["s"] + n) / (n + 1) * state["p"]
    state["n"] = n = n + 1
    full = 1.0 if k == 1 else (n % k == 0)
    state["kept"] += full * state["next"]
    reached = state["after"] + state["due"]
    if k == 1:
        state["next"] *= reached / (a + reached)
        state["due"] += 1
    else:
        state["next"] *= np.where(full, reached / (a + reached), 1.0)
        state["due"] += full


def _rest(state: dict, k: int) -> np.ndarray:
    """A bound of what the terms from here on add: their chances fall at least as fast as now
    (C(n) grows by at most (n + 1) / (n + 2 - k)), and each is worth at most one more purchase
    than the one before."""
    n, after_gap = state["n"], state["n"] + 2 - k
    falls = (state["s"] + n) / np.maximum(after_gap, 1) * state["p"]
    falls = np.maximum(falls, state["p"])
    sure = (falls < 1) & (after_gap > 0)
    stays = np.where(sure, 1 - falls, np.nan)
    chance = state["chance"] * _ways(n, state["ratio"], k)
    return np.where(sure, chance * (state["kept"] + state["next"] / stays) / stays, np.inf)


def _first_term(s, q) -> np.ndarray:
    """0, or where many phases are expected a term with next to nothing before it (eight
    deviations below the phases of the slowest customer in 10^13)."""
    mean = s * (1 - q) / q
    start, many = np.zeros_like(s), mean > FAR
    if many.any():
        slowest = gammaincinv(s[many], 1e-13) * ((1 - q) / q)[many]
        start[many] = np.maximum(np.floor(slowest - 8 * np.sqrt(slowest)), 0)
    return start


def _log_still(a: float, after, n):
    """ln B(a, after + n) / B(a, after): still there after n more purchases."""
    return gammaln(after + n) - gammaln(after) + gammaln(a + after) - gammaln(a + after + n)


def _kept(a: float, after, n):
    """G(n) in closed form: (c / (a - 1)) (1 - (after)_n / (c)_n) with c = a + after - 1; next to
    a = 1, where that is nothing over nothing, a parabola through the limit and both sides."""
    if a == 0 or not np.any(n):
        return n + 0.0  # a copy: the series adds to it
    if abs(a - 1) >= NEAR_ONE:
        c, some = a + after - 1, n > 0
        due = np.where(some, n, 1.0)
        log = gammaln(after + due) - gammaln(after) - gammaln(c + due)
        first = np.where(c > 0, c, 1.0)
        rising = -first * np.expm1(log + gammaln(first))
        # c may be below 0 (a new customer of BG, a + b < 1): then both terms have one sign.
        kept = np.where(c > 0, rising, c - np.exp(log + gammaln(c + 1))) / (a - 1)
        return np.where(some, kept, 0.0)
    below, above = (_kept(edge, after, n) for edge in (1 - 2 * NEAR_ONE, 1 + 2 * NEAR_ONE))
    limit = after * (digamma(after + n) - digamma(after))
    way = (a - 1) / (2 * NEAR_ONE)
    return limit + way * (above - below) / 2 + way**2 * ((above + below) / 2 - limit)
