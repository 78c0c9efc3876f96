"""What is wrong with a file of rules, entry by entry, in words that say what is expected there."""

from __future__ import annotations

import json

from pydantic import ValidationError

DEPTH = {"rule": 3, "channels": 3}  # parts of an entry's place that people can find
SAID = {"lapsed": "layers"}  # entries of which the same is expected
SAID |= {"rest_days": "whole", "weeks": "whole", "times": "range", "response": "range"}
EXPECTED = ("visits", "places", "layers", "days", "after", "control", "name", "title", "cost")
EXPECTED += ("range", "whole")
RANGES = {"rest_days": (0, 365), "weeks": (1, 52), "times": (0, 1000), "response": (0, 10)}

Fault = tuple[str, dict[str, object]]


def faults_of(file: str, error: ValidationError) -> list[Fault]:
    """Every entry at fault (keys of `[problem]` with their values), once each: a choice of kinds
    errs twice."""
    told = [fault for each in error.errors() for fault in _told(file, each)]
    return list({(key, *values.values()): (key, values) for key, values in told}.values())


def _told(file: str, error: dict) -> list[Fault]:
    """What is wrong with an entry, or with the rules beside each other."""
    if error["type"] == "rules":
        return [(key, {"file": file} | values) for key, values in error["ctx"]["faults"]]
    loc, given = error["loc"], error["input"]
    if error["type"] == "days":
        loc, given = (*loc, "days"), error["ctx"]["days"]
    where = [str(part + 1) if isinstance(part, int) else str(part) for part in loc]
    where = where[: DEPTH.get(loc[0], 1)] if loc else ["rule"]
    values = {"file": file, "field": " ".join(where)}
    if error["type"] == "extra_forbidden":
        return [("calendar_foreign", values)]
    if error["type"] == "missing" and isinstance(given, dict):
        return [("calendar_lacks", values)]
    return [_expected(where[-1], values | {"value": _as_in_the_file(given)[:60]})]


def _expected(entry: str, values: dict[str, object]) -> Fault:
    """The fault of an entry with a value that cannot be used."""
    kind = SAID.get(entry, entry)
    if entry in RANGES:
        values |= dict(zip(("low", "high"), RANGES[entry], strict=True))
    return (f"calendar_entry_{kind}" if kind in EXPECTED else "calendar_entry"), values


def _as_in_the_file(given: object) -> str:
    """A value as a file of rules has it; of a table the names of its entries."""
    if isinstance(given, dict):
        return "{ " + ", ".join(given) + " }"
    return given if isinstance(given, str) else json.dumps(given, ensure_ascii=False, default=str)
