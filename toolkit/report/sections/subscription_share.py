"""What part is subscription, and how many went over to it: part of the section on subscriptions."""

from __future__ import annotations

import pandas as pd

from toolkit.book import FEW
from toolkit.report.markup import Html
from toolkit.report.shown import figure_block
from toolkit.report.style import COLOURS, LINE, drawing, new_figure, share_axis
from toolkit.words import Words


def share_figure(
    share: pd.DataFrame, upgrade: tuple[int, int], table_html: Html, words: Words
) -> Html:
    """Bars of the shares of customers, visits and sales, and of those who went over; `share` and
    `upgrade` as in `Subscriptions`, every share known."""
    by = share.set_index("measure").share
    bars = {words[f"subscriptions.measure_{name}"]: part for name, part in by.items()}
    came, of = upgrade
    if of >= FEW:
        bars[words["subscriptions.went_over"]] = came / of
    return figure_block(
        words,
        name="subscriptions-share",
        figure=share_chart(bars, words),
        finding=words.say("subscriptions.share_finding", share=by["customers"]),
        description=words.say("subscriptions.share_description", share=by["visits"]),
        table_html=table_html,
    )


@drawing()
def share_chart(bars: dict[str, float], words: Words):
    """One bar of a hundred per cent each, filled as far as the share goes; who went over apart."""
    figure, axes = new_figure(6.0, 0.7 + 0.34 * len(bars))
    went = words["subscriptions.went_over"]
    at, parts = range(len(bars)), list(bars.values())
    axes.barh(at, 1, color="none", edgecolor=LINE, linewidth=0.8, height=0.64)
    colours = [COLOURS["new" if name == went else "active"] for name in bars]
    axes.barh(at, parts, color=colours, height=0.64)
    for i, part in enumerate(parts):
        text = words.write(part, "share")
        axes.annotate(text, (1, i), (6, 0), textcoords="offset points", va="center")
    axes.set_yticks(list(at), list(bars))
    axes.invert_yaxis()
    axes.set(xlabel=words["axis.on_subscription"], xlim=(0, 1))
    share_axis(axes.xaxis)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    return figure
