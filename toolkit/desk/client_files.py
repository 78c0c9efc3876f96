"""A client's settings written down, ready to be edited: `clients/<name>/client.yaml`."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from toolkit.client_file import FOLDER, NAME
from toolkit.desk.folders import client_folder
from toolkit.intake import Check, columns_in_doubt, columns_passed_over, columns_to_set
from toolkit.problems import InputProblem
from toolkit.settings import Settings
from toolkit.words import Words

GROUPS = {  # headings of the file -> the settings below them
    "files": (
        *("sales_file", "sheet", "lines_file", "contacts_file", "prospects_file", "customer_file"),
        *("calendar_file", "earlier_lists", "out"),
    ),
    "report": ("client", "language", "closing_date", "contact_months", "personal_columns"),
    "columns": (
        *("customer_column", "date_column", "time_column", "amount_column", "order_column"),
        *(
            "price_column",
            "quantity_column",
            "status_column",
            "product_column",
            "product_name_column",
        ),
        *("discount_column", "points_column", "row_kind_column"),
        *("subscription_column", "subscription_words"),
        "exclude_customers",
    ),
    "money": (
        *(
            "currency",
            "decimal_mark",
            "no_amount",
            "exclude_zero",
            "include_shipping",
            "points_are_discount",
        ),
        "without_tax",
    ),
    "time": ("date_order", "timezone", "day_starts_at"),
    "cutoffs": (
        *("profile", "fledgling_days", "amount_line", "prime_days", "lapse_days"),
        *("f2_window_days", "small_hole"),
    ),
    "winback": (
        *("margin", "contact_cost", "offer_cost", "horizon_days", "kappa_low", "kappa"),
        *("kappa_high", "max_silence_days", "first_time_days", "acquisition_cost", "channels"),
        *("budget", "most_contacts", "notice_days", "control_share", "campaign"),
    ),
}
PLAIN = r"\w[\w./-]*"  # text that needs no quotation marks


def write_client_file(name: str, settings: Settings, check: Check, language: str) -> Path:
    """Write `clients/<name>/client.yaml` with what was set and recognised, every setting of the
    program in it with its unit, those at their defaults commented out; its path.

    Below a recognised column stand the others that come into question, commented out.
    What stopped the reading stands above them as open questions, and beside a setting that is
    needed the columns that come into question for it.

    Never overwrites one (InputProblem).
    """
    path = Path(FOLDER) / client_folder(name) / NAME
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write("\n".join(_lines(name, path.parent, settings, check, language)) + "\n")
    except FileExistsError as error:
        raise InputProblem("client_exists", file=str(path)) from error
    except OSError as error:
        raise InputProblem("folder_in_use", folder=str(path), reason=str(error)) from error
    return path


def _lines(
    name: str, folder: Path, settings: Settings, check: Check, language: str
) -> Iterator[str]:
    words = Words(language)
    values = _values(name, folder, settings, check)
    told, doubtful = columns_to_set(check), columns_in_doubt(check)
    others = columns_passed_over(check)
    yield from (f"# {line}" for line in words.say("client_file.head", client=name).splitlines())
    if check.problem is not None:
        yield from ("", f"# == {words['client_file.group_questions']} ==")
        yield from (f"# {line}" for line in check.problem.text(language).splitlines())
    for group, names in GROUPS.items():
        yield from ("", f"# == {words[f'client_file.group_{group}']} ==")
        for each in names:
            unit = words[f"setting_unit.{Settings.units()[each]}"]
            yield f"# {_what(each, words)} [{unit}]"
            if each not in values and each in told:
                seen = ", ".join(told[each])
                yield f"# {words.say('client_file.recognised', columns=seen)}"
            elif each not in values and each in doubtful:
                yield f"# {_question(doubtful[each], words)}"
            yield from _setting(each, values)
            for other in others.get(each, ()) if each in values else ():
                yield f"# {words['client_file.other']} {each}: {_scalar(other)}"


def _question(columns: tuple[tuple[str, float], ...], words: Words) -> str:
    """What comes into question for a setting that has to be answered."""
    seen = [f"{column} ({words.write(confidence, 'share')})" for column, confidence in columns]
    if not seen:
        return words["client_file.question_open"]
    return words.say("client_file.question", columns=", ".join(seen))


def _what(name: str, words: Words) -> str:
    return words["client_file.sales_file" if name == "sales_file" else f"option.{name}"]


def _values(name: str, folder: Path, settings: Settings, check: Check) -> dict[str, Any]:
    """What is written as set: what the command named, what was recognised, and all switches."""
    given = settings.model_dump(mode="json", include=settings.model_fields_set, exclude_none=True)
    units = Settings.units()
    paths = {k: _seen_from(folder, v) for k, v in given.items() if units[k] == "path"}
    switches = {k: getattr(settings, k) for k, unit in units.items() if unit == "switch"}
    columns = {k: names[0] for k, names in columns_to_set(check, alone=True).items()}
    profile = settings.profile or ("classic" if settings.currency == "JPY" else "auto")
    chosen = {"language": settings.language, "currency": settings.currency, "profile": profile}
    return switches | columns | chosen | given | paths | {"client": name}


def _seen_from(folder: Path, path: str | list[str]) -> str | list[str]:
    if not isinstance(path, str):
        return [_seen_from(folder, each) for each in path]
    try:
        return Path(os.path.relpath(Path(path).resolve(), folder.resolve())).as_posix()
    except ValueError:  # on another drive
        return str(Path(path).resolve())


def _setting(name: str, values: dict[str, Any]) -> Iterator[str]:
    if name not in values:
        default = Settings.model_fields[name].default
        yield f"# {name}:" + ("" if default in (None, "") else f" {_scalar(default)}")
    elif isinstance(values[name], list):
        yield f"{name}:"
        yield from (f"  - {_scalar(each)}" for each in values[name])
    else:
        yield f"{name}: {_scalar(values[name])}"


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return text if re.fullmatch(PLAIN, text) else json.dumps(text, ensure_ascii=False)
