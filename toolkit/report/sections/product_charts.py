"""Charts of products: shares with their intervals, pairs against chance, steps between tiers."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.figure import Figure

from toolkit.report.labels import short
from toolkit.report.style import COLOURS, INK, drawing, new_figure
from toolkit.words import Words

LONGEST_NAME = 26  # half-width letters beside a chart
AS_TEXT = {"parse_math": False}  # a name with two dollar signs is a name


@drawing()
def interval_chart(
    rows: pd.DataFrame, axis: str, formatter, line: tuple[float, str] | None = None
) -> Figure:
    """A dot with its interval per product: filled, in its colour, where it is beyond chance.

    `rows`: name, value, low, high, colour (of `COLOURS`, `neutral` within chance), and `peer` (a
    tick per row) if there are any; `line`: a broken line across all, with its label.
    """
    figure, axes = new_figure(6.0, 0.9 + 0.27 * len(rows))
    places = list(range(len(rows))[::-1])
    for colour, part in rows.assign(place=places, gap=math.nan).groupby("colour"):
        shade = COLOURS[colour]
        ends = part[["low", "high", "gap"]].to_numpy().ravel()  # one path, broken at the gaps
        axes.plot(ends, part.place.repeat(3), color=shade, linewidth=1.6)
        fill = "white" if colour == "neutral" else shade
        axes.plot(part.value, part.place, "o", color=shade, markerfacecolor=fill, markersize=6)
    if "peer" in rows:
        axes.scatter(rows.peer, places, marker="|", s=130, linewidths=2, color=INK)
    if line:
        axes.axvline(line[0], color=INK, linestyle="--", linewidth=1.2)
        axes.annotate(
            line[1],
            (line[0], 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 4),
            textcoords="offset points",
            ha="center",
        )
    axes.set_yticks(places, [short(n, LONGEST_NAME) for n in rows.name], **AS_TEXT)
    axes.set(xlabel=axis, ylabel="", ylim=(-0.7, len(rows) - 0.3))
    axes.xaxis.set_major_formatter(formatter)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    return figure


@drawing()
def excess_chart(rows: pd.DataFrame, axis: str, between: str, words: Words) -> Figure:
    """A bar per pair of products, with a tick where chance alone would be.

    `rows`: name, other_name, seen, expected; `between` stands before the second name.
    """
    figure, axes = new_figure(6.0, 0.9 + 0.46 * len(rows))
    places = list(range(len(rows))[::-1])
    for place, row in zip(places, rows.itertuples(), strict=True):
        _beside(axes, short(row.name, LONGEST_NAME), place, 6)
        _beside(axes, between + short(row.other_name, LONGEST_NAME), place, -6)
    axes.barh(places, rows.seen, color=COLOURS["active"], height=0.62)
    axes.scatter(
        rows.expected,
        places,
        marker="|",
        s=240,
        linewidths=2.5,
        color=COLOURS["lost"],
        label=words["products.by_chance"],
        zorder=3,
    )
    for place, seen in zip(places, rows.seen, strict=True):
        axes.annotate(
            f"{seen:,}", (seen, place), xytext=(5, 0), textcoords="offset points", va="center"
        )
    figure.legend(loc="outside upper right")
    axes.set_yticks(places, [])
    axes.set(xlabel=axis, ylabel="")
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.margins(x=0.1)
    return figure


def _beside(axes, text: str, place: float, above: float) -> None:
    """A line of text left of the axis; one by one, since a browser sets lines to the right only
    singly."""
    axes.annotate(
        text,
        (0, place),
        xycoords=("axes fraction", "data"),
        xytext=(-7, above),
        textcoords="offset points",
        ha="right",
        va="center",
        fontsize=9,
        **AS_TEXT,
    )


@drawing()
def step_chart(counts: list[int], words: Words) -> Figure:
    """Customers who moved up, stayed and moved down between price tiers."""
    figure, axes = new_figure(6.0, 1.9)
    labels = [words[f"products.tier_{step}"] for step in ("up", "same", "down")]
    colours = [COLOURS[k] for k in ("returned", "neutral", "lost")]
    axes.barh([2, 1, 0], counts, color=colours, height=0.62)
    for place, n in zip((2, 1, 0), counts, strict=True):
        axes.annotate(f"{n:,}", (n, place), xytext=(5, 0), textcoords="offset points", va="center")
    axes.set_yticks([2, 1, 0], labels)
    axes.set(xlabel=words["axis.customers"], ylabel="")
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.margins(x=0.1)
    return figure
