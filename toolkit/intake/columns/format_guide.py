"""What is known of the exports of shop systems, told as plain text."""

from __future__ import annotations

import difflib

from toolkit.intake.columns.column_table import aligned
from toolkit.intake.columns.formats import PARTS, STATUS, Format, StatusRule, known_formats
from toolkit.intake.columns.roles import KEY_PARTS
from toolkit.intake.names import plain
from toolkit.intake.sales.statuses import REASONS
from toolkit.problems import InputProblem
from toolkit.words import Words

SHOWN = ("order", "date", "customer", "mail", "phone", "name", "postcode", "total", *PARTS)
SHORTEST = 2  # letters of a part of a name


def format_lines(name: str | None, language: str) -> list[str]:
    """The known systems in `ja` or `en`, or the guides to those of a name, one string per line.

    A system of several exports (NextEngine) has a guide to each. Raises InputProblem for a name
    that is not known, with the nearest.
    """
    words = Words(language)
    if name is not None:
        guides = [_guide(known, words) for known in _named(name)]
        return [line for guide in guides for line in ("", *guide)][1:]
    rows = [(known.name, known.system[language]) for known in known_formats().values()]
    return [words["guide.known"], *aligned(rows, "  "), "", words["guide.ask"]]


def _named(name: str) -> list[Format]:
    """The format of this name or system, else those with it in their system (InputProblem)."""
    spelt = {}
    for known in known_formats().values():
        spelt |= {plain(each): known for each in (known.name, *known.system.values())}
    if plain(name) in spelt:
        return [spelt[plain(name)]]
    part = plain(name)
    if len(part) >= SHORTEST and any(part in each for each in spelt):
        return list({known.name: known for each, known in spelt.items() if part in each}.values())
    near = difflib.get_close_matches(plain(name), spelt, n=1, cutoff=0.0)
    raise InputProblem("unknown_format", name=name, near=spelt[near[0]].name if near else "")


def _guide(known: Format, words: Words) -> list[str]:
    spoken = words.language
    parts = [
        ("export", [known.export[spoken]]),
        ("rows", [words[f"guide.row_{known.rows}"]]),
        ("columns", _columns(known, words)),
        ("keys", [_keys(known, words)]),
        ("status", _statuses(known, words)),
        ("limits", [known.limits[spoken]]),
        ("refuse", [known.refuse[spoken]] if known.refuse else []),
        ("source", [known.source[spoken]]),
    ]
    told = [f"{known.system[spoken]} ({known.name})"]
    for title, lines in parts:
        if lines:
            told += ["", words[f"guide.{title}"], *(f"  {line}" for line in lines)]
    return told


def _columns(known: Format, words: Words) -> list[str]:
    """Role and names: the first of several is used, of the parts of a total all of them."""
    place = {role: i for i, role in enumerate(SHOWN)}
    rows = []
    for role in sorted(known.columns, key=lambda role: place.get(role, len(place))):
        names = [" + ".join(alternative) for alternative in known.names_of(role)]
        rows.append((words[f"role.{role}"], (" + " if role in PARTS else " / ").join(names)))
    rows = list(dict.fromkeys(rows))  # a price is the same column with and without a total
    rows += [(words[f"role.{role}"], name.format(n="1…")) for role, name in known.items.items()]
    if known.line_kinds is not None:
        kinds = known.line_kinds
        values = {"goods": ", ".join(kinds.goods), "off": ", ".join(kinds.taken_off) or "–"}
        told = words.say("guide.kinds", column=kinds.column, **values)
        rows.append((words["role.line_kind"], told))
    common = dict.fromkeys(words[f"role.{role}"] for role in known.common_names if role != STATUS)
    told = [words.say("guide.common", roles=words["note.and"].join(common))] if common else []
    return aligned(rows) + told


def _keys(known: Format, words: Words) -> str:
    told = (" + ".join(words[f"role.{part}"] for part in KEY_PARTS[key]) for key in known.keys)
    return words["guide.then"].join(told) or words["guide.nobody"]


def _statuses(known: Format, words: Words) -> list[str]:
    rows = [(rule.column, told) for rule in known.status for told in _told(rule, words)]
    common = [words["guide.status_common"]] if STATUS in known.common_names else []
    return [*aligned(rows), *common] or [words["guide.status_none"]]


def _told(rule: StatusRule, words: Words) -> list[str]:
    """What a rule does, by reason."""
    reason = {each: words[f"reason.{each}"] for each in REASONS}
    told = [
        words.say("guide.values", values=", ".join(values), reason=reason[each])
        for each in REASONS
        if (values := getattr(rule, each))
    ]
    if rule.keep:
        kept = {"values": ", ".join(rule.keep), "reason": reason[rule.otherwise]}
        told.append(words.say("guide.keep", **kept))
    if rule.filled:
        told.append(words.say("guide.filled", reason=reason[rule.filled]))
    if rule.money_back:
        told.append(words.say("guide.money_back", values=", ".join(rule.money_back)))
    return told
