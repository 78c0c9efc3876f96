"""One diagnosis: the notebook run, the pages rendered, the folder put in its place."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat

from toolkit import resources
from toolkit.desk.earlier import NONE, earlier_of, keep_filled_in
from toolkit.desk.folders import client_folder, swap_in
from toolkit.problems import InputProblem
from toolkit.settings import Settings

NOTEBOOK = "diagnosis.ipynb"
CELL_SECONDS = 3600
START_SECONDS = 180


class Failure(Exception):
    """A fault of ours: the failed notebook lies in `folder`. `died`: the kernel was ended from
    outside, most often for want of memory."""

    def __init__(self, reason: str, folder: Path, died: bool = False):
        super().__init__(reason)
        self.reason, self.folder, self.died = reason, folder, died


class Refused(Exception):
    """The input is at fault, as told by the notebook in both languages (`texts`)."""

    def __init__(self, texts: dict[str, str]):
        super().__init__(texts["en"])
        self.texts = texts


# The kernel reports its own shutdown, and what was under way when it came.
QUIET = [
    "--IPKernelApp.log_level=50",
    "--IPKernelApp.exec_lines=__import__('logging').getLogger('tornado.general').disabled = True",
]


def diagnose(settings: Settings, out: Path, told: Callable[[int, int, str], None]) -> Path:
    """Run the diagnosis and return its folder, `out/<client>/<closing date>`.

    `told(done, all, stage)` is called before each stage. Raises Refused or InputProblem for a
    fault of the input, Failure for one of ours; either way earlier output is untouched. Where no
    earlier lists are named, those of the same client in `out` are read back (`earlier.earlier_of`).
    """
    _require_rules(settings)
    if settings.earlier_lists is None:
        settings = settings.model_copy(update={"earlier_lists": earlier_of(settings, out)})
    work = Path(tempfile.mkdtemp(prefix="leakybucket-"))
    finished = work / "finished"
    finished.mkdir()
    try:
        _run(settings, work, finished, told)
        executed = nbformat.read(work / NOTEBOOK, as_version=4)
        target = _publish(executed, settings, finished, out)
    except (InputProblem, Refused):
        shutil.rmtree(work, ignore_errors=True)
        raise
    except Exception as error:
        name = getattr(error, "ename", type(error).__name__)
        reason = getattr(error, "evalue", str(error))
        raise Failure(f"{name}: {reason}", work, name == "DeadKernelError") from error
    shutil.rmtree(work, ignore_errors=True)
    return target


def _require_rules(settings: Settings) -> None:
    """The calendar and the ways of contact can be used (InputProblem): told before anything is
    read."""
    from toolkit.action import economics_of

    economics_of(settings)


def _run(settings: Settings, work: Path, finished: Path, told) -> None:
    """The notebook executed into the work folder, with its lists and tables in `finished`."""
    logging.getLogger("papermill").setLevel(logging.CRITICAL)  # what it logs it also raises
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries, not of ours: nobody could act on them
        import papermill

    from toolkit.desk.kernel import OwnKernel

    source = resources.folder("notebooks") / NOTEBOOK
    parameters = _parameters(settings, finished)
    stages = [c.metadata.get("stage") for c in nbformat.read(source, 4).cells]
    count = sum(stage is not None for stage in stages)
    seen: list[str] = []

    def started(cell: Any, cell_index: int) -> None:
        stage = cell.metadata.get("stage")
        if stage:
            seen.append(stage)
            told(len(seen), count, stage)

    try:
        papermill.execute_notebook(
            str(source),
            str(work / NOTEBOOK).replace("{", "{{").replace("}", "}}"),
            parameters=parameters,
            kernel_name="python3",
            progress_bar=False,
            execution_timeout=CELL_SECONDS,
            start_timeout=START_SECONDS,
            kernel_manager_class=OwnKernel,
            on_cell_start=started,
            extra_arguments=QUIET,
            cwd=str(work),
        )
    except papermill.PapermillExecutionError as error:
        if error.ename == InputProblem.__name__:
            texts = dict(zip(("ja", "en"), error.traceback, strict=True))
            raise Refused(texts) from error
        raise


def _parameters(settings: Settings, finished: Path) -> dict[str, Any]:
    given = settings.model_dump(mode="json", exclude_none=True)
    for name in Settings.companions():
        if given.get(name) and given[name] != NONE:
            given[name] = _in_full(given[name])
    sales = [_in_full(each) for each in settings.sales_files if each]
    given["sales_file"] = sales if len(sales) > 1 else "".join(sales)
    return given | {"out": str(finished)}


def _in_full(path: str) -> str:
    """A path that still leads to its file from the notebook, which runs in a folder of its own."""
    return str(Path(path).resolve())


def _publish(executed, settings: Settings, finished: Path, out: Path) -> Path:
    from toolkit.report import render_page

    for language in settings.languages:
        page = render_page(executed, language)
        path = finished / f"report.{language}.html"
        path.write_text(page, encoding="utf-8", newline="\n")
    nbformat.write(executed, finished / NOTEBOOK)
    facts = json.loads((finished / "facts.json").read_text(encoding="utf-8"))
    target = out / client_folder(settings.client_name) / facts["closing_date"]
    keep_filled_in(target, finished)
    swap_in(finished, target)
    return target
