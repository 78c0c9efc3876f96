"""From the first visit to the second and the Nth, and when."""

from __future__ import annotations

import pandas as pd

from toolkit.book import Book
from toolkit.report.book_facts import book_facts
from toolkit.report.facts import Facts
from toolkit.report.markup import table
from toolkit.report.repeat_facts import YEAR
from toolkit.report.sections.f2_compared import f2_table, values
from toolkit.report.sections.repeat_rates import rate_blocks
from toolkit.report.shown import Shown, definitions, figure_block, more, paragraph
from toolkit.report.style import (
    COLOURS,
    drawing,
    new_figure,
    share_axis,
)
from toolkit.words import Words

CURVE_POINTS = 120  # enough for a smooth line, half the page
DAYS = ("half", "most", "late")  # follow-up by then, offer not before it, and late from then on


def repeat(book: Book) -> Shown:
    """The section on coming again: when, from which visit on, and at what rate."""
    facts, curve = book_facts(book), book.days_to_second()
    nth, steps, beside = book.nth_curve(), _steps(book), list(values(book))
    span = facts.value("f2.followed")

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
        if facts.value("f2.filling"):
            blocks.append(paragraph(facts.say(words, "repeat.filling"), "note"))
        if facts.known("f2.day_half") and len(curve) > 2:
            blocks += [_curve_figure(curve, span, facts, words), _days(facts, words)]
        if steps.share.notna().sum() > 1:
            blocks.append(_step_figure(steps, words))
        blocks += rate_blocks(book, words)
        if nth.share.notna().any():
            blocks.append(more(words, _nth_table(nth, words), f2_table(beside, words)))
        return words["repeat.title"], blocks

    return Shown.written("repeat", book.settings.languages, write)


def _steps(book: Book) -> pd.DataFrame:
    """From each visit to the next within a year: the curve, beside what was simply counted."""
    within = book.nth_curve()
    within = within[within.days == YEAR].drop(columns=["days", "customers"])
    return book.nth_conversion().drop(columns="share").merge(within, on="nth")


def _days(facts: Facts, words: Words):
    """What to do by which day; of several on one day, as of a handful of customers, the first."""
    days = {facts.value(f"f2.day_{k}"): k for k in reversed(DAYS)}
    return definitions(
        (words[f"repeat.{k}_what"], facts.say(words, f"repeat.{k}_when"))
        for k in DAYS
        if k in days.values()
    )


def _curve_figure(curve: pd.DataFrame, span: int, facts: Facts, words: Words):
    days = {k: facts.value(f"f2.day_{k}") for k in DAYS}
    at = sorted({*range(30, span + 1, 30), *days.values()})
    text = "repeat.curve_description" if span == YEAR else "repeat.curve_description_short"
    reached = [float(curve.loc[curve.days <= d, "share"].max()) for d in at]
    frame = pd.DataFrame({"days": at, "share": reached}).fillna(0.0)
    return figure_block(
        words,
        name="repeat-curve",
        figure=curve_chart(curve, days, span, words),
        finding=facts.say(words, "repeat.curve_finding"),
        description=facts.say(words, text, year=curve.share.iloc[-1]),
        table_html=table(
            frame,
            words,
            caption=words["repeat.curve_caption"],
            forms={"days": "count", "share": "share"},
        ),
        note=words["repeat.curve_note"],
    )


@drawing()
def curve_chart(curve: pd.DataFrame, days: dict[str, int], span: int, words: Words):
    """Share who have come again by days since the first visit; the three days marked."""
    figure, axes = new_figure(6.0, 3.0)
    top = float(curve.share.iloc[-1])
    drawn = curve.iloc[:: 1 + len(curve) // CURVE_POINTS]
    axes.step(
        [0, *drawn.days, span],
        [0, *drawn.share, top],
        where="post",
        color=COLOURS["active"],
    )
    beside = min(days["late"] + 14, 230)
    for (name, day), low in zip(days.items(), (0.1, 0.25, 0.4), strict=True):
        height = float(curve.loc[curve.days <= day, "share"].max())
        axes.plot([day, day], [0, height], color=COLOURS["lost"], linestyle="--", linewidth=1.2)
        axes.annotate(
            words.say(f"repeat.{name}", day=day),
            (day, low * top),
            xytext=(beside, low * top),
            va="center",
            color=COLOURS["lost"],
            arrowprops={"arrowstyle": "-", "color": COLOURS["lost"], "linewidth": 0.6},
        )
    axes.set(xlabel=words["axis.days_since_first"], ylabel=words["axis.came_again"])
    axes.set(xlim=(0, YEAR), ylim=(0, None))
    share_axis(axes.yaxis)
    return figure


def _step_figure(steps: pd.DataFrame, words: Words):
    known = steps[steps.share.notna()]
    by_share = known.sort_values("share", kind="stable")
    least, most = by_share.iloc[0], by_share.iloc[-1]
    clear = least.high < by_share.low.iloc[1:].min()
    forms = dict.fromkeys(["nth", "customers", "mature", "went_on"], "count")
    forms |= dict.fromkeys(["share", "low", "high"], "share")
    return figure_block(
        words,
        name="repeat-nth",
        figure=step_chart(known, int(least.nth) if clear else None, words),
        finding=words.say(
            "repeat.leak_finding" if clear else "repeat.leak_unclear",
            n=int(least.nth),
            m=int(least.nth) + 1,
            share=least.share,
        ),
        description=words.say(
            "repeat.leak_description",
            n=int(least.nth),
            mature=int(least.mature),
            went_on=int(least.went_on),
            best=int(most.nth),
            share=most.share,
        ),
        table_html=table(
            steps[list(forms)].rename(columns={"low": "low_95", "high": "high_95"}),
            words,
            caption=words["repeat.nth_caption"],
            forms=forms | {"low_95": "share", "high_95": "share"},
        ),
        note=words["repeat.nth_note"],
    )


@drawing()
def step_chart(known: pd.DataFrame, leak: int | None, words: Words):
    """Share who go on from each visit to the next within a year, with 95 % intervals."""
    figure, axes = new_figure(6.0, 2.8)
    labels = [words.say("repeat.step", n=int(n), m=int(n) + 1) for n in known.nth]
    colours = [COLOURS["lost" if n == leak else "active"] for n in known.nth]
    axes.bar(labels, known.share, color=colours, width=0.62)
    axes.errorbar(
        labels,
        known.share,
        yerr=[known.share - known.low, known.high - known.share],
        fmt="none",
        ecolor=COLOURS["neutral"],
        capsize=4,
        linewidth=1.4,
    )
    for i, (share, high) in enumerate(zip(known.share, known.high, strict=True)):
        axes.annotate(
            f"{100 * share:.0f}%",
            (i, high),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
        )
    axes.set(xlabel=words["axis.from_to_visit"], ylabel=words["axis.went_on"], ylim=(0, 1.12))
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
    axes.yaxis.set_major_formatter(lambda v, _: f"{100 * v:.0f}%")
    return figure


def _nth_table(nth: pd.DataFrame, words: Words):
    """Everything of the curves: from every visit, within 30 to 365 days."""
    shown = nth[nth.customers > 0]
    wide = shown.pivot(index=["nth", "customers"], columns="days", values="share")
    names = {days: words.say("repeat.within", days=days) for days in wide.columns}
    wide = wide.rename(columns=names).reset_index().rename_axis(None, axis=1)
    forms = {"nth": "count", "customers": "count"} | dict.fromkeys(names.values(), "share")
    return table(wide, words, caption=words["repeat.curves_caption"], forms=forms)
