"""The front door: what it decides, without installing anything."""

import ast
import importlib.util
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "run.py"
spec = importlib.util.spec_from_file_location("run", SOURCE)
run = importlib.util.module_from_spec(spec)
spec.loader.exec_module(run)


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A folder with pins and a whole environment, recorded as ready for the tests."""
    (tmp_path / "constraints.txt").write_text("pandas==3.1.1\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    whole_environment(tmp_path / ".venv")
    ready = run.fingerprint(tmp_path) + "\ntest\n"
    (tmp_path / ".venv" / ".ready").write_text(ready, encoding="utf-8")
    monkeypatch.setattr(run, "ROOT", tmp_path)
    return tmp_path


def whole_environment(venv):
    python = run.interpreter(venv)
    python.parent.mkdir(parents=True)
    python.touch()


@pytest.fixture
def pip_calls(monkeypatch):
    """What pip was asked to do, instead of doing it."""
    calls = []
    monkeypatch.setattr(run, "pip", lambda python, root, *arguments: calls.append(arguments))
    return calls


@pytest.fixture
def made(monkeypatch):
    """The environments made, each with an empty file for its Python."""
    folders = []

    def make(venv):
        folders.append(venv)
        whole_environment(venv)

    monkeypatch.setattr(run, "make_environment", make)
    return folders


def test_the_oldest_python_is_the_one_the_project_asks_for():
    text = (SOURCE.parent / "pyproject.toml").read_text(encoding="utf-8")
    asked = tomllib.loads(text)["project"]["requires-python"]
    assert asked == ">=" + ".".join(str(part) for part in run.OLDEST)


def test_only_the_standard_library_is_imported():
    tree = ast.parse(SOURCE.read_text(encoding="utf-8"))
    imported = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            imported.add(node.module.split(".")[0])
    assert imported, "no import was found at all"
    assert imported <= sys.stdlib_module_names


def test_an_older_python_can_read_the_file():
    ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize(
    "version, refused",
    [((2, 7, 18), True), ((3, 10, 13), True), ((3, 11, 0), False), ((3, 14, 1), False)],
)
def test_pythons_before_3_11_are_too_old(version, refused):
    assert run.too_old(version) is refused


@pytest.mark.parametrize(
    "lang, sentence",
    [
        ("en_US.UTF-8", "Python 3.11 or newer is needed, and this is Python 3.10.13."),
        ("ja_JP.UTF-8", "Python 3.11 以上が必要です（いまの Python は 3.10.13 です）。"),
    ],
)
def test_a_python_too_old_is_refused_in_one_sentence_and_nothing_is_made(tmp_path, lang, sentence):
    copy = tmp_path / "run.py"
    copy.write_bytes(SOURCE.read_bytes())
    # The file itself is run as a whole; only the number it reads is that of an older Python.
    older = "import runpy, sys; sys.version_info = (3, 10, 13, 'final', 0); sys.argv = sys.argv[1:]"
    older += "; runpy.run_path(sys.argv[0], run_name='__main__')"
    environment = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "LC_MESSAGES")}
    done = subprocess.run(
        [sys.executable, "-c", older, str(copy), "demo"],
        env=environment | {"LANG": lang, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [sentence]
    assert [path.name for path in tmp_path.iterdir()] == ["run.py"]


def test_nothing_is_installed_when_nothing_changed(checkout, pip_calls, made, capfd):
    assert run.prepare(checkout, {"test"}) == run.interpreter(checkout / ".venv")
    assert (pip_calls, made) == ([], [])
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", ["constraints.txt", "pyproject.toml"])
def test_a_changed_pin_or_project_file_is_installed_into_the_same_environment(
    checkout, pip_calls, made, name
):
    with (checkout / name).open("a", encoding="utf-8") as file:
        file.write("# one line more\n")
    run.prepare(checkout, {"test"})
    assert [call[-4:] for call in pip_calls] == [("-c", "constraints.txt", "-e", ".[test]")]
    assert made == []
    run.prepare(checkout, {"test"})
    assert len(pip_calls) == 1


def test_a_moved_folder_is_installed_again_as_the_install_names_its_place(checkout, tmp_path):
    assert run.missing(checkout, {"test"}) == set()
    before = run.fingerprint(checkout)
    moved = checkout.rename(tmp_path.with_name(tmp_path.name + "-moved"))
    assert run.fingerprint(moved) != before
    assert run.missing(moved, {"test"}) == {"test"}


def test_the_lab_is_added_once_and_kept_from_then_on(checkout, pip_calls, made):
    run.prepare(checkout, {"test", "lab"})
    assert [call[-1] for call in pip_calls] == [".[lab,test]"]
    assert run.missing(checkout, {"test"}) == set()
    (checkout / "constraints.txt").write_text("pandas==3.1.2\n", encoding="utf-8")
    assert run.missing(checkout, {"test"}) == {"lab", "test"}


def test_an_interrupted_set_up_is_made_anew(checkout, pip_calls, made, monkeypatch):
    venv = checkout / ".venv"
    (venv / "left.over").touch()
    (checkout / "constraints.txt").write_text("pandas==3.1.2\n", encoding="utf-8")

    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(run, "pip", interrupted)
        assert run.main(["demo"]) == 130
    assert made == []

    run.prepare(checkout, {"test"})
    assert made == [venv]
    assert not (venv / "left.over").exists()
    assert run.installed(checkout) == (run.fingerprint(checkout), {"test"})


def test_an_environment_whose_python_is_gone_is_made_anew_and_said_so(
    checkout, pip_calls, made, monkeypatch, capfd
):
    monkeypatch.setenv("LC_ALL", "C")
    run.interpreter(checkout / ".venv").unlink()
    run.prepare(checkout, {"test"})
    assert capfd.readouterr() == ("", run.WORDS["en"]["making"] + "\n")
    assert made == [checkout / ".venv"]
    assert len(pip_calls) == 1


def test_an_environment_made_by_other_means_is_filled_and_not_removed(checkout, pip_calls, made):
    (checkout / ".venv" / ".ready").unlink()
    (checkout / ".venv" / "own.file").touch()
    run.prepare(checkout, {"test"})
    assert made == []
    assert (checkout / ".venv" / "own.file").exists()
    assert len(pip_calls) == 1


def test_a_failing_pip_shows_its_end_the_plain_route_and_its_exit_code(
    checkout, monkeypatch, capfd
):
    monkeypatch.setenv("LC_ALL", "C")
    script = "print(*range(100), sep='\\n'); print('ERROR: no network'); raise SystemExit(23)"
    real = subprocess.run
    monkeypatch.setattr(
        run.subprocess, "run", lambda command, **how: real([sys.executable, "-c", script], **how)
    )
    (checkout / "constraints.txt").write_text("pandas==0.0.0\n", encoding="utf-8")
    assert run.main(["demo"]) == 23
    told = capfd.readouterr().err.splitlines()
    assert "ERROR: no network" in told
    assert "99" in told and "50" not in told
    assert '    python -m pip install -c constraints.txt -e ".[test]"' in told


def test_pins_put_back_after_a_failure_are_ready_at_once(checkout, monkeypatch, made):
    def fails(*_):
        raise run.SetUpFailed(1)

    monkeypatch.setattr(run, "pip", fails)
    (checkout / "constraints.txt").write_text("pandas==0.0.0\n", encoding="utf-8")
    assert run.main(["demo"]) == 1
    (checkout / "constraints.txt").write_text("pandas==3.1.1\n", encoding="utf-8")
    assert run.missing(checkout, {"test"}) == set()
    assert made == []


def test_commands_go_to_pytest_to_jupyterlab_and_else_to_leakybucket():
    python = run.interpreter(Path(".venv"))
    front = run.command_line(python, ["report", "売上 2024.csv", "--language", "ja"])
    assert front[-4:] == ["report", "売上 2024.csv", "--language", "ja"]
    assert Path(front[-5]).stem == "leakybucket"
    assert run.command_line(python, ["test", "-k", "bucket"])[1:] == [
        "-m",
        "pytest",
        "-k",
        "bucket",
    ]
    notebook = str(Path("notebooks", "diagnosis.ipynb"))
    assert run.command_line(python, ["lab"])[1:] == ["-m", "jupyterlab", notebook]
    assert Path(run.command_line(python, [])[-1]).stem == "leakybucket"


def test_the_exit_code_and_utf8_reach_through(tmp_path):
    script = "import os, sys; sys.exit(7 if os.environ['PYTHONUTF8'] == '1' else 8)"
    assert run.run([sys.executable, "-c", script], tmp_path) == 7
    assert run.exit_code(-9) == 137


@pytest.mark.parametrize(
    "environment, locale_name, expected",
    [
        ({"LANG": "ja_JP.UTF-8"}, "en_US", "ja"),
        ({"LC_ALL": "C", "LANG": "ja_JP.UTF-8"}, "ja_JP", "en"),
        ({}, "Japanese_Japan", "ja"),
        ({"LANG": ""}, "German_Germany", "en"),
    ],
)
def test_the_sentence_is_japanese_where_the_locale_is(environment, locale_name, expected):
    assert run.language(environment, locale_name) == expected


def test_every_sentence_is_there_in_both_languages():
    assert run.WORDS["ja"].keys() == run.WORDS["en"].keys()
