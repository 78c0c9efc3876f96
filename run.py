"""The front door on every system: makes `.venv` on first use, then runs what was asked in it.

    python run.py demo              the demo report
    python run.py test [...]        the tests; what follows goes to pytest
    python run.py lab               JupyterLab on the notebook
    python run.py report FILE ...   anything else goes to `leakybucket`

Standard library only. The syntax is kept readable for Python 3.6, so that a Python too old for
the project is told so in a sentence instead of a SyntaxError.
"""

import contextlib
import hashlib
import importlib.util
import locale
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OLDEST = (3, 11)
PIN_FILES = ("constraints.txt", "pyproject.toml")
TAIL = 12  # lines of pip's output that are shown when it fails

WORDS = {
    "en": {
        "too_old": "Python {oldest} or newer is needed, and this is Python {version}.",
        "making": "Setting up for the first time or after a change: a minute or two, this once.",
        "failed": "The set-up did not work. The end of what pip wrote is above.",
        "no_folder": "The folder {folder} could not be made anew: {reason}",
        "no_pip": "This Python brings no pip. Install it (Debian and Ubuntu: apt install "
        "python3-venv python3-pip) and try again.",
        "by_hand": "Try again, or in an environment of your own:",
    },
    "ja": {
        "too_old": "Python {oldest} 以上が必要です（いまの Python は {version} です）。",
        "making": "初回または更新後の準備をしています。1〜2分かかります（今回だけです）。",
        "failed": "準備が完了しませんでした。pip の出力の最後を上に示します。",
        "no_folder": "フォルダー {folder} を作り直せませんでした：{reason}",
        "no_pip": "この Python には pip がありません。pip を入れてから（Debian・Ubuntu では "
        "apt install python3-venv python3-pip）もう一度お試しください。",
        "by_hand": "もう一度お試しください。ご自分の環境に入れる場合は次のとおりです。",
    },
}


class SetUpFailed(Exception):
    """The environment could not be made; `code` is the exit code to pass on."""

    def __init__(self, code: int):
        super().__init__(code)
        self.code = code


def language(environment: dict, locale_name: str) -> str:
    """`ja` or `en`: as the first of LC_ALL, LC_MESSAGES, LANG that is set says, else the locale."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "ja" if environment[name].lower().startswith("ja") else "en"
    return "ja" if locale_name.lower().startswith("ja") else "en"


def say(key: str, **values: str) -> None:
    """One sentence to the error stream, so that what a command prints stays clean."""
    system = ""
    with contextlib.suppress(ValueError):  # a locale Python does not know
        system = locale.getlocale()[0] or ""
    print(WORDS[language(dict(os.environ), system)][key].format(**values), file=sys.stderr)


def too_old(version: tuple) -> bool:
    """Whether a Python of this version cannot run the project."""
    return tuple(version[:2]) < OLDEST


def interpreter(venv: Path) -> Path:
    """The Python inside a virtual environment on this system."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint(root: Path) -> str:
    """Hash of what an environment depends on: the pins, the project file and the folder itself."""
    digest = hashlib.sha256(str(root).encode("utf-8", "surrogateescape"))
    for name in PIN_FILES:
        digest.update(b"\0" + (root / name).read_bytes())
    return digest.hexdigest()


def broken(venv: Path) -> bool:
    """Whether a making was interrupted, or the link to an upgraded system Python leads nowhere."""
    return (venv / ".making").exists() or not interpreter(venv).exists()


def installed(root: Path) -> tuple:
    """The fingerprint and the extras `.venv/.ready` records: ("", empty set) if there is none."""
    ready = root / ".venv" / ".ready"
    if broken(root / ".venv") or not ready.exists():
        return "", set()
    recorded = ready.read_text(encoding="utf-8").split() or [""]
    return recorded[0], set(recorded[1:])


def missing(root: Path, extras: set) -> set:
    """The extras to install, all of them if anything changed; empty when there is nothing to do."""
    recorded, present = installed(root)
    if recorded != fingerprint(root):
        return present | extras
    return set() if extras <= present else present | extras


