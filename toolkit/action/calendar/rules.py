"""The rules of the follow-up calendar, as a consultant keeps them in `templates/calendar.toml`."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic.functional_validators import BeforeValidator

from toolkit import resources
from toolkit.problems import InputProblem

State = Literal["active", "lapsed"]
Layer = Literal["first", "fledgling", "steady", "burst", "prime"]
Days = Annotated[int, Field(ge=0, le=3650)]
MonthDay = Annotated[str, Field(pattern=r"^\d\d-\d\d$")]


LAYERS: tuple[Layer, ...] = ("first", "fledgling", "steady", "burst", "prime")


class Channel(BaseModel):
    """A way of contact.

    cost: of one contact in major units of the client's currency, or `contact_cost` for that
    setting, the cost of a letter. times: so many of these (a call that costs four letters: 4).
    response: the uplift of one contact relative to a letter's, an assumption. lapsed: the layers
    of the lapsed it is used for in winning back.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    cost: Annotated[Decimal, Field(ge=0)] | Literal["contact_cost"] = "contact_cost"
    times: Decimal = Field(Decimal(1), ge=0, le=1000)
    response: float = Field(1.0, ge=0, le=10)
    lapsed: tuple[Layer, ...] = LAYERS

    def cost_with(self, contact_cost: Decimal) -> Decimal:
        """Cost of a contact where a letter costs so much, in major units."""
        return self.times * (contact_cost if self.cost == "contact_cost" else self.cost)


def _by_cost(given: object) -> object:
    """A channel of which only the cost is written."""
    return given if isinstance(given, dict | Channel) else {"cost": given}


class Rule(BaseModel):
    """When customers are due for a contact.

    after: what the days are counted from; a rule on a `date` has a day of the year (MM-DD) instead
    of days. days: "best" stands for the client's own best day, by which half of those who come a
    second time have come. visits: least and most visits to date. places, layers: where the
    customer stands at the closing date.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z0-9_]+$", max_length=40)
    after: Literal["first_visit", "last_visit", "date"]
    days: Days | Literal["best"] | MonthDay
    visits: tuple[int, int] = (1, 9999)
    places: tuple[State, ...] = ("active", "lapsed")
    layers: tuple[Layer, ...] = LAYERS
    channel: str = Field(min_length=1, max_length=40)

    @model_validator(mode="after")
    def _days_fit(self) -> Rule:
        dated = isinstance(self.days, str) and self.days != "best"
        if dated != (self.after == "date"):
            raise ValueError("days")
        if dated:
            dt.date.fromisoformat(f"2000-{self.days}")
        return self


class Rules(BaseModel):
    """All rules, the most important first.

    rest_days: least days between two contacts of one customer. weeks: how far ahead. channels: the
    ways of contact by name; one given as an amount or `contact_cost` has that cost and a letter's
    response.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    rest_days: int = Field(14, ge=0, le=365)
    weeks: int = Field(8, ge=1, le=52)
    channels: dict[str, Annotated[Channel, BeforeValidator(_by_cost)]]
    rule: tuple[Rule, ...]

    @model_validator(mode="after")
    def _fit(self) -> Rules:
        names = [rule.name for rule in self.rule]
        if len(set(names)) < len(names):
            raise ValueError("name")
        if any(rule.channel not in self.channels for rule in self.rule):
            raise ValueError("channel")
        return self

    def cost(self, channel: str, contact_cost: Decimal) -> Decimal:
        """Cost of a contact by a channel, in major units."""
        return self.channels[channel].cost_with(contact_cost)


def read_rules(path: Path | None = None) -> Rules:
    """The rules of a file, by default the project's own.

    InputProblem with every entry at fault when the file cannot be used.
    """
    path = path or resources.folder("templates") / "calendar.toml"
    try:
        return Rules.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise InputProblem("calendar_missing", file=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputProblem("calendar_unreadable", file=path.name, reason=str(error)) from error
    except ValidationError as error:
        faults = [("calendar_entry", _told(path.name, each)) for each in error.errors()]
        raise InputProblem.of(faults) from error


def _told(file: str, error: dict) -> dict[str, str]:
    where = [str(part + 1) if isinstance(part, int) else str(part) for part in error["loc"]]
    return {
        "file": file,
        "field": " ".join(where) or str(error.get("ctx", {}).get("error", "rule")),
        "value": "–" if error["type"] == "missing" else str(error["input"])[:60],
    }
