"""The wheel: whole, and enough to make the demo report where there is no checkout.

This is the real thing: an empty environment, pip, the pins. It is by far the longest test.
"""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = ("__pycache__", ".ipynb_checkpoints", ".pytest_cache")


def pip(*arguments, python=sys.executable):
    options = ("--python", str(python)) if python != sys.executable else ()
    quiet = ("-q", "--disable-pip-version-check", "--no-input")
    done = subprocess.run(
        [sys.executable, "-m", "pip", *options, *arguments, *quiet],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "-w", str(folder), str(ROOT))
    (built,) = folder.glob("leakybucket-*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def files_under(folder):
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not set(path.parts) & set(LEFT_OUT)
    }


@pytest.mark.parametrize("folder", ["notebooks", "templates"])
def test_notebooks_and_templates_are_all_in_the_wheel(names, folder):
    expected = {f"toolkit/_shipped/{name}" for name in files_under(folder)}
    assert expected
    assert expected <= names


def test_every_module_and_every_file_beside_one_is_in_the_wheel(names):
    expected = files_under("toolkit")
    assert "toolkit/settings.py" in expected
    assert expected <= names


def test_nothing_else_is_in_the_wheel(names):
    strangers = {n for n in names if not n.startswith(("toolkit/", "leakybucket-"))}
    assert strangers == set()


def test_the_wheel_makes_the_demo_report_in_an_empty_environment(wheel, tmp_path):
    home = tmp_path / "environment"
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    suffix = ".exe" if os.name == "nt" else ""
    pins = str(ROOT / "constraints.txt")
    # Compiling every file of every package would take as long again; the demo needs few.
    arguments = ("install", "--no-compile", "-c", pins, str(wheel))
    pip(*arguments, python=scripts / f"python{suffix}")

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    bare = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(scripts / f"leakybucket{suffix}"), "demo"],
        cwd=elsewhere,
        env=bare | {"PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    pages = list((elsewhere / "out").rglob("*.html"))
    assert len(pages) == 2, f"one page for each language, found {pages}"
    for page in pages:
        assert page.stat().st_size > 10_000
        assert str(page.parent.relative_to(elsewhere)) in done.stdout
        assert page.name in done.stdout
