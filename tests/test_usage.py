"""What is said of a command typed wrongly, in the reader's language."""

import pytest
from click.testing import CliRunner

from toolkit import cli
from toolkit.words import LANGUAGES, Words

WRONG = {
    "no_option_near": (("report", "shop.csv", "--langage"), {"name": "--langage"}),
    "no_option": (("check", "shop.csv", "--qqqqq"), {"name": "--qqqqq"}),
    "no_command_near": (("reprt",), {"name": "reprt", "near": "report"}),
    "no_command": (("zzz",), {"name": "zzz"}),
    "missing": (("report",), {"name": "FILE"}),
    "no_value": (("report", "shop.csv", "--date-order"), {"name": "--date-order"}),
    "takes_none": (("report", "shop.csv", "--no-amount=3"), {"name": "--no-amount"}),
    "extra": (("formats", "base", "b"), {"names": "b"}),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", WRONG)
def test_a_command_typed_wrongly_is_told_in_the_readers_language(key, language):
    arguments, values = WRONG[key]
    result = CliRunner(env={"LC_ALL": f"{language}_JP.UTF-8"}).invoke(cli.main, arguments)
    assert result.exit_code == 2 and result.stdout == ""
    near = {"near": "--language, --closing-date"} if key == "no_option_near" else {}
    assert result.stderr.splitlines()[0] == Words(language).say(f"usage.{key}", **values | near)


@pytest.mark.parametrize("asked", (["--language", "ja"], ["--language=ja"]))
def test_the_language_asked_for_is_spoken_though_the_line_is_wrong(asked):
    line = ["report", *asked, "shop.csv", "--qqqqq"]
    result = CliRunner(env={"LC_ALL": "en_US.UTF-8"}).invoke(cli.main, line)
    assert result.stderr.splitlines()[0] == Words("ja").say("usage.no_option", name="--qqqqq")


@pytest.mark.parametrize("arguments", (["--help"], ["--version"], ["report", "--help"]))
def test_help_and_version_end_well(arguments):
    result = CliRunner().invoke(cli.main, arguments)
    assert result.exit_code == 0 and result.stdout


def test_without_a_command_the_commands_are_shown():
    result = CliRunner().invoke(cli.main, [])
    assert result.exit_code == 2 and "report" in result.output
