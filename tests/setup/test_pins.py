"""The pins: complete, without addresses, and what is really installed."""

import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
PIN_LINES = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
PINS = [Requirement(line) for line in PIN_LINES if line and not line.startswith("#")]
DIRECT = [Requirement(line) for line in PROJECT["dependencies"] + sum(EXTRAS.values(), [])]


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def pins_of(name):
    return [pin for pin in PINS if canonical(pin.name) == canonical(name)]


@pytest.mark.parametrize("name", ["constraints.txt", "environment.yml"])
def test_no_pin_file_holds_an_address(name):
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")


def test_the_first_line_says_how_the_pins_were_made():
    assert PIN_LINES[0].startswith("# Made by: uv pip compile pyproject.toml --all-extras")
    lowest = PROJECT["requires-python"].removeprefix(">=")
    assert f"--universal --python-version {lowest} " in PIN_LINES[0]


def test_every_pin_names_exactly_one_version():
    loose = [str(pin) for pin in PINS if not re.fullmatch(r"==[\w.+!]+", str(pin.specifier))]
    assert PINS and loose == []


@pytest.mark.parametrize("wanted", DIRECT, ids=lambda wanted: wanted.name)
def test_every_direct_dependency_is_pinned_within_its_range(wanted):
    versions = [str(pin.specifier).removeprefix("==") for pin in pins_of(wanted.name)]
    assert versions, f"{wanted.name} has no line in constraints.txt: make the file again"
    assert all(wanted.specifier.contains(version) for version in versions)


@pytest.mark.parametrize("wanted", DIRECT, ids=lambda wanted: wanted.name)
def test_what_is_installed_is_what_is_pinned(wanted):
    here = [p for p in pins_of(wanted.name) if p.marker is None or p.marker.evaluate()]
    try:
        version = importlib.metadata.version(wanted.name)
    except importlib.metadata.PackageNotFoundError:
        # JupyterLab is an extra that the report and the tests do without.
        assert wanted.name in {Requirement(line).name for line in EXTRAS["lab"]}
        pytest.skip("the lab extra is not installed")
    assert [str(pin.specifier) for pin in here] == [f"=={version}"]
