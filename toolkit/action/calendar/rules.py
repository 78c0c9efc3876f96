"""The rules of the follow-up calendar, as a consultant keeps them in `templates/calendar.toml`."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic.functional_validators import BeforeValidator
from pydantic_core import PydanticCustomError

from toolkit import resources
from toolkit.action.calendar.faults import faults_of
from toolkit.intake import Said, spelled
from toolkit.problems import InputProblem
from toolkit.settings import Settings
from toolkit.text_files import text_of

State = Literal["active", "lapsed"]
Layer = Literal["first", "fledgling", "steady", "burst", "prime"]
Days = Annotated[int, Field(ge=0, le=3650)]
Title = Annotated[str, Field(min_length=1, max_length=40)]
Word = Annotated[str, Field(min_length=1, max_length=2000)]
Words = Annotated[tuple[Word, ...], BeforeValidator(lambda given: _spelled(given))]


def _of_the_year(day: str) -> str:
    dt.date.fromisoformat(f"2000-{day}")
    return day


def _anybody(visits: tuple[int, int]) -> tuple[int, int]:
    if visits[1] < max(visits[0], 1):
        raise ValueError(visits)
    return visits


def _some(names: tuple[str, ...]) -> tuple[str, ...]:
    if not names:
        raise ValueError(names)
    return names


Visits = Annotated[tuple[int, int], AfterValidator(_anybody)]
MonthDay = Annotated[str, Field(pattern=r"^\d\d-\d\d$"), AfterValidator(_of_the_year)]


SAID = tuple(each.name for each in fields(Said))
INHERITED = ("printed", *SAID)  # of the project's own rules, where a client's has none

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


def _spelled(given: object) -> object:
    """Words with pairs of lists written out, where they are such."""
    try:
        return spelled(given) if isinstance(given, list | tuple) else given
    except TypeError:
        return given


def _by_cost(given: object) -> object:
    """A channel of which only the cost is written."""
    return given if isinstance(given, dict | Channel) else {"cost": given}


class Rule(BaseModel):
    """When customers are due for a contact.

    after: what the days are counted from; a rule on a `date` has a day of the year (MM-DD) instead
    of days. days: "best" stands for the client's own best day, by which half of those who come a
    second time have come. visits: least and most visits to date. places, layers: where the
    customer stands at the closing date. control: whether a share of its contacts is held out to
    measure what they do; not where the contact is owed to the customer.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z0-9_]+$", max_length=40)
    after: Literal["first_visit", "last_visit", "date"]
    days: Days | Literal["best"] | MonthDay
    visits: Visits = (1, 9999)
    places: Annotated[tuple[State, ...], AfterValidator(_some)] = ("active", "lapsed")
    layers: Annotated[tuple[Layer, ...], AfterValidator(_some)] = LAYERS
    channel: str = Field(min_length=1, max_length=40)
    control: bool = True
    title: Title | dict[Literal["ja", "en"], Title] | None = None

    def titled(self, language: str) -> str:
        """What it is called in a language: as given, in the other language, or its name."""
        if isinstance(self.title, dict):
            return self.title.get(language) or next(iter(self.title.values()), self.name)
        return self.title or self.name

    @model_validator(mode="after")
    def _days_fit(self) -> Rule:
        dated = isinstance(self.days, str) and self.days != "best"
        if dated != (self.after == "date"):
            raise PydanticCustomError("days", "days do not fit", {"days": self.days})
        return self


class Rules(BaseModel):
    """All rules, the most important first.

    rest_days: least days between two contacts of one customer. weeks: how far ahead. channels: the
    ways of contact by name; one given as an amount or `contact_cost` has that cost and a letter's
    response. printed: those of which something is printed. unwilling and what follows: how a
    contact's kind or reason is understood (`said`). These and printed are as in the project's own
    rules unless given.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    rest_days: int = Field(14, ge=0, le=365)
    weeks: int = Field(8, ge=1, le=52)
    channels: dict[str, Annotated[Channel, BeforeValidator(_by_cost)]]
    printed: tuple[str, ...] = ()
    unwilling: Words = ()
    whole: Words = ()
    complaints: Words = ()
    settled: Words = ()
    lifted: Words = ()
    inquiries: Words = ()
    contacts: Words = ()
    rule: tuple[Rule, ...]

    @model_validator(mode="after")
    def _fit(self) -> Rules:
        faults, first = [], {}
        known = {"choices": ", ".join(self.channels)}
        unknown = [name for name in self.printed if name not in self.channels]
        faults += [("calendar_printed", {"value": name} | known) for name in unknown]
        for n, rule in enumerate(self.rule, 1):
            told = {"n": n, "rule": rule.name}
            if first.setdefault(rule.name, n) < n:
                faults.append(("calendar_twice", told | {"first": first[rule.name]}))
            if rule.channel not in self.channels:
                faults.append(("calendar_channel", told | {"value": rule.channel} | known))
        if faults:
            raise PydanticCustomError("rules", "rules do not fit", {"faults": faults})
        return self

    @property
    def said(self) -> Said:
        """The words by which a contact's kind or reason is understood."""
        return Said(**{name: getattr(self, name) for name in SAID})

    def cost(self, channel: str, contact_cost: Decimal) -> Decimal:
        """Cost of a contact by a channel, in major units."""
        return self.channels[channel].cost_with(contact_cost)


def read_rules(path: Path | None = None) -> Rules:
    """The rules of a file, by default the project's own.

    InputProblem with every entry at fault when the file cannot be used.
    """
    own = resources.folder("templates") / "calendar.toml"
    path = path or own
    try:
        given = tomllib.loads(text_of(path))
        given = given if path == own else _with_ours(given, tomllib.loads(text_of(own)))
        return Rules.model_validate(given)
    except OSError as error:
        raise InputProblem("calendar_missing", file=str(path)) from error
    except UnicodeDecodeError as error:
        raise InputProblem("calendar_encoding", file=path.name) from error
    except tomllib.TOMLDecodeError as error:
        raise InputProblem("calendar_unreadable", file=path.name, reason=str(error)) from error
    except ValidationError as error:
        raise InputProblem.of(faults_of(path.name, error)) from error


def _with_ours(given: dict, ours: dict) -> dict:
    """What a client's file says, and what of the project's own rules it inherits; of the printed
    channels those it has."""
    channels = given.get("channels")
    has = channels if isinstance(channels, dict) else {}
    printed = [name for name in ours["printed"] if name in has]
    return {name: ours[name] for name in INHERITED} | {"printed": printed} | given


def rules_of(settings: Settings) -> Rules:
    """The rules the settings name, by default the project's own (InputProblem, in their
    language)."""
    try:
        return read_rules(Path(settings.calendar_file) if settings.calendar_file else None)
    except InputProblem as problem:
        raise problem.in_language(settings.language) from problem.__cause__
