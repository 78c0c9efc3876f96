"""Commonly quoted figures, as a consultant keeps them in `templates/benchmarks.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from toolkit import resources
from toolkit.problems import InputProblem

Measure = Literal[
    "second_within_year",
    "second_within_90_days",
    "repeat_rate",
    "repeater_rate",
    "once",
    "outflow",
]
MEASURES = get_args(Measure)


class Named(BaseModel):
    """A text in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ja: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Benchmark(BaseModel):
    """One quoted figure: shares 0..1, `measure` the client's own value comparable with it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Named
    trade: Named
    low: float = Field(ge=0, le=1)
    high: float | None = Field(None, ge=0, le=1)
    at_least: bool = False
    measure: Measure | None = None
    source: Named
    note: Named | None = None

    @model_validator(mode="after")
    def _rises(self) -> Benchmark:
        if self.high is not None and self.high <= self.low:
            raise ValueError("high must be above low")
        return self


def read_benchmarks(path: Path | None = None) -> list[Benchmark]:
    """The quoted figures in the order of the file; none when there is no file.

    InputProblem with every entry at fault when one cannot be used.
    """
    path = path or resources.folder("templates") / "benchmarks.toml"
    if not path.exists():
        return []
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("benchmark", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputProblem("benchmarks_unreadable", file=path.name, reason=str(error)) from None
    found, faults = [], []
    for number, entry in enumerate(entries, 1):
        try:
            found.append(Benchmark.model_validate(entry))
        except ValidationError as error:
            faults += [_fault(path.name, number, part) for part in error.errors()]
    if faults:
        raise InputProblem.of(faults)
    return found


def _fault(file: str, number: int, error: dict) -> tuple[str, dict]:
    field = ".".join(str(part) for part in error["loc"]) or "low, high"
    value = "–" if error["type"] == "missing" or not error["loc"] else error["input"]
    told = {"file": file, "n": number, "field": field, "value": str(value)}
    return "benchmarks_entry", told | {"measures": ", ".join(MEASURES)}
