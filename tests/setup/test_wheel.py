"""The wheel: whole, and enough to make the demo report where there is no checkout.

In an environment of its own, with the packages of this one, which were installed by what the wheel
requires and by the pins.
"""

import importlib.metadata
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIRED = """
import importlib.metadata
print(*importlib.metadata.distribution("leakybucket").requires, sep="\\n")
"""
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


def test_the_wheel_makes_the_demo_report_in_an_environment_of_its_own(wheel, tmp_path):
    home = tmp_path / "environment"
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    suffix = ".exe" if os.name == "nt" else ""
    pip("install", "--no-deps", str(wheel), python=scripts / f"python{suffix}")
    (own,) = home.rglob("site-packages")
    told = importlib.metadata.distribution("leakybucket").requires
    ours = subprocess.run(
        [str(scripts / f"python{suffix}"), "-c", REQUIRED], capture_output=True, encoding="utf-8"
    )
    assert ours.stdout.split("\n")[:-1] == told  # those that were installed here
    (own / "packages.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shared = os.pathsep.join(str(Path(at, "share", "jupyter")) for at in (sys.prefix, home))
    bare = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(scripts / f"leakybucket{suffix}"), "demo"],
        cwd=elsewhere,
        env=bare | {"PYTHONUTF8": "1", "JUPYTER_PATH": shared},
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
