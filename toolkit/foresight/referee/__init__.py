"""The referee: how every competitor would have done on this client's own past."""

from toolkit.foresight.referee.contest import Verdict, contest
from toolkit.foresight.referee.metrics import auc, calibration, lift, noise_floor, spread
from toolkit.foresight.referee.origins import Calendar, Round, calendar_of
from toolkit.foresight.referee.season import NO_SEASON, YEAR, Season, season_of, visits_season
from toolkit.foresight.referee.seen import LARGEST, Seen, bare_at, sampled, seen_at
from toolkit.foresight.referee.stretch import shift_to, shifted, shifted_expression

__all__ = [
    "LARGEST",
    "NO_SEASON",
    "YEAR",
    "Calendar",
    "Round",
    "Season",
    "Seen",
    "Verdict",
    "auc",
    "calibration",
    "bare_at",
    "calendar_of",
    "contest",
    "lift",
    "noise_floor",
    "sampled",
    "season_of",
    "seen_at",
    "shift_to",
    "shifted",
    "shifted_expression",
    "spread",
    "visits_season",
]
