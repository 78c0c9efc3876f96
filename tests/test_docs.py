"""The README and the docs say what the code does."""

import re
import tomllib
from pathlib import Path

from toolkit import resources
from toolkit.intake.columns.glance import MOST_ROWS
from toolkit.intake.columns.recognition import BY_NAME, NONE, SURE
from toolkit.report import tables
from toolkit.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DEFINITIONS = (ROOT / "docs" / "definitions.md").read_text(encoding="utf-8")


def rows(heading: str) -> dict[str, list[str]]:
    """The rows of the table under a heading of the README, by the name in the first cell."""
    part = README.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    cells = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("| `")]
    return {row[0].strip().strip("`"): [c.strip() for c in row[1:]] for row in cells}


def test_every_parameter_stands_in_the_readme_and_no_other():
    assert list(rows("Parameters")) == list(Settings.model_fields)


def test_the_defaults_in_the_readme_are_the_settings_own():
    for name, (default, _unit) in rows("Parameters").items():
        own = Settings.model_fields[name].default
        if re.fullmatch(r"[\d.:]+", default):
            assert str(own) == default, name
        elif isinstance(own, bool):
            assert default.split(":")[0] == "no", name


def test_the_derived_defaults_in_the_readme_are_those_derived():
    assert str(Settings().margin_share) in rows("Parameters")["margin"][0]
    assert str(Settings().cost_per_contact) in rows("Parameters")["contact_cost"][0]
    told = rows("Parameters")
    assert [told[n][0].split()[0] for n in ("fledgling_days", "prime_days", "lapse_days")] == [
        "90",
        "210",
        "240",
    ]


def test_the_known_systems_in_the_readme_are_those_of_the_templates():
    paths = sorted((resources.folder("templates") / "formats").glob("*.toml"))
    told = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in paths}
    systems = {name: [each["system"]["ja"], each["system"]["en"]] for name, each in told.items()}
    assert rows("Known systems") == systems
    assert list(rows("Known systems")) == list(systems)


def test_files_named_in_the_readme_exist():
    for path in ("docs/report.png", "docs/definitions.md", "docs/sample.md", "run.py"):
        assert path in README
        assert (ROOT / path).is_file()


def test_tables_named_to_anybody_are_delivered():
    told = re.findall(r"`(\w+)\.csv`", next(x for x in README.splitlines() if "| `tables/`" in x))
    words = [path.read_text(encoding="utf-8") for path in ROOT.glob("templates/words/*.toml")]
    code = [path.read_text(encoding="utf-8") for path in ROOT.glob("toolkit/**/*.py")]
    for text in (*words, *code, DEFINITIONS):
        told += re.findall(r"tables/(\w+)\.csv", text)
    delivered = {table.name for table in tables.TABLES} | {"columns"}
    assert {"movement", "columns", "set_aside", "cohorts"} <= set(told) <= delivered


def test_every_package_is_said_to_replace_something():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for line in project["dependencies"]:
        name = re.split(r"[\[><=]", line)[0]
        assert name in README, name


def test_product_lines_in_a_file_of_their_own_are_in_the_definitions_and_the_readme():
    assert "`lines_file`" in DEFINITIONS and "**Orders and lines given together**" in DEFINITIONS
    assert "`--lines-file`" in README and rows("Parameters")["lines_file"]


def test_every_setting_with_a_rule_is_in_the_definitions():
    names = ("lapse_days", "amount_line", "small_hole", "max_silence_days", "day_starts_at")
    for name in (*names, "date_order", "decimal_mark"):
        assert f"`{name}`" in DEFINITIONS


def test_the_readme_shows_the_two_commands_ci_runs():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    first = README.split("```")[1].strip().splitlines()
    assert first == ["python run.py demo", "python run.py test"]
    for command in first:
        assert command.removeprefix("python ") in script


def test_the_switches_of_money_and_the_new_reasons_are_in_the_definitions():
    for name in ("include_shipping", "points_are_discount", "without_tax", "exclude_zero"):
        assert f"`{name}`" in DEFINITIONS
    for words in ("Dummy keys", "Several files", "Further lines of an order", "(pending), no sale"):
        assert words in DEFINITIONS


def test_the_definitions_have_the_numbers_by_which_columns_are_recognised():
    part = DEFINITIONS.split("## Which column is which\n", 1)[1].split("\n## ", 1)[0]
    assert f"**Below {SURE}**" in part and f"({MOST_ROWS:,}, of all files together)" in part
    for odds in BY_NAME.values():
        assert f" {odds:g}" in part
    assert f"{NONE['customer']:g} for customer, date and amount" in part
