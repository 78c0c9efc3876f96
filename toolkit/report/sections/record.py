"""The referee's tables: how every method would have done on this client's own past."""

from __future__ import annotations

import pandas as pd

from toolkit.foresight import Outlook
from toolkit.report.amounts import in_major_units
from toolkit.report.markup import details, join, table
from toolkit.report.shown import bullets, paragraph
from toolkit.words import Words

# Narrow on purpose: a phone has room for four columns; the rest is in the delivered tables.
RANKING = {
    "auc": "score",
    "auc_lapsed": "score",
    "lift_tenth": "ratio",
    "calibration_error": "share",
}
COUNTS = {"mae": "ratio", "bias": "share"}
VALUE = {"mae": "money", "bias": "share"}


def record(outlook: Outlook, words: Words, currency: str) -> list:
    """The table of the ranking, those of visits and money on demand, and how they were made."""
    verdict = outlook.verdict
    more = [_table("counts", verdict.counts, COUNTS, words, currency)]
    if verdict.value is not None:
        major = in_major_units(verdict.value, ["mae"], currency)
        more.append(_table("value", major, VALUE, words, currency))
    return [
        _table("ranking", verdict.ranking, RANKING, words, currency),
        paragraph(words["referee.note"], "note"),
        details(words["referee.more"], join(more)),
        bullets(_how(outlook, words)),
    ]


def _table(job: str, told: pd.DataFrame, forms: dict, words: Words, currency: str):
    """One job's table, a mark at the method used."""
    names = [
        words.say("referee.used", method=words[f"method.{name}"])
        if used
        else words[f"method.{name}"]
        for name, used in zip(told.method, told.used, strict=True)
    ]
    shown = told.assign(method=names)[["method", *forms]]
    caption = words[f"referee.caption_{job}"]
    return table(shown, words, caption=caption, forms=forms, currency=currency)


def _how(outlook: Outlook, words: Words) -> list[str]:
    """On how many origins, over how many days; the season; the sample."""
    parts = [
        words.say("referee.how", n=len(outlook.origins), days=outlook.judged_days),
        words[f"referee.season_{_season(outlook)}"],
    ]
    if outlook.judged_days < outlook.horizon_days:
        parts.append(words.say("referee.stretched", horizon=outlook.horizon_days))
    if outlook.sampled:
        parts.append(words.say("referee.sampled", n=outlook.sampled))
    return parts


def _season(outlook: Outlook) -> str:
    if not outlook.season.checked:
        return "unknown"
    return "used" if outlook.season.helped else "none"
