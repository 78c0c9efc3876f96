"""How charts look: six colours with fixed meanings, and a font that can measure Japanese."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath
from matplotlib.ticker import MaxNLocator

# The import changes the font of every chart in the process; the context keeps that here.
with matplotlib.rc_context():
    import matplotlib_fontja  # noqa: F401  registers IPAexGothic, which measures Japanese labels

BLUE, TEAL, OCHRE = "#2476ae", "#117a65", "#a8660b"
RUST, PLUM, SLATE = "#b5412c", "#5b3a86", "#76828e"
INK, QUIET, LINE = "#1c2733", "#55606c", "#dfe4e9"

# Meaning -> colour. Every colour stands at least 3:1 off white (WCAG 1.4.11, tested).
COLOURS = {
    "active": BLUE,
    "lapsed": SLATE,
    "new": TEAL,
    "returned": OCHRE,
    "lost": RUST,
    "first": SLATE,
    "fledgling": TEAL,
    "steady": BLUE,
    "burst": OCHRE,
    "prime": PLUM,
    "neutral": SLATE,
}
# A second sign beside each colour, for readers who cannot tell the colours apart (WCAG 1.4.1).
MARKERS = {
    "active": "o",
    "lapsed": "s",
    "new": "^",
    "returned": "D",
    "lost": "v",
    "first": "s",
    "fledgling": "^",
    "steady": "o",
    "burst": "D",
    "prime": "P",
    "neutral": "s",
}
FONT, SIZE = "IPAexGothic", 10  # points
MOST_STEPS = 6  # of the numbers along an axis
MOST_NAMES = 7  # of the months along an axis
HATCH_OPEN = "////"  # months not yet known or not to be trusted
HATCH_OTHER = "\\\\\\\\"  # a second kind of them in the same bars

_OWN = {
    "font.family": "sans-serif",
    "font.sans-serif": [FONT],
    "axes.unicode_minus": False,
    "font.size": SIZE,
    "axes.titlesize": 10.5,
    "axes.labelsize": 10,
    "xtick.labelsize": 9.5,
    "ytick.labelsize": 9.5,
    "legend.fontsize": 9.5,
    "legend.frameon": False,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": QUIET,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "text.color": INK,
    "grid.color": LINE,
    "grid.linewidth": 0.8,
    "hatch.linewidth": 0.8,
    "figure.facecolor": "none",  # the ground is said once, at the drawing itself
    "axes.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.axisbelow": True,
    "lines.linewidth": 2,
    "axes.prop_cycle": matplotlib.cycler(color=[BLUE, RUST, TEAL, OCHRE, PLUM, SLATE]),
    "svg.fonttype": "none",
    "svg.hashsalt": "leakybucket",
}


@contextmanager
def drawing() -> Iterator[None]:
    """The look of the report's charts, for as long as the context or decorated function lasts.

    A chart function is decorated with `@drawing()`: labels are made while drawing, so the whole
    drawing has to happen inside. Nothing is left behind in matplotlib's settings.
    """
    look = {**sns.plotting_context("paper"), **sns.axes_style("whitegrid"), **_OWN}
    with matplotlib.rc_context(look):
        yield


def new_figure(width: float = 6.0, height: float = 3.3, **subplots: Any) -> tuple[Figure, Any]:
    """An empty figure (inches) and its axes; `subplots` as in `Figure.subplots`.

    Six inches wide, a ten-point label is still readable on a phone. Only the grid lines across
    the value axis are drawn: vertical charts keep y, `axes.grid(axis="x")` turns to bars.
    """
    with drawing():
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.subplots(**subplots)
        for one in figure.axes:
            one.grid(visible=False, axis="x")
            one.locator_params(nbins=MOST_STEPS)
        return figure, axes


def period_axis(axes: Any, names: Sequence[str]) -> None:
    """Months or quarters along x, at 0, 1, 2 ...: as many names as stand level side by side."""
    step = -(-len(names) // MOST_NAMES)
    axes.set_xticks(range(0, len(names), step), list(names)[::step])


def month_starts(first: dt.date, last: dt.date) -> list[dt.date]:
    """First days of months, quarters, halves or years from `first` on: as many as `MOST_NAMES`."""
    months = [p.start_time.date() for p in pd.period_range(first, last, freq="M")]
    within = [month for month in months if month >= first]
    for step in (1, 3, 6, 12):
        some = [month for month in within if (month.month - 1) % step == 0]
        if len(some) <= MOST_NAMES:
            break
    return some[:: -(-len(some) // MOST_NAMES)]


def text_width(text: str, size: float = SIZE) -> float:
    """How wide a text of the charts is, in points."""
    return TextPath((0, 0), text, size=size, prop=FontProperties(FONT)).get_extents().width


class Whole(MaxNLocator):
    """Ticks on whole numbers, or on whole `parts` of one; never two with the same number."""

    def __init__(self, parts: int = 1):
        super().__init__(MOST_STEPS, steps=[1, 2, 2.5, 5, 10], integer=True)
        self.parts = parts

    def tick_values(self, vmin: float, vmax: float) -> Any:
        ticks = super().tick_values(self.parts * vmin, self.parts * vmax)
        return np.unique(np.round(ticks)) / self.parts


def count_axis(axis: Any) -> None:
    """An axis of whole numbers: each named once, and without a sign, whichever way it goes."""
    axis.set_major_locator(Whole())
    axis.set_major_formatter(lambda value, _: f"{abs(value):,.0f}")


def share_axis(axis: Any) -> None:
    """An axis of shares in whole percents, each named once."""
    axis.set_major_locator(Whole(100))
    axis.set_major_formatter(lambda value, _: f"{round(100 * value)}%")
