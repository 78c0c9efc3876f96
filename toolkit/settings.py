"""The settings of one diagnosis: every option of the command is one field here, and one
parameter of the notebook."""

from __future__ import annotations

import ast
import datetime as dt
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic.fields import FieldInfo

from toolkit import currency as money
from toolkit.problems import InputProblem
from toolkit.words import Words, Written

WILDCARD = re.compile(r"[*?\[]")
PARAMETERS_MARK = "# Parameters"  # first line of the notebook's parameter cell and of papermill's


def _field(default: Any, unit: str, **limits: Any) -> Any:
    return Field(default, json_schema_extra={"unit": unit}, **limits)


@dataclass(frozen=True)
class UnitName(Written):
    """A setting's unit, named in the language of the message it stands in."""

    unit: str

    def write(self, words: Words, form: str) -> str:
        """The unit in the reader's words."""
        return words[f"setting_unit.{self.unit}"]


@dataclass(frozen=True)
class RangeOf(Written):
    """The values a setting may have: closed, or without its low end (above), its high end (below)
    or both (between)."""

    kind: str
    low: str
    high: str

    def write(self, words: Words, form: str) -> str:
        """The range in the reader's words."""
        return words.say(f"setting_range.{self.kind}", low=self.low, high=self.high)


class Settings(BaseModel):
    """Validated settings. Units stand in each field's `unit`; limits are enforced.

    A field left at None is derived: the cut-offs from the profile, the client from the file's
    name, the contact cost from the currency. Sources of the defaults: definitions in
    `docs/definitions.md`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    sales_file: str | tuple[str, ...] = _field("", "path")
    client: str | None = _field(None, "text", max_length=80)
    language: Literal["ja", "en", "both"] = _field("both", "choice")
    closing_date: dt.date | None = _field(None, "date")
    profile: Literal["classic", "auto"] | None = _field(None, "choice")
    fledgling_days: int | None = _field(None, "days", ge=1, le=3650)
    amount_line: Decimal | None = _field(None, "money", gt=0, le=10**12)
    prime_days: int | None = _field(None, "days", ge=1, le=3650)
    lapse_days: int | None = _field(None, "days", ge=1, le=3650)
    currency: str = _field("JPY", "currency")
    margin: float | None = _field(None, "share", gt=0, le=1)
    contact_cost: Decimal | None = _field(None, "money", ge=0, le=10**9)
    offer_cost: Decimal = _field(Decimal(0), "money", ge=0, le=10**9)
    acquisition_cost: Decimal | None = _field(None, "money", ge=0, le=10**9)
    channels: str | None = _field(None, "text", max_length=200)
    budget: Decimal | None = _field(None, "money", ge=0, le=10**12)
    most_contacts: int | None = _field(None, "count", ge=0, le=10**9)
    horizon_days: int = _field(180, "days", ge=7, le=1095)
    kappa_low: float = _field(0.1, "ratio", ge=0, le=1)
    kappa: float = _field(0.25, "ratio", ge=0, le=1)
    kappa_high: float = _field(0.5, "ratio", ge=0, le=1)
    max_silence_days: int = _field(1095, "days", ge=1, le=36500)
    first_time_days: int = _field(180, "days", ge=0, le=3650)
    notice_days: int = _field(14, "days", ge=0, le=365)
    control_share: float = _field(0.2, "share", ge=0, lt=1)
    campaign: str | None = _field(None, "text", max_length=80)
    f2_window_days: int = _field(90, "days", ge=1, le=3650)
    small_hole: float = _field(0.2, "share", gt=0, lt=1)
    sheet: str | None = _field(None, "text", max_length=2000)
    customer_column: str | None = _field(None, "column")
    date_column: str | None = _field(None, "column")
    time_column: str | None = _field(None, "column")
    amount_column: str | None = _field(None, "column")
    order_column: str | None = _field(None, "column")
    price_column: str | None = _field(None, "column")
    quantity_column: str | None = _field(None, "column")
    status_column: str | None = _field(None, "column")
    product_column: str | None = _field(None, "column")
    product_name_column: str | None = _field(None, "column")
    subscription_column: str | None = _field(None, "column")
    discount_column: str | None = _field(None, "column")
    points_column: str | None = _field(None, "column")
    row_kind_column: str | None = _field(None, "column")
    subscription_words: str | None = _field(None, "text", max_length=200)
    lines_file: str | None = _field(None, "path")
    contacts_file: str | None = _field(None, "path")
    prospects_file: str | None = _field(None, "path")
    customer_file: str | None = _field(None, "path")
    calendar_file: str | None = _field(None, "path")
    earlier_lists: str | None = _field(None, "path")
    contact_months: int = _field(12, "months", ge=1, le=120)
    exclude_customers: str | None = _field(None, "text", max_length=2000)
    no_amount: bool = _field(False, "switch")
    exclude_zero: bool = _field(False, "switch")
    include_shipping: bool = _field(False, "switch")
    points_are_discount: bool = _field(False, "switch")
    without_tax: bool = _field(False, "switch")
    date_order: Literal["ymd", "dmy", "mdy", "reiwa"] | None = _field(None, "choice")
    decimal_mark: Literal[",", "."] | None = _field(None, "choice")
    timezone: str | None = _field(None, "zone")
    day_starts_at: str = _field("00:00", "time", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    personal_columns: bool = _field(False, "switch")
    out: str | None = _field(None, "path")

    @field_validator("subscription_words", "exclude_customers", "sheet", mode="before")
    @classmethod
    def _with_commas(cls, given: Any) -> Any:
        return ",".join(map(str, given)) if isinstance(given, list | tuple) else given

    @field_validator("currency")
    @classmethod
    def _iso_currency(cls, code: str) -> str:
        if not money.known(code.upper()):
            raise ValueError("currency")
        return code.upper()

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, name: str | None) -> str | None:
        if name is not None and name not in available_timezones():
            raise ValueError("timezone")
        return name and ZoneInfo(name).key

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, Any]) -> Settings:
        """Settings out of a notebook's `globals()` or any mapping of names to plain values.

        From `globals()` only the fields are taken, but every name assigned in a parameters cell
        must be one: a misspelt parameter is an error that names the nearest (InputProblem).
        """
        given = dict(parameters)
        if "In" in given:
            names = _assigned_parameters(given["In"]) or set(cls.model_fields)
            given = {name: given[name] for name in names if name in given}
        return cls.checked(given)

    @classmethod
    def checked(cls, given: Mapping[str, Any]) -> Settings:
        """Settings from exactly these values; all faults are told at once (InputProblem)."""
        language = given.get("language")
        language = language if language in ("ja", "en", "both") else "both"
        faults: list[tuple[str, dict[str, Any]]] = []
        for name in given:
            if name not in cls.model_fields:
                near = difflib.get_close_matches(name, cls.model_fields, n=1, cutoff=0.3)
                key = "unknown_parameter_near" if near else "unknown_parameter"
                faults.append((key, {"name": name, "near": near[0] if near else ""}))
        known = {k: v for k, v in given.items() if k in cls.model_fields}
        try:
            settings = cls(**known)
        except ValidationError as error:
            found = {str(d["loc"][0]): _fault(d) for d in error.errors()}
            faults += found.values()
        else:
            low, middle, high = settings.kappas
            if not low <= middle <= high:
                told = {"name": "kappa", "low": str(low), "middle": str(middle), "high": str(high)}
                faults.append(("kappa_order", told))
        if faults:
            raise InputProblem.of(faults).in_language(language)
        return settings

    @property
    def sales_files(self) -> tuple[str, ...]:
        """The sales files as named: files, folders or names with wildcards."""
        return (self.sales_file,) if isinstance(self.sales_file, str) else self.sales_file

    @property
    def client_name(self) -> str:
        """The client as named, else the first sales file's name without its endings; of a name
        with wildcards, the folder's."""
        path = Path(next(iter(self.sales_files), ""))
        while WILDCARD.search(path.name):
            path = path.parent
        return self.client or path.name.split(".")[0] or "client"

    @property
    def cost_per_contact(self) -> Decimal:
        """Contact cost in major units: as given, else 120 JPY or 1 of any other currency.

        120 JPY is the all-in cost of a letter in two published worked examples (greencosmo,
        Yano); 1 elsewhere is our placeholder. Both are marked as assumed in the report.
        """
        if self.contact_cost is not None:
            return self.contact_cost
        return Decimal(120) if self.currency == "JPY" else Decimal(1)

    @property
    def margin_share(self) -> float:
        """Gross margin as a share of the price (0..1): as given, else 0.4 (our rule, assumed)."""
        return 0.4 if self.margin is None else self.margin

    @property
    def channel_names(self) -> tuple[str, ...]:
        """The ways of contact the client has, in the order given; none where none was named."""
        given = (self.channels or "").replace("、", ",").split(",")
        return tuple(dict.fromkeys(name.strip() for name in given if name.strip()))

    @property
    def kappas(self) -> tuple[float, float, float]:
        """The assumed responses, low, middle and high."""
        return self.kappa_low, self.kappa, self.kappa_high

    @property
    def languages(self) -> tuple[str, ...]:
        """The report's languages, in the order they are shown."""
        return ("ja", "en") if self.language == "both" else (self.language,)

    def assumed(self) -> tuple[str, ...]:
        """Names of the economic settings that rest on a default: what to ask the client."""
        return tuple(name for name in ("margin", "contact_cost") if getattr(self, name) is None)

    @classmethod
    def companions(cls) -> tuple[str, ...]:
        """Names of the settings for files beside the sales."""
        paths = (name for name, unit in cls.units().items() if unit == "path")
        return tuple(name for name in paths if name not in ("sales_file", "out"))

    @classmethod
    def units(cls) -> dict[str, str]:
        """Field name -> unit."""
        return {
            name: field.json_schema_extra["unit"]  # type: ignore[index]
            for name, field in cls.model_fields.items()
        }


