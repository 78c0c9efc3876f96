"""The rhythm of the visits: how long silences last, which end, and which are unusual."""

from toolkit.foresight.rhythm.gaps import ALL, ORDINALS, gap_counts
from toolkit.foresight.rhythm.lines import called_lost, line_errors, stood_lost
from toolkit.foresight.rhythm.own import own_rhythm
from toolkit.foresight.rhythm.recommended import (
    ENOUGH_LOST,
    MOST_BACK,
    LapseLine,
    Replay,
    candidates,
    recommend,
    replay,
)
from toolkit.foresight.rhythm.silence import LATE, UNUSUAL, silences
from toolkit.foresight.rhythm.survival import gap_survival, return_chance
from toolkit.foresight.rhythm.told import Rhythm, rhythm_of, sure_since

__all__ = [
    "ALL",
    "ENOUGH_LOST",
    "LATE",
    "MOST_BACK",
    "ORDINALS",
    "UNUSUAL",
    "LapseLine",
    "Replay",
    "Rhythm",
    "called_lost",
    "candidates",
    "gap_counts",
    "gap_survival",
    "line_errors",
    "own_rhythm",
    "recommend",
    "replay",
    "return_chance",
    "rhythm_of",
    "silences",
    "stood_lost",
    "sure_since",
]
