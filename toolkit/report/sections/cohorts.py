"""Cohorts: are the customers of today worth as much as those of a year ago?"""

from __future__ import annotations

import pandas as pd

from toolkit.book import FEW, Book, latest_against_before
from toolkit.report.heat import heat_table
from toolkit.report.markup import Html, table
from toolkit.report.sections.cohort_spend import spend_blocks
from toolkit.report.shown import Shown, figure_block, heading, paragraph
from toolkit.report.style import (
    COLOURS,
    HATCH_OPEN,
    MARKERS,
    drawing,
    new_figure,
    period_axis,
    share_axis,
)
from toolkit.words import Words

WITHIN = {90: "new", 180: "active", 365: "prime"}  # days, and the colour of each
JUDGED = 90  # the days by which the newest cohorts are compared: the soonest known
SHOWN_MONTHS, SHOWN_COHORTS, SHOWN_AGES = 24, 18, 12
COHORT_FILE = "tables/cohorts.csv"
LEAST_COHORTS = 3  # fewer have nothing to be compared with


def cohorts(book: Book) -> Shown:
    """The section on cohorts by month of the first visit."""
    months, same = book.cohorts(), book.same_age()
    trend = latest_against_before(same, JUDGED, book.filled_from)

    def write(words: Words):
        blocks = [paragraph(_lead(months, trend, words), "lead")]
        if not _enough(months[months.age == 0]):
            return words["cohorts.title"], blocks
        if _enough(same[same.within_days == JUDGED]):
            blocks.append(_age_figure(same, book, words))
        if _enough(months[(months.age == 1) & months.complete]):
            blocks += _heat(months, book, words)
        blocks.append(paragraph(words.say("cohorts.file", file=COHORT_FILE), "note"))
        if book.has_money:
            blocks += spend_blocks(months, book, words)
        return words["cohorts.title"], blocks

    return Shown.written("cohorts", book.settings.languages, write, brief=True)


def first_trusted(book: Book) -> str:
    """The first cohort (YYYY-MM) of customers who are surely new."""
    day = pd.Timestamp(book.filled_from)
    return f"{day + pd.offsets.MonthBegin(0):%Y-%m}"


def _enough(cohorts_: pd.DataFrame) -> bool:
    return (cohorts_.customers >= FEW).sum() >= LEAST_COHORTS


def _lead(months: pd.DataFrame, trend: dict | None, words: Words) -> str:
    if trend is not None:
        return words.say(f"cohorts.lead_{verdict_of(trend)}", days=JUDGED, **trend)
    first = months[months.age == 0]
    if not _enough(first):
        return words.say("cohorts.too_few", n=len(first), customers=int(first.customers.sum()))
    return words.say("cohorts.too_short", days=JUDGED)


def verdict_of(trend: dict) -> str:
    """better, worse, or where chance explains the change: higher, lower (as counted) or same."""
    if trend["verdict"] != "same" or round(trend["change"], 3) == 0:
        return trend["verdict"]
    return "higher" if trend["change"] > 0 else "lower"


def _age_figure(same: pd.DataFrame, book: Book, words: Words) -> Html:
    names = sorted(same.cohort.unique())[-SHOWN_MONTHS:]
    recent = same[same.cohort.isin(names)]
    trusted = first_trusted(book)
    return figure_block(
        words,
        name="cohorts-age",
        figure=age_chart(recent, names, trusted, words),
        finding=_age_finding(same, words),
        description=_age_description(recent, words),
        table_html=_age_table(recent, same.cohort.nunique(), trusted, words),
        note=words["cohorts.age_note"],
    )


def _age_finding(same: pd.DataFrame, words: Words) -> str:
    """Who came again of the latest twelve cohorts that had the longest days anyone had."""
    longest = int(same[same.share.notna()].within_days.max())
    latest = same[same.within_days == longest].cohort.tail(12)
    key = "span" if latest.nunique() > 1 else "span_one"
    span = words.say(f"cohorts.{key}", start=latest.min(), end=latest.max())
    sums = same[same.cohort.isin(latest)].groupby("within_days")[["again", "customers"]].sum()
    share = sums.again / sums.customers
    if longest == JUDGED:
        return words.say("cohorts.age_finding_one", days=JUDGED, share=share[JUDGED], span=span)
    return words.say(
        "cohorts.age_finding",
        days=JUDGED,
        share=share[JUDGED],
        longer=longest,
        long_share=share[longest],
        span=span,
    )


def _age_description(recent: pd.DataFrame, words: Words) -> str:
    """How to read it; the month that stands out, if its interval lies above all together."""
    part = recent[(recent.within_days == JUDGED) & recent.share.notna()]
    best = part.loc[part.share.idxmax()]
    if best.low <= part.again.sum() / part.customers.sum():
        return words["cohorts.age_description"]
    return words.say(
        "cohorts.age_description_best", cohort=best.cohort, days=JUDGED, share=best.share
    )


