"""The real commands, run once for all tests of this folder: a kernel takes seconds to start."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from toolkit.sample import SampleShop, make_sample

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "notebooks" / "diagnosis.ipynb"
HOSTILE = "<script>alert(1)</script>"
TO_PAGE = ("--to", "html", "--template", "report")
TO_PAGE += (f"--TemplateExporter.extra_template_basedirs={ROOT / 'templates'}",)
BY_HAND = """
import sys, papermill
notebook, made, sales, out = sys.argv[1:]
parameters = {"sales_file": sales, "language": "both", "out": out}
papermill.execute_notebook(notebook, made, parameters=parameters, progress_bar=False)
"""
DYING = """
import sys
from pathlib import Path
from toolkit import resources
whole, sick = resources.folder, Path(sys.argv.pop())
resources.folder = lambda name: sick if name == "notebooks" else whole(name)
from toolkit.cli import main
main()
"""


class Place:
    """A folder in which commands of this Python are run, two at a time."""

    def __init__(self, folder):
        self.folder = folder
        self.temporary = folder / "temporary"
        self.temporary.mkdir()

    def start(self, *command):
        """A command begun, its output kept."""
        environment = os.environ | {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
        environment |= {"TMPDIR": str(self.temporary), "LC_ALL": "en_US.UTF-8"}
        return subprocess.Popen(
            [sys.executable, *map(str, command)],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def run(self, *commands):
        """Exit codes and output of commands run at the same time."""
        begun = [self.start(*command) for command in commands]
        ended = [(process.communicate(timeout=300), process.returncode) for process in begun]
        return [SimpleNamespace(out=out, err=err, code=code) for (out, err), code in ended]

    def report(self, file, *options):
        """The command that diagnoses a file."""
        return "-m", "toolkit.cli", "report", file, *options


def contents(folder):
    """Every file below a folder: relative name -> bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="session")
def place(tmp_path_factory):
    """Where all commands of this folder are run."""
    return Place(tmp_path_factory.mktemp("runs"))


@pytest.fixture(scope="session")
def runs(place):
    """The sample client, diagnosed by the command and twice by plain papermill.

    sales: the file. first: the command as it ended; home: its finished folder. by_command,
    by_hand: the notebooks plain papermill wrote, from a shell (in English) and from Python (in
    both languages, with lists in twin); the pages nbconvert made of them lie beside.
    """
    sales = place.folder / "sales.csv"
    sales.write_bytes(make_sample(SampleShop(customers=800)).sales_csv)
    shell, python = place.folder / "shell.ipynb", place.folder / "python.ipynb"
    given = ("-p", "sales_file", sales, "-p", "language", "en", "--no-progress-bar")
    first, plain, own = place.run(
        place.report(sales, "--language", "both"),
        ("-m", "papermill", NOTEBOOK, shell, *given),
        ("-c", BY_HAND, NOTEBOOK, python, sales, place.folder / "twin"),
    )
    assert (plain.code, own.code) == (0, 0), plain.err + own.err
    (converted,) = place.run(("-m", "jupyter", "nbconvert", *TO_PAGE, shell, python))
    assert converted.code == 0, converted.err
    return SimpleNamespace(
        sales=sales,
        first=first,
        home=next((place.folder / "out").glob("sales/*")),
        twin=place.folder / "twin",
        by_command=shell,
        by_hand=python,
    )


@pytest.fixture(scope="session")
def small(place, runs):
    """Clients at the edge and runs that fail, after the sample client was diagnosed.

    one: one customer of a hostile name, of a hostile client. day: all orders on one day. lines:
    orders with their product lines in a file of their own. refused: a file without customers.
    died: the sample client again, with a kernel that dies over the sales. before, after: the
    sample client's files before and after these runs.
    """
    head = "customer_id,order_date,amount\n"
    made = {
        "one.csv": head + "<img src=x onerror=alert(1)>,2024-01-05,1000\n",
        "day.csv": head + "".join(f"c{n},2025-06-01,{1000 + n}\n" for n in range(80)),
        "orders.csv": "注文番号,会員ID,注文日,合計金額\n"
        + "".join(f"N{n},c{n % 60},{2024 + n // 60}-0{n % 9 + 1}-05,1200\n" for n in range(120)),
        "items.csv": "注文番号,商品コード,商品名,数量,単価\n"
        + "".join(f"N{n},T,煎茶,2,350\nN{n},K,羊羹,1,500\n" for n in range(120)),
        "refused.csv": "when,order_date,amount\nx,2024-01-05,1\n",
    }
    for name, text in made.items():
        (place.folder / name).write_text(text, encoding="utf-8")
    sick = place.folder / "sick"
    sick.mkdir()
    (sick / NOTEBOOK.name).write_text(dying(NOTEBOOK.read_text(encoding="utf-8")), encoding="utf-8")
    before = contents(place.folder / "out")
    given = ("--lines-file", "items.csv", "--out", "edge", "--language", "en")
    one, day, lines = place.run(
        place.report("one.csv", "--client", HOSTILE, "--out", "edge"),
        place.report("day.csv", "--out", "edge", "--language", "en"),
        place.report("orders.csv", *given),
    )
    refused, died = place.run(
        place.report("refused.csv", "--language", "ja", "--out", "none"),
        ("-c", DYING, *place.report(runs.sales, "--language", "en")[2:], sick),
    )
    after = contents(place.folder / "out")
    ended = {"one": one, "day": day, "lines": lines, "refused": refused, "died": died}
    return SimpleNamespace(**ended, before=before, after=after)


def dying(notebook):
    """The notebook with a cell that ends the kernel as the system does for want of memory."""
    told = json.loads(notebook)
    (story,) = (cell for cell in told["cells"] if cell["metadata"].get("stage") == "story")
    story["source"] = ["import os\n", "os._exit(9)"]
    return json.dumps(told)
