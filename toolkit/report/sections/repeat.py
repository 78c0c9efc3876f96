"""From the first visit to the second and the Nth, and when."""

from __future__ import annotations

import pandas as pd

from toolkit.book import Book
from toolkit.report.book_facts import book_facts
from toolkit.report.facts import Facts
from toolkit.report.markup import table
from toolkit.report.shown import Shown, figure_block, paragraph
from toolkit.report.style import COLOURS, drawing, new_figure
from toolkit.words import Words


def repeat(book: Book) -> Shown:
    """The section on coming again."""
    facts, nth, curve = book_facts(book), book.nth_conversion(), book.days_to_second()

    def write(words: Words):
        key = "repeat.lead" if facts.known("f2.rate") else "repeat.lead_nobody"
        interval = facts["f2.rate"].interval or (None, None)
        fact = facts["f2.rate"]
        lead = facts.say(
            words,
            key,
            again=fact.numerator,
            first=fact.denominator,
            low=interval[0],
            high=interval[1],
        )
        blocks = [paragraph(lead, "lead")]
        if facts.known("f2.day_half") and len(curve) > 2:
            blocks.append(_curve_figure(curve, facts, words))
        if nth.share.notna().sum() > 1:
            blocks.append(_nth_figure(nth, words))
        return words["repeat.title"], blocks

    return Shown.written("repeat", book.settings.languages, write)


def _curve_figure(curve: pd.DataFrame, facts: Facts, words: Words):
    half, most = facts.value("f2.day_half"), facts.value("f2.day_most")
    at = sorted({*range(30, 361, 30), half, most} & set(range(366)))
    reached = [float(curve.loc[curve.days <= d, "share"].max()) for d in at]
    frame = pd.DataFrame({"days": at, "share": reached}).fillna(0.0)
    return figure_block(
        words,
        name="repeat-curve",
        figure=curve_chart(curve, half, most, words),
        finding=facts.say(words, "repeat.curve_finding"),
        description=facts.say(words, "repeat.curve_description", year=curve.share.iloc[-1]),
        table_html=table(
            frame,
            words,
            caption=words["repeat.curve_caption"],
            forms={"days": "count", "share": "share"},
        ),
        note=words["repeat.curve_note"],
    )


@drawing()
def curve_chart(curve: pd.DataFrame, half: int, most: int, words: Words):
    """Share who have come again by days since the first visit; half and three quarters marked."""
    figure, axes = new_figure(6.0, 3.0)
    axes.step(
        [0, *curve.days, 365],
        [0, *curve.share, curve.share.iloc[-1]],
        where="post",
        color=COLOURS["active"],
    )
    for day, part in ((half, "half"), (most, "most")):
        height = float(curve.loc[curve.days <= day, "share"].max())
        axes.plot([day, day], [0, height], color=COLOURS["lost"], linestyle="--", linewidth=1.2)
        axes.annotate(
            words.say(f"repeat.{part}", day=day),
            (day, height),
            xytext=(min(most + 12, 200), 0.8 * height),
            color=COLOURS["lost"],
            arrowprops={"arrowstyle": "-", "color": COLOURS["lost"], "linewidth": 0.6},
        )
    axes.set(xlabel=words["axis.days_since_first"], ylabel=words["axis.came_again"])
    axes.set(xlim=(0, 365), ylim=(0, None))
    axes.yaxis.set_major_formatter(lambda v, _: f"{100 * v:.0f}%")
    return figure


def _nth_figure(nth: pd.DataFrame, words: Words):
    known = nth[nth.share.notna()]
    first, last = known.iloc[0], known.iloc[-1]
    forms = {
        "nth": "count",
        "customers": "count",
        "mature": "count",
        "went_on": "count",
        "share": "share",
    }
    return figure_block(
        words,
        name="repeat-nth",
        figure=nth_chart(known, words),
        finding=words.say(
            "repeat.nth_finding", first=first.share, last=last.share, n=int(last.nth)
        ),
        description=words.say(
            "repeat.nth_description", mature=int(first.mature), went_on=int(first.went_on)
        ),
        table_html=table(nth, words, caption=words["repeat.nth_caption"], forms=forms),
    )


@drawing()
def nth_chart(known: pd.DataFrame, words: Words):
    """Share who go on from each visit to the next within a year."""
    figure, axes = new_figure(6.0, 2.8)
    labels = [words.say("repeat.step", n=int(n), m=int(n) + 1) for n in known.nth]
    axes.bar(labels, known.share, color=COLOURS["active"], width=0.62)
    for i, share in enumerate(known.share):
        axes.annotate(
            f"{100 * share:.0f}%",
            (i, share),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
        )
    axes.set(xlabel=words["axis.from_to_visit"], ylabel=words["axis.went_on"], ylim=(0, 1.08))
    axes.yaxis.set_major_formatter(lambda v, _: f"{100 * v:.0f}%")
    return figure
