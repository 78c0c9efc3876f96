"""Roles that cannot be settled, with what is most likely and the option that settles each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.intake.columns.finder import Finder
from toolkit.intake.columns.recognition import SHOWN, WORTH_TELLING, Candidate, Decision
from toolkit.intake.names import quoted
from toolkit.intake.values.short_dates import kind_of
from toolkit.words import Words, Written

CUSTOMER = ("customer", "mail", "phone", "name")  # roles that tell customers apart
LONGEST = 24  # characters of an example shown
MONTHS = re.compile("月|month", re.IGNORECASE)  # in the name of a column of months


@dataclass(frozen=True)
class Choices(Written):
    """Options to add, with what speaks for each, in the language of the message.

    choices: (option, column, confidence, example).
    """

    choices: tuple[tuple[str, str, float, str], ...]

    def write(self, words: Words, form: str) -> str:
        told = [
            words.say(
                "problem.choice" if example else "problem.choice_without_example",
                option=f"{option} {quoted(column)}",
                confidence=confidence,
                example=example,
            )
            for option, column, confidence, example in self.choices
        ]
        return words["problem.or"].join(told)


def tell(find: Finder, role: str) -> None:
    """Keep the fault of a role that is needed and not settled: which columns come into question,
    or that none does."""
    if role == "date" and _short_dates(find):
        return
    ranked = likeliest(find.decisions, role)
    if role == "date" and _unread(find, ranked):
        return
    if not ranked or ranked[0].confidence < WORTH_TELLING:
        find.fault(f"no_{role}_column")
        return
    choices = tuple(_choice(find, f"--{role}", candidate) for candidate in ranked)
    find.fault(f"doubtful_{role}", choices=Choices(choices))


def _short_dates(find: Finder) -> bool:
    """Whether a column that is one of dates by its name has days without a year, or only months:
    then that is told."""
    evidence = find.evidence
    columns = evidence.glance.columns if evidence.glance is not None else ()
    for at, column in enumerate(columns):
        dated = evidence.headed and (
            evidence.says("date", at) in ("known", "word") or MONTHS.search(find.header[at])
        )
        found = kind_of(column) if dated and at not in find.taken else None
        if found is not None:
            find.fault(found[0], column=find.labels[at], value=found[1])
            return True
    return False


def _unread(find: Finder, ranked: Sequence[Candidate]) -> bool:
    """Whether the likeliest column is one of dates by its name, and not one of its values can be
    read as a date: then that is told, with the first of them."""
    fit, evidence = find.evidence.fit, find.evidence
    if not ranked or fit is None or not evidence.headed:
        return False
    (at, *_) = ranked[0].columns
    look = fit.looks[at]
    if look.dates or not look.rows or evidence.says("date", at) not in ("known", "word"):
        return False
    row = int(np.flatnonzero(~evidence.glance.columns[at].blank())[0]) + 1
    find.fault("dates_unread", column=find.labels[at], value=_shown(look.example), row=row)
    return True


def likeliest(decisions: Mapping[str, Decision], role: str) -> list[Candidate]:
    """The columns that come into question for a role, the likeliest first."""
    roles = CUSTOMER if role == "customer" else (role,)
    best: dict[tuple[int, ...], Candidate] = {}
    for each in roles:
        decision = decisions.get(each)
        for candidate in decision.best() if decision is not None else ():
            old = best.get(candidate.columns)
            if old is None or old.confidence < candidate.confidence:
                best[candidate.columns] = candidate
    return sorted(best.values(), key=lambda each: -each.confidence)[:SHOWN]


def _choice(find: Finder, option: str, candidate: Candidate) -> tuple[str, str, float, str]:
    at = candidate.columns[0]
    fit = find.evidence.fit
    example = fit.looks[at].example if fit is not None else ""
    return option, find.labels[at], candidate.confidence, _shown(example)


def _shown(example: str) -> str:
    return example if len(example) <= LONGEST else example[: LONGEST - 1] + "…"
