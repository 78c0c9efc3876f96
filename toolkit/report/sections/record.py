"""The referee's tables: how every method would have done on this client's own past."""

from __future__ import annotations

import pandas as pd

from toolkit.foresight import Outlook
from toolkit.report.amounts import in_major_units
from toolkit.report.markup import details, join, table
from toolkit.report.shown import bullets, paragraph
from toolkit.words import Words

# Narrow on purpose: a phone has room for a name and two figures; the rest is in the delivered
# tables.
FORMS = {
    "ranking": {"auc": "score", "auc_lapsed": "score"},
    "top": {"lift_tenth": "ratio", "calibration_error": "share"},
    "counts": {"mae": "ratio", "bias": "share"},
    "value": {"mae": "money", "bias": "share"},
}


def record(outlook: Outlook, words: Words, currency: str) -> list:
    """The table of the ranking, the others on demand, and how they were made."""
    verdict = outlook.verdict
    more = {"top": verdict.ranking, "counts": verdict.counts}
    if verdict.value is not None:
        more["value"] = in_major_units(verdict.value, ["mae"], currency)
    tables = [_table(job, told, words, currency) for job, told in more.items()]
    return [
        _table("ranking", verdict.ranking, words, currency),
        paragraph(words["referee.note"], "note"),
        details(
            words["referee.more"], join([*tables, paragraph(words["referee.note_more"], "note")])
        ),
        bullets(_how(outlook, words)),
    ]


def _table(job: str, told: pd.DataFrame, words: Words, currency: str):
    """One job's table, a mark at the method used."""
    names = [words[f"method.{name}"] for name in told.method]
    marked = [
        words.say("referee.used", method=name) if used else name
        for name, used in zip(names, told.used, strict=True)
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
