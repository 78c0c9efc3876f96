"""Notebooks read as a story: parameters, headings, one call a cell; nothing computed is kept."""

import ast
import json
from pathlib import Path

import pytest

from toolkit.report import show
from toolkit.settings import PARAMETERS_MARK, Settings

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
LONGEST = 8
PROGRAMMING = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.For, ast.AsyncFor)


def source(cell):
    return "".join(cell["source"])


def is_parameters(cell):
    return "parameters" in cell["metadata"].get("tags", [])


def is_plain(line):
    """Whether a line is `name = value  # comment` with a value written out."""
    try:
        (node,) = ast.parse(line).body
        ast.literal_eval(node.value)
    except (SyntaxError, ValueError, AttributeError):
        return False
    named = isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    return named and len(node.targets) == 1 and line[node.end_col_offset :].startswith("  # ")


def parameter_faults(cell):
    lines = source(cell).splitlines()
    if not lines or lines[0] != PARAMETERS_MARK:
        return [f"the parameters do not begin with the line {PARAMETERS_MARK}"]
    written = [line for line in lines[1:] if line and not line.startswith("#")]
    faults = [f"not `name = value  # comment`: {line}" for line in written if not is_plain(line)]
    names = [line.split("=")[0].strip() for line in written]
    fields = list(Settings.model_fields)
    faults += [f"{name} is not a setting" for name in names if name not in fields]
    faults += [f"the setting {name} is missing" for name in fields if name not in names]
    return faults + [f"{name} is there twice" for name in set(names) if names.count(name) > 1]


def code_faults(cell):
    text = source(cell)
    faults = []
    if cell["outputs"] or cell["execution_count"] is not None:
        faults.append(f"holds what was computed: {text[:40]}")
    if not is_parameters(cell) and len(text.splitlines()) > LONGEST:
        faults.append(f"over {LONGEST} lines: {text[:40]}")
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except SyntaxError:
        return [*faults, f"not plain Python: {text[:40]}"]
    if any(isinstance(node, PROGRAMMING) for node in nodes):
        faults.append(f"programs instead of telling: {text[:40]}")
    return faults


def notebook_faults(notebook):
    """Everything a notebook of this project should not have."""
    faults = []
    if notebook["metadata"].get("kernelspec", {}).get("name") != "python3":
        faults.append("the kernel is not python3")
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for cell in cells:
        faults += code_faults(cell)
    parameters = [cell for cell in cells if is_parameters(cell)]
    if len(parameters) != 1:
        return [*faults, f"{len(parameters)} cells are tagged parameters"]
    return faults + parameter_faults(parameters[0])


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ipynb")), ids=lambda path: path.name)
def test_notebooks_are_clean_and_tell_a_story(path):
    assert notebook_faults(json.loads(path.read_text(encoding="utf-8"))) == []


def test_the_diagnosis_shows_every_section_once():
    cells = json.loads((FOLDER / "diagnosis.ipynb").read_text(encoding="utf-8"))["cells"]
    calls = [node for cell in cells if cell["cell_type"] == "code" for node in _calls(source(cell))]
    assert sorted(calls) == sorted(set(show.__all__) - {"figure"})


def _calls(text):
    """Names of the sections shown by a cell."""
    for node in ast.walk(ast.parse(text)):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and ast.unparse(called.value) == "show":
            yield called.attr


PARAMETERS = [
    f"{PARAMETERS_MARK}\n",
    *(f"{name} = None  # unit\n" for name in Settings.model_fields),
]


def code(lines, tags=(), outputs=(), count=None):
    return {
        "cell_type": "code",
        "metadata": {"tags": list(tags)},
        "outputs": list(outputs),
        "execution_count": count,
        "source": lines,
    }


def notebook(*cells, parameters=PARAMETERS, kernel="python3"):
    text = {"cell_type": "markdown", "metadata": {}, "source": ["for everyone\n"] * 20}
    cells = [text, code(parameters, tags=["parameters"]), *cells]
    return {"metadata": {"kernelspec": {"name": kernel}}, "cells": cells}


def test_a_notebook_in_order_has_no_fault():
    assert notebook_faults(notebook(code(["show.bucket(book)\n"] * 8))) == []


@pytest.mark.parametrize(
    "cell, fault",
    [
        (
            code(["show(1)"], outputs=[{"output_type": "stream"}]),
            "holds what was computed: show(1)",
        ),
        (code(["show(1)"], count=3), "holds what was computed: show(1)"),
        (code(["show(1)\n"] * 9), "over 8 lines: " + "show(1)\n" * 5),
        (code(["%matplotlib inline"]), "not plain Python: %matplotlib inline"),
        (code(["for x in y: pass"]), "programs instead of telling: for x in y: pass"),
        (code(["def f(): pass"]), "programs instead of telling: def f(): pass"),
        (code(["class A: pass"]), "programs instead of telling: class A: pass"),
        (code(PARAMETERS, tags=["parameters"]), "2 cells are tagged parameters"),
    ],
)
def test_a_cell_out_of_order_is_found(cell, fault):
    assert notebook_faults(notebook(cell)) == [fault]


def test_another_kernel_is_found():
    assert notebook_faults(notebook(kernel="conda-py312")) == ["the kernel is not python3"]


@pytest.mark.parametrize(
    "parameters, faults",
    [
        (PARAMETERS[1:], [f"the parameters do not begin with the line {PARAMETERS_MARK}"]),
        (PARAMETERS[:-1], ["the setting out is missing"]),
        ([*PARAMETERS, "outt = 1  # days"], ["outt is not a setting"]),
        ([*PARAMETERS, "out = 1  # days"], ["out is there twice"]),
        ([*PARAMETERS[:-1], "out = 1"], ["not `name = value  # comment`: out = 1"]),
        (
            [*PARAMETERS[:-1], "out = f(1)  # days"],
            ["not `name = value  # comment`: out = f(1)  # days"],
        ),
    ],
)
def test_a_parameter_out_of_order_is_found(parameters, faults):
    assert notebook_faults(notebook(parameters=parameters)) == faults
