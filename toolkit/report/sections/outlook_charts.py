"""The charts of the outlook: the fan of the level, and five years of who is left."""

from __future__ import annotations

import numpy as np
import pandas as pd

from toolkit.foresight import EVERYBODY
from toolkit.report.amounts import axis_amount, in_major_units
from toolkit.report.style import COLOURS, count_axis, drawing, new_figure, period_axis
from toolkit.words import Words

SHOWN_MONTHS = 24


@drawing()
def fan_chart(past: pd.DataFrame, level: pd.DataFrame, words: Words):
    """The level so far as a line, the way ahead dashed, 8 of 10 futures around it."""
    figure, axes = new_figure(6.0, 3.2)
    colour, now = COLOURS["active"], len(past) - 1
    axes.plot(range(now + 1), past.closing, color=colour)
    start = past.closing.iloc[-1]
    ahead = np.arange(now, now + len(level) + 1)
    low, middle, high = (
        np.append(start, level[k].to_numpy(float)) for k in ("low", "expected", "high")
    )
    axes.fill_between(ahead, low, high, color=colour, alpha=0.25, linewidth=0)
    axes.plot(ahead, middle, color=colour, linestyle="--")
    axes.plot([now], [start], "o", color=colour)
    axes.axvline(now, color=COLOURS["neutral"], linewidth=1)
    period_axis(axes, [*past.period, *(f"{end:%Y-%m}" for end in level.end)])
    axes.set(xlabel="", ylabel=words["axis.active_customers"], xlim=(0, int(ahead[-1])))
    axes.set_ylim(0, 1.18 * max(past.closing.max(), high.max(), 1))
    for value, below in ((high[-1], False), (low[-1], True)):
        axes.annotate(
            f"{value:,.0f}",
            (ahead[-1], value),
            xytext=(0, -4 if below else 4),
            textcoords="offset points",
            ha="right",
            va="top" if below else "bottom",
            color=colour,
        )
    count_axis(axes.yaxis)
    return figure


@drawing()
def years_chart(years: pd.DataFrame, words: Words, code: str, has_money: bool):
    """Who is left at the end of each year and, with amounts, what they buy in it."""
    whole = years[years.layer == EVERYBODY]
    figure, axes = new_figure(6.0, 3.0, ncols=2 if has_money else 1)
    people = axes[0] if has_money else axes
    people.bar(whole.year, whole.active, color=COLOURS["active"], width=0.62)
    people.set(xlabel=words["outlook.axis_years"], ylabel=words["axis.active_customers"])
    _label(people, whole.year, whole.active, lambda value: f"{value:,.0f}")
    count_axis(people.yaxis)
    if has_money:
        paid = whole[whole.year > 0].assign(sales=lambda rows: rows.sales.astype(float))
        paid = in_major_units(paid, ["sales"], code)
        write = axis_amount(code, words.language)
        axes[1].bar(paid.year, paid.sales, color=COLOURS["returned"], width=0.62)
        axes[1].set(xlabel=words["outlook.axis_years"], ylabel=words["outlook.axis_sales"])
        axes[1].yaxis.set_major_formatter(write)
        _label(axes[1], paid.year, paid.sales, lambda value: write(value, 0))
    for one in figure.axes:
        one.margins(y=0.16)
        one.set_xticks(whole.year.tolist()[1 if has_money and one is not people else 0 :])
    return figure


def _label(axes, years, values, write) -> None:
    for year, value in zip(years, values, strict=True):
        axes.annotate(
            write(float(value)),
            (year, value),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            fontsize=8.5,
        )
