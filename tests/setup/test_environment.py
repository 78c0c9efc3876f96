"""environment.yml: the conda route installs the same project with the same pins."""

import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
FIVE = ("jupyterlab", "papermill", "pandas", "seaborn", "nbconvert")


def conda_lines():
    return [line for line in ENVIRONMENT["dependencies"] if isinstance(line, str)]


def pip_lines():
    (section,) = [line["pip"] for line in ENVIRONMENT["dependencies"] if isinstance(line, dict)]
    return section


def named():
    """Package name -> what is asked of it, from both sections."""
    written = [line.replace("=", "==", 1) if "==" not in line else line for line in conda_lines()]
    written += [line for line in pip_lines() if not line.startswith("-")]
    return {(wanted := Requirement(line)).name: wanted for line in written}


def test_the_environment_bears_the_name_of_the_command():
    assert [ENVIRONMENT["name"]] == list(PROJECT["scripts"]) == [PROJECT["name"]]


def test_python_and_pip_come_from_conda_and_python_is_one_the_project_runs_on():
    assert list(named())[:2] == ["python", "pip"] and len(conda_lines()) == 2
    (version,) = named()["python"].specifier
    assert version.operator == "=="
    assert SpecifierSet(PROJECT["requires-python"]).contains(version.version)


def test_the_pip_section_takes_the_pins_and_installs_the_project_with_every_extra():
    options = [line for line in pip_lines() if line.startswith("-")]
    extras = ",".join(sorted(PROJECT["optional-dependencies"]))
    assert options == ["-c constraints.txt", f"-e .[{extras}]"]


@pytest.mark.parametrize("name", FIVE)
def test_the_five_packages_of_the_design_are_listed_and_the_project_needs_each(name):
    assert name in named()
    lines = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["lab"]
    assert name in {Requirement(line).name for line in lines}


def test_a_version_written_here_is_the_pinned_one():
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pins = [Requirement(line) for line in text.splitlines() if not line.startswith("#")]
    for name, wanted in named().items():
        if name not in ("python", "pip") and wanted.specifier:
            assert wanted.specifier in [pin.specifier for pin in pins if pin.name == name]


def test_no_other_package_is_listed_than_the_project_itself_asks_for():
    lines = PROJECT["dependencies"] + sum(PROJECT["optional-dependencies"].values(), [])
    assert set(named()) - {"python", "pip"} <= {Requirement(line).name for line in lines}
