"""What came into each layer within a year, and what went out of it."""

from __future__ import annotations

import pandas as pd

from toolkit.report.markup import table
from toolkit.report.shown import figure_block
from toolkit.report.style import (
    COLOURS,
    count_axis,
    drawing,
    new_figure,
)
from toolkit.words import Words

IN, OUT = ("new", "returned", "moved_in"), ("lost", "moved_out")
# Staying active but in another layer is drawn in the colour of the active.
SHADES = {"moved_in": "active", "moved_out": "lapsed"}
FLOWS = ["opening", "new", "returned", "moved_in", "moved_out", "lost", "closing"]


def layer_figure(year: pd.DataFrame, trusted: bool, words: Words):
    """The layer statement of one year, drawn and as a table with its sum."""
    lost, worst = int(year.lost.sum()), year.loc[year.lost.idxmax()]
    named = year.assign(layer=[words[f"layer.{name}"] for name in year.layer])
    total = {"layer": words["periods.all_layers"], **year[FLOWS].sum().to_dict()}
    start, end = year.start.iloc[0], year.end.iloc[0]
    return figure_block(
        words,
        name="periods-layers",
        figure=flow_chart(named, words),
        finding=words.say(
            "periods.layers_finding" if lost else "periods.layers_finding_none",
            lost=lost,
            layer=words[f"layer.{worst.layer}"],
            n=int(worst.lost),
        ),
        description=_prime(year, words),
        table_html=table(
            pd.concat([named[["layer", *FLOWS]], pd.DataFrame([total])]),
            words,
            caption=words.say("periods.layers_caption", start=start, end=end),
            forms=dict.fromkeys(FLOWS, "count"),
        ),
        note=None if trusted else words["periods.layers_filling"],
    )


def _prime(year: pd.DataFrame, words: Words) -> str:
    """What happened to the prime layer, if anybody was ever in it, and how to read the chart."""
    prime = year[year.layer == "prime"].iloc[0]
    if not prime[FLOWS].any():
        return words["periods.layers_description_none"]
    return words.say(
        "periods.layers_description",
        opening=int(prime.opening),
        came=int(prime[list(IN)].sum()),
        lost=int(prime.lost),
        moved=int(prime.moved_out),
        closing=int(prime.closing),
    )


@drawing()
def flow_chart(year: pd.DataFrame, words: Words):
    """Out to the left, in to the right, one bar per layer with its opening and closing count."""
    figure, axes = new_figure(6.0, 3.2)
    came = _stack(axes, year, IN, 1, words)
    gone = _stack(axes, year, OUT, -1, words)
    for row, (start, end, x) in enumerate(zip(year.opening, year.closing, came, strict=True)):
        axes.annotate(
            f"{start:,} → {end:,}", (x, row), xytext=(5, 0), textcoords="offset points", va="center"
        )
    axes.axvline(0, color=COLOURS["neutral"], linewidth=1)
    axes.invert_yaxis()
    room = 1.25 * max(came.max(), gone.max(), 1)
    axes.set(xlim=(-room, room), xlabel=words["axis.out_in"], ylabel="")
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    count_axis(axes.xaxis)
    figure.legend(loc="outside upper left", ncols=3)
    return figure


def _stack(axes, year: pd.DataFrame, names: tuple[str, ...], sign: int, words: Words) -> pd.Series:
    """Bars of the flows end to end away from zero; how far each layer's reach."""
    reach = pd.Series(0, index=year.index)
    for name in names:
        axes.barh(
            year.layer,
            sign * year[name],
            left=sign * reach,
            color=COLOURS[SHADES.get(name, name)],
            height=0.62,
            label=words[f"flow.{name}"],
        )
        reach = reach + year[name]
    return reach
