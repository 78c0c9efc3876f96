"""The control group: who of each list is not contacted, and what that can prove."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from toolkit.action import CALENDAR, LISTS, Control, Plan, rule_of
from toolkit.book import Book
from toolkit.report.facts import Facts
from toolkit.report.groups_file import NAME
from toolkit.report.markup import Html, table
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
SHARES = ("base", "assumed_uplift", "smallest")


def control(book: Book, plan: Plan) -> Shown | None:
    """The section on the control group of every list and of the calendar's rules; None where none
    has anybody to contact (of the calendar: anybody held out)."""
    whole = [each for each in plan.controls if each.contacted + each.held_out]
    controls = [each for each in whole if each.list != CALENDAR]
    dated = [each for each in whole if each.list == CALENDAR]
    dated = dated if any(each.held_out for each in dated) else []
    if not controls and not dated:
        return None
    facts = trial_facts(book, plan)
    lists = [each.list for each in plan.controls if each.list != CALENDAR]
    left = sum(_left(getattr(plan, name)) for name in lists)
    waiting = sum(_waiting(rows) for rows in plan.lists().values())
    example = f"{book.closing:%Y-%m}"

    def write(words: Words):
        if not book.settings.control_share:
            return words["control.title"], [paragraph(words["control.lead_off"], "lead")]
        return words["control.title"], [
            *(_of_lists(controls, plan, facts, example, words) if controls else ()),
            *(_of_calendar(dated, plan, facts, words) if dated else ()),
            paragraph(words["control.note"], "note"),
            heading(words["control.how"]),
            bullets(_steps(controls, bool(dated), words)),
            paragraph(words.say("control.left", n=left), "note") if left else None,
            paragraph(words.say("control.waiting", n=waiting), "note") if waiting else None,
        ]

    return Shown.written("control", book.settings.languages, write)


def _of_lists(
    controls: list[Control], plan: Plan, facts: Facts, example: str, words: Words
) -> list[Html]:
    """The control groups of the lists, and what one campaign of each can prove."""
    key = "control.lead" if facts.value("control.held") else "control.lead_none"
    proofs = _proofs(controls, plan, example, words)
    rows = _rows(controls, plan, words)
    return [
        paragraph(facts.say(words, key), "lead"),
        table(rows, words, caption=words["control.caption"], forms=FORMS),
        callout(words["control.proof"], *proofs, kind="caution"),
    ]


def _of_calendar(controls: list[Control], plan: Plan, facts: Facts, words: Words) -> list[Html]:
    """The control groups of the calendar's rules, and how many of them prove anything by now."""
    rows = _rows(controls, plan, words)
    proven = sum(each.proves for each in controls)
    return [
        paragraph(facts.say(words, "control.calendar_lead")),
        table(rows, words, caption=words["control.calendar_caption"], forms=FORMS),
        paragraph(words.say("control.calendar_proof", n=proven, all=len(controls))),
    ]


def rule_titles(plan: Plan, words: Words) -> dict[str, str]:
    """What the rules of the calendar are called, by their names."""
    rules = () if plan.follow_up is None else plan.follow_up.rules.rule
    return {rule.name: rule.titled(words.language) for rule in rules}


def campaign_name(campaign: str, listed: str, words: Words, titles: Mapping[str, str]) -> str:
    """A campaign as people call it: by its own name, and by its list where it has one; one of the
    calendar by the title of its rule (`rule_titles`)."""
    name = words[f"list_name.{listed}"] if listed in LISTS else listed
    if listed == CALENDAR:
        rule, campaign = rule_of(campaign)
        name = titles.get(rule, rule)
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


def _rows(controls: list[Control], plan: Plan, words: Words) -> pd.DataFrame:
    titles = rule_titles(plan, words)
    rows = [
        (
            campaign_name(each.campaign, each.list, words, titles),
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
    return frame.astype({"pool": "Int64"} | dict.fromkeys(SHARES, "float64"))


def _proofs(controls: list[Control], plan: Plan, example: str, words: Words) -> list[str]:
    """Whether one campaign can prove what is assumed of it, list by list."""
    told = []
    for each in controls:
        values = {
            "list": campaign_name(each.campaign, each.list, words, {}),
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


def _steps(controls: list[Control], dated: bool, words: Words) -> list[str]:
    """What to do, with whom not to do it, and what of the calendar goes on."""
    lists = words["follow_up.comma"].join(words[f"list_name.{x.list}"] for x in controls)
    steps = [words.say("control.step_file", file=NAME)]
    steps += [words.say("control.step_calendar", file=NAME)] if dated else []
    if any(each.held_out for each in controls):
        steps.append(words.say("control.step_hold", lists=lists))
    steps += [words["control.step_hold_calendar"]] if dated else []
    steps.append(words.say("control.step_fill", reason=words["column.reason"]))
    return [*steps, words["control.step_again"]]
