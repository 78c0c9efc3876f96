"""How likely a visit is on the next day, by kind and days of silence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toolkit.foresight.ahead.kinds import OLD, SECOND, band_ends, grid_ends

FADING = 0.7
PRIOR = 0.5  # visits that a rate of its own has to outweigh
SHARP, SHARPER = 0.25, 2.0


@dataclass(frozen=True, eq=False)
class Chances:
    """rate: [kind, step of `grid_ends`], chance of a visit on a day. blind: the same if nobody
    told those who came as the file began from others. came: [kind, step], the visits they rest on.
    sharp: whether the rhythm is that of a calendar: a visit falls on days on which a quarter of
    those who stand there come, and twice as many as in the band around them (our rule)."""

    rate: np.ndarray
    blind: np.ndarray
    came: np.ndarray
    sharp: bool

    def due(self, watched: np.ndarray, lapse_days: int) -> np.ndarray:
        """Visits that were due in each month of customer days [month, kind, step], up to a factor.

        In a sharp rhythm the chances of a month added up follow from its length (who comes on the
        same day of every month is not late in February), so there every active customer day counts
        alike (our rule).
        """
        if not self.sharp:
            return (watched * self.rate).sum((1, 2))
        return watched[:, :, :lapse_days].sum((1, 2))


def chances_of(came: np.ndarray, watched: np.ndarray, lapse_days: int) -> Chances:
    """The chances from visits and customer days: [kind, step].

    A chance = (visits + 1/2) / (customer days + 1/2 / the chance drawn to), of every day inside
    the lapse line on its own, so that a sharp rhythm keeps its shape (product limit, Kaplan and
    Meier 1958). Each is drawn to that of the kind whenever its customers first came, these to all
    kinds of the pace, those to everybody, and they to their band of silences; each time brought to
    the own level of the band. A kind seen seldom has the level and shape of those like it (our
    rule).
    """
    band = np.searchsorted(band_ends(lapse_days), grid_ends(lapse_days))
    band = np.append(band, band[-1] + 1)
    rate, blind = _shrunk(came, watched, band)
    visits, days = _banded(came, band), _banded(watched, band)
    around = np.divide(visits, days, out=np.zeros_like(days), where=days > 0)[:, band]
    on_day, near = ((came * table).sum() / max(came.sum(), 1) for table in (rate, around))
    return Chances(rate, blind, came, bool(on_day >= SHARP and on_day >= SHARPER * near))


def _shrunk(came: np.ndarray, watched: np.ndarray, band: np.ndarray) -> tuple:
    """([kind, step] own chances, the same of old and new customers together)."""
    whole = _along(_banded(came.sum(0), band), _banded(watched.sum(0), band))
    everybody = _drawn(came.sum(0), watched.sum(0), whole[band])
    both = (came[:OLD] + came[OLD:], watched[:OLD] + watched[OLD:])
    rate = _likened(*both, everybody, band)
    for pace in range(1, SECOND):
        alike = slice(pace, None, SECOND - 1)
        visits, days = (table[alike] for table in both)
        theirs = _likened(visits.sum(0), days.sum(0), everybody, band)
        rate[alike] = _likened(visits, days, theirs, band)
    whole = np.vstack([rate, rate])
    own = _likened(came, watched, whole, band)
    return np.minimum(own, 1.0), np.minimum(whole, 1.0)


def _banded(steps: np.ndarray, band: np.ndarray) -> np.ndarray:
    """Sums by band of silence, of the last axis."""
    return np.add.reduceat(steps, np.unique(band, return_index=True)[1], axis=-1)


def _likened(came: np.ndarray, watched: np.ndarray, to: np.ndarray, band) -> np.ndarray:
    """Each step drawn to the rate of others, brought to the own level of its band."""
    due = _banded(watched * to, band)
    level = (_banded(came, band) + PRIOR) / (due + PRIOR)
    return _drawn(came, watched, to * level[..., band])


def _along(came: np.ndarray, watched: np.ndarray) -> np.ndarray:
    """[band] of everybody: each band drawn to seven tenths of the one before, so that a silence
    longer than any the file can show is not taken for one without return (our rule)."""
    rate = np.zeros(len(came))
    for band in range(len(came)):
        before = FADING * rate[band - 1] if band else 0.0
        rate[band] = _drawn(came[band], watched[band], np.array(before))
    return rate


def _drawn(came: np.ndarray, watched: np.ndarray, to: np.ndarray) -> np.ndarray:
    """(visits + 1/2) / (days + those in which half a one comes at the other rate)."""
    known = to > 0
    days = np.divide(PRIOR, to, out=np.zeros_like(to), where=known) + watched
    return np.divide(came + PRIOR * known, days, out=np.zeros_like(days), where=days > 0)