def _age_table(recent: pd.DataFrame, n: int, trusted: str, words: Words) -> Html:
    wide = recent.pivot(index=["cohort", "customers"], columns="within_days")
    shown = pd.DataFrame(index=wide.index)
    forms = {"customers": "count"}
    for days in wide["share"].columns:
        name = words.say("cohorts.within", days=int(days))
        shown[name] = wide["share"][days]
        shown[words.say("cohorts.interval", days=int(days))] = [
            "" if pd.isna(a) else words.say("cohorts.from_to", low=a, high=b)
            for a, b in zip(wide["low"][days], wide["high"][days], strict=True)
        ]
        forms[name] = "share"
    shown = shown.reset_index()
    shown["mark"] = ["" if c >= trusted else words["mark.filling"] for c in shown.cohort]
    caption = words["cohorts.age_caption"] + _left_out(len(shown), n, words)
    return table(shown[::-1], words, caption=caption, forms=forms)


def _left_out(shown: int, n: int, words: Words) -> str:
    """What a caption says of a table that holds fewer than all `n` cohorts."""
    return words.say("page.rows_left_out", shown=shown, n=n - shown) if n > shown else ""


@drawing()
def age_chart(recent: pd.DataFrame, names: list[str], trusted: str, words: Words):
    """Share who came again within 90, 180 and 365 days, by month of the first visit."""
    figure, axes = new_figure(6.0, 3.4)
    at = {name: i for i, name in enumerate(names)}
    step = max(1, len(names) // 9)
    for days, colour in reversed(WITHIN.items()):
        part = recent[(recent.within_days == days) & recent.share.notna()]
        if part.empty:
            continue
        x = part.cohort.map(at)
        axes.fill_between(x, part.low, part.high, color=COLOURS[colour], alpha=0.15, linewidth=0)
        axes.plot(
            x,
            part.share,
            color=COLOURS[colour],
            marker=MARKERS[colour],
            markersize=5,
            markevery=step,
            label=words.say("cohorts.within", days=days),
        )
    unsure = sum(name < trusted for name in names)
    if unsure:
        axes.axvspan(
            -0.5,
            unsure - 0.5,
            facecolor="none",
            edgecolor=COLOURS["neutral"],
            hatch=HATCH_OPEN,
            linewidth=0,
            alpha=0.5,
        )
    period_axis(axes, names)
    axes.set(xlabel="", ylabel=words["axis.came_again"], xlim=(-0.5, len(names) - 0.5))
    axes.set_ylim(0, None)
    share_axis(axes.yaxis)
    figure.legend(loc="outside upper left", ncols=3)
    return figure


def _heat(months: pd.DataFrame, book: Book, words: Words) -> list[Html]:
    """Who bought in which month since the first, newest cohort on top."""
    every = sorted(months.cohort.unique())[::-1]
    names = every[:SHOWN_COHORTS]
    part = months[months.cohort.isin(names) & months.age.between(1, SHOWN_AGES)]
    ages = range(1, int(part.age.max()) + 1)
    shares = part.pivot(index="cohort", columns="age", values="share_buying")
    whole = part.pivot(index="cohort", columns="age", values="complete")
    sizes = months[months.age == 0].set_index("cohort").customers
    trusted = first_trusted(book)
    heads = pd.DataFrame(
        {
            "cohort": [
                n if n >= trusted else words.say("cohorts.filling", cohort=n) for n in names
            ],
            "customers": [words.write(int(sizes[n])) for n in names],
        }
    )
    year = months[(months.age == min(SHOWN_AGES, max(ages))) & months.complete]
    year = year[year.cohort >= trusted]
    said = paragraph(words["cohorts.heat_text"])
    if year.customers.sum() >= FEW:
        share = float(year.buyers.sum() / year.customers.sum())
        said = paragraph(words.say("cohorts.heat_share", age=int(year.age.iloc[0]), share=share))
    return [
        heading(words["cohorts.heat_title"]),
        said,
        heat_table(
            shares.reindex(index=names, columns=ages),
            words,
            heads=heads,
            headers=[
                words["column.cohort"],
                words["column.customers"],
                *(words.say("cohorts.age", n=age) for age in ages),
            ],
            caption=words["cohorts.heat_caption"] + _left_out(len(names), len(every), words),
            unsure=whole.reindex(index=names, columns=ages).eq(False),
        ),
        paragraph(words["cohorts.heat_note"], "note"),
        paragraph(words["cohorts.heat_filling"], "note") if names[-1] < trusted else None,
    ]
