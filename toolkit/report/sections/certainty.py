"""How sure we are: the lapse line's error, the prediction's record."""

from __future__ import annotations

import pandas as pd

from toolkit.book import Book
from toolkit.foresight import FEWEST_CUSTOMERS, FEWEST_FOR_RECENCY, Outlook
from toolkit.report.book_facts import book_facts
from toolkit.report.markup import table
from toolkit.report.shown import Shown, figure_block, heading, paragraph
from toolkit.report.style import (
    COLOURS,
    drawing,
    new_figure,
    share_axis,
)
from toolkit.words import Words

COIN = 0.55  # area under the ROC curve below which a ranking is no use
LOOSE = 0.3  # share of lapses followed by a visit from which the line is called too short
NEEDED = {"nothing_to_learn": FEWEST_FOR_RECENCY, "too_small": FEWEST_CUSTOMERS}


def certainty(book: Book, outlook: Outlook) -> Shown:
    """The section on what the figures can bear."""
    facts = book_facts(book)

    def write(words: Words):
        blocks = [paragraph(_lapse_line(book, words), "lead")]
        if not book.two_years:
            blocks.append(paragraph(words["certainty.no_two_years"]))
        blocks += _prediction(outlook, words)
        return words["certainty.title"], blocks

    def _lapse_line(book: Book, words: Words) -> str:
        fact = facts["lapse.error_rate"]
        if fact.value is None:
            return facts.say(words, "certainty.lapse_unknown")
        low, high = fact.interval
        return facts.say(
            words,
            "certainty.lapse_loose" if fact.value >= LOOSE else "certainty.lapse",
            back=fact.numerator,
            lapses=fact.denominator,
            low=low,
            high=high,
        )

    return Shown.written("certainty", book.settings.languages, write)


def blind(outlook: Outlook) -> bool:
    """Whether no method did better than a coin on the client's own past (AUC below 0.55)."""
    if outlook.scores is None or outlook.scores.auc.isna().all():
        return False
    return bool(outlook.scores.auc.max() < COIN)


def _record(outlook: Outlook) -> str:
    """Which sentence the record deserves: `coin`, `close` (the simple rule is as good) or
    `better` (the regression ranks better and its chances are no worse)."""
    if blind(outlook):
        return "coin"
    by = outlook.scores.set_index("method")
    ahead = by.auc["regression"] - by.auc["recency"] >= 0.01
    return "better" if ahead and by.brier["regression"] <= by.brier["recency"] else "close"


def _prediction(outlook: Outlook, words: Words) -> list:
    start = [heading(words["certainty.prediction"])]
    if outlook.why:
        return [*start, paragraph(words.say(f"certainty.{outlook.why}", n=NEEDED[outlook.why]))]
    if outlook.calibration is None:
        return [*start, paragraph(words["certainty.not_judged"])]
    scores = outlook.scores.assign(method=[words[f"method.{m}"] for m in outlook.scores.method])
    forms = {
        "auc": "score",
        "auc_lapsed": "score",
        "brier": "score",
        "predicted": "share",
        "happened": "share",
    }
    return [
        *start,
        paragraph(words[f"certainty.verdict_{_record(outlook)}"]),
        _calibration_figure(outlook, words),
        table(scores, words, caption=words["certainty.scores_caption"], forms=forms),
        paragraph(words["certainty.scores_note"], "note"),
    ]


def _calibration_figure(outlook: Outlook, words: Words):
    shown = outlook.calibration
    forms = dict.fromkeys(("predicted", "happened", "low", "high"), "share")
    forms |= dict.fromkeys(("tenth", "customers", "came"), "count")
    row = outlook.scores.set_index("method").loc["regression"]
    return figure_block(
        words,
        name="certainty-calibration",
        figure=calibration_chart(shown, words),
        finding=words.say("certainty.calibration_finding", error=outlook.calibration_error),
        description=words.say(
            "certainty.calibration_description",
            origin=outlook.judged_at,
            horizon=outlook.horizon_days,
            predicted=row.predicted,
            happened=row.happened,
        ),
        table_html=table(shown, words, caption=words["certainty.calibration_caption"], forms=forms),
    )


@drawing()
def calibration_chart(tenths: pd.DataFrame, words: Words):
    """Predicted against happened; on the line is right, below it too hopeful."""
    figure, axes = new_figure(6.0, 3.4)
    top = min(1.0, 1.1 * max(tenths.predicted.max(), tenths.high.max()))
    axes.plot(
        [0, top],
        [0, top],
        color=COLOURS["neutral"],
        linestyle="--",
        linewidth=1.2,
        label=words["certainty.perfect"],
    )
    below, above = tenths.happened - tenths.low, tenths.high - tenths.happened
    axes.errorbar(
        tenths.predicted,
        tenths.happened,
        yerr=[below.clip(lower=0), above.clip(lower=0)],
        fmt="o",
        color=COLOURS["active"],
        markersize=5,
        linewidth=1.2,
        label=words["certainty.tenths"],
    )
    axes.set(xlabel=words["axis.predicted"], ylabel=words["axis.happened"])
    share_axis(axes.xaxis)
    share_axis(axes.yaxis)
    axes.legend(loc="upper left")
    return figure
