"""Names out of the client's file, fit to stand in a chart or a sentence."""

from __future__ import annotations

from functools import cache
from unicodedata import east_asian_width

from matplotlib.font_manager import findfont, get_font

MISSING = "〓"  # what Japanese type sets where it has no letter
CUT = "…"


def short(name: str, width: int) -> str:
    """The name on one line, at most `width` half-width letters wide, its end cut off if longer.

    Spaces of any kind become one; what cannot be printed or measured is shown as 〓, so that a
    chart never fails or warns over a name.
    """
    known = _measured()
    text = "".join(c if ord(c) in known else MISSING for c in " ".join(str(name).split()))
    if sum(map(_width, text)) <= width:
        return text
    kept, room = "", width - _width(CUT)
    for letter in text:
        room -= _width(letter)
        if room < 0:
            break
        kept += letter
    return kept.rstrip() + CUT


def _width(letter: str) -> int:
    return 2 if east_asian_width(letter) in "WFA" else 1


@cache
def _measured() -> frozenset[int]:
    """The letters the charts' font has."""
    return frozenset(get_font(findfont("IPAexGothic")).get_charmap())
