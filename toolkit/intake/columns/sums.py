"""Amounts that are the parts of another: 施術 and 店販 of what the till took."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from toolkit.intake.columns.bonds import EXACT, FEWEST
from toolkit.intake.columns.finder import Finder
from toolkit.intake.names import aliases

MOST = 8  # columns of money looked at


def part(find: Finder) -> None:
    """Of amounts of which one is what two others come to, put those two aside.

    So it is on `EXACT` of the rows, less the discounts of the file or not, both parts being there
    on several rows. Not in a known export, nor where the amount is named. Our rule.
    """
    fit = find.evidence.fit
    if find.format is not None or fit is None or find.is_given("amount"):
        return
    looks, says = fit.looks, find.evidence.says
    money = [
        i
        for i in range(len(looks))
        if i not in find.taken
        and looks[i].numbers >= 0.9
        and says("amount", i) in ("known", "word")
        and says("price", i) != "known"
    ][:MOST]
    numbers = {i: np.nan_to_num(fit.bonds.numbers(i)) for i in money}
    off = _discounts(find)
    for whole in money:
        for one, two in combinations([i for i in money if i != whole], 2):
            if min(np.count_nonzero(numbers[i]) for i in (one, two)) < FEWEST:
                continue
            apart = numbers[one] + numbers[two] - numbers[whole]
            if any((np.abs(apart - each) <= find.rounded).mean() >= EXACT for each in (0, off)):
                find.parts = {one: whole, two: whole}
                return


def notes(find: Finder) -> list[tuple[str, dict[str, str]]]:
    """That the amount used is what its parts come to."""
    parts, at = find.parts, find.columns.get("amount", ())
    if not parts or not set(at) & set(parts.values()):
        return []
    names = " + ".join(find.labels[i] for i in parts)
    return [("sum_counted", {"column": find.labels[at[0]], "parts": names})]


def _discounts(find: Finder) -> np.ndarray:
    names = aliases()["discount"]["names"]
    places = {find.places[name] for name in names if name in find.places}
    held = [np.abs(np.nan_to_num(find.evidence.fit.bonds.numbers(i))) for i in places]
    rows = len(find.evidence.glance.columns[0].codes)
    return sum(held, np.zeros(rows))
