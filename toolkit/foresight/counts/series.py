"""Expected visits ahead under (M)BG/CNBD-k: the exact series instead of the usual approximation.

Given a customer is there at T, the phase j of the running gap has weight
w_j ~ Gamma(s + j) / j! ((T - t_x) / (alpha + T))^j (s = r + kx) and the number M of phases in the
horizon is negative binomial (s + j, q = (alpha + T) / (alpha + T + t)), so that

  E = P(alive) sum_j w_j sum_m P(M = m | j) G((m + j) // k),
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
    if horizon <= 0:
        return found
    expected = (r + k * x) * horizon / (alpha + age)
    order = np.argsort(expected, kind="stable")  # alike rows together: they end together
    for start in range(0, len(x), CHUNK):
        part = order[start : start + CHUNK]
        s, after = r + k * x[part], b + x[part] + d
        q = (alpha + age[part]) / (alpha + age[part] + horizon)
        total = np.zeros(len(part))
        for j, share in enumerate(_phases(k, s, (age[part] - last[part]) / (alpha + age[part]))):
            total += share * _series(s + j, q, j, k, a, after)
        found[part] = total
    return found


def _phases(k: int, s: np.ndarray, v: np.ndarray) -> np.ndarray:
    """The weights of the phases 0 .. k - 1 the running gap may be in."""
    logs = [np.zeros_like(s)]
    with np.errstate(divide="ignore"):
        log_v = np.log(v)
    for j in range(1, k):
        logs.append(logs[-1] + np.log((s + (j - 1)) / j) + log_v)
    weights = np.exp(np.array(logs) - np.max(logs, axis=0))
    return weights / weights.sum(axis=0)


def _series(s, q, j: int, k: int, a: float, after) -> np.ndarray:
    """sum_m P(NB(s, q) = m) G((m + j) // k), all terms positive, until the rest is below EXACT."""
    found, rows = np.zeros_like(s), np.arange(len(s))
    state = _begin(s, q, after, _first_term(s, q), j, k, a)
    for _ in range(0, LONGEST, SWEEP):
        for _ in range(SWEEP):
            _one_term(state, j, k, a)
        done = _rest(state) <= EXACT * state["sum"] + 1e-300
        if done.any():
            found[rows[done]] = state["sum"][done]
            rows = rows[~done]
            if not len(rows):
                return found
            state = {name: column[~done] for name, column in state.items()}
    found[rows] = state["sum"] + _tail(state, j, k, a)
    return found


def _begin(s, q, after, start, j: int, k: int, a: float) -> dict[str, np.ndarray]:
    """The series before its first term: P(M = m), m, the purchases due of m phases, G of them,
    the chance of being there for one more, and the sum so far."""
    p, due = 1 - q, (start + j) // k
    with np.errstate(divide="ignore", invalid="ignore"):
        log_chance = gammaln(s + start) - gammaln(s) - gammaln(start + 1) + s * np.log(q)
        log_chance += np.where(start > 0, start * np.log(p), 0.0)
    return {
        "chance": np.exp(np.minimum(log_chance, 0.0)),  # above by rounding only
        "m": start,
        "due": due,
        "kept": _kept(a, after, due),
        "next": np.exp(_log_still(a, after, due)),
        "s": s,
        "p": p,
        "after": after,
        "sum": np.zeros_like(s),
    }


def _tail(state: dict, j: int, k: int, a: float) -> np.ndarray:
    """The terms from here on as an integral over the logarithm of m: so far out they change
    little from one to the next, and of m phases (k - 1) / 2 are over since the last purchase."""
    s, p, after = (state[name][:, None] for name in ("s", "p", "after"))
    low = state["m"][:, None] - 0.5
    fastest = gammainccinv(s, 1e-12) * p / (1 - p)
    stretch = np.log(np.maximum(fastest + 8 * np.sqrt(fastest), low) / low)
    m = low * np.exp(stretch * (NODES + 1) / 2)
    log_chance = gammaln(s + m) - gammaln(s) - gammaln(m + 1) + s * np.log1p(-p) + m * np.log(p)
    worth = np.exp(np.minimum(log_chance, 0.0)) * _kept(a, after, (m + j - (k - 1) / 2) / k)
    return (worth * m * stretch * WEIGHTS / 2).sum(axis=1)


def _one_term(state: dict, j: int, k: int, a: float) -> None:
    state["sum"] += state["chance"] * state["kept"]
    state["chance"] *= (state["s"] + state["m"]) / (state["m"] + 1) * state["p"]
    state["m"] += 1
    due = state["m"] + j
    full = 1.0 if k == 1 else (due % k == 0)
    state["kept"] += full * state["next"]
    reached = state["after"] + state["due"]
    if k == 1:
        state["next"] *= reached / (a + reached)
        state["due"] += 1
    else:
        state["next"] *= np.where(full, reached / (a + reached), 1.0)
        state["due"] += full


def _rest(state: dict) -> np.ndarray:
    """A bound of what the terms from here on add: their chances fall at least as fast as now,
    and each is worth at most one more purchase than the one before."""
    falls = (state["s"] + state["m"]) / (state["m"] + 1) * state["p"]
    falls = np.maximum(falls, state["p"])
    stays = np.where(falls < 1, 1 - falls, np.nan)
    bound = state["chance"] * (state["kept"] + state["next"] / stays) / stays
    return np.where(falls < 1, bound, np.inf)


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
