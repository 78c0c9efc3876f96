"""The level of the bucket: where it came from and where it settles as things are."""

from __future__ import annotations

import pandas as pd

from toolkit.book import Book
from toolkit.report.facts import Facts
from toolkit.report.markup import table
from toolkit.report.sections.period_marks import period_mark
from toolkit.report.shown import figure_block
from toolkit.report.style import (
    COLOURS,
    count_axis,
    drawing,
    new_figure,
    period_axis,
)
from toolkit.words import Words

SHOWN_MONTHS, AHEAD = 24, 24
LOW = 0.15  # of the height: a label below a point lower than this would run into the months


def level_figure(book: Book, facts: Facts, words: Words):
    """The level of the last two years, and of the next two if nothing changes."""
    found, (past, ahead) = book.settling_level(), level_path(book)
    marks = [period_mark(row, words) for row in past.itertuples()]
    past = past[["period", "closing"]]
    shown = pd.concat([past, ahead]).rename(columns={"closing": "active"})
    shown["mark"] = marks + [words["mark.reckoned"]] * len(ahead)
    return figure_block(
        words,
        name="periods-level",
        figure=level_chart(past, ahead, found["level"], words, empty(facts)),
        finding=facts.say(words, f"periods.level_finding{'_empty' if empty(facts) else ''}"),
        description=facts.say(
            words, _description(facts), since=found["since"], until=found["until"]
        ),
        table_html=table(
            shown, words, caption=words["periods.level_caption"], forms={"active": "count"}
        ),
        note=words["periods.level_note"],
    )


def empty(facts: Facts) -> bool:
    """Whether nobody came in in the months the level rests on, so that it runs down to nobody."""
    return not facts.value("level.inflow_year")


def _description(facts: Facts) -> str:
    """What is told of the way to the level: none where it is the present one, as written."""
    if facts.value("level.active") == facts.value("level.settles"):
        return "periods.level_description_there"
    return f"periods.level_description{'_empty' if empty(facts) else ''}"


def level_path(book: Book) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The level at the end of the latest trusted months, rows of the bucket statement, and of the
    months to come (`coming`)."""
    months = book.bucket_statement("month")
    past = months[months.trusted].tail(SHOWN_MONTHS)
    return past, coming(past, book.settling_level())


def coming(past: pd.DataFrame, found: dict) -> pd.DataFrame:
    """The level of the months to come with the same inflow and hole: period, closing (float)."""
    level, stay = found["level"], 1 - found["hole"]
    after = pd.period_range(past.period.iloc[-1], periods=AHEAD + 1, freq="M")[1:]
    closing = [level + (found["active"] - level) * stay**k for k in range(1, AHEAD + 1)]
    return pd.DataFrame({"period": [f"{p.year}-{p.month:02}" for p in after], "closing": closing})


@drawing()
def level_chart(
    past: pd.DataFrame, ahead: pd.DataFrame, level: float, words: Words, empty: bool = False
):
    """The water so far as a filled surface, the way ahead dashed, the level it tends to a line.

    The present stands to the right of its point, on the side the way ahead turns away from.
    """
    figure, axes = new_figure(6.0, 3.0)
    months = [*past.period, *ahead.period]
    now = len(past) - 1
    axes.fill_between(range(now + 1), past.closing, color=COLOURS["active"], alpha=0.3, linewidth=0)
    axes.plot(range(now + 1), past.closing, color=COLOURS["active"])
    way = [past.closing.iloc[-1], *ahead.closing]
    axes.plot(range(now, len(months)), way, color=COLOURS["active"], linestyle="--")
    axes.axhline(level, color=COLOURS["returned"], linewidth=1.4)
    top = 1.18 * max(level, past.closing.max(), 1)
    above = level >= past.closing.iloc[-1] or level < LOW * top
    text = words["periods.runs_down"] if empty else words.say("periods.settles", n=round(level))
    _label(axes, text, len(months) - 1, level, above, "right")
    text = words.say("periods.now", n=int(past.closing.iloc[-1]))
    below = level >= past.closing.iloc[-1] >= LOW * top
    _label(axes, text, now, past.closing.iloc[-1], not below, "left", "active")
    axes.plot([now], [past.closing.iloc[-1]], "o", color=COLOURS["active"])
    period_axis(axes, months)
    axes.set(xlabel="", ylabel=words["axis.active_customers"], xlim=(0, len(months) - 1))
    axes.set_ylim(0, top)
    count_axis(axes.yaxis)
    return figure


def _label(axes, text: str, x: int, y: float, above: bool, ha: str, colour: str = "returned"):
    axes.annotate(
        text,
        (x, y),
        xytext=(0, 6 if above else -6),
        textcoords="offset points",
        ha=ha,
        va="bottom" if above else "top",
        color=COLOURS[colour],
    )
