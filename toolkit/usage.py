"""What the command line says of a command typed wrongly, in the language of its reader."""

from __future__ import annotations

import locale
import os
import re
import sys
from collections.abc import Sequence
from typing import Any

import click

from toolkit.words import Words

LACKS = "requires an argument"  # of an option at the end of the line
TAKES_NONE = "does not take a value"


def ui_language(chosen: str | None = None) -> str:
    """The language to speak: the one asked for, else the machine's, else English."""
    if chosen in ("ja", "en"):
        return chosen
    asked = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next((value for value in asked if value), locale.getlocale()[0] or "")
    return "ja" if name.lower().startswith("ja") else "en"


class SpokenGroup(click.Group):
    """Commands whose faults of usage are told in the reader's language (exit code 2)."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **named: Any) -> Any:
        """Run the command; a fault of usage is told as `fault_of` words it."""
        typed = list(sys.argv[1:] if args is None else args)
        if not named.pop("standalone_mode", True):
            return super().main(typed, *rest, standalone_mode=False, **named)
        try:
            code = super().main(typed, *rest, standalone_mode=False, **named)
        except click.exceptions.NoArgsIsHelpError as fault:
            fault.show()
            sys.exit(fault.exit_code)
        except click.UsageError as fault:
            click.echo(fault_of(fault, ui_language(_language(typed))), err=True)
            sys.exit(fault.exit_code)
        except click.ClickException as fault:
            fault.show()
            sys.exit(fault.exit_code)
        except click.Abort:
            sys.exit(1)
        sys.exit(code if isinstance(code, int) else 0)


def fault_of(fault: click.UsageError, language: str) -> str:
    """A fault of usage in words: what is wrong, the nearest there is, and where help stands."""
    words = Words(language)
    name = getattr(fault, "option_name", None) or getattr(fault, "command_name", None) or ""
    near = ", ".join(getattr(fault, "possibilities", None) or ())
    if isinstance(fault, click.NoSuchOption):
        told = words.say(
            "usage.no_option_near" if near else "usage.no_option", name=name, near=near
        )
    elif type(fault).__name__ == "NoSuchCommand":
        key = "usage.no_command_near" if near else "usage.no_command"
        told = words.say(key, name=name, near=near)
    elif isinstance(fault, click.MissingParameter):
        missing = fault.param.make_metavar(fault.ctx) if fault.param and fault.ctx else ""
        told = words.say("usage.missing", name=missing.replace("...", ""))
    elif isinstance(fault, click.BadOptionUsage) and LACKS in fault.message:
        told = words.say("usage.no_value", name=name)
    elif isinstance(fault, click.BadOptionUsage) and TAKES_NONE in fault.message:
        told = words.say("usage.takes_none", name=name)
    elif found := re.search(r"unexpected extra arguments? \((.*)\)", fault.format_message()):
        told = words.say("usage.extra", names=found[1])
    else:
        told = fault.format_message()
    command = fault.ctx.command_path if fault.ctx is not None else ""
    return "\n".join([told, words.say("usage.help", command=command)] if command else [told])


def _language(typed: Sequence[str]) -> str | None:
    """The language asked for on a line that could not be taken apart."""
    for i, each in enumerate(typed):
        if each == "--language" and i + 1 < len(typed):
            return typed[i + 1]
        if each.startswith("--language="):
            return each.partition("=")[2]
    return None
