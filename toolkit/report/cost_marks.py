"""Which costs of contacts rest on the program's own assumptions."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.action import LETTER
from toolkit.settings import Settings
from toolkit.words import Words


def cost_mark(settings: Settings, channels: Iterable[str], words: Words) -> str:
    """The mark of an assumption behind what contacts by these channels cost: where the cost of a
    letter is not given, or one is made by another channel at the cost in the program's own calendar
    (all but the letter's are assumed there); else nothing. Our rule."""
    others = not settings.calendar_file and any(channel != LETTER for channel in channels)
    assumed = "contact_cost" in settings.assumed() or others
    return words["summary.assumed_mark"] if assumed else ""
