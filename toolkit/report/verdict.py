"""The verdict on the bucket: plug the hole, or open the tap."""

from __future__ import annotations

from toolkit.report.facts import Facts

FEWEST_CUSTOMERS = 50


def verdict(facts: Facts, small_hole: float) -> str:
    """Which of nine verdicts the facts give; the key of its sentence in the words files.

    `too_little`: under 50 customers ever. `too_early`: the file is too short
    for the hole. `no_one`: too few were active a year ago to measure it. Else two
    questions: is the hole (`hole.year`) at least `small_hole`, then `plug`, else `tap`; and did
    more people leave than come in (`bucket.year.lost` > new + returned), then `falling`, as many
    `steady`, else `rising`. Our rule: a hole is plugged before the tap is opened, unless fewer
    than one in five leaves in a year (setting `small_hole`), when growth can only come in through
    the tap.
    """
    hole = facts.value("hole.year")
    if facts.value("customers.ever") < FEWEST_CUSTOMERS:
        return "too_little"
    if hole is None:
        return "too_early" if facts["hole.year"].why == "file_too_short" else "no_one"
    leak = "plug" if hole >= small_hole else "tap"
    inflow, lost = facts.value("bucket.year.inflow"), facts.value("bucket.year.lost")
    way = "falling" if lost > inflow else "rising" if lost < inflow else "steady"
    return f"{leak}_{way}"
