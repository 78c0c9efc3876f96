"""The chart of measured effects."""

from __future__ import annotations

import pandas as pd

from toolkit.report.style import COLOURS, MARKERS, drawing, new_figure
from toolkit.words import Words

LONGEST = 16  # signs of a campaign's name beside the chart


@drawing()
def effect_chart(judged: pd.DataFrame, whole: tuple[float, float, float] | None, words: Words):
    """The effect of every campaign with its interval, and of all of them together, in points."""
    rows = [
        (_short(each.campaign), each.uplift, each.uplift_low, each.uplift_high)
        for each in judged.itertuples()
    ]
    if whole is not None and len(rows) > 1:
        rows.append((words["results.together"], *whole))
    figure, axes = new_figure(6.0, 1.1 + 0.42 * len(rows))
    for at, (_, value, low, high) in enumerate(rows):
        last = at == len(judged)
        look = "prime" if last else "active"
        axes.plot(
            [100 * low, 100 * high], [at, at], color=COLOURS[look], linewidth=3 if last else 2
        )
        axes.plot([100 * value], [at], color=COLOURS[look], marker=MARKERS[look], markersize=7)
        text = words.write(value, "points")
        axes.annotate(
            text, (100 * value, at), (0, 6), textcoords="offset points", ha="center", va="bottom"
        )
    least, most = min(100 * low for *_, low, _ in rows), max(100 * high for *_, high in rows)
    axes.set_xlim(min(least, -1) - 1, max(most, 1) + 1)
    axes.axvline(0, color=COLOURS["neutral"], linewidth=1, linestyle="--")
    axes.set_yticks(range(len(rows)), [name for name, *_ in rows])
    axes.set_ylim(len(rows) - 0.4, -0.75)
    axes.set(xlabel=words["results.axis"])
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    return figure


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
