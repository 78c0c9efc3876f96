"""The referee's tables: how every method would have done on this client's own past."""

from __future__ import annotations

import pandas as pd

from toolkit.foresight import Outlook
from toolkit.report.amounts import in_major_units
from toolkit.report.markup import details, join, table
from toolkit.report.shown import bullets, paragraph
from toolkit.words import Words

# Narrow on purpose: a phone has room for a name and two or three short figures; the rest is in the
# delivered tables.
FORMS = {
    "ranking": {"auc": "score", "auc_lapsed": "score"},
    "top": {"lift_tenth": "ratio", "lift_fifth": "ratio"},
    "off": {"calibration_error": "share", "noise_floor": "share"},
    "counts": {"mae": "ratio", "bias": "share"},
    "value": {"mae": "money", "bias": "share"},
    "sum_counts": {"bias": "share", "low": "share", "high": "share"},
    "sum_value": {"bias": "share", "low": "share", "high": "share"},
    "behind_ranking": {"behind": "score", "low": "score", "high": "score"},
    "behind_counts": {"behind": "ratio", "low": "ratio", "high": "ratio"},
    "behind_value": {"behind": "ratio", "low": "ratio", "high": "ratio"},
}
ENDS = {"behind_low": "low", "behind_high": "high"}
SUM_ENDS = {"bias_low": "low", "bias_high": "high"}


def record(outlook: Outlook, words: Words, currency: str) -> list:
    """The table of the ranking, the others on demand, and how they were made.

    On demand: lift, calibration, visits and money, and of every job how far each method is behind
    the best, with its 95 % interval (`Verdict`), those that cannot be told from the best marked;
    of visits and money also how far the sum is off, with its interval, and what decided.
    """
    verdict = outlook.verdict
    more = {"top": verdict.ranking, "off": verdict.ranking, "counts": verdict.counts}
    behind = {"behind_ranking": verdict.ranking, "behind_counts": verdict.counts}
    sums = {"counts": verdict.counts}
    if verdict.value is not None:
        sums["value"] = verdict.value
        more["value"] = in_major_units(verdict.value, ["mae"], currency)
        behind["behind_value"] = verdict.value
    opened = [
        *(_table(job, told, words, currency) for job, told in more.items()),
        paragraph(words["referee.note_more"], "note"),
        *(_behind(job, told, words, currency) for job, told in behind.items()),
        paragraph(words["referee.note_behind"], "note"),
        *(
            _table(f"sum_{job}", told.rename(columns=SUM_ENDS), words, currency)
            for job, told in sums.items()
        ),
        *(paragraph(said) for job, told in sums.items() if (said := _decided(job, told, words))),
    ]
    return [
        _table("ranking", verdict.ranking, words, currency),
        paragraph(words["referee.note"], "note"),
        details(words["referee.more"], join(opened)),
        bullets(_how(outlook, words)),
    ]


def _behind(job: str, told: pd.DataFrame, words: Words, currency: str):
    """How far everyone is behind the best at one job, a mark at those it cannot be told from."""
    tied = (told.behind_low <= 0) & ~told.used
    return _table(job, told.rename(columns=ENDS), words, currency, tied=tied)


def _decided(job: str, told: pd.DataFrame, words: Words) -> str | None:
    """Why the method used is not the simplest that is tied with the best; None where it is."""
    simplest, used = told[told.behind_low <= 0].iloc[0], told[told.used].iloc[0]
    if simplest.method == used.method:
        return None
    off = simplest.bias_low > 0 or simplest.bias_high < 0
    sound = used.bias_low <= 0 <= used.bias_high
    return words.say(
        f"referee.decided_{'sum' if off and sound else 'distance'}",
        job=words[f"referee.caption_{job}"],
        simplest=words[f"method.{simplest.method}"],
        used=words[f"method.{used.method}"],
        bias=simplest.bias,
        low=simplest.bias_low,
        high=simplest.bias_high,
    )


def _table(job: str, told: pd.DataFrame, words: Words, currency: str, tied=None):
    """One job's table, a mark at the method used and, asked for, at those tied with the best."""
    marks = pd.Series("", told.index).mask(told.used, "used")
    if tied is not None:
        marks = marks.mask(tied, "tied")
    names = [words[f"method.{name}"] for name in told.method]
    marked = [
        words.say(f"referee.{mark}", method=name) if mark else name
        for name, mark in zip(names, marks, strict=True)
    ]
    shown = told.assign(method=marked)[["method", *FORMS[job]]]
    caption = words[f"referee.caption_{job}"]
    return table(shown, words, caption=caption, forms=FORMS[job], currency=currency)


def _how(outlook: Outlook, words: Words) -> list[str]:
    """On how many origins, over how many days; the season; the sample."""
    parts = [
        words.say("referee.how", n=len(outlook.origins), days=outlook.judged_days),
        words[f"referee.season_{_season(outlook)}"],
    ]
    if outlook.judged_days < outlook.horizon_days:
        parts.append(words.say("referee.stretched", horizon=outlook.horizon_days))
    if outlook.leaving:
        parts.append(words.say("referee.leaving", said=words[f"count_model.{outlook.leaving}"]))
    if outlook.sampled:
        parts.append(words.say("referee.sampled", n=outlook.sampled))
    return parts


def _season(outlook: Outlook) -> str:
    if not outlook.season.checked:
        return "unknown"
    return "used" if outlook.season.helped else "none"
