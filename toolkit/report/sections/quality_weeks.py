"""Visits week by week, a strip: whether the file is whole, at a glance."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from toolkit.book import Book
from toolkit.report.markup import Html, table
from toolkit.report.shown import figure_block
from toolkit.report.style import COLOURS, HATCH_OPEN, drawing, month_starts, new_figure
from toolkit.words import Words

LEAST_WEEKS, LEAST_VISITS = 8, 100
SHOWN_WEEKS = 13


def weeks_figure(book: Book, words: Words) -> Html | None:
    """The strip, gaps hatched and spikes marked; None below eight weeks or 100 visits."""
    weeks = book.quality.weeks()
    whole = weeks[weeks.days == 7]
    if len(whole) < LEAST_WEEKS or weeks.visits.sum() < LEAST_VISITS:
        return None
    gaps, spikes = book.quality.gaps(), book.quality.spikes()
    marked = len(gaps) or len(spikes)
    return figure_block(
        words,
        name="quality-weeks",
        figure=weeks_chart(weeks, gaps, spikes, words),
        finding=words["quality.weeks_marked" if marked else "quality.weeks_plain"],
        description=words.say(
            "quality.weeks_description",
            weeks=len(whole),
            median=float(whole.visits.median()),
            least=int(whole.visits.min()),
            most=int(whole.visits.max()),
        ),
        table_html=table(
            weeks[["week", "visits"]][::-1],
            words,
            head=SHOWN_WEEKS,
            caption=words["quality.weeks_caption"],
            forms={"visits": "count"},
        ),
    )


@drawing()
def weeks_chart(weeks: pd.DataFrame, gaps: pd.DataFrame, spikes: pd.DataFrame, words: Words):
    """A surface of steps, one a week; gaps hatched in their place, spikes with a sign above."""
    figure, axes = new_figure(6.0, 1.3)
    start = weeks.week.iloc[0]
    axes.stairs(weeks.visits, fill=True, color=COLOURS["active"], linewidth=0)
    top = 1.25 * weeks.visits.max()
    for gap in gaps.itertuples():
        until = gap.last_day + dt.timedelta(days=1)
        axes.axvspan(
            _at(gap.first_day, start),
            _at(until, start),
            facecolor="white",
            edgecolor=COLOURS["lost"],
            hatch=HATCH_OPEN,
            linewidth=0.6,
        )
    at = [_at(day, start) for day in spikes.date]
    axes.plot(at, [0.95 * top] * len(at), "v", color=COLOURS["lost"], markersize=5)
    ticks = month_starts(start, weeks.week.iloc[-1])
    axes.set_xticks([_at(day, start) for day in ticks], [f"{day:%Y-%m}" for day in ticks])
    axes.set(xlim=(0, len(weeks)), ylim=(0, top), xlabel="", ylabel=words["axis.visits"])
    axes.locator_params(axis="y", nbins=3)
    axes.yaxis.set_major_formatter("{x:,.0f}")
    return figure


def _at(day: dt.date, start: dt.date) -> float:
    """Weeks since the first Monday."""
    return (day - start).days / 7
