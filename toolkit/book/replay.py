"""How many customers a file hides at its left edge: the arithmetic of replaying it.

A file that starts later than it does would call old customers new whom we know. From what such
replays would have got wrong we learn how many the real start gets wrong. Everything here is our
rule; months are calendar months since the first date, counted from 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

MEMORY = 60  # months a customer may have been silent and still be expected back
LEVEL_MONTHS = 12  # whole months that say how many buyers a month has: every season once
SHRINK = 30  # visits as good as seen in an average month before a month's own strength counts
OVERLAP = 3.0  # neighbouring replays share most of their months: so many count as one
PRIOR_REPLAYS = 3.0  # weight of the assumed spread, in replays
SPREAD_LEVEL, SPREAD_MONTH, SPREAD_NEW = 0.25, 0.15, 0.3  # assumed spreads (of a logarithm)
TAILS = 3.0  # degrees of freedom of a month: a campaign may bring many times the usual
NEW_MONTHS = 24  # later months that say how many new customers a month has


@dataclass(frozen=True)
class Monthly:
    """Customers by month of visit and months since their visit month before.

    gaps: one row per month, one column per gap (column 0 unused). fresh: per month, those never
    seen before in the file. first_part, last_part: the parts of the first and the last month
    that lie within the file (0..1).
    """

    gaps: np.ndarray
    fresh: np.ndarray
    first_part: float = 1.0
    last_part: float = 1.0

    @property
    def months(self) -> int:
        return len(self.fresh)

    @property
    def whole(self) -> slice:
        """The months that lie in the file from first to last day."""
        return slice(int(self.first_part < 1), self.months - int(self.last_part < 1))

    @property
    def parts(self) -> np.ndarray:
        """The part of each month that lies within the file."""
        parts = np.ones(self.months)
        parts[-1] = self.last_part
        parts[0] = min(parts[0], self.first_part)
        return parts

    @property
    def buyers(self) -> np.ndarray:
        """Customers with a visit, per month."""
        return self.gaps.sum(axis=1) + self.fresh


def return_rates(monthly: Monthly) -> tuple[np.ndarray, float]:
    """Chance that a buyer of a month comes next so many months later, and the tail's doubt.

    rates[g] for g = 0 (unused) to 60 months: customers back after g months / buyers of the months
    that can be watched that long, whole months only. Gaps longer than the file are extrapolated
    from its longer half: half-way (geometric mean of the sums) between a geometric and a power
    decay, as returns thin out faster than the one and slower than the other (UCI, CDNOW, the
    generated shop). The doubt is half the logarithm of their ratio, weighted by the tail's share.
    """
    part = monthly.whole
    buyers = monthly.buyers[part]
    gap = np.arange(1, min(len(buyers) - 1, MEMORY) + 1)
    watched = np.array([buyers[: len(buyers) - g].sum() for g in gap])
    back = np.array([monthly.gaps[part.start + g : part.stop, g].sum() for g in gap])
    rates = np.zeros(MEMORY + 1)
    rates[gap] = back / np.maximum(watched, 1)
    if len(gap) < 2 or len(gap) == MEMORY:
        return rates, 0.0
    half = len(gap) - len(gap) // 2
    high, low = (
        (back[s].sum() + 0.5) / max(watched[s].sum(), 1) for s in (slice(half), slice(half, None))
    )
    near, far = gap[:half].mean(), gap[half:].mean()
    beyond = np.arange(len(gap) + 1, MEMORY + 1)
    decay = np.clip((low / high) ** (1 / (far - near)), 0.3, 0.97)
    power = np.clip(np.log(high / low) / np.log(far / near), 1.1, 8.0)
    fast, slow = low * decay ** (beyond - far), low * (beyond / far) ** -power
    shape, tail = np.sqrt(fast * slow), np.sqrt(fast.sum() * slow.sum())
    tail = min(tail, max(1 - rates.sum(), 0.0))  # nobody comes next twice
    rates[beyond] = shape * tail / shape.sum()
    doubt = abs(np.log(slow.sum() / fast.sum())) / 2
    return rates, float(doubt * tail / rates.sum())


class Expectation:
    """Customers expected to come back from before a start, by month.

    In month k after the start: buyers of an average month of the first year x the rates of all
    gaps longer than k x the strength of the month (returns seen / returns to be expected of the
    buyers seen, drawn towards 1).
    """

    def __init__(self, monthly: Monthly):
        self.monthly = monthly
        self.rates, self.tail_doubt = return_rates(monthly)
        self.longer = np.append(np.cumsum(self.rates[::-1])[::-1], 0.0)  # rates of gaps >= g
        self.strength = _strength(monthly, self.rates) * monthly.parts

    def after(self, start: int, ks: np.ndarray) -> np.ndarray:
        """Expected in the months `ks` after the month `start`."""
        part = self.monthly.whole
        first = max(start, part.start)
        level = self.monthly.buyers[first : min(part.stop, first + LEVEL_MONTHS)].mean()
        at = self.longer[np.minimum(ks + 1, MEMORY + 1)]
        if start == 0:  # the part of the first month before the first date hides customers too
            at = at + (1 - self.monthly.first_part) * self.rates[np.clip(ks, 1, MEMORY)]
        return self.strength[start + ks] * level * at


@dataclass(frozen=True)
class Hidden:
    """What is expected behind the file's first date.

    back: in the first months, customers expected to return from before the file. unseen: the
    same for every month, at most nine in ten of its new customers. level, doubt: mean and
    standard deviation of the logarithm by which the real ones differ from it together, over the
    replays. freedom: how many replays that rests on. month_spread: the same month by month.
    """

    back: np.ndarray
    unseen: np.ndarray
    level: float
    doubt: float
    freedom: float
    month_spread: np.ndarray


def expect_hidden(monthly: Monthly, span: int) -> Hidden:
    """The customers to be expected from before the file, judged by replays of `span` months.

    A replay starts a month or more later, expects in the same way (`Expectation`) and is compared
    with those really seen returning from before its start; what even the longest history cannot
    show (returns from before the file) is added to them.
    """
    expected = Expectation(monthly)
    back = expected.after(0, np.arange(monthly.months))
    unseen = np.minimum(back, 0.9 * monthly.fresh)
    errors, by_month = _replays(monthly, expected, unseen, span)
    level = errors.sum() / (len(errors) + 1)
    replays = len(errors) / OVERLAP
    spread = _shrunk(((errors - level) ** 2).sum() / OVERLAP, replays, SPREAD_LEVEL)
    doubt = np.sqrt(spread * (1 + 1 / (replays + 1)) + expected.tail_doubt**2)
    seen = (~np.isnan(by_month)).sum(axis=0) / OVERLAP
    monthly_spread = _shrunk(np.nansum(by_month**2, axis=0) / OVERLAP, seen, SPREAD_MONTH)
    month_spread = np.sqrt(monthly_spread + 1 / np.maximum(back[:span], 1))
    freedom = replays + PRIOR_REPLAYS
    return Hidden(back[:span], unseen, float(level), float(doubt), freedom, month_spread)


def _replays(monthly: Monthly, expected: Expectation, unseen: np.ndarray, span: int):
    """Per replay the logarithm of seen / expected, together and (what is left) by month."""
    part = monthly.whole
    enough = span if part.stop - span >= 5 else min(span, max(1, part.stop // 2))
    errors, by_month = [], []
    for start in range(part.start + 1, part.stop - enough + 1):
        ks = np.arange(min(span, part.stop - start))
        seen = [monthly.gaps[start + k, k + 1 : start + k + 1].sum() for k in ks]
        seen, due = seen + unseen[start + ks], expected.after(start, ks)
        errors.append(np.log((seen.sum() + 1) / (due.sum() + 1)))
        month = np.log((seen + 1) / (due * np.exp(errors[-1]) + 1))
        by_month.append(np.pad(month, (0, span - len(ks)), constant_values=np.nan))
    return np.array(errors), np.array(by_month).reshape(-1, span)


def usual_new(monthly: Monthly, unseen: np.ndarray, span: int) -> tuple[float, float, float, float]:
    """How many truly new customers a month has, from the later months.

    (logarithm of the median, spread of a month, doubt about the level in the first `span`
    months, degrees of freedom). `unseen` is what is taken off, per month of the file: the
    customers still returning from before it.
    """
    stop = monthly.whole.stop
    first = span if stop - span >= 6 else max(1, stop // 2)
    new = np.maximum(monthly.fresh - unseen, 0.5)
    new = np.log(new[first:stop][:NEW_MONTHS] if first < stop else new[-1:])
    usual = float(np.median(new))
    spread = np.sqrt((1.4826 * np.median(np.abs(new - usual))) ** 2 + 0.01 + np.exp(-usual))
    windows = [np.median(new[i : i + span]) for i in range(max(1, len(new) - span + 1))]
    periods = len(new) / span
    level = (np.var(windows) * periods + 2 * SPREAD_NEW**2) / (periods + 2)
    return usual, float(spread), float(np.sqrt(level * (1 + 1 / (periods + 1)))), periods + 2


def _strength(monthly: Monthly, rates: np.ndarray) -> np.ndarray:
    buyers, parts = monthly.buyers, monthly.parts
    expected = (
        np.array(
            [
                rates[1 : m + 1] @ buyers[m - 1 :: -1][: len(rates) - 1] if m else 0.0
                for m in range(monthly.months)
            ]
        )
        * parts
    )
    seen = monthly.gaps.sum(axis=1)
    strength = (seen + SHRINK) / (expected + SHRINK)
    # Nothing can be seen returning in the first month: the same month of the next year stands in.
    strength[0] = strength[12] if monthly.months > 12 else 1.0
    return strength


def _shrunk(squares, replays, assumed: float):
    return (squares + PRIOR_REPLAYS * assumed**2) / (replays + PRIOR_REPLAYS)