def pip(python: Path, root: Path, *arguments: str) -> None:
    """Run the environment's pip; when it fails, show the end of its output and the way by hand."""
    command = [str(python), "-m", "pip", *arguments]
    done = subprocess.run(
        command,
        cwd=str(root),
        env=child_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        lines = done.stdout.decode("utf-8", "replace").splitlines()
        print("\n".join(lines[-TAIL:]), file=sys.stderr)
        say("failed")
        by_hand()
        raise SetUpFailed(exit_code(done.returncode))


def by_hand() -> None:
    """Print the plain-pip route."""
    say("by_hand")
    for line in (
        'python -m pip install -c constraints.txt -e ".[test]"',
        "leakybucket demo",
        "python -m pytest",
    ):
        print("    " + line, file=sys.stderr)


def make_environment(venv: Path) -> None:
    """An environment with pip in it, also where Debian's Python comes without `ensurepip`."""
    from venv import EnvBuilder

    bundled = importlib.util.find_spec("ensurepip") is not None
    EnvBuilder(with_pip=bundled, symlinks=os.name != "nt").create(str(venv))
    if bundled:
        return
    if importlib.util.find_spec("pip") is None:
        say("no_pip")
        raise SetUpFailed(1)
    pip(Path(sys.executable), venv, "--python", str(interpreter(venv)), "install", "pip")


def prepare(root: Path, extras: set) -> Path:
    """The Python of an environment that has these extras, installing only if something changed."""
    venv = root / ".venv"
    wanted = missing(root, extras)
    if not wanted:
        return interpreter(venv)
    say("making")
    try:
        if broken(venv):  # a whole one made by other means is kept and filled
            if venv.exists():
                shutil.rmtree(str(venv))
            venv.mkdir()
            (venv / ".making").touch()  # stays behind if we are interrupted
            make_environment(venv)
    except (OSError, subprocess.CalledProcessError) as error:
        say("no_folder", folder=str(venv), reason=str(error))
        by_hand()
        raise SetUpFailed(1) from error
    install(root, venv, wanted)
    return interpreter(venv)


def install(root: Path, venv: Path, extras: set) -> None:
    """Install the project and these extras as pinned, then record it in `.venv/.ready`."""
    making = venv / ".making"
    making.touch()
    project = ".[" + ",".join(sorted(extras)) + "]"
    options = ("--disable-pip-version-check", "--no-input", "--progress-bar", "off")
    try:
        pip(interpreter(venv), root, "install", *options, "-c", "constraints.txt", "-e", project)
    except SetUpFailed:
        making.unlink()  # pip checks before it changes anything: what was there still works
        raise
    ready = "\n".join([fingerprint(root), *sorted(extras)]) + "\n"
    (venv / ".ready").write_text(ready, encoding="utf-8")
    making.unlink()


def child_environment() -> dict:
    """The environment of what is run: UTF-8 everywhere, also on a Windows console in cp932."""
    return dict(os.environ, PYTHONUTF8="1")


def command_line(python: Path, arguments: list) -> list:
    """What to run in the environment for these arguments of `run.py`."""
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if name == "test":
        return [str(python), "-m", "pytest", *rest]
    if name == "lab":
        return [str(python), "-m", "jupyterlab", str(Path("notebooks", "diagnosis.ipynb")), *rest]
    if os.name == "nt":
        return [str(python.with_name("leakybucket.exe")), *arguments]
    # Through the interpreter: the script's own first line fails where paths are very long.
    return [str(python), str(python.with_name("leakybucket")), *arguments]


def run(command: list, folder: Path) -> int:
    """Run to the end; the exit code. Ctrl-C is the child's to answer: Jupyter asks first."""
    child = subprocess.Popen(command, cwd=str(folder), env=child_environment())
    while True:
        try:
            return exit_code(child.wait())
        except KeyboardInterrupt:
            continue


def exit_code(returned: int) -> int:
    """A process's return code as a shell's exit code: 128 + n when signal n ended it."""
    return returned if returned >= 0 else 128 - returned


def main(arguments: list) -> int:
    """Prepare the environment, run the command in it, return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if too_old(sys.version_info):
        version = ".".join(str(part) for part in sys.version_info[:3])
        say("too_old", oldest=".".join(str(part) for part in OLDEST), version=version)
        return 1
    name = arguments[0] if arguments else ""
    try:
        python = prepare(ROOT, {"test", "lab"} if name == "lab" else {"test"})
        folder = ROOT if name in ("test", "lab") else Path.cwd()
        return run(command_line(python, arguments), folder)
    except SetUpFailed as failure:
        return failure.code
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