def _assigned_parameters(cells: list[str]) -> set[str]:
    names: set[str] = set()
    for source in cells:
        if source.lstrip().startswith(PARAMETERS_MARK):
            for node in ast.parse(source).body:
                targets = getattr(node, "targets", [getattr(node, "target", None)])
                names |= {t.id for t in targets if isinstance(t, ast.Name)}
    return names


def _fault(detail: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    name = str(detail["loc"][0])
    field = Settings.model_fields[name]
    values = {
        "name": name,
        "value": str(detail.get("input")),
        "unit": UnitName(Settings.units()[name]),
    }
    if detail["type"] == "literal_error":
        named = re.findall("'([^']*)'", detail["ctx"]["expected"])
        choices = ", ".join(each if each.isalpha() else f'"{each}"' for each in named)
        return "setting_choice", values | {"choices": choices}
    if detail["type"] in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        return "setting_limits", values | {"range": _range(field)}
    return "setting_unreadable", values


def _range(field: FieldInfo) -> RangeOf:
    above, below = (any(hasattr(m, end) for m in field.metadata) for end in ("gt", "lt"))
    kind = {(True, False): "above", (False, True): "below", (True, True): "between"}
    ends = _limit(field, "ge", "gt"), _limit(field, "le", "lt")
    return RangeOf(kind.get((above, below), "closed"), *ends)


def _limit(field: FieldInfo, *kinds: str) -> str:
    return str(next((getattr(m, k) for m in field.metadata for k in kinds if hasattr(m, k)), None))
