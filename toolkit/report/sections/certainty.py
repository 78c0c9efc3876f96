"""How sure we are: the lapse line's error, the prediction's record."""

from __future__ import annotations

import pandas as pd

from toolkit.book import Book
from toolkit.foresight import FEWEST_CUSTOMERS, FEWEST_FOR_RECENCY, FEWEST_OF_EACH, Outlook
from toolkit.report.book_facts import book_facts
from toolkit.report.markup import table
from toolkit.report.sections.record import record
from toolkit.report.shown import Shown, figure_block, heading, paragraph
from toolkit.report.style import (
    COLOURS,
    MARKERS,
    drawing,
    new_figure,
    share_axis,
)
from toolkit.words import Words

LOOKS = ("active", "returned", "new")  # of the dates judged at, the latest first
LOOSE = 0.3  # share of lapses followed by a visit from which the line is called too short
NEEDED = {
    "nothing_to_learn": FEWEST_FOR_RECENCY,
    "nobody_came": 1,
    "too_small": FEWEST_CUSTOMERS,
    "too_alike": FEWEST_OF_EACH,
}
NO_CHANCES = {
    "about_to_lapse.no_chances": "about_to_lapse.no_chances_nobody_came",
    "golden.none": "golden.none_nobody_came",
    "winback.none": "winback.none_nobody_came",
}


def certainty(book: Book, outlook: Outlook) -> Shown:
    """The section on what the figures can bear."""
    facts = book_facts(book)

    def write(words: Words):
        blocks = [paragraph(_lapse_line(book, words), "lead")]
        if not book.two_years:
            blocks.append(paragraph(words["certainty.no_two_years"]))
        blocks += _prediction(outlook, words, book.settings.currency)
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


def no_chances(outlook: Outlook, key: str) -> str:
    """The key of the sentence that says why a section has no chances: nobody came, or too few."""
    return NO_CHANCES[key] if outlook.why == "nobody_came" else key


def blind(outlook: Outlook) -> bool:
    """Whether no method did better than a coin on the client's own past (AUC below 0.55)."""
    return outlook.verdict_key == "coin"


def _prediction(outlook: Outlook, words: Words, currency: str) -> list:
    start = [heading(words["certainty.prediction"])]
    if outlook.why:
        return [*start, paragraph(_why(outlook, words))]
    if outlook.calibration is None:
        return [*start, paragraph(words["certainty.not_judged"])]
    return [
        *start,
        paragraph(_verdict(outlook, words)),
        *record(outlook, words, currency),
        _calibration_figure(outlook, words),
    ]


def _why(outlook: Outlook, words: Words) -> str:
    days = outlook.past.calendar.days if outlook.past else outlook.horizon_days
    return words.say(f"certainty.{outlook.why}", n=NEEDED[outlook.why], days=days)


def _verdict(outlook: Outlook, words: Words) -> str:
    return words.say(
        f"referee.verdict_{outlook.verdict_key}", method=words[f"method.{outlook.method}"]
    )


def _calibration_figure(outlook: Outlook, words: Words):
    shown = outlook.calibration
    forms = dict.fromkeys(("predicted", "happened", "low", "high"), "share")
    forms |= dict.fromkeys(("tenth", "customers", "came"), "count")
    used = outlook.scores[outlook.scores.used].iloc[0]
    several = "one" if len(outlook.origins) == 1 else "several"
    return figure_block(
        words,
        name="certainty-calibration",
        figure=calibration_chart(shown, words),
        finding=words.say(
            f"certainty.calibration_finding{_sided(outlook)}",
            error=outlook.calibration_error,
            off=abs(outlook.hopeful),
        ),
        description=words.say(
            f"certainty.calibration_description_{several}",
            n=len(outlook.origins),
            first=outlook.origins[-1],
            origin=outlook.judged_at,
            horizon=outlook.judged_days,
            predicted=float(used.predicted),
            happened=float(used.happened),
            floor=outlook.calibration_floor,
        ),
        table_html=table(shown, words, caption=words["certainty.calibration_caption"], forms=forms),
    )


def _sided(outlook: Outlook) -> str:
    """Ending of the key where the chances were too high, or too low, as a whole."""
    off = outlook.hopeful
    return "_hopeful" if off > 0 else "_cautious" if off < 0 else ""


@drawing()
def calibration_chart(tenths: pd.DataFrame, words: Words):
    """Predicted against happened, by date; on the line is right, below it too hopeful."""
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
    for look, (day, part) in zip(LOOKS, tenths.groupby("judged_at", sort=False), strict=False):
        below, above = part.happened - part.low, part.high - part.happened
        axes.errorbar(
            part.predicted,
            part.happened,
            yerr=[below.clip(lower=0), above.clip(lower=0)],
            fmt=MARKERS[look],
            color=COLOURS[look],
            markersize=5,
            linewidth=1.2,
            label=words.say("certainty.tenths", day=day),
        )
    axes.set(xlabel=words["axis.predicted"], ylabel=words["axis.happened"])
    share_axis(axes.xaxis)
    share_axis(axes.yaxis)
    axes.legend(loc="upper left")
    return figure
