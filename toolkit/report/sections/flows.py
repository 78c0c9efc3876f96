"""What came into each layer within a year, and what went out of it."""

from __future__ import annotations

import pandas as pd

from toolkit.report.markup import table
from toolkit.report.shown import figure_block
from toolkit.report.style import COLOURS, drawing, new_figure
from toolkit.words import Words

IN, OUT = ("new", "returned", "moved_in"), ("lost", "moved_out")
# Staying active but in another layer is drawn in the colour of the active.
SHADES = {"moved_in": "active", "moved_out": "lapsed"}
FLOWS = ["opening", "new", "returned", "moved_in", "moved_out", "lost", "closing"]


def layer_figure(year: pd.DataFrame, trusted: bool, words: Words):
    """The layer statement of one year, drawn and as a table with its sum."""
    worst = year.loc[year.lost.idxmax()]
    prime = year[year.layer == "prime"].iloc[0]
    named = year.assign(layer=[words[f"layer.{name}"] for name in year.layer])
    total = {"layer": words["periods.all_layers"], **year[FLOWS].sum().to_dict()}
    summed = pd.concat([named[["layer", *FLOWS]], pd.DataFrame([total])])
    lost = int(year.lost.sum())
    key = "periods.layers_finding" if lost else "periods.layers_finding_none"
    return figure_block(
        words,
        name="periods-layers",
        figure=flow_chart(named, words),
        finding=words.say(key, lost=lost, layer=words[f"layer.{worst.layer}"], n=int(worst.lost)),
        description=words.say(
            "periods.layers_description",
            opening=int(prime.opening),
            came=int(prime[list(IN)].sum()),
            lost=int(prime.lost),
            moved=int(prime.moved_out),
            closing=int(prime.closing),
        ),
        table_html=table(
            summed,
            words,
            caption=words.say("periods.layers_caption", start=prime.start, end=prime.end),
            forms=dict.fromkeys(FLOWS, "count"),
        ),
        note=None if trusted else words["periods.layers_filling"],
    )


@drawing()
def flow_chart(year: pd.DataFrame, words: Words):
    """Out to the left, in to the right, one bar per layer with its opening and closing count."""
    figure, axes = new_figure(6.0, 3.2)
    for names, sign in ((IN, 1), (OUT, -1)):
        base = pd.Series(0, index=year.index)
        for name in names:
            colour = COLOURS[SHADES.get(name, name)]
            axes.barh(
                year.layer,
                sign * year[name],
                left=sign * base,
                color=colour,
                height=0.62,
                label=words[f"flow.{name}"],
            )
            base = base + year[name]
        if sign > 0:
            for row, (end, start, left) in enumerate(
                zip(year.closing, year.opening, base, strict=True)
            ):
                axes.annotate(
                    f"{start:,} → {end:,}",
                    (left, row),
                    xytext=(5, 0),
                    textcoords="offset points",
                    va="center",
                )
    axes.axvline(0, color=COLOURS["neutral"], linewidth=1)
    axes.invert_yaxis()
    axes.margins(x=0.2)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.xaxis.set_major_formatter(lambda v, _: f"{abs(v):,.0f}")
    axes.set(xlabel=words["axis.out_in"], ylabel="")
    figure.legend(loc="outside upper left", ncols=3)
    return figure
