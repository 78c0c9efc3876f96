"""The charts of the rhythm: lines tried, chances after a silence, silences after each visit."""

from __future__ import annotations

import pandas as pd

from toolkit.book import CLASSIC_LAPSE
from toolkit.foresight import ENOUGH_LOST, MOST_BACK, ORDINALS, Rhythm
from toolkit.report.style import COLOURS, MARKERS, drawing, new_figure, share_axis
from toolkit.words import Words

LOOKS = {"1": "new", "2": "returned", "5+": "active", "all": "neutral"}  # ordinals drawn
STEP = 10  # days between the points of a line
YEAR = 365
WATCHED = 10  # silences without which a curve is not drawn any further


def judged_lines(errors: pd.DataFrame) -> pd.DataFrame:
    """Every tenth line from 30 days on that enough silences judge."""
    tens = errors[(errors.line_days >= 3 * STEP) & (errors.line_days % STEP == 0)]
    return tens[tens.called_lost >= ENOUGH_LOST]


def told_chances(chances: pd.DataFrame) -> pd.DataFrame:
    """The chances within a year that are known."""
    return chances[(chances.within_days == YEAR) & chances.share.notna()]


@drawing()
def line_chart(judged: pd.DataFrame, told: Rhythm, force: int, words: Words):
    """Share of those called lost who came back, by lapse line; the lines in question marked."""
    figure, axes = new_figure(6.0, 3.2)
    days = judged.line_days.to_numpy()
    axes.fill_between(
        days, judged.low, judged.high, color=COLOURS["active"], alpha=0.18, linewidth=0
    )
    axes.plot(days, judged.error, color=COLOURS["active"])
    axes.axhline(MOST_BACK, color=COLOURS["neutral"], linestyle="--", linewidth=1.2)
    top = float(judged.high.max()) * 1.05
    marked = {
        CLASSIC_LAPSE: "classic",
        force: "in_force",
        told.recommended.line_days: "recommended",
    }
    there = {day: name for day, name in marked.items() if day and days[0] <= day <= days[-1]}
    for place, (day, name) in enumerate(sorted(there.items())):
        beyond = day > (days[0] + days[-1]) / 2
        colour = COLOURS["lost" if name == "recommended" else "neutral"]
        axes.axvline(day, color=colour, linestyle=":", linewidth=1.4)
        axes.annotate(
            words.say("rhythm.line_mark", name=words[f"rhythm.{name}"], day=day),
            (day, top * (0.95 - 0.1 * place)),
            xytext=(-4 if beyond else 4, 0),
            textcoords="offset points",
            ha="right" if beyond else "left",
            color=colour,
            va="center",
        )
    axes.set(xlabel=words["rhythm.axis_line"], ylabel=words["rhythm.axis_back"])
    axes.set(xlim=(0, None), ylim=(0, max(top, 1.2 * MOST_BACK)))
    share_axis(axes.yaxis)
    return figure


@drawing()
def chance_chart(year: pd.DataFrame, words: Words):
    """Chance of a return within a year by the days already silent, for some ordinals and all."""
    figure, axes = new_figure(6.0, 3.6)
    for name, look in LOOKS.items():
        part = year[year.ordinal == name]
        if len(part):
            axes.plot(
                part.silent_days,
                part.share,
                color=COLOURS[look],
                marker=MARKERS[look],
                markersize=4,
                markevery=max(1, len(part) // 8),
                linestyle="--" if name == "all" else "-",
                label=words[f"rhythm.after_{name}"],
            )
    axes.set(xlabel=words["rhythm.axis_silent"], ylabel=words["rhythm.axis_year"])
    axes.set(xlim=(0, None), ylim=(0, 1.02))
    share_axis(axes.yaxis)
    figure.legend(loc="outside upper left", ncols=2)
    return figure


@drawing()
def survival_chart(curves: pd.DataFrame, words: Words):
    """Share still silent by days since the visit, one curve for each ordinal, up to a year."""
    figure, axes = new_figure(6.0, 3.8)
    looks = dict(zip(ORDINALS, ("new", "returned", "lost", "prime", "active"), strict=True))
    for name, look in looks.items():
        part = curves[
            (curves.ordinal == name) & (curves.at_risk >= WATCHED) & (curves.days <= YEAR)
        ]
        if len(part):
            axes.step(
                part.days,
                part.survival,
                where="post",
                color=COLOURS[look],
                marker=MARKERS[look],
                markersize=4,
                markevery=max(1, len(part) // 5),
                label=words[f"rhythm.after_{name}"],
            )
    axes.set(xlabel=words["rhythm.axis_since"], ylabel=words["rhythm.axis_still"])
    axes.set(xlim=(0, YEAR), ylim=(0, 1.02))
    share_axis(axes.yaxis)
    if axes.get_legend_handles_labels()[0]:
        figure.legend(loc="outside upper left", ncols=2)
    return figure
