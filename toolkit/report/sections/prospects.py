"""Prospects: who has bought, who is waiting, who was never contacted."""

from __future__ import annotations

import pandas as pd

from toolkit.book import Book
from toolkit.report.markup import Html, table
from toolkit.report.shown import Shown, figure_block, paragraph
from toolkit.report.style import (
    COLOURS,
    HATCH_OPEN,
    count_axis,
    drawing,
    new_figure,
)
from toolkit.words import Words

MOST_SOURCES = 8  # bars shown; the others are one bar more
COUNTS = ["prospects", "already", "converted", "waiting", "not_followed"]
STAGES = {
    "converted": "active",
    "followed": "returned",
    "waiting": "returned",
    "not_followed": "lost",
    "already": "neutral",
}


def prospects(book: Book) -> Shown | None:
    """The section on prospects; None without a list, or with nobody on it."""
    if book.prospects is None:
        return None
    stages = book.prospects.stages()
    total = stages.iloc[-1]
    if not total.prospects:
        return None

    def write(words: Words):
        blocks = [
            paragraph(_lead(total, words), "lead"),
            paragraph(_median(total, words)) if pd.notna(total.share) else None,
            _figure(stages, words),
        ]
        return words["prospects.title"], blocks

    return Shown.written("prospects", book.settings.languages, write, brief=True)


def _lead(total: pd.Series, words: Words) -> str:
    values = {name: int(total[name]) for name in ("prospects", "already", "converted")}
    values["open"] = values["prospects"] - values["already"]
    if pd.isna(total.share):
        return words.say("prospects.lead", **values)
    return words.say("prospects.lead_share", **values, share=total.share)


def _median(total: pd.Series, words: Words) -> str:
    if pd.isna(total.median_days):
        return words["prospects.median_unknown"]
    return words.say("prospects.median", days=int(total.median_days))


def _figure(stages: pd.DataFrame, words: Words) -> Html:
    total, named = stages.iloc[-1], _named(stages, words)
    waiting, forgotten = int(total.waiting), total.not_followed
    if pd.isna(forgotten) or not waiting:
        finding = words.say("prospects.finding", waiting=waiting)
    elif forgotten:
        finding = words.say("prospects.finding_forgotten", waiting=waiting, n=int(forgotten))
    else:
        finding = words.say("prospects.finding_followed", waiting=waiting)
    columns = ["source", *COUNTS, "converted_share", "median_days"]
    if pd.isna(forgotten):
        columns.remove("not_followed")
    forms = dict.fromkeys([*COUNTS, "median_days"], "count") | {"converted_share": "share"}
    shown = named.rename(columns={"share": "converted_share"})[columns]
    return figure_block(
        words,
        name="prospects-stages",
        figure=stage_chart(_bars(named.iloc[:-1], words), words),
        finding=finding,
        description=source_sentence(stages, words),
        table_html=table(shown, words, caption=words["prospects.caption"], forms=forms),
        note=words["prospects.note"],
    )


def source_sentence(stages: pd.DataFrame, words: Words) -> str:
    """How many sources there are, and the one with most prospects where there is such a one."""
    listed = stages.iloc[:-1]
    stated = listed[listed.source.fillna("").astype(bool)]
    n = int(stages.prospects.iloc[-1])
    if stated.empty:
        return words.say("prospects.description_none", n=n)
    if len(listed) == 1:
        return words.say("prospects.description_one", source=stated.source.iloc[0], n=n)
    most = stated.prospects.max()
    if (listed.prospects >= most).sum() > 1:
        return words.say("prospects.description_several", sources=len(stated))
    source = stated.source[stated.prospects.idxmax()]
    return words.say("prospects.description", source=source, n=int(most))


def _named(stages: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The stages with their sources in words; the total is the last row."""
    names = [source or words["prospects.no_source"] for source in stages.source[:-1]]
    return stages.assign(source=[*names, words["prospects.total"]])


def _bars(named: pd.DataFrame, words: Words) -> pd.DataFrame:
    """One row per bar, with the stages it is made of; the smallest sources together."""
    bars = named.set_index("source")[COUNTS[1:]].astype("float64")
    if len(bars) > MOST_SOURCES + 1:
        rest = bars.iloc[MOST_SOURCES:].sum(min_count=1)
        bars = bars.iloc[:MOST_SOURCES]
        bars.loc[words["prospects.others"]] = rest
    if bars.not_followed.isna().all():
        return bars[["converted", "waiting", "already"]]
    bars["followed"] = bars.waiting - bars.not_followed
    return bars[["converted", "followed", "not_followed", "already"]]


@drawing()
def stage_chart(bars: pd.DataFrame, words: Words):
    """Prospects by source, parted by what became of them; hatched: waiting without a word."""
    figure, axes = new_figure(6.0, 1.4 + 0.38 * len(bars))
    left = pd.Series(0.0, index=bars.index)
    at = range(len(bars))
    for stage in bars:
        colour = COLOURS[STAGES[stage]]
        look = {"color": colour}
        if stage == "not_followed":
            look = {"facecolor": "white", "edgecolor": colour, "hatch": HATCH_OPEN}
        label = words[f"prospects.stage_{stage}"]
        axes.barh(at, bars[stage], left=left, height=0.66, label=label, **look)
        left = left + bars[stage]
    for i, n in enumerate(left):
        axes.annotate(f"{n:,.0f}", (n, i), xytext=(5, 0), textcoords="offset points", va="center")
    axes.set_yticks(list(at), [_short(name) for name in bars.index])
    axes.invert_yaxis()
    axes.set(xlabel=words["axis.prospects"])
    count_axis(axes.xaxis)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.margins(x=0.1)
    figure.legend(loc="outside upper left", ncols=2)
    return figure


def _short(name: str, most: int = 16) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"
