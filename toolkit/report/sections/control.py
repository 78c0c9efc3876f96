"""The control group: who of each list is not contacted, and what that can prove."""

from __future__ import annotations

import pandas as pd

from toolkit.action import LISTS, Control, Plan
from toolkit.book import Book
from toolkit.report.groups_file import NAME
from toolkit.report.markup import table
from toolkit.report.shown import Shown, bullets, callout, heading, paragraph
from toolkit.report.trial_facts import trial_facts
from toolkit.words import Words

FORMS = {
    "to_contact": "count",
    "to_hold_out": "count",
    "base": "share",
    "assumed_uplift": "points",
    "smallest": "points",
    "pool": "count",
}


def control(book: Book, plan: Plan) -> Shown | None:
    """The section on the control group of every list; None where no list has anybody to contact."""
    controls = [each for each in plan.controls if each.contacted + each.held_out]
    if not controls:
        return None
    facts = trial_facts(book, plan)
    left = sum(_left(getattr(plan, each.list)) for each in plan.controls)
    waiting = sum(_waiting(rows) for rows in plan.lists().values())
    example = f"{book.closing:%Y-%m}"

    def write(words: Words):
        if not book.settings.control_share:
            return words["control.title"], [paragraph(words["control.lead_off"], "lead")]
        key = "control.lead" if facts.value("control.held") else "control.lead_none"
        return words["control.title"], [
            paragraph(facts.say(words, key), "lead"),
            table(_rows(controls, words), words, caption=words["control.caption"], forms=FORMS),
            paragraph(words["control.note"], "note"),
            callout(
                words["control.proof"], *_proofs(controls, plan, example, words), kind="caution"
            ),
            heading(words["control.how"]),
            bullets(_steps(words)),
            paragraph(words.say("control.left", n=left), "note") if left else None,
            paragraph(words.say("control.waiting", n=waiting), "note") if waiting else None,
        ]

    return Shown.written("control", book.settings.languages, write)


def campaign_name(campaign: str, listed: str, words: Words) -> str:
    """A campaign as people call it: by its own name, and by its list where it has one."""
    name = words[f"list_name.{listed}"] if listed in LISTS else listed
    if campaign == listed or not campaign:
        return name
    return words.say("list_name.of", campaign=campaign, list=name) if name else campaign


def _left(listed: pd.DataFrame | None) -> int:
    """How many of a list a contact does not pay for at the middle response, and are in neither
    group."""
    if listed is None or "priority" not in listed:
        return 0
    return int((listed.group.isna() & (listed.priority <= 0)).sum())


def _waiting(listed: pd.DataFrame) -> int:
    """How many of a list pay at the middle response, and are in neither group all the same."""
    if "priority" not in listed or "send" not in listed:
        return 0
    return int((~listed.send & (listed.priority > 0)).sum())


def _rows(controls: list[Control], words: Words) -> pd.DataFrame:
    rows = [
        (
            campaign_name(each.campaign, each.list, words),
            each.contacted,
            each.held_out,
            each.base,
            each.uplift,
            each.smallest,
            each.pool,
        )
        for each in controls
    ]
    frame = pd.DataFrame(rows, columns=["campaign", *FORMS])
    return frame.astype({"pool": "Int64", "smallest": "float64"})


def _proofs(controls: list[Control], plan: Plan, example: str, words: Words) -> list[str]:
    """Whether one campaign can prove what is assumed of it, list by list."""
    told = []
    for each in controls:
        values = {
            "list": campaign_name(each.campaign, each.list, words),
            "uplift": each.uplift,
            "smallest": each.smallest,
            "names": each.contacted + each.held_out,
            "pool": each.pool,
            "example": example,
        }
        told.append(words.say(f"control.{_verdict(each)}", **values))
    judged = 0 if plan.results is None else len(plan.results.judged)
    if judged:
        told.append(words.say("control.read", n=judged))
    return told


def _verdict(of: Control) -> str:
    if of.smallest is None:
        return "proves_nothing" if of.pool is None else "pool_small"
    if of.proves:
        return "proves"
    return "pool" if of.pool is not None else "pool_never"


def _steps(words: Words) -> list[str]:
    reason = words["column.reason"]
    steps = [
        words.say(f"control.{step}", reason=reason)
        for step in ("step_hold", "step_fill", "step_again")
    ]
    return [words.say("control.step_file", file=NAME), *steps]
